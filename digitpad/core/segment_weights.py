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
    "group": -2.30,
    "mark": -3.23,
    "shapeless": -0.82,
    "not_a_digit": -0.16,
    "doubt": -5.52,
    "one": -2.53,
    "short": -5.93,
    "tall": 3.52,
    "wide": -0.31,
    "gap_inside": -1.50,
    "break_inside": -2.20,
    "strokes": -7.34,
    "unusual": -1.37,
    "interrupted": 1.60,
    "cut": 1.31,
    "speck": 1.01,
}
PAIR_WEIGHTS = {
    "overlap": -15.50,
    "gap": 4.72,
    "contact": -0.75,
    "step": -2.33,
    "out_of_order": -3.44,
    "raised_mark": -1.78,
}
