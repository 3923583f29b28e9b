"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -1.50,
    "answer": -10.20,
    "no_digit": -1.61,
    "mark": 1.28,
    "one": -1.94,
    "gap": -8.42,
    "beside": -0.61,
    "small": -11.67,
    "tall": -3.02,
    "wide": -4.66,
    "cut": 0.17,
    "merged": 0.22,
    "tall_parts": -4.77,
}
