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
    "group": -0.71,
    "mark": -3.30,
    "shapeless": -2.94,
    "whole_mark": 3.58,
    "not_a_digit": 0.70,
    "odds": 0.39,
    "doubt": -2.18,
    "one": -2.65,
    "short": -5.61,
    "tall": 1.88,
    "wide": 0.47,
    "gap_inside": -1.10,
    "break_inside": -3.45,
    "strokes": -1.20,
    "unusual": -0.53,
    "interrupted": 1.20,
    "cut": -1.45,
    "speck": -1.07,
}
PAIR_WEIGHTS = {
    "overlap": -6.85,
    "gap": 4.39,
    "pitch": 2.87,
    "contact": -0.87,
    "step": -3.00,
    "out_of_order": -3.87,
    "raised_mark": -1.20,
}
