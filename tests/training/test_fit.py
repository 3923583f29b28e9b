"""A fit is reproducible, survives being killed, and ends with averaged weights."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training.samples import digit_pictures, small_material
from training.data.datasets import DataError
from training.fit import CHECKPOINT, LATER_CHECKPOINT, fit
from training.inputs import one_hot
from training.keras_files import load_keras, save_keras
from training.recipe import InkStyle, LaterRecipe

ROOT = Path(__file__).parents[2]
EPOCHS = 3
LATER_EPOCHS = 2
LAST = EPOCHS + LATER_EPOCHS
NOT_LATER = LaterRecipe(epochs=0)
PATIENCE = 120
"""Seconds for a run of a few tiny epochs; only a broken program takes them."""

Weights = list[NDArray[np.float32]]


def run(folder: Path, **numbers: Any) -> Weights:
    model = fit("cnn", small_material(**numbers), digit_pictures(20, seed=5), folder)
    return [np.array(array) for array in model.get_weights()]


def same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Weights]:
    """A run that was never stopped: its folder and its weights."""
    folder = tmp_path_factory.mktemp("unbroken")
    return folder, run(folder)


@pytest.fixture(scope="module")
def not_gone_on(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Weights]:
    """The same without what comes later."""
    folder = tmp_path_factory.mktemp("not gone on")
    return folder, run(folder, later=NOT_LATER)


def test_another_seed_gives_other_weights(unbroken: tuple[Path, Weights], tmp_path: Path) -> None:
    # That the same seed gives the same is part of what the tests with a killed run show.
    assert not same(run(tmp_path, seed=2), unbroken[1])


def test_what_is_returned_is_what_is_saved(unbroken: tuple[Path, Weights]) -> None:
    # Given
    folder, weights = unbroken

    # When
    saved = keras.models.load_model(folder / "model.keras")

    # Then
    assert same(saved.get_weights(), weights)


@pytest.mark.parametrize(
    ("checkpoint", "done"),
    [(CHECKPOINT, f"1 of {EPOCHS}"), (LATER_CHECKPOINT, f"{EPOCHS + 1} of {LAST}")],
)
def test_a_run_killed_while_saving_ends_as_one_that_was_not(
    checkpoint: str,
    done: str,
    unbroken: tuple[Path, Weights],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # Given: a run killed amid a second checkpoint. That its output ends at all shows that the
    # process which makes its epochs does not outlive it.
    command = [sys.executable, "-m", "tests.training.killed_run", str(tmp_path), checkpoint]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    capfd.readouterr()

    # When
    weights = run(tmp_path)

    # Then
    assert f"Going on after epoch {done}." in capfd.readouterr().out
    assert same(weights, unbroken[1])


def test_a_run_stopped_after_its_last_epoch_ends_as_one_that_was_not(
    unbroken: tuple[Path, Weights], capfd: pytest.CaptureFixture[str]
) -> None:
    # Given
    folder, weights = unbroken
    capfd.readouterr()

    # When
    again = run(folder)

    # Then
    said = capfd.readouterr().out
    assert f"Going on after epoch {EPOCHS} of {EPOCHS}." in said
    assert f"Going on after epoch {LAST} of {LAST}." in said
    assert same(again, weights)


@pytest.mark.parametrize("change", [{"seed": 9}, {"epochs": 4}, {"painted_life": 5}])
def test_a_folder_with_another_run_is_refused(
    unbroken: tuple[Path, Weights], change: dict[str, Any]
) -> None:
    # Given
    folder, _ = unbroken
    before = {path: path.read_bytes() for path in folder.iterdir()}

    # When
    with pytest.raises(DataError, match="holds another run") as error:
        run(folder, **change)

    # Then
    assert "\n" not in str(error.value)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_damaged_checkpoint_is_named_in_one_line(tmp_path: Path) -> None:
    # Given
    (tmp_path / CHECKPOINT).write_bytes(b"PK\x03\x04 half a file")

    # When
    with pytest.raises(DataError, match="damaged") as error:
        run(tmp_path)

    # Then
    assert str(tmp_path / CHECKPOINT) in str(error.value)
    assert "\n" not in str(error.value)


def test_the_weights_returned_are_averages_over_steps(
    not_gone_on: tuple[Path, Weights], tmp_path: Path
) -> None:
    # Given: a run whose average has no memory
    last = run(tmp_path, averaging_momentum=0.0, later=NOT_LATER)
    folder, averaged = not_gone_on

    # When: the weights after the last step, which averaging does not change
    raw = load_keras(tmp_path / CHECKPOINT)
    raw_of_averaged = load_keras(folder / CHECKPOINT)

    # Then: seen in the last layer, into which nothing is folded
    digits = raw.get_layer("digits").get_weights()
    assert same(raw.get_weights(), raw_of_averaged.get_weights())
    assert same(last[-2:], digits)
    assert not same(averaged[-2:], digits)


def test_what_goes_on_ends_as_the_mean_of_before_and_after(
    unbroken: tuple[Path, Weights], not_gone_on: tuple[Path, Weights], tmp_path: Path
) -> None:
    # Given
    _, before = not_gone_on
    after = run(tmp_path, later=LaterRecipe(epochs=LATER_EPOCHS, share=1.0))
    assert not same(before, after)

    # Then
    for one, other, mean in zip(before, after, unbroken[1], strict=True):
        np.testing.assert_allclose(mean, (one + other) / 2, atol=1e-6)


def test_it_goes_on_with_ink_of_which_little_is_kept(
    unbroken: tuple[Path, Weights], tmp_path: Path
) -> None:
    whole = LaterRecipe(epochs=LATER_EPOCHS, ink_style=InkStyle())

    assert not same(run(tmp_path, later=whole), unbroken[1])


def test_without_ink_nothing_goes_on(tmp_path: Path) -> None:
    material = replace(small_material(epochs=1), ink=None)

    fit("cnn", material, digit_pictures(20, seed=5), tmp_path)

    assert not (tmp_path / LATER_CHECKPOINT).exists()


def test_a_saving_that_fails_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    # Given
    path = tmp_path / "model.keras"
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    save_keras(model, path)
    before = path.read_bytes()

    class FullDisk:
        def save(self, path: Path, include_optimizer: bool) -> None:
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

    # When
    with pytest.raises(OSError, match="No space left"):
        save_keras(FullDisk(), path)

    # Then
    assert path.read_bytes() == before


def test_labels_become_rows_of_ten() -> None:
    rows = one_hot(np.array([0, 9], np.uint8))

    assert rows.tolist() == [[1, *[0] * 9], [*[0] * 9, 1]]
