"""What the tour says, held against its sample drawings and the bundled networks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from digitpad.core.explain.distortion import Distortion
from digitpad.core.explain.look_alikes import Features, LookAlikes
from digitpad.core.ink import Ink
from digitpad.core.model_file import load_model
from digitpad.core.network import Network
from digitpad.core.preprocess import GreyImage, prepare_ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from digitpad.ui.language import NAMES
from digitpad.ui.tour.steps import STEPS, Step, sample_ink
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.sliders import KINDS
from tests.ui.conftest import Speak

BY_TITLE = {step.title.source: step for step in STEPS}
RANGES = {kind.field: np.linspace(kind.low, kind.high, 25).tolist() for kind in KINDS}


@pytest.fixture(scope="module")
def cnn() -> Network:
    return load_model(bundled_model_path()).network()


@pytest.fixture(scope="module")
def mlp() -> Network:
    return load_model(bundled_mlp_path()).network()


def pixels_of(step: Step) -> GreyImage:
    return prepare_ink(sample_ink(step.sample))


def answers(
    network: Network, pixels: GreyImage, vary: Callable[[float], Distortion], values: list[float]
) -> list[int]:
    """Return the answer for each value of a slider."""
    return [int(network.logits(vary(value).apply(pixels)).argmax()) for value in values]


def test_each_step_names_a_page_that_there_is() -> None:
    assert {step.page for step in STEPS} <= {page.title.source for page in PAGES}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title.source)
def test_the_sample_is_read_as_what_the_step_asks_for(step: Step) -> None:
    reading = Reader.bundled().read_ink(sample_ink(step.sample))
    if step.sample.isdigit():
        assert (reading.text, reading.status) == (step.sample, Status.DIGIT)
        assert f" {step.sample}" in str(step.draw)
    else:
        assert reading.status is Status.NOT_A_DIGIT


def test_moved_to_the_ends_the_mlp_loses_what_the_cnn_holds(cnn: Network, mlp: Network) -> None:
    step = BY_TITLE["Move it"]
    pixels = pixels_of(step)

    wrong = {
        name: sum(
            answer != int(step.sample)
            for answer in answers(network, pixels, lambda x: Distortion(right=x), RANGES["right"])
        )
        for name, network in (("cnn", cnn), ("mlp", mlp))
    }

    assert wrong["mlp"] > wrong["cnn"]


STEEP_7 = Ink.from_points([((30.0, 0.0), (100.0, 10.0), (0.0, 100.0))])
"""The MLP reads no 1 however this is turned to the left."""


@pytest.mark.parametrize("ink", [sample_ink("7"), STEEP_7], ids=["sample", "steep"])
def test_both_lose_the_7_when_it_is_turned_far(cnn: Network, mlp: Network, ink: Ink) -> None:
    pixels = prepare_ink(ink)
    ends = [RANGES["turn"][0], RANGES["turn"][-1]]
    lost = [
        [digit != 7 for digit in answers(network, pixels, lambda x: Distortion(turn=x), ends)]
        for network in (cnn, mlp)
    ]

    assert any(all(side) for side in zip(*lost, strict=True))
    assert "both usually lose the 7" in str(BY_TITLE["Turn it"].notice)


def test_without_its_bar_the_7_is_a_1() -> None:
    (stroke,) = sample_ink(BY_TITLE["Why 7 and not 1"].sample).strokes
    corner = int(stroke[:, 0].argmax())
    assert Reader.bundled().read_ink(Ink((stroke[corner:],))).text == "1"


def test_the_letters_look_alikes_are_farther_than_a_digits() -> None:
    model = load_model(bundled_model_path())
    index, features = LookAlikes.bundled(model), Features(model)
    distances = {
        step.sample: index.nearest(features.of(pixels_of(step)), 1)[0].distance for step in STEPS
    }
    letter = distances.pop(BY_TITLE["Not a digit at all"].sample)
    assert letter > 1.5 * max(distances.values())


@pytest.mark.parametrize("code", NAMES)
def test_each_text_is_short_and_ends_as_a_sentence(speak: Speak, code: str) -> None:
    speak(code)
    for step in STEPS:
        draw, notice = str(step.draw), str(step.notice)
        assert len(notice) <= 145
        assert draw.endswith(".") and notice.endswith(".")
        assert notice[0].islower()
