"""Inside the CNN: what every layer makes of the drawing, as pictures that can be pointed at.

Owns the arrangement, and which map the lens shows. The numbers come from `core.explain.inside`.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from digitpad.core.explain import inside
from digitpad.core.explain.inside import LayerFacts
from digitpad.core.model_file import Model
from digitpad.core.network import softmax
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.language import renewed
from digitpad.ui.understand.layer_words import INPUT, parameters, words_for
from digitpad.ui.understand.lens import FilterView, InputView
from digitpad.ui.understand.map_grid import BRIGHTEST, Levels, MapGrid
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.tiling import Spot
from digitpad.words import Words, number, tr
from digitpad.workers.explainer import Question, Workshop

_TIMES = "\N{MULTIPLICATION SIGN}"
_ACROSS = 16
_UNITS_ACROSS = 32
_FOLDED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """What every layer put out for one drawing."""

    model: Model
    pixels: GreyImage
    values: Mapping[str, NDArray[np.float32]]
    levels: Mapping[str, Levels]
    """Of the same shapes; each layer's strongest value is the darkest."""


class Inside(Page):
    """The layers from the input to the ten outputs, and a lens on one of their maps."""

    title: ClassVar[Words] = Words("Inside the CNN")
    tab: ClassVar[Words] = Words("Inside")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        unit = self.fontMetrics().height()
        cell = max(3, round(unit * 0.28))
        self.input_view = InputView(cell)
        self.filter_view = FilterView(cell)
        self.facts_label = QLabel()
        self.words_label = QLabel()
        self.grids: dict[str, MapGrid] = {}
        self._model: Model | None = None
        self._facts: tuple[LayerFacts, ...] = ()
        self._words: dict[str, str] = {}
        self._headings: dict[str, QLabel] = {}
        self._total = QLabel()
        self._activity: Activity | None = None
        self._layer = ""
        self._area = QScrollArea()
        self._layers = QWidget()
        self._stack = QVBoxLayout(self._layers)
        self._arrange(unit)
        renewed(self, self._say)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    @property
    def activity(self) -> Activity | None:
        """What is shown; None at rest."""
        return self._activity

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        return Question(partial(look_inside, digit.pixels), self._show_activity)

    def at_rest(self) -> Question[Any]:
        return Question(_model_of, self._build)

    def rest(self) -> None:
        self._activity = None
        self.input_view.rest()
        for grid in self.grids.values():
            grid.show_levels(None)
        self._describe()

    @property
    def figure(self) -> QWidget:
        return self._layers

    def sentences(self) -> tuple[str, ...]:
        return (self.words_label.text(),) if self._activity is not None and self._layer else ()

    def _show_activity(self, activity: Activity) -> None:
        self._build(activity.model)
        self._activity = activity
        self.input_view.show_pixels(activity.pixels)
        for name, grid in self.grids.items():
            grid.show_levels(activity.levels[name])
        self._describe()

    def _build(self, model: Model) -> None:
        """Lay out the layers of a model, once."""
        if self._model is model:
            return
        assert self._model is None
        self._model = model
        self._facts = inside.layer_facts(model)
        before: QWidget = self._area
        for place, fact in enumerate(self._facts):
            self._headings[fact.name] = heading = QLabel()
            grid = self._grid_of(fact)
            grid.pointed.connect(partial(self._on_pointed, fact.name))
            self.grids[fact.name] = grid
            self._stack.insertWidget(2 * place, heading)
            self._stack.insertWidget(2 * place + 1, grid)
            self.setTabOrder(before, grid)  # Else it would come after all that is there already.
            before = grid
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # The maps bring themselves in sight.
        self._stack.insertWidget(2 * len(self._facts), self._total)
        self._say()

    def _say(self) -> None:
        """Say what the layers are, in the current language."""
        for place, fact in enumerate(self._facts):
            shape = _TIMES.join(str(length) for length in fact.output_shape)
            counted = parameters(fact.parameters)
            self._headings[fact.name].setText(f"<b>{fact.name}</b> &nbsp; {shape} &nbsp; {counted}")
            self.grids[fact.name].setAccessibleName(f"{fact.name}: {shape}, {counted}")
            self._words[fact.name] = words_for(self._facts, place, self._usually_seen(fact))
        total = parameters(sum(fact.parameters for fact in self._facts))
        self._total.setText(tr("{parameters} in total.", parameters=total))
        self._fill()
        self._describe()

    def _fill(self) -> None:
        """Give the maps the width that is there beside a scroll bar, whether there is one or not:
        with the width of what they lie in, that bar could come and go without end."""
        margins = self._stack.contentsMargins()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        for grid in self.grids.values():
            grid.fill(self.width() - 2 * margins.left() - bar)
        # The longest words have room, so that the maps stay where they are.
        self.words_label.setFixedHeight(
            max(self._words_height(words) for words in (str(INPUT), *self._words.values()))
        )

    def _words_height(self, words: str) -> int:
        margins = self._stack.contentsMargins()
        room = QRect(0, 0, self.width() - 2 * margins.left(), 0)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()

    def _grid_of(self, fact: LayerFacts) -> MapGrid:
        unit = self.fontMetrics().height()
        *rows_and_columns, count = fact.output_shape
        if rows_and_columns:
            rows, columns = rows_and_columns
            return MapGrid((rows, columns, count), _ACROSS, unit)
        if fact.kind == "flatten":
            return MapGrid((_FOLDED, count // _FOLDED, 1), 1, unit / 3)
        if fact is self._facts[-1]:
            return MapGrid((1, 1, count), count, unit * 1.6, [str(n) for n in range(count)])
        return MapGrid((1, 1, count), _UNITS_ACROSS, unit)

    def _on_pointed(self, layer: str) -> None:
        self._layer = layer
        for name, grid in self.grids.items():
            if name != layer:
                grid.point_at(None)
        self._describe()

    def _describe(self) -> None:
        """Bring the lens in line with what is pointed at."""
        grid = self.grids.get(self._layer)
        spot = None if grid is None else grid.spot
        if grid is None or spot is None or self._model is None:
            self.input_view.outline(None)
            self.filter_view.show_kernel(None)
            how = tr("Point at a map, or choose one with Tab and the arrow keys.")
            self.facts_label.setText(f"<b>{tr('input')}</b><br>{how}")
            self.words_label.setText(str(INPUT))
            return
        place = [fact.name for fact in self._facts].index(self._layer)
        fact = self._facts[place]
        top, left, bottom, right = region = self._seen(fact, spot)
        self.input_view.outline(region)
        kernel = self._kernel(place, spot)
        self.filter_view.show_kernel(kernel)
        seen = f"{bottom - top}{_TIMES}{right - left}"
        lines = self._facts_lines(fact, spot, seen, kernel)
        self.facts_label.setText("<br>".join([f"<b>{lines[0]}</b>", *lines[1:]]))
        self.words_label.setText(self._words[fact.name])
        grid.setAccessibleDescription(" ".join([f"{lines[0]}.", *lines[1:]]))

    def _facts_lines(
        self, fact: LayerFacts, spot: Spot, seen: str, kernel: NDArray[np.float32] | None
    ) -> list[str]:
        """Say what is pointed at, a line each: first which map or unit, last its value."""
        *rows_and_columns, count = fact.output_shape
        index = spot.index
        if rows_and_columns:
            which = Words("{layer}, map {place} of {count}")
        elif fact.kind == "flatten":
            index = spot.row * (count // _FOLDED) + spot.column
            which = Words("{layer}, number {place} of {count}")
        elif fact is self._facts[-1]:
            which = Words("{layer}, the output for {index}")
        else:
            which = Words("{layer}, unit {place} of {count}")
        which = which.filled(layer=fact.name, place=index + 1, index=index, count=count)
        lines = [str(which)]
        if rows_and_columns:
            size = _TIMES.join(map(str, rows_and_columns))
            lines.append(tr("The map has {size} places.", size=size))
        if kernel is not None and rows_and_columns:
            rows, columns, below = kernel.shape
            maps = tr("the input") if below == 1 else tr("{below} maps", below=below)
            size = f"{rows}{_TIMES}{columns}"
            lines.append(tr("Its filter: {size} on {maps}.", size=size, maps=maps))
        elif kernel is not None:
            lines.append(tr("It has {count} weights.", count=number(kernel.size)))
        lines.append(tr("This place sees {seen} pixels of the input.", seen=seen))
        if self._activity is not None:
            values = self._activity.values[fact.name]
            value = values[spot.row, spot.column, index] if values.ndim == 3 else values[index]
            lines.append(tr("Value here: {value}", value=number(float(value), 2)))
        return lines

    def _seen(self, fact: LayerFacts, spot: Spot) -> tuple[int, int, int, int]:
        assert self._model is not None
        return inside.seen_region(self._model, fact.name, spot.row, spot.column)

    def _usually_seen(self, fact: LayerFacts) -> str:
        middle = fact.output_shape[0] // 2 if len(fact.output_shape) == 3 else 0
        top, left, bottom, right = self._seen(fact, Spot(0, middle, middle))
        return f"{bottom - top}{_TIMES}{right - left}"

    def _kernel(self, place: int, spot: Spot) -> NDArray[np.float32] | None:
        assert self._model is not None
        fact = self._facts[place]
        if not fact.parameters:
            return None
        return inside.kernel_of(self._model, fact.name, spot.index)

    def _arrange(self, unit: int) -> None:
        for label in (self.facts_label, self.words_label):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self._stack.setSpacing(round(unit * 0.25))
        self._stack.addStretch(1)
        self._stack.setContentsMargins(unit, round(unit * 0.4), 0, unit)
        area = self._area
        area.setWidget(self._layers)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(unit * 8)

        lens = QGridLayout()
        lens.setContentsMargins(unit, unit, unit, 0)
        lens.setHorizontalSpacing(unit)
        lens.setVerticalSpacing(round(unit * 0.5))
        lens.addWidget(self.input_view, 0, 0, Qt.AlignmentFlag.AlignTop)
        lens.addWidget(self.filter_view, 0, 1, Qt.AlignmentFlag.AlignTop)
        lens.addWidget(self.facts_label, 0, 2)
        lens.addWidget(self.words_label, 1, 0, 1, 3)
        lens.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(lens)
        layout.addWidget(area, 1)


def look_inside(pixels: GreyImage, workshop: Workshop) -> Activity:
    """Return what every layer of the CNN puts out for pixels."""
    values = workshop.tool(_inside_of).activations(pixels)
    last = next(reversed(values))
    temperature = workshop.cnn.temperature
    levels = {name: _levels(array) for name, array in values.items()}
    levels[last] = np.rint(softmax(values[last], temperature) * BRIGHTEST).astype(np.uint8)
    return Activity(workshop.cnn, pixels, values, levels)


def _inside_of(workshop: Workshop) -> inside.Inside:
    return inside.Inside(workshop.cnn)


def _model_of(workshop: Workshop) -> Model:
    return workshop.cnn


def _levels(values: NDArray[np.float32]) -> Levels:
    strongest = max(float(values.max()), 1e-6)
    levels: Levels = np.rint(np.clip(values, 0.0, None) * (BRIGHTEST / strongest)).astype(np.uint8)
    return levels
