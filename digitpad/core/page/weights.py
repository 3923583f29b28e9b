"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -2.18,
    "answer": -5.21,
    "no_digit": -3.15,
    "mark": 0.65,
    "one": -2.28,
    "one_cut": 1.86,
    "gap": 1.84,
    "beside": -2.03,
    "small": -21.06,
    "tall": -3.04,
    "wide": -3.59,
    "broad": -6.05,
    "cut": -0.36,
    "cut_ink": -7.99,
    "one_cut_ink": 2.56,
    "thin_inside": -0.14,
    "merged": 3.60,
    "tall_parts": -8.36,
}
