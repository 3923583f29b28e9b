"""Parser: arguments as argparse takes them, its help and its complaints printed as ours are."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from digitpad.output import put


class Parser(argparse.ArgumentParser):
    """Its help is output like any other: raises OutputError when it cannot be printed."""

    def print_help(self, file: Any = None) -> None:
        put(self.format_help(), sys.stdout if file is None else file)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, whatever characters they have, and end."""
        from digitpad.cli.names import in_plain_sight

        super().error(in_plain_sight(message, "utf-8"))
