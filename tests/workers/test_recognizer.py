"""What the recognizer promises the window. Gates inside a reader hold its thread where needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QThread, QTimer
from PySide6.QtWidgets import QApplication

from digitpad.core.groups import Group, StrokePart
from digitpad.core.ink import Ink
from digitpad.core.model_file import ModelFileError
from digitpad.core.reading import Box, DigitReading, Reading
from digitpad.workers.recognizer import InkReader, Recognizer
from tests.conftest import WaitUntil

PATIENCE = 30.0


def ink_of(*xs: float) -> Ink:
    """One stroke through these x; distinct first x make drawings that share nothing."""
    return Ink.from_points([[(x, 0.0) for x in xs]])


def xs_of(ink: Ink) -> tuple[float, ...]:
    return tuple(float(x) for stroke in ink.strokes for x in stroke[:, 0])


class GatedReader:
    """Reads only when let through; its reading's box tells which ink it read."""

    def __init__(self, is_gated: bool = True) -> None:
        self.read: list[tuple[float, ...]] = []
        self.pins: list[tuple[Group, ...]] = []
        self.singles = 0
        self.threads: set[int] = set()
        self.entered = threading.Semaphore(0)
        self.answer_is_sent = threading.Semaphore(0)
        self._gate = threading.Semaphore(0)
        self._gated = is_gated
        self._is_warm = False

    def let_through(self, times: int = 1) -> None:
        self._gate.release(times)

    def read_ink(self, ink: Ink) -> Reading:
        self.singles += 1
        return self._reading_of(ink)

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        return tuple((part,) for part in group)

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        if self._is_warm:
            self.pins.append(tuple(pins))
        return self._reading_of(ink)

    def _reading_of(self, ink: Ink) -> Reading:
        self.threads.add(threading.get_ident())
        if not self._is_warm:
            self._is_warm = True
            return _reading(ink)
        self.read.append(xs_of(ink))
        self.entered.release()
        if self._gated:
            assert self._gate.acquire(timeout=PATIENCE)
        # Runs on this thread once the answer to this ink is on its way.
        QTimer.singleShot(0, self.answer_is_sent.release)
        if ink.strokes[0][0, 0] < 0:
            raise ValueError("negative ink")
        return _reading(ink)


def _reading(ink: Ink) -> Reading:
    bounds = ink.bounds
    box = Box(bounds.left, bounds.top, bounds.width, bounds.height)
    return Reading((DigitReading((1.0,) + (0.0,) * 9, box),))


class Witness:
    """A recognizer at work and what it has emitted: the last x of each ink answered, failures."""

    def __init__(self, load_reader: Callable[[], InkReader]) -> None:
        self.recognizer = Recognizer(load_reader)
        self.answers: list[float] = []
        self.failures: list[str] = []
        self.ready = 0
        self.recognizer.answered.connect(self._on_answered)
        self.recognizer.failed.connect(self.failures.append)
        self.recognizer.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        self.ready += 1

    def _on_answered(self, reading: Reading) -> None:
        box = reading.digits[0].box
        self.answers.append(box.x + box.width)


Witnesses = Callable[[Callable[[], InkReader]], Witness]


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Witnesses]:
    made: list[Witness] = []

    def make(load_reader: Callable[[], InkReader]) -> Witness:
        made.append(Witness(load_reader))
        return made[-1]

    yield make
    for witness in made:
        witness.recognizer.stop()


@pytest.fixture
def reader() -> Iterator[GatedReader]:
    reader = GatedReader()
    yield reader
    reader.let_through(100)


def hold_first(witness: Witness, reader: GatedReader, ink: Ink) -> None:
    """Start, ask for `ink` and return when it is being read."""
    witness.recognizer.start()
    witness.recognizer.request(ink)
    assert reader.entered.acquire(timeout=PATIENCE)


