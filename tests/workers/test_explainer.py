"""What the explainer promises the panel. Gates inside a question hold its thread where needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QThread
from PySide6.QtWidgets import QApplication

from digitpad.core.model_file import Model, ModelFileError
from digitpad.workers.explainer import Explainer, Question, Workshop
from tests.conftest import WaitUntil
from tests.small_models import save_small_model

PATIENCE = 30.0
NEVER = 3_600_000
LOW_PRIORITY = Qt.EventPriority.LowEventPriority.value

MakeExplainer = Callable[..., Explainer]


class Gate:
    """A question's work that ends only when let through."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self._gate = threading.Semaphore(0)

    def let_through(self) -> None:
        self._gate.release()

    def __call__(self, _workshop: Workshop) -> str:
        self.entered.release()
        assert self._gate.acquire(timeout=PATIENCE)
        return "gated"


class Painting(QObject):
    """Tells when it is due, as the painting of a window is: after all events of more weight."""

    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            self._happened.append("painted")
        return super().event(event)


def is_running(explainer: Explainer) -> bool:
    thread = explainer.findChild(QThread)
    assert thread is not None
    return thread.isRunning()


@pytest.fixture
def make_explainer(qapp: QApplication) -> Iterator[MakeExplainer]:
    """Make explainers without a pause between questions; stopped at the end."""
    made: list[Explainer] = []

    def make(make_workshop: Callable[[], Workshop] = Workshop, interval: int = 0) -> Explainer:
        made.append(Explainer(make_workshop, interval=interval))
        return made[-1]

    yield make
    for explainer in made:
        explainer.stop()


def test_the_newest_of_the_questions_that_wait_is_answered(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given a question that is being worked on
    explainer, gate, shown = make_explainer(), Gate(), list[str]()
    explainer.ask(Question(gate, shown.append))
    assert gate.entered.acquire(timeout=PATIENCE)

    # When two more are asked, and the work goes on
    explainer.ask(Question(lambda _: "old", shown.append))
    explainer.ask(Question(lambda _: "new", shown.append))
    gate.let_through()
    wait_until(explainer.shown, lambda: len(shown) == 2)

    # Then the one that was replaced is never shown
    assert shown == ["gated", "new"]


def test_what_was_dropped_is_never_shown(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given a question that is being worked on, and one that waits
    explainer, gate, shown = make_explainer(), Gate(), list[str]()
    explainer.ask(Question(gate, shown.append))
    explainer.ask(Question(lambda _: "waited", shown.append))
    assert gate.entered.acquire(timeout=PATIENCE)

    # When all is dropped, and another one asked
    explainer.drop()
    explainer.ask(Question(lambda _: "later", shown.append))
    gate.let_through()
    wait_until(explainer.shown, lambda: bool(shown))

    # Then
    assert shown == ["later"]


def test_work_is_done_on_another_thread_and_shown_on_this_one(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given an explainer, whose thread has not begun
    explainer, threads = make_explainer(), list[QThread]()
    assert not is_running(explainer)

    # When
    explainer.ask(
        Question(
            lambda _: threads.append(QThread.currentThread()),
            lambda _: threads.append(QThread.currentThread()),
        )
    )
    wait_until(explainer.shown, lambda: len(threads) == 2)

    # Then
    here = QThread.currentThread()
    assert threads[0] is not here
    assert threads[1] is here


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ModelFileError("The model file is gone."), "The model file is gone."),
        (ValueError("odd"), "This drawing could not be explained (ValueError)."),
    ],
)
def test_a_failure_is_one_sentence_and_the_next_question_is_tried(
    make_explainer: MakeExplainer, wait_until: WaitUntil, error: Exception, sentence: str
) -> None:
    # Given
    explainer, failures, shown = make_explainer(), list[str](), list[str]()
    explainer.failed.connect(failures.append)

    def fail(_workshop: Workshop) -> str:
        raise error

    # When
    explainer.ask(Question(fail, shown.append))
    wait_until(explainer.failed, lambda: bool(failures))
    explainer.ask(Question(lambda _: "fine", shown.append))
    wait_until(explainer.shown, lambda: bool(shown))

    # Then
    assert failures == [sentence]
    assert shown == ["fine"]


