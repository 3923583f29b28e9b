"""Augmentation: the same digit by another hand, and ink that nobody needs to collect."""
