"""The commands that need no window: `read`, and half of `self-test`. No Qt."""
