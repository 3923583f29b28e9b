"""Terminal: the options of `digitpad-setup`, and setting up from a terminal.

Owns what is said on a terminal and the exit status: 0 done; 1 something is wrong, and all is as it
was; 2 wrong usage; 128 and the number of a signal that stopped it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from digitpad import __version__
from digitpad.cli.parser import Parser
from digitpad.output import OutputError, provide_streams, put, swallow
from digitpad_setup import signals
from digitpad_setup.errors import SetupError
from digitpad_setup.installation import Result, install, uninstall
from digitpad_setup.places import Places


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit status."""
    try:
        signals.listen()
        provide_streams()
        return _do(_options(arguments))
    except OutputError as error:
        swallow(sys.stdout)
        _say(f"digitpad-setup: the output cannot be written: {error}\n", sys.stderr)
        return 1
    except signals.Stopped as stopped:
        _say("digitpad-setup: stopped; all is as it was before\n", sys.stderr)
        return 128 + stopped.number


def _do(options: argparse.Namespace) -> int:
    try:
        places = Places.of(os.environ)
        if not (options.install or options.uninstall):
            return _open_window(places)
        prefix = options.prefix or _own_installation() or places.program
        if options.install:
            result = install(
                bundle(),
                __version__,
                options.prefix or places.program,
                places,
                menu_entry=not options.no_menu,
                progress=_end_undisturbed,
            )
        else:
            signals.ignore()  # What is removed cannot be taken back.
            result = uninstall(prefix, places, purge=options.purge)
    except SetupError as error:
        _say(f"digitpad-setup: {error}\n", sys.stderr)
        return 1
    if not options.quiet:
        _say(_in_words(result, places, removed=options.uninstall), sys.stdout)
    for note in result.notes:
        _say(f"digitpad-setup: {note}\n", sys.stderr)
    return 0


def bundle() -> Path:
    """Return the frozen application's folder, in which this program lies."""
    return Path(sys.executable).resolve().parent


def _own_installation() -> Path | None:
    """Return this program's folder when that is an installation, and no unpacked copy."""
    from digitpad_setup.record import read_record

    return bundle() if read_record(bundle()) is not None else None


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what is asked for; ends the program with status 2 where that is nothing whole."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if arguments and not (options.install or options.uninstall):
        parser.error("name --install or --uninstall, or nothing for a window")
    if options.purge and not options.uninstall:
        parser.error("--purge goes with --uninstall")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="digitpad-setup",
        description="Install DigitPad for yourself, or remove it. Without options a window asks.",
        allow_abbrev=False,
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--install", action="store_true", help="install, or replace a version")
    action.add_argument("--uninstall", action="store_true", help="remove what was installed")
    parser.add_argument("--prefix", metavar="FOLDER", type=_folder, help="the program's folder")
    parser.add_argument("--no-menu", action="store_true", help="make no menu entry")
    parser.add_argument(
        "--purge", action="store_true", help="remove your settings and unsaved drawings too"
    )
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")
    return parser


def _folder(text: str) -> Path:
    """Return a folder; Path alone takes "" for the current one."""
    if not text:
        raise argparse.ArgumentTypeError("no folder is named")
    return Path(text)


def _open_window(places: Places) -> int:
    if not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise SetupError("there is no screen here; use --install, or see --help")
    try:
        from digitpad_setup.window import run
    except ImportError as error:
        raise SetupError(f"no window can be opened ({error}); use --install instead") from error
    return run(bundle(), __version__, places, _own_installation())


def _in_words(result: Result, places: Places, *, removed: bool) -> str:
    if removed:
        return f"DigitPad {result.replaced} was removed from {result.prefix}.\n"
    instead = f" in place of {result.replaced}" if result.replaced else ""
    return (
        f"DigitPad {__version__} is installed in {result.prefix}{instead}.\n"
        f"Start it from the menu, or with {result.prefix / 'digitpad'}.\n"
    )


def _end_undisturbed(share: float) -> None:
    """What is all done is not taken back any more."""
    if share == 1.0:
        signals.ignore()


def _say(text: str, stream: TextIO) -> None:
    """Print; where that cannot be done, what was done counts and not what is said of it."""
    try:
        put(text, stream)
    except (OutputError, BrokenPipeError):
        swallow(stream)
