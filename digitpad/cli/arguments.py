"""Arguments: what `digitpad read` may be asked for."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence

from digitpad.cli.parser import Parser
from digitpad.core.limits import Limits

_EPILOG = """\
exit status: 0 all was read; 1 some could not be, each named on the standard error;
2 wrong usage; 130 ended by Ctrl+C; 143 by SIGTERM

limits, to be changed by --limit NAME=NUMBER:
"""


def parse_read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return `files`, `style`, `single`, `jobs` (None: as many as help) and `limits`.

    Ends the program with status 2 when the arguments are wrong.
    """
    names = [field.name for field in dataclasses.fields(Limits)]
    parser = Parser(
        prog="digitpad read",
        description="Print what is read in pictures (PNG, JPEG, BMP, TIFF, WebP, GIF) and ink "
        "files (.jsonl, .jsonl.gz, .inkml), one line per picture or drawing, in order.",
        epilog=_EPILOG + "\n".join(f"  {name:<10} {getattr(Limits(), name):,}" for name in names),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    style = parser.add_mutually_exclusive_group()
    for name, result in (("json", "each line as a JSON object"), ("csv", "a table as CSV")):
        style.add_argument(
            f"--{name}", dest="style", action="store_const", const=name, help=f"print {result}"
        )
    parser.set_defaults(style="text")
    parser.add_argument("--single", action="store_true", help="take each item as one digit")
    parser.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="read with N processes; without it, with one a core when there is much to read",
    )
    parser.add_argument(
        "--limit",
        dest="limits",
        type=_limit,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="how much one file may hold, see below",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a picture or an ink file; - is JSON lines on the standard input",
    )
    options = parser.parse_args(arguments)
    options.limits = dataclasses.replace(Limits(), **dict(options.limits))
    return options


def _count(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one process must read")
    return number


def _limit(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if name not in {field.name for field in dataclasses.fields(Limits)}:
        raise argparse.ArgumentTypeError(f"there is no limit {name!r}")
    return name, _whole(number)


def _whole(text: str) -> int:
    """Return a number written in the digits 0 to 9 alone; `int` takes more, such as " +1_0"."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("the number has too many digits") from None
