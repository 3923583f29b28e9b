"""Explanations: what the network sees, and why it answers as it does; see docs/understand.md.

NumPy only, as all of the core. Nothing here changes an answer, and the pad starts without it.
"""
