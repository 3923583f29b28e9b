"""Side by side: the CNN's and the MLP's answers to the same drawing, as one distorts it.

Owns the arrangement. The answers come from `core.explain.compared_answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.core.explain.compared_answers import Answers, Comparison, compare
from digitpad.core.explain.distortion import Distortion
from digitpad.core.model_file import Model, ModelFileError
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.answer_words import percent
from digitpad.ui.confidence_bars import DIGITS, ConfidenceBar
from digitpad.ui.flat_button import FlatButton
from digitpad.ui.language import renewed
from digitpad.ui.understand.answer_plot import AnswerPlot, Curves
from digitpad.ui.understand.layer_words import parameters
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.ui.understand.roomy_label import RoomyLabel
from digitpad.ui.understand.sliders import DistortionSliders, Kind
from digitpad.words import Words, tr
from digitpad.workers.explainer import Question, Workshop

_CNN = Words(
    "Convolutional neural network: small filters look for the same patterns everywhere in the "
    "picture. The pad reads with it."
)
_MLP = Words(
    "Multi-layer perceptron: each unit of its first layer has a weight for every pixel. It is here "
    "to compare with."
)
_AGREE = Words("Both read {digit}: the CNN at {share}, the MLP at {other_share}.")
_DIFFER = Words("The CNN reads {digit} ({share}), the MLP {other} ({other_share}).")
_POSITIONS = 13
"""Points of a curve at equal distances."""


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """Both networks; of the second, what it is or why it is not there."""

    cnn: Answers
    cnn_parameters: int
    mlp: Answers | None
    mlp_parameters: int
    problem: Words | None


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What is shown: the answers, and what they are answers to."""

    networks: Networks
    comparison: Comparison
    answer: int
    kind: Kind
    position: float
    positions: Sequence[float]