def test_loads_warms_and_reads_on_one_thread_that_is_not_the_windows(
    watch: Witnesses, wait_until: WaitUntil
) -> None:
    # Given a reader that notes its threads
    reader = GatedReader(is_gated=False)
    loaded_on: list[int] = []

    def load() -> GatedReader:
        loaded_on.append(threading.get_ident())
        return reader

    witness = watch(load)
    # When it starts
    witness.recognizer.start()
    wait_until(witness.recognizer.ready, lambda: witness.ready == 1)
    # Then it has read once, to be warm, before it says that it is ready
    assert len(reader.threads) == 1
    # and when it reads, all of it happened on one other thread
    witness.recognizer.request(ink_of(1, 2))
    wait_until(witness.recognizer.answered, lambda: witness.answers == [2])
    assert reader.threads == set(loaded_on)
    assert len(loaded_on) == 1
    assert threading.get_ident() not in loaded_on


def test_signals_arrive_on_the_thread_of_the_window(
    watch: Witnesses, wait_until: WaitUntil
) -> None:
    reader = GatedReader(is_gated=False)
    witness = watch(lambda: reader)
    arrived_on: list[object] = []
    for signal in (
        witness.recognizer.ready,
        witness.recognizer.answered,
        witness.recognizer.failed,
    ):
        signal.connect(lambda *_: arrived_on.append(QThread.currentThread()))
    witness.recognizer.start()
    witness.recognizer.request(ink_of(1))
    wait_until(witness.recognizer.answered, lambda: witness.answers == [1])
    witness.recognizer.request(ink_of(-1))
    wait_until(witness.recognizer.failed, lambda: len(witness.failures) == 1)

    assert len(arrived_on) == 3
    application = QCoreApplication.instance()
    assert application is not None
    assert set(arrived_on) == {application.thread()}


def test_ink_drawn_while_the_model_loads_is_read_when_it_is_ready(
    watch: Witnesses, wait_until: WaitUntil
) -> None:
    # Given a model that takes its time to load
    loading = threading.Event()
    may_load = threading.Event()

    def load() -> GatedReader:
        loading.set()
        assert may_load.wait(PATIENCE)
        return GatedReader(is_gated=False)

    witness = watch(load)
    witness.recognizer.start()
    assert loading.wait(PATIENCE)
    # When one draws meanwhile
    witness.recognizer.request(ink_of(1))
    witness.recognizer.request(ink_of(1, 2))
    assert witness.answers == []
    # Then the newest ink is answered once the model is there
    may_load.set()
    wait_until(witness.recognizer.answered, lambda: witness.answers[-1:] == [2])
    assert witness.ready == 1


def test_of_the_requests_made_while_one_is_read_only_the_newest_is_read(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    # Given a reading that takes its time
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1))
    # When many more are asked for
    for x in range(2, 50):
        witness.recognizer.request(ink_of(x))
    # Then one more is read, the newest
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: witness.answers[-1:] == [49])
    assert reader.read == [(1,), (49,)]


def test_an_answer_for_ink_since_replaced_is_dropped(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1, 2, 3))
    # When a point is taken back before the answer
    witness.recognizer.request(ink_of(1, 2))
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: witness.answers[-1:] == [2])
    # Then the longer ink was read, and not answered
    assert reader.read == [(1, 2, 3), (1, 2)]
    assert witness.answers == [2]


def test_the_bars_move_while_a_stroke_grows_faster_than_it_is_read(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1))
    # When the stroke has grown before each answer
    witness.recognizer.request(ink_of(1, 2))
    reader.let_through()
    # Then the answer for its beginning is still shown
    wait_until(witness.recognizer.answered, lambda: witness.answers == [1])
    witness.recognizer.request(ink_of(1, 2, 3))
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: witness.answers == [1, 2, 3])


def test_what_was_asked_before_clear_is_never_answered(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    # Given one being read and one waiting
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1))
    witness.recognizer.request(ink_of(1, 2))
    # When the canvas is cleared and the same stroke begun again
    witness.recognizer.clear()
    witness.recognizer.request(ink_of(1, 2, 3))
    reader.let_through(2)
    # Then only the new drawing is answered, and what waited is not even read
    wait_until(witness.recognizer.answered, lambda: witness.answers[-1:] == [3])
    assert witness.answers == [3]
    assert reader.read == [(1,), (1, 2, 3)]


