"""Setup: installs and removes DigitPad for one person on Linux.

Frozen into the application's folder as `digitpad-setup`; the double-click installer unpacks that
folder and starts it, and it stays there to remove the program again. Needs no root.
"""
