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
    "group": -0.61,
    "mark": -4.10,
    "shapeless": -2.55,
    "whole_mark": 3.78,
    "not_a_digit": 0.68,
    "odds": 0.30,
    "doubt": -3.24,
    "one": -2.54,
    "short": -5.53,
    "tall": 1.63,
    "wide": 0.54,
    "gap_inside": -1.63,
    "break_inside": -3.17,
    "strokes": -1.67,
    "unusual": -0.62,
    "interrupted": 1.32,
    "cut": -1.11,
    "speck": -1.27,
}
PAIR_WEIGHTS = {
    "overlap": -6.99,
    "gap": 4.90,
    "pitch": 2.86,
    "contact": -0.89,
    "step": -3.00,
    "out_of_order": -3.91,
    "raised_mark": -1.09,
}
