"""Why an answer is given: the map and the words agree with the network."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.explain.parts import Shapes, pieces
from digitpad.core.explain.why import Evidence, Explainer
from digitpad.core.ink import Ink
from digitpad.core.model_file import Model
from digitpad.core.preprocess import GreyImage, prepare_ink
from digitpad.core.raster import rasterize
from digitpad.core.reader import Reader
from digitpad.core.reading import Box
from tests.synthetic_ink import digit_ink, varied


def drawings(count: int, seed: int) -> list[GreyImage]:
    rng = np.random.default_rng(seed)
    return [prepare_ink(varied(digit_ink(n % 10), rng)) for n in range(count)]


def without_tenth(pixels: GreyImage, order: np.ndarray) -> GreyImage:
    """Take away a tenth of the ink, pixels of the highest order first."""
    left = pixels.copy()
    budget = 0.1 * float(pixels.sum())
    for place in np.argsort(-order, axis=None):
        row, column = divmod(int(place), 28)
        taken = min(float(left[row, column]), budget)
        left[row, column] -= taken
        budget -= taken
    return left


def test_the_strongest_tenth_costs_more_lead_than_a_random_tenth(cnn: Model) -> None:
    # Given
    network, explainer = cnn.network(), Explainer(cnn)
    rng = np.random.default_rng(1)
    strongest, random = [], []
    for pixels in drawings(40, seed=8):
        # When
        evidence = explainer.why(pixels)

        # Then
        def lead(picture: GreyImage, evidence: Evidence = evidence) -> float:
            logits = network.logits(picture)
            return float(logits[evidence.answer] - logits[evidence.rival])

        assert lead(pixels) == pytest.approx(evidence.margin, abs=1e-4)
        density = evidence.weights / np.maximum(pixels, 1e-6)
        strongest.append(evidence.margin - lead(without_tenth(pixels, density)))
        ink_first = (pixels > 0) * (1.0 + rng.random((28, 28)))
        random.append(evidence.margin - lead(without_tenth(pixels, ink_first)))
    assert np.mean(strongest) > np.mean(random) + 1.0
    assert np.mean(np.array(strongest) > np.array(random)) > 0.9


def test_what_is_said_of_a_piece_is_what_the_network_reads_without_it(cnn: Model) -> None:
    network, explainer = cnn.network(), Explainer(cnn)
    decided = 0
    for pixels in drawings(20, seed=9):
        evidence = explainer.why(pixels)
        logits = network.logits(pixels)
        assert evidence.answer == logits.argmax()
        for part in (evidence.part, evidence.against):
            if part is not None:
                without = network.logits(pixels * (1.0 - part.mask))
                assert part.answer_without == without.argmax()
                lead = without[evidence.answer] - without[evidence.rival]
                assert part.margin_without == pytest.approx(float(lead), abs=1e-4)
        if evidence.part and evidence.part.answer_without != evidence.answer:
            decided += 1
        if evidence.against:
            assert evidence.against.margin_without > evidence.margin
    assert decided > 10


def test_a_piece_that_leaves_a_digit_is_named_before_one_that_leaves_none(cnn: Model) -> None:
    reader, explainer = Reader(cnn), Explainer(cnn)
    everywhere = Box(0.0, 0.0, 28.0, 28.0)
    told_apart = 0
    for pixels in drawings(30, seed=10):
        evidence = explainer.why(pixels)
        without = [pixels * (1.0 - piece.mask) for piece in pieces(pixels)]
        left = [reader.read_mark(picture, everywhere, is_dot=False) for picture in without]
        others = [digit for digit in left if digit.digit != evidence.answer]
        still_digits = [digit.is_digit >= 0.5 for digit in others]
        if any(still_digits):
            assert evidence.part is not None
            assert evidence.part.is_digit_without
            told_apart += not all(still_digits)
    assert told_apart > 3


def test_a_piece_speaks_for_one_digit_and_as_the_map_shows(cnn: Model) -> None:
    explainer = Explainer(cnn)
    speaking, needed, for_rivals = 0, 0, 0
    for pixels in drawings(60, seed=4):
        evidence = explainer.why(pixels)
        named, against = evidence.part, evidence.against
        if named is not None:
            on_map = float((evidence.weights * named.mask).sum())
            assert evidence.part_speaks == (on_map > 0 and named.margin_without < evidence.margin)
            speaking += evidence.part_speaks
            needed += not evidence.part_speaks
        if against is not None:
            assert (evidence.weights * against.mask).sum() < 0
            assert named is None or (named.kind, named.place) != (against.kind, against.place)
            for_rivals += 1
    assert speaking > 30
    assert needed > 0
    assert for_rivals > 3


def test_whether_the_drawing_is_a_digit_at_all_is_told(cnn: Model) -> None:
    reader = Reader(cnn)
    everywhere = Box(0.0, 0.0, 28.0, 28.0)
    letter: list[tuple[float, float]] = [(0, 90), (0, 0), (45, 60), (90, 0), (90, 90)]
    m = prepare_ink(Ink.from_points([letter]))
    for pixels in (*drawings(10, seed=11), m):
        is_digit = reader.read_mark(pixels, everywhere, is_dot=False).is_digit >= 0.5
        assert Explainer(cnn).why(pixels).is_digit == is_digit
    assert not Explainer(cnn).why(m).is_digit


def test_paper_has_no_weight_and_the_open_corner_is_named(cnn: Model) -> None:
    pixels = prepare_ink(digit_ink(8))

    evidence = Explainer(cnn).why(pixels)

    assert evidence.weights.shape == (28, 28)
    assert evidence.weights.dtype == np.float32
    assert (evidence.weights[pixels == 0] == 0).all()
    assert evidence.weights.max() > 0
    # An 8 that is open on the left is a 3.
    assert evidence.part is not None
    assert (evidence.part.place, evidence.part.answer_without) == ("on the left", 3)


def test_a_7_without_its_bar_is_a_1(cnn: Model) -> None:
    one_stroke: list[list[tuple[float, float]]] = [[(0, 0), (60, 0), (25, 100)]]
    two_strokes: list[list[tuple[float, float]]] = [[(0, 0), (60, 0)], [(60, 0), (30, 100)]]
    for strokes in (one_stroke, two_strokes):
        pixels = prepare_ink(Ink.from_points(strokes))
        part = Explainer(cnn).why(pixels).part
        assert part is not None
        assert (part.kind, part.place, part.answer_without) == ("bar", "along the top", 1)


@pytest.mark.parametrize("level", [0.0, 0.2, 1.0])
def test_a_picture_without_a_shape_gives_no_trouble(cnn: Model, level: float) -> None:
    evidence = Explainer(cnn).why(np.full((28, 28), level, np.float32))

    assert np.isfinite(evidence.weights).all()


def test_a_network_without_a_digit_detector_is_explained_too(mlp: Model, small: Model) -> None:
    for model in (mlp, small):
        evidence = Explainer(model).why(prepare_ink(digit_ink(4)))
        assert evidence.part is None or evidence.part.is_digit_without


def test_pieces_lie_where_they_are_said_to_lie() -> None:
    pixels = prepare_ink(digit_ink(0))
    found = {piece.place: piece for piece in pieces(pixels)}

    rows, columns = np.mgrid[:28, :28]
    for place, sign, axis in (
        ("along the top", -1, rows),
        ("in the lower half", 1, rows),
        ("down the left", -1, columns),
        ("on the right", 1, columns),
    ):
        piece = found[place]
        ink = piece.mask * pixels
        assert piece.ink == pytest.approx(ink.sum() / pixels.sum())
        assert sign * ((ink * axis).sum() / ink.sum() - 13.5) > 3.0


@pytest.mark.parametrize(
    ("corners", "kind"),
    [
        ([(6, 14), (21, 14)], "bar"),
        ([(14, 6), (14, 21)], "upright stroke"),
        ([(8, 20), (20, 8)], "slanted stroke"),
        ([(8, 8), (20, 8), (20, 20)], "curve"),
        ([(8, 8), (20, 8), (20, 20), (8, 20), (8, 8)], "loop"),
        ([(13, 13)], "piece"),
    ],
)
def test_what_a_piece_looks_like(corners: list[tuple[int, int]], kind: str) -> None:
    pixels = rasterize([np.array(corners, float)], 28, 1.1)
    assert Shapes(pixels).of(np.ones((28, 28), np.float32)) == kind


def test_two_strokes_side_by_side_are_strokes() -> None:
    sides = [np.array([(x, 8.0), (x, 20.0)]) for x in (7.0, 20.0)]
    assert Shapes(rasterize(sides, 28, 1.1)).of(np.ones((28, 28), np.float32)) == "strokes"
