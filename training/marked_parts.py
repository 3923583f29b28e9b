"""Marked parts: the part of a document that a command writes, between two comments."""

from __future__ import annotations

from pathlib import Path

from training.datasets import DataError
from training.writing import write_file


def renew(document: Path, name: str, content: str) -> None:
    """Put `content` between `<!-- NAME:begin -->` and `<!-- NAME:end -->`, whole or not at all.

    Raises DataError for a document without the two, OSError when it cannot be read or written.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, first, rest = document.read_text(encoding="utf-8").partition(begin)
    _, second, after = rest.partition(end)
    if not (first and second):
        raise DataError(f"{document}: has no {begin} ... {end}")
    write_file(document, f"{before}{begin}\n{content}\n{end}{after}".encode())
