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
    "group": -2.28,
    "mark": -2.59,
    "shapeless": -0.59,
    "not_a_digit": -0.27,
    "doubt": -5.83,
    "one": -2.48,
    "short": -5.71,
    "tall": 4.04,
    "wide": -0.34,
    "gap_inside": -0.82,
    "break_inside": -2.47,
    "strokes": -7.14,
    "unusual": -1.43,
    "interrupted": 1.61,
    "cut": 1.16,
    "speck": 1.34,
}
PAIR_WEIGHTS = {
    "overlap": -15.23,
    "gap": 6.01,
    "contact": -0.72,
    "step": -2.26,
    "out_of_order": -3.44,
    "raised_mark": -1.63,
}
