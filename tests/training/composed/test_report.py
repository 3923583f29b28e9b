"""The report on numbers and pages: one command measures all sets and renews the docs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digitpad.core.resource_files import bundled_model_path
from tests.training.composed.test_numbers import writers_ink
from tests.training.samples import write_ink
from training.__main__ import main
from training.composed.report import PAGES, write_composed_report
from training.data.datasets import DataError
from training.marked_parts import renew

DOCS = Path(__file__).resolve().parents[3] / "docs"


def marked(name: str) -> str:
    return f"before\n<!-- {name}:begin -->\nold\n<!-- {name}:end -->\nafter\n"


def test_the_tables_in_the_docs_are_renewed(tmp_path: Path, mnist_folder: Path) -> None:
    # Given ink, MNIST, and documents with marks in them
    write_ink(tmp_path / "ink.jsonl.gz", writers_ink())
    numbers, pictures = tmp_path / "numbers.md", tmp_path / "pictures.md"
    numbers.write_text(marked("composed-numbers"))
    pictures.write_text(marked("composed-pages"))

    # When
    figures = write_composed_report(
        bundled_model_path(), mnist_folder, tmp_path / "ink.jsonl.gz", tmp_path, share=0.001
    )

    # Then
    for text in (numbers.read_text(), pictures.read_text()):
        assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert "| digits | " in numbers.read_text()
    rows = [line.split("`")[1] for line in pictures.read_text().splitlines() if "`" in line]
    assert rows == list(PAGES) == list(figures["pages"])
    assert json.loads((tmp_path / "composed.json").read_text()) == figures


def test_a_document_without_marks_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("nothing to see")

    with pytest.raises(DataError, match="has no <!-- x:begin -->"):
        renew(document, "x", "new")

    assert document.read_text() == "nothing to see"
    assert list(tmp_path.iterdir()) == [document]


@pytest.mark.parametrize(
    ("command", "page"),
    [
        (["report", "model.npz", "--readme"], ""),
        (["faithfulness", "model.npz", "--ink", "ink.jsonl", "--out"], "understand.md"),
        (["composed", "model.npz", "--ink", "ink.jsonl", "--out"], "numbers.md"),
    ],
    ids=["report", "faithfulness", "composed"],
)
@pytest.mark.parametrize("text", [None, "nothing to see"])
def test_a_page_that_cannot_be_renewed_is_said_before_anything_is_read(
    command: list[str],
    page: str,
    text: str | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: neither a model nor ink; and no page, or one without marks
    given = tmp_path if page else tmp_path / "README.md"
    document = given / page
    if text is not None:
        document.write_text(text)

    # When
    status = main([*command, str(given)])

    # Then
    said = capsys.readouterr().err
    wrong = "No such file or directory" if text is None else "has no <!-- "
    assert status == 1
    assert said.startswith(f"training: {document}: {wrong}")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("page", "table"), [("numbers.md", "numbers_table"), ("pictures.md", "pages_table")]
)
def test_the_tables_that_are_published_come_from_the_figures_beside_them(
    page: str, table: str
) -> None:
    from training.composed import report as composed_report

    figures = json.loads((DOCS / "composed.json").read_text(encoding="utf-8"))
    assert getattr(composed_report, table)(figures) in (DOCS / page).read_text(encoding="utf-8")
