"""Segment weights: how much each feature of a grouping counts, as fitted by training.

Written by `python -m training segment` from the training ink; see docs/numbers.md. A feature's
weight is what one unit of it adds to the logarithm of a grouping's odds.
"""

GROUP_WEIGHTS = {
    "group": -1.80,
    "mark": -1.70,
    "shapeless": 0.30,
    "not_a_digit": -0.35,
    "doubt": -7.18,
    "one": -2.58,
    "short": -3.66,
    "tall": 0.59,
    "wide": -1.09,
    "gap_inside": 1.70,
    "break_inside": -0.61,
    "strokes": -7.34,
    "interrupted": 1.12,
    "cut": 0.68,
    "speck": 0.65,
}
PAIR_WEIGHTS = {
    "overlap": -13.29,
    "gap": 7.51,
    "contact": -1.23,
    "step": -2.57,
    "out_of_order": -4.15,
    "raised_mark": -2.51,
}
