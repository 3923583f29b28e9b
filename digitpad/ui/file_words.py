"""File words: why a file cannot be read, used or written, in one sentence."""

from __future__ import annotations

from digitpad.words import Words


def unfit(name: object, error: Exception) -> Words:
    """Say why a file cannot be used; what is wrong with it is told by `core`, in English."""
    return Words("{name} {reason}.").filled(name=name, reason=error)


def unreadable(name: object, error: OSError) -> Words:
    """Say why a file cannot be read."""
    return Words("{name} cannot be read: {reason}.").filled(
        name=name, reason=error.strerror or error
    )


def unwritable(name: object, error: OSError) -> Words:
    """Say why a file could not be written."""
    return Words("{name} could not be written: {reason}.").filled(
        name=name, reason=error.strerror or error
    )
