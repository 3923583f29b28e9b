"""Grouping weights: how much each feature of a grouping counts, as fitted by training.

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
    "mark": -4.43,
    "shapeless": -4.05,
    "whole_mark": 3.82,
    "not_a_digit": 0.98,
    "odds": 0.42,
    "doubt": -2.08,
    "one": -3.06,
    "short": -10.50,
    "tall": 1.62,
    "wide": 0.47,
    "gap_inside": -1.37,
    "break_inside": -3.50,
    "strokes": -1.42,
    "unusual": -0.48,
    "interrupted": 1.39,
    "cut": -1.26,
    "speck": -1.73,
}
PAIR_WEIGHTS = {
    "overlap": -6.83,
    "gap": 4.39,
    "pitch": 2.58,
    "contact": -0.88,
    "step": -2.62,
    "out_of_order": -4.40,
    "raised_mark": -0.72,
}