def test_soon_after_a_question_the_next_one_waits(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given an explainer that pauses for long after a question
    explainer, shown, gate = make_explainer(interval=NEVER), list[str](), Gate()
    explainer.ask(Question(lambda _: "first", shown.append))
    wait_until(explainer.shown, lambda: bool(shown))

    # When
    sent: list[int] = []
    explainer._asked.connect(lambda number, _question: sent.append(number))
    explainer.ask(Question(gate, shown.append))

    # Then it does not go to the thread
    assert sent == []


def test_a_question_that_follows_soon_is_begun_after_what_is_to_be_painted(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given an explainer that has paused, while the pen still moves
    explainer, happened = make_explainer(), list[str]()
    explainer.ask(Question(lambda _: "first", lambda _: None))
    wait_until(explainer._pause.timeout, lambda: explainer._begin.isActive())
    explainer._asked.connect(lambda _number, _question: happened.append("begun"))

    # When a question comes while the window has yet to be painted
    painting = Painting(happened)
    QApplication.postEvent(painting, QEvent(QEvent.Type.UpdateRequest), LOW_PRIORITY)
    explainer.ask(Question(lambda _: "second", lambda _: None))
    wait_until(explainer.shown, lambda: len(happened) == 2)

    # Then
    assert happened == ["painted", "begun"]


def test_a_question_that_none_follows_is_answered_all_the_same(
    make_explainer: MakeExplainer, wait_until: WaitUntil
) -> None:
    # Given a question that waited for the one before
    explainer, shown = make_explainer(), list[str]()
    explainer.ask(Question(lambda _: "first", shown.append))
    explainer.ask(Question(lambda _: "last", shown.append))

    # When nothing more is asked
    wait_until(explainer.shown, lambda: len(shown) == 2)

    # Then
    assert shown == ["first", "last"]
    assert explainer.is_idle


def test_stopping_waits_for_the_work_and_shows_nothing_of_it(
    make_explainer: MakeExplainer,
) -> None:
    # Given a question that is being worked on
    explainer, gate, shown = make_explainer(), Gate(), list[str]()
    explainer.ask(Question(gate, shown.append))
    assert gate.entered.acquire(timeout=PATIENCE)

    # When
    gate.let_through()
    explainer.stop()
    QApplication.processEvents()

    # Then
    assert not is_running(explainer)
    assert shown == []


def test_after_stopping_no_thread_is_started_again(make_explainer: MakeExplainer) -> None:
    # Given
    explainer = make_explainer()
    explainer.stop()

    # When
    explainer.ask(Question(lambda _workshop: "late", lambda _late: None))

    # Then it would be destroyed with the window while it runs, which ends the program
    assert not is_running(explainer)
    assert explainer.is_idle


def test_a_tool_is_made_once(tmp_path: Path) -> None:
    # Given a workshop with a model and without a second one
    path = save_small_model(tmp_path / "cnn.npz")
    workshop = Workshop(path, tmp_path / "mlp.npz")
    made: list[Model] = []

    def tool(shop: Workshop) -> list[Model]:
        made.append(shop.cnn)
        return made

    # When and then
    assert workshop.tool(tool) is workshop.tool(tool)
    assert len(made) == 1
    assert workshop.cnn is workshop.cnn


def test_a_tool_that_cannot_be_made_is_tried_once(tmp_path: Path) -> None:
    # Given a workshop without a second model
    workshop = Workshop(tmp_path / "cnn.npz", tmp_path / "mlp.npz")
    with pytest.raises(ModelFileError, match=r"mlp\.npz is missing"):
        workshop.mlp  # noqa: B018 - Looking is what fails.

    # When the file comes later, then it is not looked for again
    save_small_model(tmp_path / "mlp.npz")
    with pytest.raises(ModelFileError, match=r"mlp\.npz is missing"):
        workshop.mlp  # noqa: B018
