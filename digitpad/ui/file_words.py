"""File words: why a file cannot be read, used or written, in one sentence.

Owns the translations of what systems say, too: they say it in English, wherever it is not Windows.
"""

from __future__ import annotations

from digitpad.words import Words

SYSTEM_REASONS = (
    Words("No such file or directory"),
    Words("Permission denied"),
    Words("Operation not permitted"),
    Words("Is a directory"),
    Words("Not a directory"),
    Words("File name too long"),
    Words("No space left on device"),
    Words("Disk quota exceeded"),
    Words("Read-only file system"),
    Words("Input/output error"),
)
"""Reasons of an `OSError` that a person may meet, as the C library words them."""


def unfit(name: object, error: Exception) -> Words:
    """Say why a file cannot be used: what `core` says is wrong with it."""
    return Words("{name} {reason}.").filled(name=name, reason=error)


def unreadable(name: object, error: OSError) -> Words:
    """Say why a file cannot be read."""
    return Words("{name} cannot be read: {reason}.").filled(name=name, reason=error)


def unwritable(name: object, error: OSError) -> Words:
    """Say why a file could not be written."""
    return Words("{name} could not be written: {reason}.").filled(name=name, reason=error)
