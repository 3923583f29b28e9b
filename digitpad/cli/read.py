"""Read: the command `digitpad read`.

Owns the order of events and the exit status: every answer is printed as soon as all before it are,
and a line is printed whole or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TextIO

from digitpad.cli.answers import CSV_COLUMNS, Answer, Answerer, Options, Style, csv_line
from digitpad.cli.interruption import Interruption
from digitpad.cli.names import in_a_table, in_plain_sight
from digitpad.cli.processes import LostProcessError, in_order
from digitpad.cli.progress import Progress
from digitpad.cli.tasks import Tasks, total_size
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.model_file import ModelFileError
from digitpad.output import OutputError, put, swallow

WIDEST_SOURCE = 60
"""Answers in words are aligned behind names of up to so many characters; longer ones stick out."""
BAD_FROM_THE_START = 1000
"""After this many complaints about a file, and no answer, it is given up: it holds no ink."""


def read_command(
    sources: Sequence[str],
    *,
    style: str = "text",
    single: bool = False,
    jobs: int | None = 1,
    limits: Limits = DEFAULT_LIMITS,
    out: TextIO,
    err: TextIO,
) -> int:
    """Read files and print one line per item to `out`, in order and as soon as it is read.

    `style` is "text", "json" or "csv", as docs/command-line.md describes them. What cannot be read
    is one line each on `err`. `single` asks to take each item as one digit. `jobs` is how many
    processes read; None for as many as help. Returns the exit status: 0 when all was read, else 1.
    Raises KeyboardInterrupt, SystemExit and BrokenPipeError, always between two lines.
    """
    widths = map(len, sources)
    width = max((width for width in widths if width <= WIDEST_SOURCE), default=0)
    options = Options(Style(style), single, width, limits)
    interruption = Interruption()
    printer = _Printer(out, err, interruption, options.style)
    with interruption.watched(), contextlib.closing(printer):
        try:
            answerer = Answerer(options)
            if options.style is Style.CSV:
                printer.print(csv_line(*CSV_COLUMNS))
            if err.isatty():
                printer.progress = Progress(err, total_size(sources), shares_screen=out.isatty())
            tasks = Tasks(sources, limits)
            of_file = _Complaints()
            in_turn = in_order(iter(tasks), answerer, jobs, interruption)
            with contextlib.closing(in_turn) as answers:
                for answer in answers:
                    complaints = of_file.count_with(answer)
                    if complaints <= BAD_FROM_THE_START:
                        printer.print_answer(answer)
                    if complaints == BAD_FROM_THE_START:
                        tasks.given_up.add(answer.number)
                        reason = f"holds no ink in its first {BAD_FROM_THE_START:,} lines"
                        printer.complain(f"digitpad: {sources[answer.number]}: {reason}")
        except (ModelFileError, LostProcessError) as error:
            printer.complain(f"digitpad: {error}")
        except OutputError as error:
            printer.complain(f"digitpad: the answers cannot be written: {error}")
            swallow(out)
    return 0 if printer.is_complete else 1


class _Complaints:
    """Counts the complaints about a file of which nothing has been read."""

    def __init__(self) -> None:
        self._number = -1
        self._count = 0
        self._is_hopeless = True

    def count_with(self, answer: Answer) -> int:
        """Return how many there are, this answer included; 0 once anything of its file was read."""
        if answer.number != self._number:
            self._number, self._count, self._is_hopeless = answer.number, 0, True
        self._count += 1
        self._is_hopeless = self._is_hopeless and answer.is_complaint
        return self._count if self._is_hopeless else 0


class _Printer:
    """Prints whole lines, and remembers whether there was anything to complain of."""

    def __init__(self, out: TextIO, err: TextIO, interruption: Interruption, style: Style) -> None:
        self.progress: Progress | None = None
        self.is_complete = True
        self._out = out
        self._err = err
        self._interruption = interruption
        # A table is for programs, but what is seen on a terminal is for a person.
        is_table = style is Style.CSV and not out.isatty()
        self._written = in_a_table if is_table else in_plain_sight

    def print_answer(self, answer: Answer) -> None:
        if self.progress is not None:
            self.progress.before_line(answer.is_complaint)
        if answer.is_complaint:
            self.complain(answer.line)
        else:
            self.print(answer.line)
        if self.progress is not None:
            self.progress.after_line(answer.position)

    def print(self, line: str) -> None:
        """Print a line of the result; raises OutputError and BrokenPipeError."""
        with self._interruption.held():
            _print(line, self._out, self._written)

    def complain(self, line: str) -> None:
        """Print what could not be done; where that cannot be printed either, the status tells."""
        self.is_complete = False
        with contextlib.suppress(OutputError, BrokenPipeError), self._interruption.held():
            _print(line, self._err, in_plain_sight)

    def close(self) -> None:
        if self.progress is not None:
            self.progress.hide()


def _print(line: str, stream: TextIO, written: Callable[[str, str], str]) -> None:
    """Print one line; `written` fits it to an encoding. Raises OutputError and BrokenPipeError."""
    put(written(line, stream.encoding or "utf-8") + "\n", stream)
