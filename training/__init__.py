"""Training: from MNIST and pen ink to the model file that DigitPad reads with."""