def test_an_answer_that_arrives_after_clear_is_dropped_with_nothing_asked_since(
    watch: Witnesses, reader: GatedReader
) -> None:
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1))
    # When the canvas is cleared and the answer comes after that
    witness.recognizer.clear()
    reader.let_through()
    assert reader.answer_is_sent.acquire(timeout=PATIENCE)
    QCoreApplication.processEvents()
    # Then it is not seen
    assert witness.answers == []


def test_a_failure_is_one_sentence_and_the_next_request_is_read(
    watch: Witnesses, wait_until: WaitUntil, caplog: pytest.LogCaptureFixture
) -> None:
    # Given a reader that fails on some ink
    witness = watch(lambda: GatedReader(is_gated=False))
    witness.recognizer.start()
    # When that ink is read
    witness.recognizer.request(ink_of(-1))
    wait_until(witness.recognizer.failed, lambda: len(witness.failures) == 1)
    # Then a person gets one sentence, the log gets the traceback
    assert witness.failures == ["This drawing could not be read (ValueError)."]
    assert "negative ink" in caplog.text
    # and the next ink is read again
    witness.recognizer.request(ink_of(5))
    wait_until(witness.recognizer.answered, lambda: witness.answers == [5])


def test_a_failure_for_what_was_cleared_is_not_shown(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(-1))
    witness.recognizer.clear()
    witness.recognizer.request(ink_of(3))
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: witness.answers == [3])
    assert witness.failures == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ModelFileError("The model file x is missing."), "The model file x is missing."),
        (MemoryError("far too much"), "The model cannot be loaded (MemoryError)."),
    ],
)
def test_a_model_that_cannot_load_is_said_at_once_and_for_each_drawing(
    watch: Witnesses, wait_until: WaitUntil, error: Exception, sentence: str
) -> None:
    def load() -> GatedReader:
        raise error

    # Given a model that does not load: it is said without a drawing
    witness = watch(load)
    witness.recognizer.start()
    wait_until(witness.recognizer.failed, lambda: witness.failures == [sentence])
    # When one draws, it is said again, each time
    for count in (2, 3):
        witness.recognizer.request(ink_of(1))
        wait_until(witness.recognizer.failed, lambda n=count: witness.failures == [sentence] * n)  # type: ignore[misc]
    assert witness.ready == 0
    assert witness.answers == []


@pytest.mark.parametrize("moment", ["loading", "reading"])
def test_stop_waits_for_what_the_thread_is_doing_and_emits_nothing_more(
    watch: Witnesses, moment: str
) -> None:
    # Given a thread that is held while it loads or reads
    held, go_on, is_over = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        assert go_on.wait(PATIENCE)
        is_over.set()

    class HeldReader(GatedReader):
        def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
            if moment == "reading" and xs_of(ink) == (1, 2):
                hold()
            return _reading(ink)

    def load() -> HeldReader:
        if moment == "loading":
            hold()
        return HeldReader()

    witness = watch(load)
    witness.recognizer.start()
    witness.recognizer.request(ink_of(1, 2))
    assert held.wait(PATIENCE)
    # When it is stopped, and can go on only while stop waits
    release = threading.Timer(0.1, go_on.set)
    release.start()
    witness.recognizer.stop()
    # Then it has ended what it did, and nothing is heard of it
    assert is_over.is_set()
    release.join()
    QCoreApplication.processEvents()
    assert witness.ready == 0
    assert witness.answers == []
    assert witness.failures == []


def test_stop_is_safe_twice_before_start_and_with_requests_after_it(watch: Witnesses) -> None:
    never_started = watch(lambda: GatedReader(is_gated=False))
    never_started.recognizer.stop()

    witness = watch(lambda: GatedReader(is_gated=False))
    witness.recognizer.start()
    witness.recognizer.stop()
    witness.recognizer.stop()
    witness.recognizer.request(ink_of(1))
    witness.recognizer.clear()
    QCoreApplication.processEvents()
    assert witness.answers == []


