"""DigitPad: a desktop pad that reads handwritten digits."""
