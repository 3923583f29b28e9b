"""Segment weights: how much each feature of a grouping counts, as fitted by training.

Written by `python -m training segment` from the training ink; see docs/numbers.md. A feature's
weight is what one unit of it adds to the logarithm of a grouping's odds.
"""

GROUP_WEIGHTS = {
    "group": -1.61,
    "mark": -3.63,
    "shapeless": -0.35,
    "not_a_digit": 0.01,
    "doubt": -6.91,
    "one": -2.54,
    "short": -4.17,
    "tall": 0.57,
    "wide": -1.48,
    "gap_inside": 0.94,
    "break_inside": 0.33,
    "strokes": -7.40,
    "interrupted": 1.13,
    "cut": 0.60,
    "speck": -0.69,
}
PAIR_WEIGHTS = {
    "overlap": -11.90,
    "gap": 6.37,
    "contact": -1.44,
    "step": -2.90,
    "out_of_order": -4.00,
    "raised_mark": -2.33,
}