def test_many_recognizers_come_and_go(wait_until: WaitUntil) -> None:
    """Each is dropped at a different moment: the thread must never outlive its owner."""
    for count in range(30):
        witness = Witness(lambda: GatedReader(is_gated=False))
        witness.recognizer.start()
        if count % 3:
            witness.recognizer.request(ink_of(1))
        if count % 3 == 2:
            wait_until(witness.recognizer.answered, lambda w=witness: w.answers == [1])  # type: ignore[misc]
        witness.recognizer.stop()


def test_pins_reach_the_reader_and_an_answer_for_other_pins_is_stale(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    # Given a drawing that is being read, and the same with a pin that waits
    witness = watch(lambda: reader)
    pin = (StrokePart(0),)
    hold_first(witness, reader, ink_of(1, 2))
    witness.recognizer.request(ink_of(1, 2, 3), (pin,))

    # When both have been read
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: 3 in witness.answers)

    # Then only the answer that heeds the pin has come
    assert witness.answers == [3]
    assert reader.pins == [(), (pin,)]

    # And an answer to a beginning of the stroke counts while the pins stay
    assert reader.entered.acquire(timeout=PATIENCE)
    witness.recognizer.request(ink_of(1, 2, 3), (pin,))
    assert reader.entered.acquire(timeout=PATIENCE)
    witness.recognizer.request(ink_of(1, 2, 3, 4), (pin,))
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: 4 in witness.answers)
    assert witness.answers == [3, 3, 4]


def test_an_answer_to_a_number_is_stale_where_one_digit_is_wanted(
    watch: Witnesses, reader: GatedReader, wait_until: WaitUntil
) -> None:
    witness = watch(lambda: reader)
    hold_first(witness, reader, ink_of(1, 2))
    witness.recognizer.request(ink_of(1, 2, 3), is_single=True)
    reader.let_through(2)
    wait_until(witness.recognizer.answered, lambda: 3 in witness.answers)
    assert witness.answers == [3]
    assert reader.singles == 1


def test_a_split_is_told_with_what_it_was_asked_of(watch: Witnesses, wait_until: WaitUntil) -> None:
    # Given
    witness = watch(lambda: GatedReader(is_gated=False))
    told: list[tuple[object, ...]] = []
    witness.recognizer.parted.connect(lambda *what: told.append(what))
    witness.recognizer.start()
    ink, group = ink_of(1, 2), (StrokePart(0), StrokePart(1))

    # When
    witness.recognizer.split(ink, group)
    wait_until(witness.recognizer.parted, lambda: bool(told))

    # Then
    assert told == [(ink, group, ((StrokePart(0),), (StrokePart(1),)))]


def test_a_split_that_fails_is_one_sentence(watch: Witnesses, wait_until: WaitUntil) -> None:
    class Torn(GatedReader):
        def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
            raise ValueError("torn")

    witness = watch(lambda: Torn(is_gated=False))
    witness.recognizer.start()
    witness.recognizer.split(ink_of(1, 2), (StrokePart(0),))
    wait_until(witness.recognizer.failed, lambda: bool(witness.failures))
    assert witness.failures == ["This digit could not be split (ValueError)."]


def test_it_is_known_what_the_last_answer_is_for(watch: Witnesses, wait_until: WaitUntil) -> None:
    # Given two strokes that are not yet read
    witness = watch(lambda: GatedReader(is_gated=False))
    has_read = witness.recognizer.has_read
    ink = Ink((*ink_of(1, 2).strokes, *ink_of(5, 6).strokes))
    witness.recognizer.start()
    witness.recognizer.request(ink)
    assert not has_read(ink)

    # When
    wait_until(witness.recognizer.answered, lambda: bool(witness.answers))

    # Then the answer is for these points, and for no others
    assert has_read(Ink((*ink_of(1, 2).strokes, *ink_of(5, 6).strokes)))
    assert not has_read(ink_of(1, 2))
    grown = Ink((*ink_of(1, 2).strokes, *ink_of(5, 6, 7).strokes))
    assert not has_read(grown)

    # And for the strokes that have stayed as they were
    assert has_read(grown, [0])
    assert not has_read(grown, [0, 1])
    assert not has_read(ink_of(1, 2), [1])
