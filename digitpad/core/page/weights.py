"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -0.34,
    "answer": -5.13,
    "no_digit": -1.40,
    "mark": -1.48,
    "one": -3.46,
    "one_cut": -0.11,
    "gap": -4.43,
    "beside": -2.31,
    "small": -21.60,
    "tall": -3.04,
    "wide": -1.16,
    "broad": -5.27,
    "cut": -0.40,
    "cut_ink": -7.23,
    "one_cut_ink": 2.09,
    "thin_inside": -0.85,
    "merged": 1.28,
    "tall_parts": -5.55,
}
