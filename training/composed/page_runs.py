"""Page runs: the commands on composed pages as functions, from files to files."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from digitpad.core.picture_files import PictureFileError, load_picture
from training.composed.line_fit import examples, fit, read_right, write_weights
from training.composed.pages import compose_pages, labels_of, write_pages
from training.data.datasets import DataError, PictureSet, load_mnist, split_pictures
from training.evaluation import reader_of, share_right

FITTED_ON = {"single-clean": 1, "single-degraded": 1, "lines-clean": 2, "lines-degraded": 3}
"""Pages of each kind, for each one that `fit_lines` is asked for."""
SECOND_SEED = 1
"""Added to the seed of the pages to fit on, for those to check on."""


def compose(mnist: Path | None, part: str, kind: str, count: int, seed: int, out: Path) -> str:
    """Write `count` pages of a kind into a folder and return the SHA-256 of all.

    `part` is "test" or "validation", the part of MNIST's training pictures that no network is
    fitted on. Raises DataError and OSError.
    """
    data = load_mnist(mnist, "t10k") if part == "test" else _validation(mnist)
    return write_pages(compose_pages(data, kind, count, seed), out)


def measure(model: Path, folder: Path) -> dict[str, Any]:
    """Return how many lines of a folder of pages a model file reads entirely right.

    A page of one digit is right when nothing else is read. Raises DataError and OSError.
    """
    reader = reader_of(model)
    right: list[bool] = []
    seconds = []
    for path, lines in labels_of(folder):
        begun = time.process_time()
        try:
            loaded = load_picture(path)
        except PictureFileError as error:
            raise DataError(f"{path}: {error}") from None
        if loaded is None:
            raise DataError(f"{path}: is no picture")
        text = reader.read_picture(loaded.image).text
        seconds.append(time.process_time() - begun)
        if len(lines) == 1:
            right.append(text == lines[0])
            continue
        found = Counter(text.split("\n"))
        for line in lines:
            right.append(found[line] > 0)
            found[line] -= 1
    if not right:
        raise DataError(f"{folder}: holds no pages")
    scores = share_right(right)
    return {
        "pages": len(seconds),
        "lines": scores.pop("count"),
        **scores,
        "processor_seconds_a_page": sum(seconds) / len(seconds),
        "processor_seconds_at_most": max(seconds),
    }


def fit_lines(model: Path, mnist: Path | None, count: int, seed: int, out: Path) -> dict[str, Any]:
    """Fit the weights of grouping marks on pages of MNIST's validation part; write them to `out`.

    Raises DataError and OSError.
    """
    reader = reader_of(model)

    data = _validation(mnist)
    fitted_on, _ = examples(_pages(data, count, seed), reader.read_mark)
    checked_on, missed = examples(
        _pages(data, max(count // 4, 1), seed + SECOND_SEED), reader.read_mark
    )
    weights = fit(fitted_on)
    write_weights(weights, out)
    return {
        "fitted_on": len(fitted_on),
        "read_right": read_right(fitted_on, weights),
        "checked_on": len(checked_on),
        "read_right_in_check": read_right(checked_on, weights),
        "single_marks_or_other_lines": missed,
    }


def _pages(data: PictureSet, count: int, seed: int) -> Iterator[tuple[Image.Image, Sequence[str]]]:
    for kind, share in FITTED_ON.items():
        for page in compose_pages(data, kind, share * count, seed):
            yield Image.open(io.BytesIO(page.encoded)), page.lines


def _validation(mnist: Path | None) -> PictureSet:
    return split_pictures(load_mnist(mnist, "train"))[1]
