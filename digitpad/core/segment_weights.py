"""Segment weights: how much each feature of a grouping counts, as fitted by training.

Written by `python -m training segment` from the training ink; see docs/numbers.md. A feature's
weight is what one unit of it adds to the logarithm of a grouping's odds.
"""

GROUP_WEIGHTS = {
    "group": -1.88,
    "mark": -1.77,
    "shapeless": 0.84,
    "not_a_digit": -0.39,
    "doubt": -5.58,
    "one": -2.42,
    "short": -4.30,
    "tall": 0.63,
    "wide": -0.94,
    "gap_inside": 2.03,
    "break_inside": -1.11,
    "strokes": -7.65,
    "interrupted": 1.32,
    "cut": 0.73,
    "speck": 0.88,
}
PAIR_WEIGHTS = {
    "overlap": -14.29,
    "gap": 7.52,
    "contact": -1.16,
    "step": -3.08,
    "out_of_order": -4.38,
    "raised_mark": -1.46,
}
