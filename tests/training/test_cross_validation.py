"""Each writer is read by a network that was fitted without that writer, and all are counted."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.synthetic_ink import digit_ink, varied
from tests.training.samples import CROSS, labelled_ink, small_recipe, write_ink
from training import cross_validation
from training.__main__ import main
from training.data.datasets import NO_DIGIT, DataError, InkSet, split_ink
from training.digit_detector import fit_digit_detector
from training.evaluation import read_ink
from training.fit import MODEL_FILE, fit
from training.material import Material

WRITERS = 9


@pytest.fixture
def ink() -> InkSet:
    """Digits and crosses by several writers."""
    labels = [0, 1, 4, 7, NO_DIGIT] * WRITERS
    rng = np.random.default_rng(8)
    inks = [varied(CROSS if label == NO_DIGIT else digit_ink(label), rng) for label in labels]
    return labelled_ink(
        inks, labels, [f"lab{place // 15}/w{place // 5}" for place in range(len(labels))]
    )


@pytest.fixture
def small_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folds, and recipes for seconds: one step for each epoch."""
    plan = cross_validation.CrossPlan(
        folds=2, epochs=1, later_epochs=1, detector_epochs=1, pictures=40
    )
    monkeypatch.setattr(cross_validation, "CrossPlan", lambda: plan)
    monkeypatch.setattr("training.run.Recipe", partial(small_recipe, batch_size=128))


@pytest.mark.usefixtures("small_fits", "without_graph")
@pytest.mark.parametrize("by", ["writer", "source"])
def test_every_drawing_is_read_by_a_network_that_saw_nothing_of_its_writer(
    by: str,
    ink: InkSet,
    mnist_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: three laboratories, and a note of whose ink is fitted on, and whose is read
    write_ink(tmp_path / "ink.jsonl", ink)
    fitted_on: list[set[str]] = []
    read: list[set[str]] = []

    def noted_fit(name: str, material: Material, *rest: Any) -> Any:
        assert material.ink is not None
        fitted_on.append(set(material.ink.writers))
        return fit(name, material, *rest)

    def noted_read(reader: Any, data: InkSet) -> Any:
        read.append(set(data.writers))
        return read_ink(reader, data)

    monkeypatch.setattr(cross_validation, "fit", noted_fit)
    monkeypatch.setattr(cross_validation, "read_ink", noted_read)

    # When
    options = ["--mnist", str(mnist_folder), "--ink", str(tmp_path / "ink.jsonl")]
    status = main(["cross-validate", *options, "--by", by, "--out", str(tmp_path / "out")])

    # Then
    assert status == 0
    everybody = set(ink.writers)
    assert len(everybody) == WRITERS
    weighed_on = set(split_ink(ink)[1].writers)
    as_they_are, as_kept = read[::2], read[1::2]
    assert as_they_are == as_kept
    assert fitted_on == [everybody - weighed_on - unseen for unseen in as_they_are]
    assert set.union(*read) == everybody
    if by == "source":
        laboratories = [{writer[:4] for writer in writers} for writers in as_they_are]
        assert not laboratories[0] & laboratories[1]
    printed = capsys.readouterr().out
    figures = json.loads(printed[printed.index("{") :])
    assert (figures["digits"], figures["other_marks"]) == (4 * WRITERS, WRITERS)
    assert 0 <= figures["writers_with_a_mistake"] <= figures["misread"] <= figures["digits"]
    assert 0 <= figures["misread_as_kept"] <= figures["digits"]
    assert 0.0 <= figures["told_apart_auc"] <= 1.0
    assert 0.0 <= figures["others_called_sure_at_limit"] <= 1.0
    assert len(list((tmp_path / "out").glob(f"fold-*/{MODEL_FILE}"))) == 2


@pytest.mark.parametrize("by", ["writer", "source"])
def test_too_few_to_leave_out_are_one_line(
    by: str, ink: InkSet, mnist_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = labelled_ink(ink.inks, ink.labels.tolist(), ["lab/w"] * len(ink))
    write_ink(tmp_path / "ink.jsonl", one)

    options = ["--mnist", str(mnist_folder), "--ink", str(tmp_path / "ink.jsonl"), "--by", by]
    status = main(["cross-validate", *options, "--out", str(tmp_path / "out")])

    assert status == 1
    assert capsys.readouterr().err == f"training: 4 folds need ink of more {by}s\n"


@pytest.mark.usefixtures("small_fits", "without_graph")
def test_a_fold_that_is_finished_is_not_fitted_again(
    ink: InkSet,
    mnist_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given a run that was stopped in its second fold, behind the network's own fit
    write_ink(tmp_path / "ink.jsonl", ink)
    command = ["cross-validate", "--mnist", str(mnist_folder)]
    command += ["--ink", str(tmp_path / "ink.jsonl"), "--out", str(tmp_path / "out")]
    detectors: list[Any] = []

    def stopped_in_second(*arguments: Any) -> Any:
        detectors.append(arguments)
        if len(detectors) == 2:
            raise DataError("stopped")
        return fit_digit_detector(*arguments)

    monkeypatch.setattr(cross_validation, "fit_digit_detector", stopped_in_second)
    assert main(command) == 1
    capsys.readouterr()

    # When it is started again
    status = main(command)

    # Then only the second fold's is fitted, and all writers are counted
    printed = capsys.readouterr().out
    assert status == 0
    assert len(detectors) == 3
    assert json.loads(printed[printed.index("{") :])["digits"] == 4 * WRITERS
