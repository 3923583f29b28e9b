"""Segment weights: how much each feature of a grouping counts, as fitted by training.

Written by `python -m training segment` from the training ink; see docs/numbers.md. A feature's
weight is what one unit of it adds to the logarithm of a grouping's odds. The shares are, for each
digit, of drawings with one stroke, two, three, and more.
"""

STROKE_SHARES = (
    (0.90, 0.10, 0.00, 0.00),
    (0.90, 0.08, 0.02, 0.00),
    (1.00, 0.00, 0.00, 0.00),
    (0.99, 0.00, 0.00, 0.00),
    (0.07, 0.91, 0.01, 0.00),
    (0.35, 0.65, 0.00, 0.00),
    (0.99, 0.00, 0.00, 0.00),
    (0.61, 0.33, 0.06, 0.00),
    (0.87, 0.12, 0.00, 0.00),
    (0.92, 0.08, 0.00, 0.00),
)
GROUP_WEIGHTS = {
    "group": -0.66,
    "mark": -4.03,
    "shapeless": -2.53,
    "whole_mark": 3.84,
    "not_a_digit": 0.67,
    "odds": 0.30,
    "doubt": -3.25,
    "one": -2.57,
    "short": -5.51,
    "tall": 1.83,
    "wide": 0.54,
    "gap_inside": -1.56,
    "break_inside": -3.36,
    "strokes": -1.72,
    "unusual": -0.63,
    "interrupted": 1.31,
    "cut": -1.11,
    "speck": -1.22,
}
PAIR_WEIGHTS = {
    "overlap": -7.01,
    "gap": 4.99,
    "pitch": 2.97,
    "contact": -0.83,
    "step": -3.02,
    "out_of_order": -3.86,
    "raised_mark": -1.31,
}
