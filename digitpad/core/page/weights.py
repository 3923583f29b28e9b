"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -0.73,
    "answer": -4.42,
    "no_digit": -1.27,
    "mark": -1.35,
    "one": -3.22,
    "one_cut": -0.05,
    "gap": -3.72,
    "beside": -2.46,
    "small": -23.07,
    "tall": -3.04,
    "wide": -1.14,
    "broad": -5.66,
    "cut": -0.43,
    "cut_ink": -8.51,
    "one_cut_ink": 2.34,
    "thin_inside": -0.94,
    "merged": 1.72,
    "tall_parts": -5.88,
}
