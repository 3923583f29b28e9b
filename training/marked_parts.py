"""Marked parts: the part of a document that a command writes, between two comments."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.reasons import reason_of
from training.data.datasets import DataError
from training.writing import write_file


def require_marks(document: Path, name: str) -> None:
    """Raise DataError when `renew` would; for commands that measure for hours before they write."""
    _around(document, name)


def renew(document: Path, name: str, content: str) -> None:
    """Put `content` between `<!-- NAME:begin -->` and `<!-- NAME:end -->`, whole or not at all.

    Raises DataError for a document without the two or that cannot be read, OSError when it cannot
    be written.
    """
    before, after = _around(document, name)
    write_file(document, f"{before}\n{content}\n{after}".encode())


def _around(document: Path, name: str) -> tuple[str, str]:
    """Return the document up to the first mark and from the second one on, marks included."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    try:
        text = document.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{document}: {reason_of(error)}") from None
    before, first, rest = text.partition(begin)
    _, second, after = rest.partition(end)
    if not (first and second):
        raise DataError(f"{document}: has no {begin} ... {end}")
    return before + begin, end + after
