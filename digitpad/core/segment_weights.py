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
    "group": -0.89,
    "mark": -2.80,
    "shapeless": -3.07,
    "whole_mark": 4.13,
    "not_a_digit": 0.38,
    "odds": 0.28,
    "doubt": -2.36,
    "one": -2.48,
    "short": -5.27,
    "tall": 2.20,
    "wide": -0.37,
    "gap_inside": -1.46,
    "break_inside": -0.79,
    "strokes": -2.43,
    "unusual": -1.06,
    "interrupted": 1.38,
    "cut": -1.15,
    "speck": -0.44,
}
PAIR_WEIGHTS = {
    "overlap": -12.93,
    "gap": 2.84,
    "pitch": 3.08,
    "contact": -1.07,
    "step": -1.90,
    "out_of_order": -3.70,
    "raised_mark": -1.16,
}
