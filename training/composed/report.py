"""Composed report: how well numbers and pages of several digits are read, measured into docs/."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from training.composed import number_runs, page_runs
from training.marked_parts import renew, require_marks
from training.report.page import markdown_table
from training.report.plots import percent
from training.writing import write_file

DATA_FILE = "composed.json"
NUMBERS = 2_000
NUMBERS_PAGE, NUMBERS_PART = "numbers.md", "composed-numbers"
PAGES_PAGE, PAGES_PART = "pictures.md", "composed-pages"
PAGES = {
    "single-clean": 1_000,
    "single-degraded": 1_000,
    "lines-clean": 200,
    "lines-degraded": 200,
    "form": 200,
    "table": 200,
    "photo": 40,
    "flat": 1_000,
}
"""How many pages of each kind."""
SEED = 1

_NUMBER_TITLES = {
    "numbers": "numbers entirely right",
    "digits": "digits",
    "numbers_with_touching_digits": "numbers with touching digits, entirely right",
    "painted_numbers": "numbers painted and read as pictures",
    "painted_numbers_with_touching_digits": "the same, with touching digits",
}


def write_composed_report(
    model: Path, mnist: Path | None, ink: Path, docs: Path, share: float = 1.0
) -> dict[str, Any]:
    """Compose all sets, read them with a model file, and renew the tables in `docs`.

    `ink` and MNIST's test part must not have been trained on; `share` makes all sets smaller.
    Raises DataError and OSError.
    """
    require_marks(docs / NUMBERS_PAGE, NUMBERS_PART)
    require_marks(docs / PAGES_PAGE, PAGES_PART)
    figures: dict[str, Any] = {"pages": {}}
    with tempfile.TemporaryDirectory() as folder:
        numbers = Path(folder) / "numbers.jsonl.gz"
        number_runs.compose(ink, numbers, _part(NUMBERS, share), SEED)
        figures["numbers"] = number_runs.measure(model, numbers)
        for kind, count in PAGES.items():
            pages = Path(folder) / kind
            page_runs.compose(mnist, "test", kind, _part(count, share), SEED, pages)
            figures["pages"][kind] = page_runs.measure(model, pages)
    renew(docs / NUMBERS_PAGE, NUMBERS_PART, numbers_table(figures))
    renew(docs / PAGES_PAGE, PAGES_PART, pages_table(figures))
    write_file(docs / DATA_FILE, (json.dumps(figures, indent=1, sort_keys=True) + "\n").encode())
    return figures


def numbers_table(figures: dict[str, Any]) -> str:
    """Return the figures on numbers as Markdown."""
    rows = [[title, *_scores(figures["numbers"][name])] for name, title in _NUMBER_TITLES.items()]
    return markdown_table(["of pen ink", "count", "read right", "95 % interval"], rows)


def pages_table(figures: dict[str, Any]) -> str:
    """Return the figures on pages as Markdown."""
    rows = [
        [
            f"`{kind}`",
            f"{scores['pages']:,}",
            *_scores({**scores, "count": scores["lines"]}),
            f"{scores['processor_seconds_at_most']:.2f} s",
        ]
        for kind in PAGES
        for scores in [figures["pages"][kind]]
    ]
    heads = ["kind", "pages", "lines", "read right", "95 % interval", "longest, processor time"]
    return markdown_table(heads, rows)


def _scores(scores: dict[str, Any]) -> list[str]:
    if not scores["count"]:
        return ["0", "", ""]
    low, high = scores["interval_95"]
    between = f"{percent(low)} to {percent(high)}"
    return [f"{scores['count']:,}", f"**{percent(scores['right'])}**", between]


def _part(count: int, share: float) -> int:
    return max(1, round(count * share))
