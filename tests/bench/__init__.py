"""Bench: measures the figures that README promises; `python -m tests.bench` runs all of it."""
