"""The train command goes on after a kill at any moment, and says in one line what stops it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name as resolve
from typing import Any

import keras
import numpy as np
import pytest

from digitpad.core.model_file import load_model
from tests.training.killed_train import MOMENTS
from tests.training.samples import digit_pictures, ink_set, small_recipe, write_ink, write_mnist
from training.__main__ import main
from training.data.datasets import NO_DIGIT
from training.fit import CHECKPOINT, RUN_FILE
from training.keras_files import load_keras

ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds; only a broken program takes them."""


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch, without_graph: None) -> None:
    """Train as the killed program does."""
    monkeypatch.setattr("training.__main__.Recipe", small_recipe)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 60 pictures and 14 drawings: two steps an epoch."""
    folder = tmp_path_factory.mktemp("data")
    write_mnist(folder, "train", digit_pictures(60, seed=1))
    write_ink(folder / "ink.jsonl", ink_set([*range(10), *[NO_DIGIT] * 4]))
    return folder


@pytest.fixture
def arguments(data: Path) -> list[str]:
    """What to train, but for the folder of the run."""
    ink = data / "ink.jsonl"
    return ["train", "--mnist", str(data), "--ink", str(ink), "--epochs", "2", "--out"]


def test_a_run_killed_at_every_stage_ends_as_one_that_was_not(
    arguments: list[str], tmp_path: Path
) -> None:
    # Given
    unbroken, broken = tmp_path / "unbroken", tmp_path / "broken"
    assert main([*arguments, str(unbroken)]) == 0

    # When: each start gets a stage further
    for moment in MOMENTS:
        command = [sys.executable, "-m", "tests.training.killed_train", moment, *arguments]
        killed = subprocess.run(
            [*command, str(broken)], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        assert not (broken / "cnn.npz").exists()
    assert main([*arguments, str(broken)]) == 0

    # Then
    expected, found = (load_model(folder / "cnn.npz") for folder in (unbroken, broken))
    assert found.weights.keys() == expected.weights.keys()
    for name, array in expected.weights.items():
        np.testing.assert_array_equal(found.weights[name], array)
    assert found.temperature == expected.temperature


def test_a_full_disk_is_one_line_and_leaves_the_last_checkpoint_alone(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: a disk that is full when the second checkpoint is half written
    run = tmp_path / "run"
    save = keras.Model.save

    def failing_save(model: keras.Model, path: Path, **options: bool) -> None:
        if (run / CHECKPOINT).exists():
            path.write_bytes(b"PK half a file")
            raise OSError(errno.ENOSPC, "No space left on device")
        save(model, path, **options)

    monkeypatch.setattr(keras.Model, "save", failing_save)

    # When
    status = main([*arguments, str(run)])

    # Then
    said = capsys.readouterr().err
    assert status == 1
    assert said == f"training: {run / CHECKPOINT} cannot be written: No space left on device\n"
    assert sorted(path.name for path in run.iterdir()) == [CHECKPOINT, RUN_FILE]
    assert int(load_keras(run / CHECKPOINT).optimizer.iterations) > 0


def test_a_disk_that_is_full_from_the_start_keeps_nothing_of_a_run(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    run = tmp_path / "run"

    def failing_sync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing_sync)

    # When
    status = main([*arguments, str(run)])

    # Then
    said = capsys.readouterr().err
    assert status == 1
    assert said == f"training: {run / RUN_FILE} cannot be written: No space left on device\n"
    assert list(run.iterdir()) == []


def test_a_disk_that_is_full_at_the_end_names_the_model_file(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    run = tmp_path / "run"

    def failing_save(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("training.run.save_model", failing_save)

    # When
    status = main([*arguments, str(run), "--epochs", "1"])

    # Then
    said = capsys.readouterr().err
    assert (status, said) == (
        1,
        f"training: {run / 'cnn.npz'} cannot be written: No space left on device\n",
    )


def test_a_file_where_a_folder_is_to_be_is_one_line_that_names_it(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given
    file = tmp_path / "file"
    file.write_text("a person's own")

    # When
    status = main([*arguments, str(file)])

    # Then
    said = f"training: {file} cannot be written: File exists\n"
    assert (status, capsys.readouterr().err) == (1, said)
    assert file.read_text() == "a person's own"


@pytest.mark.parametrize(
    ("step", "epochs"),
    [("training.phase.save_keras", 8), ("training.digit_detector.features_of", 1)],
)
def test_a_killed_maker_of_pictures_is_one_line(
    step: str,
    epochs: int,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: the system ends the process that makes pictures, as when memory runs out: after the
    # network's first epoch, or in the detector's first
    done = resolve(step)

    def deadly(*given: Any, **options: Any) -> Any:
        for maker in multiprocessing.active_children():
            maker.kill()
        return done(*given, **options)

    monkeypatch.setattr(step, deadly)

    # When: there are more epochs to come than can have been made ahead
    status = main([*arguments, str(tmp_path / "run"), "--epochs", str(epochs)])

    # Then
    said = capsys.readouterr().err
    assert status == 1
    assert said.startswith("training: the process that makes pictures has ended")
    assert "the same command goes on" in said
    assert said.count("\n") == 1
