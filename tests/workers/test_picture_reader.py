"""What the picture reader promises the window. Gates hold its thread where needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtWidgets import QApplication

from digitpad.core.model_file import ModelFileError
from digitpad.core.picture_files import LoadedPicture, PictureFileError
from digitpad.core.reading import Box, DigitReading, Reading
from digitpad.workers.picture_reader import (
    FilePicture,
    OpenedPicture,
    PictureReader,
    ReadsPictures,
)
from tests.conftest import WaitUntil

PATIENCE = 30.0


class SizeReader:
    """Reads of a picture how wide it is: that is the width of the digit's box."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.widths: list[int] = []

    def read_picture(self, picture: Image.Image, *, single: bool = False) -> Reading:
        self.threads.add(threading.get_ident())
        self.widths.append(picture.width)
        box = Box(1.0 if single else 0.0, 0.0, picture.width, picture.height)
        return Reading((DigitReading((1.0,) + (0.0,) * 9, box),))

    def regrouped(self, digits: Sequence[DigitReading]) -> tuple[DigitReading, ...]:
        self.threads.add(threading.get_ident())
        return tuple(digits) * 2


@dataclass
class Source:
    """A picture so many pixels wide, which waits for its gate, or cannot be loaded."""

    width: int
    error: Exception | None = None
    is_gated: bool = False
    entered: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)
    threads: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        return "a.png"

    def load(self, page: int) -> LoadedPicture | None:
        self.threads.add(threading.get_ident())
        self.entered.set()
        if self.is_gated:
            assert self.gate.wait(PATIENCE)
        if self.error is not None:
            raise self.error
        if self.width == 0:
            return None
        return LoadedPicture(Image.new("L", (self.width + page, 10)), pages=5)


class Witness:
    """A picture reader and all it has emitted, in order."""

    def __init__(self, load_reader: Callable[[], ReadsPictures]) -> None:
        self.reader = PictureReader(load_reader)
        self.heard: list[tuple[str, object]] = []
        self.reader.opened.connect(self._on_opened)
        self.reader.answered.connect(self._on_answered)
        self.reader.regrouped.connect(lambda *digits: self.heard.append(("regrouped", digits)))
        self.reader.failed.connect(lambda sentence: self.heard.append(("failed", sentence)))

    def _on_opened(self, picture: OpenedPicture) -> None:
        self.heard.append(("opened", picture.levels[0].width))

    def _on_answered(self, reading: Reading) -> None:
        self.heard.append(("answered", int(reading.digits[0].box.width)))


Watch = Callable[[Callable[[], ReadsPictures]], Witness]
DIGIT = DigitReading((1.0,) + (0.0,) * 9, Box(0.0, 0.0, 1.0, 1.0))


def read_one(witness: Witness, wait_until: WaitUntil, source: Source) -> None:
    """Open a picture, the first one, and wait until it is read."""
    witness.reader.open(source)
    wait_until(witness.reader.answered, lambda: len(witness.heard) == 2)


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    made: list[Witness] = []

    def make(load_reader: Callable[[], ReadsPictures]) -> Witness:
        made.append(Witness(load_reader))
        return made[-1]

    yield make
    for witness in made:
        witness.reader.stop()


