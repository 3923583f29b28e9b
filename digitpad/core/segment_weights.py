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
    "group": -1.22,
    "mark": -2.74,
    "shapeless": -3.21,
    "whole_mark": 3.73,
    "not_a_digit": 0.42,
    "odds": 0.29,
    "doubt": -2.67,
    "one": -2.78,
    "short": -5.13,
    "tall": 3.33,
    "wide": -0.43,
    "gap_inside": -0.99,
    "break_inside": -1.20,
    "strokes": -2.68,
    "unusual": -0.97,
    "interrupted": 1.51,
    "cut": -0.98,
    "speck": -0.28,
}
PAIR_WEIGHTS = {
    "overlap": -11.98,
    "gap": 3.81,
    "pitch": 2.75,
    "contact": -1.35,
    "step": -1.80,
    "out_of_order": -3.58,
    "raised_mark": -0.62,
}
