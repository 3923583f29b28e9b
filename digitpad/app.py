"""App: what the arguments ask for, and which part of the program does it.

Owns the arguments, the log, the streams and the exit status. Each command loads only what it
needs: `read` never loads PySide6.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from digitpad.cli.parser import Parser
from digitpad.core.resource_files import installation_problem
from digitpad.failure import refuse
from digitpad.output import OutputError, provide_streams, put, swallow

_EPILOG = """\
commands:
  digitpad read FILE...   print which digits are in pictures and ink files
  digitpad self-test      check that this installation works
  digitpad COMMAND -h     more on a command

A file with the name of a command is opened as ./read.
"""


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for. Returns the exit status: 0, 1 for a failure, 2 for usage."""
    provide_streams()
    logging.basicConfig(format="%(name)s: %(levelname)s: %(message)s", level=logging.WARNING)
    try:
        match arguments:
            case ["read", *rest]:
                return _read(rest)
            case ["self-test", *rest]:
                return _self_test(rest)
            case _:
                return _open(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        swallow(sys.stdout)
        return 1
    except OutputError as error:
        swallow(sys.stdout)
        return refuse(f"the output cannot be written: {error}", dialog=False)
    finally:
        try:
            sys.stderr.flush()
        except OSError:
            swallow(sys.stderr)


class _Version(argparse.Action):
    """As argparse's own, but the version is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from digitpad import __version__

        put(f"digitpad {__version__}\n", sys.stdout)
        parser.exit()


@contextlib.contextmanager
def window_imports() -> Iterator[None]:
    """While entered, import what the window needs, in the way that takes least time.

    What stays until the end is no garbage: none is looked for in it, now or later. That looking
    costs a tenth of the start, and would hold up the pen now and then. Raises ImportError.
    """
    gc.disable()
    try:
        # PySide6 reads the source of every module that is imported after it, in search of its own
        # name: of all of NumPy that takes another tenth. So what knows no Qt comes first. Of ours
        # it takes a twentieth; it finds none, as in a frozen program.
        import inspect

        import digitpad.core.corrections
        import digitpad.settings  # noqa: F401

        read, inspect.getsource = inspect.getsource, _no_source
        try:
            yield
        finally:
            inspect.getsource = read
    finally:
        gc.freeze()
        gc.enable()


def _no_source(*_: object, **__: object) -> str:
    raise OSError


def _read(arguments: Sequence[str]) -> int:
    from digitpad.cli.arguments import parse_read_arguments

    options = parse_read_arguments(arguments)

    problem = installation_problem()
    if problem is not None:
        return refuse(problem, dialog=False)

    from digitpad.cli.read import read_command

    return read_command(
        options.files,
        style=options.style,
        single=options.single,
        jobs=options.jobs,
        limits=options.limits,
        out=sys.stdout,
        err=sys.stderr,
    )


def _self_test(arguments: Sequence[str]) -> int:
    Parser(
        prog="digitpad self-test",
        description="Load the bundled model, read the bundled ink, open and close a window. "
        "Prints 'ok VERSION', or what is wrong.",
        epilog="exit status: 0 all is well; 1 something is wrong; 2 wrong usage",
    ).parse_args(arguments)

    problem = installation_problem()
    if problem is None:
        from digitpad.cli.self_test import self_test_reading

        problem = self_test_reading()
    if problem is None:
        if not _has_screen():
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        problem = _try_window()
    if problem is not None:
        put(f"{problem}\n", sys.stderr)
        return 1
    from digitpad import __version__

    put(f"ok {__version__}\n", sys.stdout)
    return 0


def _try_window() -> str | None:
    try:
        with window_imports():
            from digitpad.desktop import try_window
    except ImportError as error:
        return f"The window's library cannot be loaded: {error}."
    return try_window()


def _open(arguments: Sequence[str]) -> int:
    options = _window_arguments(arguments)
    if not _has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        return refuse(
            "there is no screen here (DISPLAY and WAYLAND_DISPLAY are not set); "
            "'digitpad read FILE...' needs none",
            dialog=False,
        )
    problem = installation_problem()
    if problem is not None:
        return refuse(problem, dialog=True)
    try:
        with window_imports():
            from digitpad import desktop
    except ImportError as error:
        return refuse(f"The window's library cannot be loaded: {error}.", dialog=True)

    if options.replay:
        from digitpad.replay import replay

        return replay(options.replay, sys.stdout, sys.stderr)
    return desktop.open_window(options.file, from_clipboard=options.clipboard)


def _window_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return `file`, `clipboard` and `replay`; ends the program when the arguments are wrong."""
    parser = Parser(
        prog="digitpad",
        description="A pad for handwritten digits: draw one, and ten bars show what is read.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="show program's version number and exit"
    )
    parser.add_argument(
        "--replay",
        metavar="PICTURE",
        type=Path,
        help="write the bundled sample ink into the window, print what is read, save the window "
        "as PICTURE and end",
    )
    parser.add_argument(
        "--clipboard",
        action="store_true",
        help="open the picture on the clipboard, or the file that was copied there",
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a picture, or an ink file, of which the first drawing is shown",
    )
    options = parser.parse_args(arguments)
    if options.replay and options.file:
        parser.error("--replay takes no FILE")
    if options.clipboard and (options.replay or options.file):
        parser.error("--clipboard takes neither FILE nor --replay")
    return options


def _has_screen() -> bool:
    """Whether Qt will find a screen; only on Linux may there be none."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
