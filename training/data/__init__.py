"""Data: MNIST and ink into memory, and drawings that teach the wrong thing; see docs/data.md."""