def test_a_picture_is_shown_before_it_is_read_and_both_on_another_thread(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given
    reader, source = SizeReader(), Source(30)
    witness = watch(lambda: reader)

    # When
    read_one(witness, wait_until, source)

    # Then
    assert witness.heard == [("opened", 30), ("answered", 30)]
    assert reader.threads == source.threads
    assert threading.get_ident() not in reader.threads


def test_a_page_is_told_with_how_many_there_are(watch: Watch, wait_until: WaitUntil) -> None:
    # Given
    witness = watch(SizeReader)
    opened: list[OpenedPicture] = []
    witness.reader.opened.connect(opened.append)

    # When
    witness.reader.open(Source(30), 2)
    wait_until(witness.reader.answered, lambda: len(witness.heard) == 2)

    # Then
    assert witness.heard == [("opened", 32), ("answered", 32)]
    assert (opened[0].page, opened[0].pages) == (2, 5)


def test_a_picture_can_be_read_as_one_digit(watch: Watch, wait_until: WaitUntil) -> None:
    # Given
    witness = watch(SizeReader)
    readings: list[Reading] = []
    witness.reader.answered.connect(readings.append)

    # When
    witness.reader.open(Source(30), is_single=True)
    wait_until(witness.reader.answered, lambda: bool(readings))

    # Then
    assert readings[0].digits[0].box.x == 1.0


def test_the_newest_picture_wins_and_those_between_are_not_even_loaded(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given a picture that takes its time
    reader = SizeReader()
    witness = watch(lambda: reader)
    slow, between, newest = Source(10, is_gated=True), Source(20), Source(30)
    witness.reader.open(slow)
    assert slow.entered.wait(PATIENCE)

    # When two more are opened meanwhile
    witness.reader.open(between)
    witness.reader.open(newest)
    slow.gate.set()
    wait_until(witness.reader.answered, lambda: ("answered", 30) in witness.heard)

    # Then
    assert witness.heard == [("opened", 30), ("answered", 30)]
    assert not between.entered.is_set()
    assert reader.widths == [30]


def test_what_was_dropped_is_neither_shown_nor_read(watch: Watch, wait_until: WaitUntil) -> None:
    # Given a picture that is being decoded
    reader = SizeReader()
    witness = watch(lambda: reader)
    slow = Source(10, is_gated=True)
    witness.reader.open(slow)
    assert slow.entered.wait(PATIENCE)

    # When it is dropped, and the thread has gone on
    witness.reader.drop()
    slow.gate.set()
    witness.reader.open(Source(30))
    wait_until(witness.reader.answered, lambda: ("answered", 30) in witness.heard)

    # Then
    assert witness.heard == [("opened", 30), ("answered", 30)]
    assert reader.widths == [30]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (Source(0), "a.png is neither a picture nor ink."),
        (Source(1, PictureFileError("is truncated or damaged")), "a.png is truncated or damaged."),
        (Source(1, PermissionError(13, "Permission denied")), "a.png cannot be read: Permission"),
        (Source(1, MemoryError()), "a.png needs more memory than is available."),
        (Source(1, KeyError("x")), "a.png could not be read (KeyError)."),
    ],
    ids=lambda value: type(value.error).__name__ if isinstance(value, Source) else "",
)
def test_what_cannot_be_read_is_one_sentence_and_the_next_one_is_read(
    watch: Watch, wait_until: WaitUntil, source: Source, sentence: str
) -> None:
    # Given
    witness = watch(SizeReader)

    # When
    witness.reader.open(source)
    wait_until(witness.reader.failed, lambda: bool(witness.heard))

    # Then
    ((kind, said),) = witness.heard
    assert kind == "failed"
    assert str(said).startswith(sentence)
    witness.reader.open(Source(30))
    wait_until(witness.reader.answered, lambda: len(witness.heard) == 3)


@dataclass
class Damaged:
    """A picture of so many pages, each as wide as its number, of which some are damaged."""

    pages: int
    damaged: set[int]
    name: str = "a.tif"

    def load(self, page: int) -> LoadedPicture | None:
        if page in self.damaged:
            error = PictureFileError(f"is damaged {page}")
            error.pages = self.pages
            raise error
        return LoadedPicture(Image.new("L", (page + 1, 10)), pages=self.pages)


@pytest.mark.parametrize(
    ("damaged", "asked", "step", "taken"),
    [({0}, 0, 1, 1), ({0, 1}, 0, 1, 2), ({1}, 1, 1, 2), ({1}, 1, -1, 0), ({1, 2}, 2, -1, 0)],
)
def test_a_damaged_page_is_passed_over_and_said(
    watch: Watch, wait_until: WaitUntil, damaged: set[int], asked: int, step: int, taken: int
) -> None:
    witness = watch(SizeReader)
    told: list[OpenedPicture] = []
    witness.reader.opened.connect(told.append)

    witness.reader.open(Damaged(4, damaged), asked, step=step)
    wait_until(witness.reader.answered, lambda: len(witness.heard) == 2)

    assert witness.heard == [("opened", taken + 1), ("answered", taken + 1)]
    (picture,) = told
    assert picture.page == taken
    assert picture.problem == f"Page {asked + 1} of a.tif is damaged {asked}."


@pytest.mark.parametrize(
    ("damaged", "asked", "step"), [({0, 1, 2}, 0, 1), ({1, 2}, 1, 1), ({0, 1}, 1, -1)]
)
def test_without_another_page_that_way_the_damaged_one_is_said(
    watch: Watch, wait_until: WaitUntil, damaged: set[int], asked: int, step: int
) -> None:
    witness = watch(SizeReader)

    witness.reader.open(Damaged(3, damaged), asked, step=step)
    wait_until(witness.reader.failed, lambda: bool(witness.heard))

    assert witness.heard == [("failed", f"Page {asked + 1} of a.tif is damaged {asked}.")]


