"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -0.21,
    "answer": -5.15,
    "no_digit": -2.04,
    "mark": -0.16,
    "one": -2.64,
    "one_cut": -0.34,
    "gap": -6.45,
    "beside": -1.40,
    "small": -18.21,
    "tall": -3.04,
    "wide": -2.72,
    "broad": -4.40,
    "cut": -0.50,
    "cut_ink": -5.17,
    "one_cut_ink": 1.37,
    "thin_inside": -1.09,
    "merged": 1.01,
    "tall_parts": -4.20,
}
