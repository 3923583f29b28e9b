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
    "group": -0.86,
    "mark": -4.86,
    "shapeless": -3.09,
    "whole_mark": 3.79,
    "not_a_digit": 0.83,
    "odds": 0.26,
    "doubt": -5.69,
    "one": -2.58,
    "short": -5.62,
    "tall": 1.32,
    "wide": 0.21,
    "gap_inside": -1.51,
    "break_inside": -3.74,
    "strokes": -2.50,
    "unusual": -0.92,
    "interrupted": 1.70,
    "cut": -0.94,
    "speck": -1.81,
}
PAIR_WEIGHTS = {
    "overlap": -8.38,
    "gap": 4.90,
    "pitch": 2.63,
    "contact": -1.03,
    "step": -3.34,
    "out_of_order": -4.21,
    "raised_mark": -0.70,
}
