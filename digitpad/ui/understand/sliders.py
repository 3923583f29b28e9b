"""Sliders: what is done to the network's input before both networks read it.

Owns the ranges of the sliders and how their values are worded. What a distortion does to pixels is
`core.explain.distortion`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from digitpad.core.explain.distortion import Distortion
from digitpad.ui.flat_slider import FlatSlider
from digitpad.ui.language import renewed
from digitpad.words import Words, number, tr

_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One slider: which of a distortion's numbers it is, and how far that goes."""

    field: str
    name: Words
    low: float
    high: float
    step: float
    worded: Callable[[float], str]

    @property
    def rest(self) -> float:
        """The value that changes nothing."""
        return float(getattr(Distortion(), self.field))

    def put(self, distortion: Distortion, value: float) -> Distortion:
        """Return the distortion with another value of this slider's number."""
        change: dict[str, Any] = {self.field: value}
        return replace(distortion, **change)


def _pixels(value: float) -> str:
    return tr("{length} px", length=_signed(value, 1))


def _degrees(value: float) -> str:
    return f"{_signed(value, 0)}\N{DEGREE SIGN}"


def _percent(value: float) -> str:
    return f"{value * 100:.0f} %"


def _signed(value: float, digits: int) -> str:
    size = round(abs(value), digits)
    sign = "" if size == 0.0 else "+" if value > 0 else _MINUS
    return f"{sign}{number(size, digits)}"


KINDS = (
    Kind("right", Words("Right", "slider"), -6.0, 6.0, 0.5, _pixels),
    Kind("down", Words("Down", "slider"), -6.0, 6.0, 0.5, _pixels),
    Kind("turn", Words("Turn", "slider"), -45.0, 45.0, 1.0, _degrees),
    Kind("scale", Words("Size", "slider"), 0.5, 1.5, 0.05, _percent),
    Kind("thicken", Words("Thickness", "slider"), -1.5, 1.5, 0.1, _pixels),
    Kind("noise", Words("Noise", "slider"), 0.0, 0.5, 0.02, _percent),
)


class DistortionSliders(QWidget):
    """A slider, its name and its value for each kind of distortion."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._last = KINDS[0]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        unit = self.fontMetrics().height()
        grid.setHorizontalSpacing(round(unit * 0.6))
        grid.setVerticalSpacing(round(unit * 0.2))
        for row, kind in enumerate(KINDS):
            slider = FlatSlider(origin=round(kind.rest / kind.step))
            slider.setRange(round(kind.low / kind.step), round(kind.high / kind.step))
            slider.setValue(round(kind.rest / kind.step))
            slider.setPageStep(max(slider.maximum() // 4, 1))
            slider.setMinimumWidth(unit * 5)
            value = QLabel()
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name = QLabel()
            grid.addWidget(name, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
            self.sliders[kind.field] = slider
            self._names[kind.field], self._values[kind.field] = name, value
            slider.valueChanged.connect(lambda _value, kind=kind: self._on_moved(kind))
        grid.setColumnStretch(1, 1)
        renewed(self, self._say_all)

    @property
    def last(self) -> Kind:
        """The slider that was moved last."""
        return self._last

    @property
    def distortion(self) -> Distortion:
        """What the sliders say together."""
        distortion = Distortion()
        for kind in KINDS:
            distortion = kind.put(distortion, self.value(kind))
        return distortion

    def value(self, kind: Kind) -> float:
        """Return a slider's value, in the units of the distortion."""
        return self.sliders[kind.field].value() * kind.step

    def reset(self) -> None:
        """Bring all sliders to where nothing is changed."""
        if self.distortion == Distortion():
            return
        for kind in KINDS:
            slider = self.sliders[kind.field]
            slider.blockSignals(True)
            slider.setValue(round(kind.rest / kind.step))
            slider.blockSignals(False)
            self._say(kind)
        self.moved.emit()

    def _on_moved(self, kind: Kind) -> None:
        self._last = kind
        self._say(kind)
        self.moved.emit()

    def _say_all(self) -> None:
        metrics = self.fontMetrics()
        for kind in KINDS:
            self._names[kind.field].setText(str(kind.name))
            self.sliders[kind.field].setAccessibleName(str(kind.name))
            ends = [kind.worded(end) for end in (kind.low, kind.high)]
            self._values[kind.field].setMinimumWidth(max(map(metrics.horizontalAdvance, ends)))
            self._say(kind)

    def _say(self, kind: Kind) -> None:
        words = kind.worded(self.value(kind))
        self._values[kind.field].setText(words)
        slider = self.sliders[kind.field]
        slider.setAccessibleDescription(words)
