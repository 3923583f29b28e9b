"""Settings: what the window was like when it was last closed, in one JSON file.

Owns the file's format. The file may have been damaged or edited: what is not understood is replaced
by defaults, with a note in the log, and never stops the program. Knows no Qt.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

SIZE_LIMIT = 64 * 1024
"""Bytes of a file that are looked at; ours has some hundred."""
LARGEST_NUMBER = 10_000
"""More is no width of a line, and may be more than a toolkit's number holds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences; each has a default."""

    geometry: str = ""
    """The window's place and size as its toolkit saves them, in base64; "" for none."""
    pen_width: int = 12
    """Width of lines on screen, in logical pixels."""
    arrangement: str = ""
    """Where the window's panel lies, as its toolkit saves it, in base64; "" for nowhere yet."""
    understand: str = ""
    """Title of the page at which the Understand panel is open; "" for closed."""
    reads_one_digit: bool = False
    """Whether a drawing is read as one digit, whatever is written."""
    language: str = ""
    """Code of the language that the windows speak; "" for the system's."""


def load_settings(path: Path) -> Settings:
    """Read settings; a missing file gives the defaults, a damaged one is replaced by them."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT)
        return _parse(data)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.warning("the settings in %s cannot be read: %s", path, error.strerror or error)
        return Settings()
    except (ValueError, RecursionError) as error:
        _log.warning("the settings in %s are damaged, defaults take their place: %s", path, error)
        save_settings(path, Settings())
        return Settings()


def save_settings(path: Path, settings: Settings) -> None:
    """Write settings, whole or not at all; that it fails is only noted in the log."""
    from digitpad.core.whole_files import write_whole  # Loads much, and is wanted only at the end.

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(settings), indent=2).encode())
    except OSError as error:
        _log.warning("the settings cannot be kept in %s: %s", path, error.strerror or error)


def _parse(data: bytes) -> Settings:
    """Raises ValueError for what is not a settings file; unknown names are left out."""
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("it holds no settings")
    known: dict[str, Any] = {}
    for field in fields(Settings):
        value = found.get(field.name, field.default)
        if type(value) is not type(field.default):
            raise ValueError(f"{field.name} has a wrong type")
        if isinstance(value, str) and not value.isascii():
            raise ValueError(f"{field.name} holds what none of ours does")
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise ValueError(f"{field.name} is too large")
        known[field.name] = value
    return Settings(**known)
