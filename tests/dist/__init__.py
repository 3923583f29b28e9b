"""What the frozen program in dist/DigitPad does. Skipped where it was not built."""
