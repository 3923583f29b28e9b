"""Proof on a clean system: what a person does with the installers, on a Debian without Python.

    python -m tests.dist.clean_system INSTALLERS OUT      needs root; `make proof` runs it

INSTALLERS is the folder that `make installers` filled; screenshots and a report go to OUT. Any step
that does not do what it must ends the proof with exit status 1. DEBIAN_MIRROR names another mirror.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from linux_installers.debian import make_package
from linux_installers.double_click import make_installer
from tests.dist.clean_root import USER, CleanRoot, CommandError, check
from tests.dist.looking import PATIENCE, Hand, answer_after, paper

OLD = "0.0.1"
FAST = 0
"""An old version need not be small."""
BUTTON = (80, 36)
"""The default button of the setup window, from its lower right corner."""
CORNER = 20
"""Pixels by which the paper's corners are rounded, and more."""
APT_KEEPS = ("/var/cache", "/var/lib/apt", "/var/lib/dpkg", "/var/log", "/etc/ld.so.cache")
"""What apt and dpkg write of their own, whatever is installed."""


class Proof:
    """The steps, in order; each is said when it is done."""

    def __init__(self, installers: Path, out: Path, root: CleanRoot, hand: Hand) -> None:
        (self._package,) = installers.glob("digitpad_*_amd64.deb")
        (self._installer,) = installers.glob("DigitPad-*-linux-x86_64")
        self._version = self._package.name.split("_")[1]
        self._out = out
        self._root = root
        self._hand = hand
        self._report: list[str] = []

    def run(self) -> None:
        """Do everything; raises CommandError or AssertionError."""
        self._look_at_package()
        self._root.make()
        assert not self._found("python3*") and not self._found("*.ttf"), "not a clean system"
        self._say("a minimal Debian, with neither Python nor a font")
        with tempfile.TemporaryDirectory() as work:
            bundle = self._older_bundle(Path(work))
            self._try_package(make_package(bundle, Path(work, "old.deb"), OLD, 0, preset=FAST))
            self._try_terminal(make_installer(bundle, Path(work, "old"), OLD, 0, preset=FAST))
        self._try_window()
        (self._out / "report.txt").write_text("".join(f"{line}\n" for line in self._report))

    def _try_package(self, old: Path) -> None:
        """Install, use, upgrade and remove the Debian package."""
        self._bring(self._package, "new.deb")
        self._bring(old, "old.deb")
        self._root.root("apt-get", "update")
        home = f"/home/{USER}"
        said = self._root.install_packages(f"{home}/new.deb")
        count = re.search(r"(\d+) newly installed", said)
        self._say(
            f"apt installed the package and {int(count[1]) - 1 if count else 0} it depends on"
        )
        assert self._root.user("digitpad", "self-test") == f"ok {self._version}\n"
        self._draw_with("digitpad", "package")
        self._read_with("digitpad", "package")

        self._root.root("apt-get", "purge", "-y", "digitpad")
        before = self._root.files(*APT_KEEPS, "/home")
        self._root.install_packages(f"{home}/old.deb")
        assert self._root.user("digitpad", "--version") == f"digitpad {OLD}\n"
        self._root.install_packages(f"{home}/new.deb")
        assert self._root.user("digitpad", "self-test") == f"ok {self._version}\n"
        self._say(f"upgraded from {OLD} to {self._version}")
        self._root.root("apt-get", "purge", "-y", "digitpad")
        self._left("the package", self._root.files(*APT_KEEPS, "/home") - before)
        settings = self._root.home / ".config" / "DigitPad"
        self._say("the person's settings are kept, as Debian asks of every package: ~/.config")
        shutil.rmtree(settings)

    def _try_terminal(self, old: Path) -> None:
        """Install over an older version, use and remove from a terminal, as an ordinary user."""
        folder = self._root.home / "Größe 1 & mehr"
        folder.mkdir()
        for source, name in ((self._installer, "new"), (old, "old")):
            self._bring(source, f"{folder.name}/{name}")
        before = self._files_of_user()
        new = f"./{folder.name}/new"
        assert self._root.user(new, "--version") == f"DigitPad {self._version}\n"
        self._root.user(f"./{folder.name}/old", "--install")
        program = f"/home/{USER}/.local/bin/digitpad"
        assert self._root.user(program, "--version") == f"digitpad {OLD}\n"
        self._say(self._root.user(new, "--install").splitlines()[0])
        self._draw_with(program, "terminal")
        self._read_with(program, "terminal")
        assert self._root.user(new, "--uninstall", "--purge", "--quiet") == ""
        self._left("the terminal's installation", self._files_of_user() - before)

    def _try_window(self) -> None:
        """Install with the mouse, start from there, remove."""
        before = self._files_of_user()
        display = {"DISPLAY": self._hand.display}
        name = next(path.name for path in self._root.home.glob("Größe*"))
        with ended(self._root.started(f"./{name}/new", environment=display)):
            setup = self._hand.window("DigitPad Setup")
            self._hand.look_when_painted(setup, self._out / "setup-1-asks.png")
            self._hand.click(setup, *BUTTON)
            program = self._root.home / ".local" / "opt" / "digitpad" / "digitpad"
            self._wait(program.exists)
            self._wait(self._command_exists)
            time.sleep(1)  # The disk is done with; that the last page is shown cannot be asked.
            self._hand.look_when_painted(setup, self._out / "setup-2-done.png")
            self._hand.click(setup, *BUTTON)
            window = self._hand.window("DigitPad")
            self._say("installed with the mouse, and started from the last page")
            self._draw(window, "window")
            self._hand.press(window, "ctrl+q")
            self._wait(lambda: not self._hand.has_window("DigitPad"))
        entry = (self._root.home / ".local/share/applications/digitpad.desktop").read_text()
        command = re.search(r'(?m)^Exec="(.*)" %f$', entry)
        assert command is not None, entry
        self._draw_with(command[1], "menu")
        self._root.user(f"./{name}/new", "--uninstall", "--purge")
        self._left("the window's installation", self._files_of_user() - before)

    def _draw_with(self, program: str, name: str) -> None:
        """Start the program, draw, and close it."""
        display = {"DISPLAY": self._hand.display}
        with ended(self._root.started(program, environment=display)):
            window = self._hand.window("DigitPad")
            self._draw(window, name)
            self._hand.press(window, "ctrl+q")
            self._wait(lambda: not self._hand.has_window("DigitPad"))

    def _draw(self, window: str, name: str) -> None:
        """Draw two digits, each on empty paper, and look at the bars."""
        picture = self._out / f"{name}.png"
        area = paper(self._hand.look_when_painted(window, picture))
        for digit in ("7", "3"):
            self._hand.press(window, "Escape")
            empty = answer_after(self._hand, window, area, picture, "")
            assert empty == "", f"bar {empty} is filled on empty paper"
            self._hand.write(window, area, digit)
            answer = answer_after(self._hand, window, area, picture, digit)
            assert answer == digit, f"a {digit} was drawn; bar {answer} is the longest: {picture}"
        left, top, right, bottom = area
        inner = (left + CORNER, top + CORNER, right - CORNER, bottom - CORNER)
        self._hand.look(window, picture).crop(inner).save(self._out / f"{name}-ink.png")
        self._say(f"{name}: a 7 and a 3 were drawn and read ({picture.name})")

    def _read_with(self, program: str, name: str) -> None:
        """Have the screenshot of what was drawn read from the command line."""
        self._bring(self._out / f"{name}-ink.png", "ink.png")
        said = self._root.user(program, "read", "ink.png")
        assert re.match(r"ink\.png: +3 ", said), said
        self._say(f"digitpad read: {said.strip()}")
        (self._root.home / "ink.png").unlink()

    def _look_at_package(self) -> None:
        """Have Debian's and the desktop's own tools judge the package."""
        with tempfile.TemporaryDirectory() as folder:
            check(["dpkg-deb", "-x", str(self._package), folder])
            usr = Path(folder, "usr", "share")
            check(["desktop-file-validate", str(usr / "applications" / "digitpad.desktop")])
            (metainfo,) = (usr / "metainfo").iterdir()
            check(["appstreamcli", "validate", "--no-net", str(metainfo)])
        check(["lintian", "--fail-on", "error,warning", str(self._package)])
        sizes = [
            f"{path.name} {path.stat().st_size / 1e6:.1f} MB"
            for path in (self._package, self._installer)
        ]
        self._say(f"lintian, AppStream and the desktop file are clean; {', '.join(sizes)}")

    def _older_bundle(self, work: Path) -> Path:
        """Return the frozen folder with an older version written in it."""
        bundle = work / "bundle"
        check([str(self._installer), "--extract", str(bundle)])
        (metadata,) = bundle.glob("_internal/digitpad-*.dist-info/METADATA")
        text = metadata.read_text(encoding="utf-8")
        metadata.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {OLD}", text))
        return bundle

    def _bring(self, source: Path, name: str) -> None:
        target = self._root.home / name
        shutil.copy(source, target)
        shutil.chown(target.parent, 1000, 1000)
        shutil.chown(target, 1000, 1000)

    def _found(self, pattern: str) -> list[Path]:
        return [p for p in self._root.path.glob(f"usr/**/{pattern}") if not p.is_dir()]

    def _files_of_user(self) -> set[str]:
        return {name for name in self._root.files() if name.startswith("/home/")}

    def _command_exists(self) -> bool:
        return (self._root.home / ".local/bin/digitpad").is_symlink()

    def _wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.2)

    def _left(self, what: str, files: set[str]) -> None:
        """Say what is left of an installation, which must be nothing."""
        assert not files, f"{what} left {sorted(files)}"
        self._say(f"{what} was removed; left of it: nothing")

    def _say(self, line: str) -> None:
        self._report.append(line)
        print(line, flush=True)  # noqa: T201 - this is a program that speaks on a terminal


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Wait for a program at the end, or end it when something failed."""
    try:
        yield
        process.wait(PATIENCE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait()


@contextlib.contextmanager
def screen() -> Iterator[Hand]:
    """An X11 screen that every user may open windows on."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24"]
    server = subprocess.Popen(
        [*command, "-ac", "-nolisten", "tcp"], pass_fds=[write_end], stderr=subprocess.DEVNULL
    )
    os.close(write_end)
    with os.fdopen(read_end) as told:
        number = told.readline().strip()
    try:
        yield Hand(f":{number}")
    finally:
        server.terminate()
        server.wait()


def main(arguments: Sequence[str]) -> int:
    """Run the proof; returns the exit status."""
    if len(arguments) != 2 or os.geteuid() != 0:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    installers, out = map(Path, arguments)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    folder = Path(tempfile.mkdtemp(prefix="digitpad-clean-"))
    try:
        with screen() as hand:
            Proof(installers, out, CleanRoot(folder / "root"), hand).run()
    except (AssertionError, CommandError, OSError, subprocess.SubprocessError, ValueError) as error:
        sys.stderr.write(f"The proof failed: {error}\n")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
