"""Drawing files: one drawing in a file of its own, as InkML or as JSON lines.

Owns which format a name asks for when a drawing is saved; what a file is opened as, `file_kinds`
says. A file is written whole or not at all.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitpad.core.file_kinds import INKML_SUFFIX, FileKind, kind_of
from digitpad.core.groups import Group
from digitpad.core.ink import Ink
from digitpad.core.ink_files import SUFFIXES, BadInkLine, InkItem, ink_to_json, read_ink_file
from digitpad.core.ink_lines import InkFileError
from digitpad.core.inkml import read_inkml
from digitpad.core.inkml_writer import ink_to_inkml
from digitpad.core.reasons import Reason, reason_of
from digitpad.core.whole_files import write_whole


class DrawingFileError(Exception):
    """A file that cannot be opened or saved; the message is the end of a sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedDrawing:
    """The first drawing of a file. `is_alone` says that saving over it would lose no other."""

    item: InkItem
    is_alone: bool


def load_drawing(path: Path) -> OpenedDrawing:
    """Return the first drawing in an ink file; raises DrawingFileError, also for an empty one."""
    first: InkItem | BadInkLine
    try:
        if kind_of(path) is FileKind.INKML:
            first, is_alone = read_inkml(path), True
        else:
            items = read_ink_file(path)
            first = next(items)
            is_alone = next(items, None) is None
    except InkFileError as error:
        raise DrawingFileError(reason_of(error)) from None
    except OSError as error:
        raise DrawingFileError(
            Reason("cannot be read: {reason}", reason=reason_of(error))
        ) from None
    except ValueError:
        raise DrawingFileError(Reason("is not a file name")) from None
    if isinstance(first, BadInkLine):
        raise DrawingFileError(
            Reason(
                "has no drawing in line {line}: {reason}",
                line=str(first.line),
                reason=first.reason,
            )
        )
    if first.ink.is_empty:
        raise DrawingFileError(Reason("holds no ink"))
    return OpenedDrawing(first, is_alone)


def save_drawing(
    path: Path,
    ink: Ink,
    label: str | None = None,
    writer: str | None = None,
    groups: Sequence[Group] = (),
) -> None:
    """Write one drawing, as its file's name asks; raises DrawingFileError, and keeps the old file.

    Known endings are those that `load_drawing` reads.
    """
    name = path.name.lower()
    if name.endswith(INKML_SUFFIX):
        content = ink_to_inkml(ink, label, writer, groups).encode()
    elif name.endswith(SUFFIXES):
        content = (ink_to_json(ink, label, writer, groups) + "\n").encode()
        if name.endswith(".gz"):
            content = gzip.compress(content)
    else:
        raise DrawingFileError(
            Reason(
                "has no known extension: {first} or {second}",
                first=INKML_SUFFIX,
                second=SUFFIXES[0],
            )
        )
    try:
        write_whole(path, content)
    except (OSError, ValueError) as error:
        raise DrawingFileError(
            Reason("could not be written: {reason}", reason=reason_of(error))
        ) from None
