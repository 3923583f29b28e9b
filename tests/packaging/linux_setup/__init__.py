"""Tests of the program that installs and removes DigitPad on Linux."""
