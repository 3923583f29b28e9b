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
    "group": -0.49,
    "mark": -4.41,
    "shapeless": -3.26,
    "whole_mark": 4.27,
    "not_a_digit": 0.59,
    "odds": 0.22,
    "doubt": -4.56,
    "one": -2.69,
    "short": -5.48,
    "tall": 2.45,
    "wide": -0.37,
    "gap_inside": -1.54,
    "break_inside": -1.45,
    "strokes": -3.02,
    "unusual": -1.14,
    "interrupted": 1.62,
    "cut": -1.00,
    "speck": -0.81,
}
PAIR_WEIGHTS = {
    "overlap": -12.14,
    "gap": 3.08,
    "pitch": 2.33,
    "contact": -1.46,
    "step": -2.07,
    "out_of_order": -3.59,
    "raised_mark": -1.35,
}
