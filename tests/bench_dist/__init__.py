"""Bench of what is installed: sizes, start and memory of the frozen program beside two others.

`python -m tests.bench_dist` runs all of it, after `make installers`. Linux only.
"""