class AnswerColumn(QWidget):
    """One network's name and its ten bars, or the sentence that says why there are none."""

    def __init__(self, name: str, meaning: Words, parent: QWidget | None = None) -> None:
        """`meaning` says what the name stands for, to who points at it."""
        super().__init__(parent)
        self._name = name
        self._meaning = meaning
        self.heading = QLabel()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._parameters = 0
        self.bars = tuple(ConfidenceBar(digit) for digit in range(DIGITS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addSpacing(round(self.fontMetrics().height() * 0.3))
        layout.addWidget(self.problem)
        for bar in self.bars:
            layout.addWidget(bar)
        layout.addStretch(1)
        renewed(self, self._say)

    @property
    def answer(self) -> int | None:
        """The digit whose bar is marked."""
        return next((digit for digit, bar in enumerate(self.bars) if bar.is_winner), None)

    def show_parameters(self, count: int) -> None:
        """Say how large the network is; 0 for not known."""
        self._parameters = count
        counted = f" &nbsp; {parameters(count)}" if count else ""
        self.heading.setText(f"<b>{self._name}</b>{counted}")

    def _say(self) -> None:
        self.show_parameters(self._parameters)
        self.heading.setToolTip(str(self._meaning))
        self.heading.setAccessibleDescription(str(self._meaning))
        for bar in self.bars:
            bar.name(self._name)

    def show_probabilities(self, probabilities: Sequence[float]) -> None:
        """Show ten probabilities and mark the largest."""
        self.show_problem("")
        winner = max(range(DIGITS), key=probabilities.__getitem__)
        for digit, bar in enumerate(self.bars):
            bar.show_probability(probabilities[digit], digit == winner)

    def rest(self) -> None:
        """Bring the bars to rest."""
        for bar in self.bars:
            bar.rest()

    def show_problem(self, sentence: str) -> None:
        """Show a sentence in place of the bars; the bars again for ""."""
        if sentence == self.problem.text():
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        for bar in self.bars:
            bar.setVisible(not sentence)


class SideBySide(Page):
    """Two columns of bars, the sliders, and a plot of both answers over the last slider."""

    title: ClassVar[Words] = Words("Side by side")
    tab: ClassVar[Words] = title

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cnn = AnswerColumn("CNN", _CNN)
        self.mlp = AnswerColumn("MLP", _MLP)
        self.picture = PixelMap(
            Words("What both networks see"), max(3, round(self.fontMetrics().height() * 0.28))
        )
        self.sliders = DistortionSliders()
        self.reset = FlatButton()
        self.plot = AnswerPlot(self.sliders.last)
        self.verdict = RoomyLabel(_longest_verdict)
        self._arrange()
        self.sliders.moved.connect(self._on_moved)
        self.reset.clicked.connect(self.sliders.reset)
        self._is_at_rest = True
        renewed(self, self._say)
        self.rest()

    def _say(self) -> None:
        self.reset.say(tr("&Reset"), tr("Reset all sliders"))

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        kind = self.sliders.last
        compute = partial(
            compared,
            digit.pixels,
            digit.digit,
            self.sliders.distortion,
            kind,
            self.sliders.value(kind),
        )
        return Question(compute, self._show)

    def at_rest(self) -> Question[Any]:
        return Question(_networks_of, self._show_networks)

    def rest(self) -> None:
        self._is_at_rest = True
        self.cnn.rest()
        self.mlp.rest()
        self.picture.rest()
        self.plot.rest(self.sliders.last)
        self.verdict.setText(tr("Draw a digit, then move a slider."))

    def sentences(self) -> tuple[str, ...]:
        return () if self._is_at_rest else (self.verdict.text(),)

    def _show(self, shown: Compared) -> None:
        self._is_at_rest = False
        self._show_networks(shown.networks)
        comparison = shown.comparison
        self.cnn.show_probabilities(comparison.first)
        if comparison.second is not None:
            self.mlp.show_probabilities(comparison.second)
        self.picture.show_pixels(comparison.pixels)
        answer = shown.answer
        self.plot.show_curves(
            shown.kind,
            Curves(
                answer,
                shown.positions,
                comparison.first_curve,
                comparison.second_curve,
                shown.position,
                comparison.first[answer],
                None if comparison.second is None else comparison.second[answer],
            ),
        )
        self.verdict.setText(verdict(comparison))

    def _show_networks(self, networks: Networks) -> None:
        self.cnn.show_parameters(networks.cnn_parameters)
        self.mlp.show_parameters(networks.mlp_parameters)
        if networks.problem is not None:
            self.mlp.show_problem(str(networks.problem))

    def _on_moved(self) -> None:
        if self._is_at_rest:
            self.plot.rest(self.sliders.last)
        self.changed.emit()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        self.picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(unit, unit, unit, unit)
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.7))
        columns = QGridLayout()
        columns.setHorizontalSpacing(round(unit * 1.5))
        columns.addWidget(self.cnn, 0, 0)
        columns.addWidget(self.mlp, 0, 1)
        columns.setColumnStretch(0, 1)
        columns.setColumnStretch(1, 1)
        grid.addLayout(columns, 0, 0, 1, 2)
        grid.addWidget(self.verdict, 1, 0, 1, 2)
        grid.addWidget(self.picture, 2, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.reset, 3, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.sliders, 2, 1, 2, 1)
        grid.addWidget(self.plot, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.plot.setMaximumHeight(unit * 22)
        grid.setRowStretch(4, 100)
        grid.setRowStretch(5, 1)  # Takes over where the plot has its largest height.


def compared(
    pixels: GreyImage,
    answer: int,
    distortion: Distortion,
    kind: Kind,
    position: float,
    workshop: Workshop,
) -> Compared:
    """Return both networks' answers to distorted pixels, and their curves over one slider."""
    networks = workshop.tool(_networks_of)
    step = (kind.high - kind.low) / (_POSITIONS - 1)
    # The slider's own place is a point of the curves, so that what is marked lies on them.
    positions = sorted({position, *(kind.low + step * number for number in range(_POSITIONS))})
    variants = [kind.put(distortion, value) for value in positions]
    comparison = compare(networks.cnn, networks.mlp, pixels, answer, distortion, variants)
    return Compared(networks, comparison, answer, kind, position, positions)


def _networks_of(workshop: Workshop) -> Networks:
    cnn = workshop.cnn
    try:
        mlp = workshop.mlp
    except ModelFileError as error:
        problem = Words("There is no MLP to compare with. {reason}").filled(reason=error)
        return Networks(Answers(cnn), _parameters_of(cnn), None, 0, problem)
    return Networks(Answers(cnn), _parameters_of(cnn), Answers(mlp), _parameters_of(mlp), None)


def _parameters_of(model: Model) -> int:
    return int(model.metadata["parameters"])


def verdict(comparison: Comparison) -> str:
    """Say in words what the bars show."""
    digit, share = _best(comparison.first)
    if comparison.second is None:
        return tr("The CNN reads {digit} ({share}).", digit=digit, share=share)
    other, other_share = _best(comparison.second)
    words = _AGREE if digit == other else _DIFFER
    return str(words.filled(digit=digit, share=share, other=other, other_share=other_share))


def _longest_verdict() -> str:
    share = percent(0.999)
    parts = {"digit": 8, "share": share, "other": 3, "other_share": share}
    return max((str(words.filled(**parts)) for words in (_AGREE, _DIFFER)), key=len)


def _best(probabilities: Sequence[float]) -> tuple[int, str]:
    best = max(range(DIGITS), key=probabilities.__getitem__)
    return best, percent(probabilities[best])
