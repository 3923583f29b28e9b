"""The comparison: every family is trained and measured, kept, and shown as it was measured."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import training.comparison.plan as plan_module
from tests.training.conftest import steps_without_graph
from tests.training.samples import digit_pictures, ink_set, write_ink
from training.__main__ import main
from training.architectures import FAMILIES
from training.comparison import fitting
from training.comparison.figures import result_of, summary
from training.comparison.fitting import altered_copies, chosen_images, fit_one
from training.comparison.page import page
from training.comparison.plan import Plan, Training
from training.comparison.sweeps import SWEEPS, Sweep
from training.comparison.timing import single_image_times
from training.data.datasets import NO_DIGIT
from training.export import layer_list, weight_arrays
from training.recipe import PictureStyle

DOCS = Path(__file__).parents[2] / "docs"
SMALL = Plan(
    epochs=2, images=60, fewer_images=(20,), seeds=(1,), least_steps=1, distorted_pictures=10
)
TRAININGS = 20
"""Five families, plain and augmented, on 60 images and on 20."""


@pytest.fixture(scope="module")
def small_plan() -> Iterator[None]:
    """Make the command's plan one of seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_module, "Plan", lambda: SMALL)
        yield


@pytest.fixture(scope="module")
def ink_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ink") / "people.jsonl"
    write_ink(path, ink_set([*range(10), NO_DIGIT]))
    return path


