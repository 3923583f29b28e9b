"""Places: where a person's programs, menu entries and settings lie (XDG Base Directory 0.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from digitpad_setup.errors import SetupError


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one person; absolute, and not all of them need exist."""

    home: Path
    data: Path
    config: Path
    cache: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Places:
        """Find them in an environment such as `os.environ`; raises SetupError without a home."""
        home = environment.get("HOME", "")
        if not home.startswith("/"):
            raise SetupError("your home folder is not known (HOME is not set)")

        def folder(name: str, default: str) -> Path:
            value = environment.get(name, "")
            return Path(value) if value.startswith("/") else Path(home, default)

        return cls(
            home=Path(home),
            data=folder("XDG_DATA_HOME", ".local/share"),
            config=folder("XDG_CONFIG_HOME", ".config"),
            cache=folder("XDG_CACHE_HOME", ".cache"),
        )

    @property
    def program(self) -> Path:
        """Where the program is put unless another folder is named."""
        return self.home / ".local" / "opt" / "digitpad"

    @property
    def command(self) -> Path:
        """The link by which a terminal finds the program."""
        return self.home / ".local" / "bin" / "digitpad"

    @property
    def menu_entry(self) -> Path:
        return self.data / "applications" / "digitpad.desktop"

    @property
    def settings(self) -> Path:
        """The program's file of preferences."""
        return self.config / "DigitPad" / "DigitPad" / "settings.json"

    @property
    def drafts(self) -> Path:
        """The program's folder of drawings that were never saved."""
        return self.data / "DigitPad" / "DigitPad" / "drafts"

    @property
    def caches(self) -> Path:
        """What the program's libraries keep to be faster."""
        return self.cache / "DigitPad"
