"""Datasets: MNIST and ink files into memory, and the split into fitting and validation parts.

The split is by digest, so that it is the same on every machine and does not change when a file is
reordered: MNIST by picture, ink by writer. Test sets are loaded here too, but never split.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink
from digitpad.core.ink_files import BadInkLine, InkItem, read_ink_file
from digitpad.core.ink_lines import InkFileError
from digitpad.core.preprocess import IMAGE_SIZE
from digitpad.core.reasons import reason_of

VALIDATION_SHARE = 12
"""One in this many MNIST training pictures, and one in this many ink writers, is held out."""

Pictures = NDArray[np.uint8]
"""Shape (n, 28, 28), 0 for paper to 255 for ink."""
Labels = NDArray[np.uint8]
"""Shape (n,), digits 0 to 9; from NO_DIGIT on, marks that are no digit."""
NO_DIGIT = 10
"""The label of marks that are no digit: letters, signs, scribbles. Only the epochs of a training
give kinds of them labels of their own, which follow it."""
DIGIT_LABELS = {str(digit): digit for digit in range(10)}
Chosen = NDArray[np.bool_] | list[int]
"""Which items of a set: a mask, shape (n,), or their places."""


class DataError(Exception):
    """Data that cannot be had or read; the message is one line for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class PictureSet:
    """Pictures and their labels, of equal number."""

    pictures: Pictures
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)

    def pick(self, chosen: Chosen) -> PictureSet:
        """Return the chosen pictures."""
        return PictureSet(self.pictures[chosen], self.labels[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class InkSet:
    """Drawings, their labels and writers, of equal number."""

    inks: tuple[Ink, ...]
    labels: Labels
    writers: tuple[str, ...]
    kinds: tuple[str, ...]
    """What each was labelled as by whoever collected it: "7", "&"."""

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def is_digit(self) -> NDArray[np.bool_]:
        """Whether each drawing is a digit, shape (n,)."""
        return self.labels < NO_DIGIT

    def pick(self, chosen: Chosen) -> InkSet:
        """Return the chosen drawings."""
        places = np.arange(len(self))[chosen].tolist()
        return InkSet(
            tuple(self.inks[place] for place in places),
            self.labels[chosen],
            tuple(self.writers[place] for place in places),
            tuple(self.kinds[place] for place in places),
        )


def load_mnist(folder: Path | None, part: str) -> PictureSet:
    """Load MNIST's "train" or "t10k" part from IDX files, or from Keras when `folder` is None.

    Raises DataError.
    """
    if folder is None:
        return _keras_mnist(part)
    pictures = _read_idx(folder / f"{part}-images-idx3-ubyte", 3)
    labels = _read_idx(folder / f"{part}-labels-idx1-ubyte", 1)
    if pictures.shape != (len(labels), IMAGE_SIZE, IMAGE_SIZE) or labels.max(initial=0) > 9:
        raise DataError(f"{folder}: the {part} pictures and labels do not fit together")
    return PictureSet(pictures, labels)


def load_ink(paths: Sequence[Path]) -> InkSet:
    """Load labelled ink; every label but the ten digits becomes NO_DIGIT.

    Raises DataError on the first item that is unreadable or has no label.
    """
    inks, labels, writers, kinds = [], [], [], []
    for path in paths:
        for item in _items(path):
            if isinstance(item, BadInkLine):
                raise DataError(f"{path} line {item.line}: {item.reason}")
            if not item.label or item.ink.is_empty:
                raise DataError(
                    f"{path} item {item.index}: has no {'ink' if item.label else 'label'}"
                )
            inks.append(item.ink)
            labels.append(DIGIT_LABELS.get(item.label, NO_DIGIT))
            writers.append(item.writer or "")
            kinds.append(item.label)
    return InkSet(tuple(inks), np.array(labels, np.uint8), tuple(writers), tuple(kinds))


def _items(path: Path) -> Iterator[InkItem | BadInkLine]:
    try:
        yield from read_ink_file(path)
    except (OSError, InkFileError) as error:
        raise DataError(f"{path}: {reason_of(error)}") from None


def split_pictures(data: PictureSet) -> tuple[PictureSet, PictureSet]:
    """Return the part to fit on and the part to validate on."""
    held_out = np.array([_is_held_out(picture.tobytes()) for picture in data.pictures], bool)
    return data.pick(~held_out), data.pick(held_out)


def split_ink(data: InkSet) -> tuple[InkSet, InkSet]:
    """Return the part to fit on and the part to validate on, with no writer in both."""
    held_out = np.array([_is_held_out(writer.encode()) for writer in data.writers], bool)
    return data.pick(~held_out), data.pick(held_out)


def fold_of(writer: str, number: int, folds: int) -> int:
    """Return a writer's fold, from 0, in a round of cross-validation: the same on every machine."""
    return stable_hash(f"{number}:{writer}".encode()) % folds


def source_of(writer: str) -> str:
    """Return the laboratory whose writer this is, with a tablet and a country of its own."""
    return writer.split("/")[0]


def stable_hash(key: bytes) -> int:
    """Return 64 bits of a key's SHA-256: the same on every machine, unlike `hash`."""
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big")


def _is_held_out(key: bytes) -> bool:
    return stable_hash(key) % VALIDATION_SHARE == 0


def _read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Read an IDX file of bytes, plain or gzipped (format: LeCun's MNIST page)."""
    packed = path.with_name(path.name + ".gz")
    try:
        data = path.read_bytes() if path.exists() else gzip.decompress(packed.read_bytes())
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file, nor with .gz") from None
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read: {reason_of(error)}") from None
    header = 4 + 4 * dimensions
    if len(data) < header or data[:4] != bytes([0, 0, 8, dimensions]):
        raise DataError(f"{path}: is not an IDX file of bytes with {dimensions} dimensions")
    shape = struct.unpack(f">{dimensions}I", data[4:header])
    if len(data) - header != math.prod(shape):
        raise DataError(f"{path}: is cut off or too long")
    return np.frombuffer(data, np.uint8, offset=header).reshape(shape)


def _keras_mnist(part: str) -> PictureSet:
    import keras

    try:
        train, test = keras.datasets.mnist.load_data()
    except Exception as error:  # Keras raises a bare Exception when the download fails.
        raise DataError(
            "MNIST could not be downloaded; pass --mnist DIR with its four IDX files "
            f"({str(error).splitlines()[0]})"
        ) from None
    pictures, labels = train if part == "train" else test
    return PictureSet(pictures, labels)
