"""The audit names the drawings that are labelled wrong, and few others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.synthetic_ink import digit_ink, varied
from tests.training.samples import CROSS, ink_set, labelled_ink, write_ink
from training.__main__ import main
from training.data import ink_audit
from training.data.audit_sheet import CELL
from training.data.datasets import NO_DIGIT, InkSet
from training.data.doubtful_ink import drawing_digest, name_of
from training.data.ink_audit import AuditPlan

QUICK = AuditPlan(rounds=1, folds=2, epochs=12, batch_size=8)
WRONG = {3: 7, 41: 1, 70: NO_DIGIT}
"""Place of a drawing, and the label it is wrongly given."""


def many_writers() -> InkSet:
    """Nine writers, each of whom writes the digits and three crosses; three labels are wrong."""
    rng = np.random.default_rng(6)
    labels = [*range(10), *3 * [NO_DIGIT]] * 9
    inks = [varied(CROSS if label == NO_DIGIT else digit_ink(label), rng) for label in labels]
    for place, label in WRONG.items():
        assert labels[place] != label
        labels[place] = label
    writers = [f"lab/writer {number // 13}" for number in range(len(labels))]
    return labelled_ink(inks, labels, writers)


def test_wrong_labels_are_found_and_listed_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given
    data = many_writers()
    write_ink(tmp_path / "ink.jsonl", data)
    monkeypatch.setattr(ink_audit, "AuditPlan", lambda: QUICK)
    out, sheet = tmp_path / "lists" / "doubtful.jsonl", tmp_path / "sheets" / "sheet.png"

    # When
    status = main(
        ["audit", "--ink", str(tmp_path / "ink.jsonl"), "--out", str(out), "--sheet", str(sheet)]
    )

    # Then
    assert status == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert f"Wrote {len(rows)} doubtful drawings" in capsys.readouterr().out
    found = {(row["drawing"], row["label"]) for row in rows}
    assert found >= {(drawing_digest(data.inks[p]), name_of(label)) for p, label in WRONG.items()}
    assert len(rows) < len(data) / 5
    assert [row["doubt"] for row in rows] == sorted((row["doubt"] for row in rows), reverse=True)
    assert all(row["doubt"] >= QUICK.least_doubt for row in rows)
    assert "strokes" not in out.read_text(encoding="utf-8")
    with Image.open(sheet) as image:
        assert image.size[1] == CELL[1]
        assert np.asarray(image).min() < 100


def test_a_sheet_that_is_no_png_is_refused_before_the_ink_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # When: the ink, which is not there either, is not missed
    ink, out = tmp_path / "none.jsonl", tmp_path / "list.jsonl"
    arguments = ["--ink", str(ink), "--out", str(out), "--sheet", str(tmp_path / "sheet.txt")]
    with pytest.raises(SystemExit) as ended:
        main(["audit", *arguments])

    # Then
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("argument --sheet: must be a .png file\n")


def test_too_few_writers_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Given
    write_ink(tmp_path / "ink.jsonl", ink_set([1, 2]))

    # When
    status = main(["audit", "--ink", str(tmp_path / "ink.jsonl"), "--out", str(tmp_path / "out")])

    # Then
    assert status == 1
    assert capsys.readouterr().err == "training: an audit needs ink of at least 4 writers\n"
    assert not (tmp_path / "out").exists()
