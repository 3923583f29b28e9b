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
    "group": -0.76,
    "mark": -4.12,
    "shapeless": -3.40,
    "whole_mark": 3.44,
    "not_a_digit": 0.80,
    "odds": 0.40,
    "doubt": -2.47,
    "one": -2.96,
    "short": -10.61,
    "tall": 2.13,
    "wide": 0.39,
    "gap_inside": -1.23,
    "break_inside": -3.09,
    "strokes": -1.42,
    "unusual": -0.42,
    "interrupted": 1.23,
    "cut": -1.23,
    "speck": -1.65,
}
PAIR_WEIGHTS = {
    "overlap": -6.40,
    "gap": 3.83,
    "pitch": 2.63,
    "contact": -0.85,
    "step": -2.29,
    "out_of_order": -3.96,
    "raised_mark": -1.66,
}
