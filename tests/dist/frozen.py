"""Running the frozen program in tests: its folder, copies of it, and its window on a screen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PATIENCE = 60
"""Seconds after which a program that does not end counts as stuck."""
SCREENLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
NOBODY = 65534
"""An ordinary user on every Unix, for what root is allowed to do anyway."""
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="starts programs as another user, or mounts",
)


@dataclass(frozen=True)
class Frozen:
    """One copy of the frozen program."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def program(self) -> Path:
        """The executable that writes to a terminal."""
        return self.folder / ("digitpad-console.exe" if os.name == "nt" else "digitpad")

    def copy(self, target: Path) -> Frozen:
        """Return a copy in `target` that a test may damage; files are shared while they can be."""
        try:
            shutil.copytree(self.folder, target, symlinks=True, copy_function=os.link)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(self.folder, target, symlinks=True)
        return Frozen(target, self.environment)

    def inside(self, pattern: str) -> Path:
        """Return the one bundled file that the pattern names."""
        (path,) = self.folder.rglob(pattern)
        return path

    def run(
        self,
        *arguments: Path | str,
        environment: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end without a screen."""
        return subprocess.run(
            [str(self.program), *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
            env=self._environment({**SCREENLESS, **(environment or {})}),
            stdin=subprocess.DEVNULL,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

    @contextmanager
    def started(
        self,
        *arguments: Path | str,
        environment: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> Iterator[subprocess.Popen[str]]:
        """Run beside the test, which waits for the end; killed if it does not."""
        process = subprocess.Popen(
            [str(self.program), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            env=self._environment(environment or {}),
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def _environment(self, changes: Mapping[str, str]) -> dict[str, str]:
        # LD_LIBRARY_PATH: what is bundled must be found without help.
        dropped = ("LD_LIBRARY_PATH", "PYTHONPATH")
        clean = {name: value for name, value in os.environ.items() if name not in dropped}
        return {**clean, **self.environment, **changes}


@dataclass(frozen=True)
class Screen:
    """An X11 screen that nobody looks at."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program open its window here."""
        return {"DISPLAY": self.display, "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}

    def windows(self, title: str) -> list[str]:
        """Wait until a window has this title; returns the windows that have it."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$"]
        done = subprocess.run(
            command,
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.split()

    def press(self, window: str, key: str) -> None:
        """Press a key in a window."""
        subprocess.run(
            ["xdotool", "windowfocus", "--sync", window, "key", key],
            env={**os.environ, "DISPLAY": self.display},
            check=True,
            timeout=PATIENCE,
        )


def closed(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Close a window as the desktop does at its end; returns exit status and stderr."""
    process.send_signal(signal.SIGTERM)
    _, complaint = process.communicate(timeout=PATIENCE)
    return process.returncode, complaint
