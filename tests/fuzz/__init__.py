"""Fuzzing of what reads files from outside: `python -m tests.fuzz TARGET`.

Needs atheris (`pip install atheris`, Python 3.11 to 3.13, Linux or macOS). What it finds goes into
`found`, and `tests/test_fuzz_found.py` reads it again with every run of the tests.
"""
