"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
    "group": -0.21,
    "answer": -10.55,
    "no_digit": -2.15,
    "mark": 1.78,
    "one": -0.94,
    "gap": -9.98,
    "beside": -0.10,
    "small": -12.30,
    "tall": -3.01,
    "wide": -6.30,
    "cut": -0.71,
    "merged": -1.55,
    "tall_parts": -3.00,
}
