"""Save names: asks a person where something is to be written, with the ending that it needs.

Owns the dialog, the ending that is added to a name, and the question before another file, whose
name came about by that, is replaced: the dialog itself asks about the name as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from digitpad.words import Words


def ask_where(
    parent: QWidget,
    title: str,
    start: Path,
    kinds: Mapping[str, str],
    known: Sequence[str] = (),
) -> Path | None:
    """Return where to write, or None when that was cancelled.

    `kinds` are the endings by what the dialog calls them, the first one chosen at first. A name
    that ends otherwise, and not in one of `known` either, gets the ending of the chosen kind.
    """
    filters = {f"{words} (*{suffix})": suffix for words, suffix in kinds.items()}
    name, chosen = QFileDialog.getSaveFileName(parent, title, str(start), ";;".join(filters))
    if not name:
        return None
    path = Path(name)
    if path.name.lower().endswith((*filters.values(), *known)):
        return path
    suffix = filters.get(chosen, next(iter(filters.values())))
    path = path.with_name(f"{path.name}{suffix}")
    return path if not path.exists() or _may_replace(parent, title, path) else None


def _may_replace(parent: QWidget, title: str, path: Path) -> bool:
    buttons = QMessageBox.StandardButton
    question = Words("{name} already exists. Replace it?").filled(name=path.name)
    answer = QMessageBox.question(
        parent, title, str(question), buttons.Yes | buttons.Cancel, buttons.Cancel
    )
    return bool(answer == buttons.Yes)