@pytest.fixture(scope="module")
def compared(
    small_plan: None, mnist_folder: Path, ink_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a small comparison, as the command makes it."""
    out = tmp_path_factory.mktemp("compared")
    assert run(mnist_folder, out, "--ink", str(ink_file)) == 0
    return out


def run(mnist: Path, out: Path, *more: str) -> int:
    """Run the command, one step after the other; `fit_one` below takes several at a time."""
    with steps_without_graph(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "STEPS_AT_ONCE", 1)
        return main(["compare", "--mnist", str(mnist), "--out", str(out), *more])


def figures_in(out: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((out / "comparison/comparison.json").read_text("utf-8"))
    return figures


def test_every_family_is_measured_with_and_without_augmentation(compared: Path) -> None:
    # When
    figures = figures_in(compared)

    # Then
    both = [(name, augmented) for name in FAMILIES for augmented in (False, True)]
    assert [(row["family"], row["augmented"]) for row in figures["results"]] == both
    for row in figures["results"]:
        assert 0 <= row["test_accuracy"]["mean"] <= 1
        assert len(row["train_accuracy"]["of_seeds"]) == 1
        assert row["cpu_seconds"]["mean"] > 0
        assert np.sum(row["confusion"]) == 60
        right = np.trace(row["confusion"]) / 60
        assert right == pytest.approx(row["test_accuracy"]["mean"])
        assert len(row["learning_curve"]["train"]) == len(row["learning_curve"]["test"]) == 2
    assert figures["ink"]["digits"] == 10
    assert [(row["family"], row["augmented"]) for row in figures["ink"]["results"]] == both
    assert [family["parameters"] for family in figures["families"]] == [
        7_850,
        50_890,
        93_322,
        669_706,
        93_322,
    ]
    assert all(family["numpy_microseconds"] > 0 for family in figures["families"])


def test_every_curve_begins_with_the_pictures_as_they_are(compared: Path) -> None:
    # When
    figures = figures_in(compared)

    # Then: what is moved by nothing, turned by nothing, ... is read alike
    assert [sweep["name"] for sweep in figures["sweeps"]] == [sweep.name for sweep in SWEEPS]
    unchanged = {"size": 1.0}
    for place in range(2 * len(FAMILIES)):
        accuracies = {
            sweep["curves"][place]["accuracy"][
                sweep["steps"].index(unchanged.get(sweep["name"], 0))
            ]["mean"]
            for sweep in figures["sweeps"]
        }
        assert len(accuracies) == 1
    for curve in figures["data_curves"]:
        assert [point["images"] for point in curve["points"]] == [20, 60]
        (all_images,) = (
            row
            for row in figures["results"]
            if (row["family"], row["augmented"]) == (curve["family"], curve["augmented"])
        )
        assert curve["points"][-1]["test_accuracy"] == all_images["test_accuracy"]


def test_the_page_says_what_was_measured_and_shows_every_plot(compared: Path) -> None:
    # When
    text = (compared / "comparison.md").read_text("utf-8")

    # Then
    figures = figures_in(compared)
    assert text == page(figures)
    assert "compare --mnist DIR --ink people.jsonl" in text
    for family in figures["families"]:
        assert f"| {family['title']} | {family['parameters']:,} |" in text
    shown = re.findall(r"\]\((comparison/[a-z]+\.png)\)", text)
    assert sorted(shown) == sorted(
        f"comparison/{path.name}" for path in (compared / "comparison").glob("*.png")
    )
    for name in shown:
        with Image.open(compared / name) as plot:
            assert np.asarray(plot.convert("L")).std() > 10  # Something is drawn.


def test_without_ink_the_page_does_not_speak_of_it(compared: Path) -> None:
    # Given
    figures = figures_in(compared)
    del figures["ink"]
    figures["ink_files"] = []

    # When
    text = page(figures)

    # Then
    assert "*Ink*" not in text
    assert "| network | augmented | train | test |\n" in text


def test_an_interrupted_comparison_goes_on_from_what_is_finished(
    small_plan: None,
    compared: Path,
    mnist_folder: Path,
    ink_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: stopped in one training, and before its file was whole in another
    before = figures_in(compared)
    folder = compared / "comparison" / "trainings"
    stopped = Training("logistic", True, 60, 1).name
    for suffix in (".json", ".npz"):
        (folder / f"{stopped}{suffix}").unlink()
    cut = Training("mlp-head", False, 20, 1).name
    (folder / f"{cut}.json").write_text('{"test_acc', "utf-8")
    (folder / f"{stopped}.part.npz").write_bytes(b"PK half a file")
    capsys.readouterr()

    # When
    assert run(mnist_folder, compared, "--ink", str(ink_file)) == 0

    # Then
    output = capsys.readouterr().out
    assert f"{TRAININGS - 2} of {TRAININGS} trainings are finished." in output
    assert re.findall(r"\d/\d ([a-z0-9-]+):", output) == [stopped, cut]
    assert without_times(figures_in(compared)) == without_times(before)


def without_times(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that are the same whenever they are measured."""
    kept: dict[str, Any] = json.loads(json.dumps(figures))
    for row in kept["results"]:
        del row["cpu_seconds"]
    for family in kept["families"]:
        del family["numpy_microseconds"]
    return kept


@pytest.mark.parametrize("more", [["--epochs", "1"], ["--images", "30"]])
def test_trainings_of_another_plan_are_not_taken_for_ones_own(
    small_plan: None,
    compared: Path,
    mnist_folder: Path,
    more: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    # When
    status = run(mnist_folder, compared, *more)

    # Then
    error = capsys.readouterr().err
    assert status == 1
    assert error.count("\n") == 1
    assert "holds trainings of another comparison; choose another --out" in error


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--images", "301"], "there are only 300 training images, not 301"),
        (["--ink", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_leaves_nothing(
    more: list[str],
    reason: str,
    mnist_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # When
    status = run(mnist_folder, tmp_path / "out", *more)

    # Then
    error = capsys.readouterr().err
    assert status == 1
    assert error.count("\n") == 1
    assert reason in error
    assert not (tmp_path / "out").exists()


def test_a_missing_mnist_folder_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none", tmp_path / "out") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_summary_is_mean_and_spread_between_seeds() -> None:
    assert summary([0.9, 0.92, 0.94]) == {
        "mean": pytest.approx(0.92),
        "spread": pytest.approx(0.02),
        "of_seeds": [0.9, 0.92, 0.94],
    }
    assert summary([0.9])["spread"] == 0.0


def test_a_training_is_the_same_from_the_same_seed_and_learns() -> None:
    # Given
    data, test = digit_pictures(200, seed=21), digit_pictures(50, seed=22)
    plan = Plan(epochs=2, images=200, least_steps=30, batch_size=50)

    def fitted(seed: int) -> dict[str, Any]:
        training = Training("mlp-head", False, 200, seed)
        return fit_one(training, plan, data, [data.pictures], test).figures

    # When
    one, same, other = fitted(1), fitted(1), fitted(2)

    # Then
    assert one["learning_curve"] == same["learning_curve"] != other["learning_curve"]
    assert one["test_accuracy"] == same["test_accuracy"] > 0.5
    assert one["learning_curve"]["train"][1] > one["learning_curve"]["train"][0]


def test_more_images_hold_the_fewer_ones_of_the_same_seed() -> None:
    # When
    few, many, other = (
        set(chosen_images(Training("cnn", False, images, seed), 1_000).tolist())
        for images, seed in ((10, 1), (100, 1), (10, 2))
    )

    # Then
    assert len(few) == 10
    assert few < many
    assert few != other


def test_altered_copies_differ_and_can_be_made_again() -> None:
    # Given
    pictures = digit_pictures(20, seed=23).pictures
    style = PictureStyle(unbent_share=0.0)

    # When
    one, other = altered_copies(pictures, 2, style)

    # Then
    assert not np.array_equal(one, other)
    assert not np.array_equal(one, pictures)
    np.testing.assert_array_equal(altered_copies(pictures, 1, style)[0], one)


def test_shifts_take_turns_in_four_directions_by_whole_pixels() -> None:
    # Given
    dot = np.zeros((4, 28, 28), np.uint8)
    dot[:, 14, 14] = 255

    # When
    moved = sweep_called("shift").changed(3, dot)

    # Then
    assert moved.shape == (4, 28, 28, 1)
    found = [tuple(np.argwhere(picture[..., 0] > 0.5)[0].tolist()) for picture in moved]
    assert found == [(14, 17), (17, 14), (14, 11), (11, 14)]


def test_covered_pictures_are_covered_at_different_places() -> None:
    # Given
    ink = np.full((8, 28, 28), 255, np.uint8)

    # When
    covered = sweep_called("cover").changed(0.1, ink)

    # Then
    assert covered.mean() == pytest.approx(0.9, abs=0.005)
    assert len({picture.tobytes() for picture in covered}) == 8


def sweep_called(name: str) -> Sweep:
    (found,) = (sweep for sweep in SWEEPS if sweep.name == name)
    return found


def test_timing_one_picture_leaves_the_surroundings_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    models = {name: FAMILIES[name].build() for name in ("logistic", "cnn")}

    # When
    times = single_image_times(
        {name: (layer_list(model), weight_arrays(model)) for name, model in models.items()}
    )

    # Then
    assert set(times) == set(models)
    assert all(time > 0 for time in times.values())
    assert os.environ["OPENBLAS_NUM_THREADS"] == "2"
    assert "MKL_NUM_THREADS" not in os.environ


def test_the_page_in_docs_shows_the_figures_beside_it() -> None:
    # Given
    figures = figures_in(DOCS)

    # When
    text = (DOCS / "comparison.md").read_text("utf-8")

    # Then
    assert text == page(figures)
    assert len(figures["plan"]["seeds"]) == 3
    assert [point["images"] for point in figures["data_curves"][0]["points"]] == [
        100,
        1_000,
        10_000,
        60_000,
    ]
    for name in re.findall(r"\]\((comparison/[a-z.]+)\)", text):
        assert (DOCS / name).is_file()


def test_the_plain_cnn_in_docs_is_as_good_as_the_project_says() -> None:
    # When
    cnn = result_of(figures_in(DOCS), "cnn", augmented=False)

    # Then
    assert cnn["train_accuracy"]["mean"] >= 0.994
    assert cnn["test_accuracy"]["mean"] >= 0.993
