"""A Debian system with next to nothing on it, in a folder: made by debootstrap, entered by chroot.

Owns what is mounted there. Each command gets a mount namespace of its own, so that nothing stays
mounted however it ends. Needs root.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

DEFAULT_MIRROR = "http://deb.debian.org/debian"
SUITE = "bookworm"
USER = "ada"
_SOCKETS = Path("/tmp/.X11-unix")
_MOUNT = """
mount -t proc proc "$0/proc"
for device in null zero random urandom tty; do mount --bind /dev/$device "$0/dev/$device"; done
mkdir -p "$0/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
if [ -d {sockets} ]; then mkdir "$0{sockets}"; mount --bind {sockets} "$0{sockets}"; fi
exec "$@"
"""
"""Also an empty /tmp for each command, as after a restart: files go through the home."""


class CommandError(Exception):
    """A command in the clean system did not do what it must; the message has its output."""


class CleanRoot:
    """The folder `path` as a system of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def home(self) -> Path:
        """The ordinary user's home, seen from outside."""
        return self.path / "home" / USER

    def make(self) -> None:
        """Install a minimal Debian, and add one ordinary user."""
        mirror = os.environ.get("DEBIAN_MIRROR", DEFAULT_MIRROR)
        command = ["unshare", "--mount", "debootstrap", "--variant=minbase", "--force-check-gpg"]
        check([*command, SUITE, str(self.path), mirror])
        self.root("useradd", "--create-home", "--shell", "/bin/sh", USER)

    def root(self, *command: str) -> str:
        """Run a command as root; returns its output."""
        return check(self._entered(["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", *command]))

    def user(self, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a command as the ordinary user; returns its output."""
        return check(self._as_user(command, environment or {}))

    def started(
        self, *command: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program of the ordinary user's and let it run."""
        return subprocess.Popen(
            self._as_user(command, environment or {}),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def install_packages(self, *names: str) -> str:
        """Install packages with apt, and none that they only recommend; returns what apt says."""
        return self.root("apt-get", "install", "-y", "--no-install-recommends", *names)

    def files(self, *omitted: str) -> set[str]:
        """Return all paths in the system but those below the omitted ones, and those mounted."""
        skipped = {*omitted, "/proc", "/sys", "/dev", "/tmp", "/run"}
        found: set[str] = set()
        for place, folders, names in os.walk(self.path):
            inside = "/" + os.path.relpath(place, self.path).removeprefix(".")
            folders[:] = [f for f in folders if os.path.join(inside, f) not in skipped]
            found.update(os.path.join(inside, name) for name in (*folders, *names))
        return found

    def _as_user(self, command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        clean = {
            "HOME": f"/home/{USER}",
            "USER": USER,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            **environment,
        }
        variables = [f"{name}={value}" for name, value in clean.items()]
        line = f"cd && exec {shlex.join(command)}"
        switch = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        return self._entered([*switch, "env", "-i", *variables, "sh", "-c", line])

    def _entered(self, command: Sequence[str]) -> list[str]:
        mount = _MOUNT.format(sockets=_SOCKETS)
        enter = ["chroot", str(self.path), *command]
        return ["unshare", "--mount", "sh", "-ec", mount, str(self.path), *enter]


def check(command: Sequence[str]) -> str:
    """Run a command that must succeed; returns its output. Raises CommandError."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(
            f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout.strip()}"
        )
    return done.stdout