def test_a_model_that_cannot_be_loaded_is_said_and_the_picture_shown(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given
    def fail() -> ReadsPictures:
        raise ModelFileError("The model file is missing.")

    witness = watch(fail)

    # When
    witness.reader.open(Source(30))
    wait_until(witness.reader.failed, lambda: len(witness.heard) == 2)

    # Then
    assert witness.heard == [("opened", 30), ("failed", "The model file is missing.")]


def test_a_file_that_has_gone_is_said_by_its_name(
    watch: Watch, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given
    witness = watch(SizeReader)
    path = tmp_path / "gone.png"

    # When
    witness.reader.open(FilePicture(path))
    wait_until(witness.reader.failed, lambda: bool(witness.heard))

    # Then
    assert witness.heard == [("failed", f"{path} cannot be read: No such file or directory.")]


def test_stop_waits_for_what_is_being_decoded_and_nothing_more_is_heard(watch: Watch) -> None:
    # Given
    witness = watch(SizeReader)
    slow = Source(10, is_gated=True)
    witness.reader.open(slow)
    assert slow.entered.wait(PATIENCE)

    # When it is stopped, and can go on only while stop waits
    release = threading.Timer(0.1, slow.gate.set)
    release.start()
    witness.reader.stop()

    # Then
    assert slow.gate.is_set()
    release.join()
    QCoreApplication.processEvents()
    assert witness.heard == []


def test_after_stopping_no_thread_is_started_again(watch: Watch) -> None:
    # Given
    witness = watch(SizeReader)
    witness.reader.stop()

    # When
    witness.reader.open(Source(10))

    # Then it would be destroyed with the window while it runs, which ends the program
    thread = witness.reader.findChild(QThread)
    assert thread is not None
    assert not thread.isRunning()


def test_what_is_dropped_when_it_is_decoded_is_not_read(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given a picture that is decoded, of which the window has not heard yet
    reader = SizeReader()
    loading, may_load = threading.Event(), threading.Event()

    def load() -> SizeReader:
        loading.set()
        assert may_load.wait(PATIENCE)
        return reader

    witness = watch(load)
    witness.reader.open(Source(10))
    assert loading.wait(PATIENCE)

    # When it is dropped
    witness.reader.drop()
    may_load.set()
    witness.reader.open(Source(30))
    wait_until(witness.reader.answered, lambda: ("answered", 30) in witness.heard)

    # Then
    assert witness.heard == [("opened", 30), ("answered", 30)]
    assert reader.widths == [30]


def test_digits_are_regrouped_on_the_thread_that_read_them(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given a picture that is read
    reader, source = SizeReader(), Source(30)
    witness = watch(lambda: reader)
    read_one(witness, wait_until, source)
    reader.threads.clear()

    # When
    witness.reader.regroup([DIGIT])
    wait_until(witness.reader.regrouped, lambda: len(witness.heard) == 3)

    # Then
    assert witness.heard[-1] == ("regrouped", ((DIGIT,), (DIGIT, DIGIT)))
    assert reader.threads == source.threads


def test_digits_of_a_picture_that_gave_way_to_another_are_not_regrouped(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given
    witness = watch(SizeReader)
    read_one(witness, wait_until, Source(30))

    # When another one is opened before the answer
    witness.reader.regroup([DIGIT])
    witness.reader.open(Source(40))
    wait_until(witness.reader.answered, lambda: ("answered", 40) in witness.heard)

    # Then
    assert [kind for kind, _ in witness.heard] == ["opened", "answered"] * 2


def test_digits_that_cannot_be_regrouped_are_told_of_in_one_sentence(
    watch: Watch, wait_until: WaitUntil
) -> None:
    # Given
    class WithoutMemory(SizeReader):
        def regrouped(self, digits: Sequence[DigitReading]) -> tuple[DigitReading, ...]:
            raise MemoryError

    witness = watch(WithoutMemory)
    read_one(witness, wait_until, Source(30))

    # When
    witness.reader.regroup([DIGIT])
    wait_until(witness.reader.failed, lambda: len(witness.heard) == 3)

    # Then
    assert witness.heard[-1] == ("failed", "These digits could not be read (MemoryError).")
