"""The accuracy report: what it counts, what it writes, and that it says what was counted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from tests.synthetic_ink import digit_ink
from tests.training.samples import CROSS, digit_pictures, labelled_ink, write_ink, write_mnist
from training.__main__ import main
from training.calibration import expected_calibration_error
from training.data.datasets import NO_DIGIT, DataError, InkSet, PictureSet
from training.evaluation import read_ink, wilson_interval
from training.marked_parts import renew
from training.report.figures import measure
from training.report.page import page, summary
from training.report.run import SUMMARY, write_report
from training.report.sheets import WORST_WRITERS, worst


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.bundled()


def ink_of(rows: list[tuple[int, int, str]]) -> InkSet:
    """Ink from rows of (digit drawn or NO_DIGIT, label, writer)."""
    inks = tuple(CROSS if drawn == NO_DIGIT else digit_ink(drawn) for drawn, _, _ in rows)
    return labelled_ink(inks, [label for _, label, _ in rows], [writer for *_, writer in rows])


DRAWN = [(3, 3, "abc/w1"), (7, 7, "abc/w1"), (2, 2, "abc/w2"), (0, 0, "xyz/w3"), (3, 3, "xyz/w3")]
MISLABELLED = [(2, 4, "xyz/w3"), (0, 4, "xyz/w4")]
OTHERS = [(NO_DIGIT, NO_DIGIT, "abc/w1"), (NO_DIGIT, NO_DIGIT, "xyz/w5")]


@pytest.fixture(scope="module")
def figures(reader: Reader) -> dict[str, Any]:
    return measure(reader, digit_pictures(20, seed=1), ink_of(DRAWN + MISLABELLED + OTHERS))


def test_digits_are_counted_by_digit_source_and_writer(figures: dict[str, Any]) -> None:
    # Given five digits labelled right, two labelled wrong, and two crosses
    ink = figures["sets"]["ink"]

    # Then: other marks are in none of the counts of digits
    assert {row["digit"]: (row["right"], row["count"]) for row in ink["per_digit"]} == {
        0: (1, 1),
        2: (1, 1),
        3: (2, 2),
        4: (0, 2),
        7: (1, 1),
    }
    groups = {row["name"]: (row["right"], row["count"]) for row in figures["sources"]}
    assert groups == {"abc": (3, 3), "xyz": (2, 4)}
    by_writer = {row["name"]: (row["right"], row["count"]) for row in figures["writers"]}
    assert by_writer == {"abc/w1": (2, 2), "abc/w2": (1, 1), "xyz/w3": (2, 3), "xyz/w4": (0, 1)}
    assert figures["sources"][0]["interval_95"] == pytest.approx(wilson_interval(2, 4))


def test_errors_and_confusion_name_what_was_read(figures: dict[str, Any]) -> None:
    # Then: a 2 and a 0, both labelled 4
    ink = figures["sets"]["ink"]
    assert [(error["place"], error["label"], error["answer"]) for error in ink["errors"]] == [
        (5, 4, 2),
        (6, 4, 0),
    ]
    assert ink["confusion"][4] == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert sum(map(sum, ink["confusion"])) == 7


def test_reliability_before_calibration_is_at_temperature_one(reader: Reader) -> None:
    # Given: the logits of the network itself
    ink = ink_of(DRAWN + MISLABELLED)
    network = reader.model.network()
    probabilities = []
    for drawing in ink.inks:
        pixels = reader.read_ink(drawing).digits[0].pixels
        assert pixels is not None
        powers = np.exp(network.logits(pixels).astype(np.float64))
        probabilities.append(powers / powers.sum())

    # When
    found = measure(reader, digit_pictures(10, seed=1), ink)["sets"]["ink"]["reliability"]

    # Then
    before = expected_calibration_error(np.array(probabilities), ink.labels)
    assert found["before"]["calibration_error"] == pytest.approx(before, abs=1e-5)
    after = expected_calibration_error(read_ink(reader, ink).probabilities, ink.labels)
    assert found["after"]["calibration_error"] == pytest.approx(after)
    for state in ("before", "after"):
        assert sum(row["count"] for row in found[state]["bins"]) == 7
        assert all(row["from"] <= row["confidence"] <= row["to"] for row in found[state]["bins"])


def test_the_trade_off_is_what_each_threshold_would_do(
    reader: Reader, figures: dict[str, Any]
) -> None:
    # Given
    answers = read_ink(reader, ink_of(DRAWN + MISLABELLED + OTHERS))
    digit = answers.labels != NO_DIGIT

    # Then
    rejection = figures["rejection"]
    assert (rejection["digits"], rejection["other_marks"]) == (7, 2)
    assert rejection["by_reading"]["points"]
    for point in rejection["by_reading"]["points"]:
        sure = (answers.confidences >= point["threshold"]) & (answers.confidences > 0)
        assert point["turned_away"] == pytest.approx(1 - sure[digit].mean())
        assert point["others_called_sure"] == pytest.approx(sure[~digit].mean())
    assert rejection["chosen"]["threshold"] == reader.model.unsure_below
    assert rejection["chosen"]["turned_away"] == answers.scores()["turned_away"]


def test_kinds_of_marks_that_pass_are_counted_and_named_on_the_page(reader: Reader) -> None:
    # Given: digits that somebody gave the labels of signs, beside a cross that is none
    ink = ink_of([(3, NO_DIGIT, "a"), (7, NO_DIGIT, "a"), (2, NO_DIGIT, "b"), (0, 0, "b")])
    cross = labelled_ink([CROSS], [NO_DIGIT], ["b"])
    inks, labels = (*ink.inks, *cross.inks), np.append(ink.labels, cross.labels)
    data = InkSet(inks, labels, ("a",) * 5, ("`", "`", "?", "0", "x"))

    # When
    figures = measure(reader, digit_pictures(10, seed=1), data)

    # Then
    assert figures["rejection"]["kinds_called_sure"] == [
        {"kind": "`", "count": 2, "sure": 2},
        {"kind": "?", "count": 1, "sure": 1},
        {"kind": "x", "count": 1, "sure": 0},
    ]
    made_from = {"model": "cnn.npz", "ink": []}
    text = page({**figures, "made_from": made_from}, ())
    assert "taken for a digit: `` ` `` (2 of 2), `?` (1 of 1)." in text


def test_a_dot_is_never_sure_however_low_the_threshold(reader: Reader) -> None:
    # Given: a dot that is no digit, and one labelled as a digit, which brings the threshold 0
    dots = (Ink.from_points([[(5.0, 5.0)]]),) * 2

    # When
    ink = labelled_ink([*dots, digit_ink(3)], [NO_DIGIT, 1, 3], ["a/b"] * 3)
    rejection = measure(reader, digit_pictures(10, seed=1), ink)["rejection"]

    # Then
    for curve in ("by_reading", "by_largest_probability"):
        assert rejection[curve]["points"][0]["threshold"] == 0.0
        assert rejection[curve]["points"][0]["others_called_sure"] == 0.0


def test_the_worst_writers_are_those_surely_bad() -> None:
    # Given: one of three wrong, ten of thirty, none of two, and more with one of a hundred
    def writer(name: str, wrong: int, count: int) -> dict[str, Any]:
        interval = wilson_interval(count - wrong, count)
        return {"name": name, "count": count, "interval_95": interval, "errors": [0] * wrong}

    many = [writer(f"w{number}", 1, 100) for number in range(WORST_WRITERS)]
    writers = [writer("few", 1, 3), writer("none", 0, 2), writer("bad", 10, 30), *many]

    # When
    names = [row["name"] for row in worst({"writers": writers})]

    # Then
    assert names[:2] == ["bad", "few"]
    assert "none" not in names
    assert len(names) == WORST_WRITERS


@pytest.fixture(scope="module")
def report_folder(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """A report that the command wrote on small files, over an older page."""
    folder = tmp_path_factory.mktemp("report")
    write_mnist(folder, "t10k", digit_pictures(20, seed=1))
    write_ink(folder / "dev.jsonl", ink_of([*DRAWN, *MISLABELLED, (7, 7, "abc/w6")]))
    write_ink(folder / "other.jsonl", ink_of(OTHERS))
    out = folder / "out"
    out.mkdir()
    (out / "README.md").write_text("older")
    inks = ["--ink", str(folder / "dev.jsonl"), "--ink", str(folder / "other.jsonl")]
    model = "resources/model/cnn.npz"
    root = Path(__file__).parents[2]
    arguments = ["report", str(root / model), "--mnist", str(folder), *inks, "--out", str(out)]
    assert main(arguments) == 0
    return out


def test_a_report_is_a_page_its_plots_and_its_numbers(report_folder: Path) -> None:
    # Then: the page shows every plot there is, and nothing else lies about
    page = (report_folder / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"!\[.*?\]\((.+?)\)", page))
    files = {path.name for path in report_folder.iterdir()}
    assert shown | {"README.md", "accuracy.json"} == files
    assert {"reliability.png", "trade-off.png", "errors-ink.png", "writers.png"} <= shown


def test_the_page_says_the_numbers_of_the_file(report_folder: Path) -> None:
    # Given
    page = (report_folder / "README.md").read_text(encoding="utf-8")
    figures = json.loads((report_folder / "accuracy.json").read_text(encoding="utf-8"))

    # Then
    scores = figures["sets"]["ink"]["scores"]
    low, high = scores["accuracy_interval_95"]
    assert scores["accuracy"] == pytest.approx(6 / 8)
    assert f"| Pen ink | 8 | **75.00 %** | {100 * low:.2f} % to {100 * high:.2f} % |" in page
    assert "| `xyz` | 4 | 50.00 % |" in page
    assert "3 of 5 writers are read without one mistake" in page
    assert "report cnn.npz --mnist DIR --ink dev.jsonl --ink other.jsonl" in page


def test_the_page_credits_the_data(report_folder: Path) -> None:
    page = (report_folder / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 3.0" in page
    assert "CC BY 4.0" in page
    assert "10.5281/zenodo.1195803" in page


def test_no_path_of_this_machine_is_in_the_report(report_folder: Path) -> None:
    for name in ("README.md", "accuracy.json"):
        assert str(report_folder.parent) not in (report_folder / name).read_text(encoding="utf-8")


def test_plots_are_pictures_with_ink_on_white_paper(report_folder: Path) -> None:
    for path in report_folder.glob("*.png"):
        pixels = np.asarray(Image.open(path).convert("L"))
        assert pixels.shape[1] > 600
        assert pixels[0, -1] == 255
        assert 0.002 < (pixels < 128).mean() < 0.5


def test_the_same_measurement_gives_the_same_files(tmp_path: Path, reader: Reader) -> None:
    names: dict[str, Any] = {"model": "cnn.npz", "ink": ["dev.jsonl"]}
    mnist, ink = digit_pictures(10, seed=1), ink_of(DRAWN)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write_report(reader, mnist, ink, folder, names)
    one, two = ({path.name: path.read_bytes() for path in of.iterdir()} for of in folders)
    assert one == two


def test_without_mistakes_and_other_marks_the_page_has_no_such_part(
    tmp_path: Path, reader: Reader
) -> None:
    # Given: ink that is read right, digits alone, and an older report with mistakes
    (tmp_path / "errors-ink.png").write_bytes(b"older")
    names: dict[str, Any] = {"model": "cnn.npz", "ink": ["dev.jsonl"]}
    write_report(reader, digit_pictures(10, seed=1), ink_of(DRAWN), tmp_path, names)

    # Then
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert not (tmp_path / "trade-off.png").exists()
    assert not (tmp_path / "errors-ink.png").exists()
    assert "That is no digit" not in page
    assert "errors-ink.png" not in page


@pytest.mark.parametrize("rows", [[], OTHERS])
def test_ink_without_digits_is_refused(reader: Reader, rows: list[tuple[int, int, str]]) -> None:
    with pytest.raises(DataError, match="labelled with digits"):
        measure(reader, digit_pictures(10, seed=1), ink_of(rows))


def test_nothing_is_written_when_the_data_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(Path(__file__).parents[2] / "resources/model/cnn.npz")
    gone = ["--mnist", str(tmp_path), "--ink", str(tmp_path / "gone.jsonl")]
    assert main(["report", model, *gone, "--out", str(tmp_path / "out")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_summary_in_readme_is_renewed_and_the_rest_kept(
    tmp_path: Path, figures: dict[str, Any]
) -> None:
    # Given
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- accuracy:begin -->\nold\n<!-- accuracy:end -->\nb\n")

    # When
    renew(readme, SUMMARY, summary(figures))

    # Then
    text = readme.read_text()
    assert text.startswith("a\n") and text.endswith("\nb\n") and "old" not in text
    assert "| MNIST test | 20 |" in text
    assert list(tmp_path.iterdir()) == [readme]

    # And: without marks nothing is written
    readme.write_text("nothing to see")
    with pytest.raises(DataError, match="accuracy:begin"):
        renew(readme, SUMMARY, summary(figures))
    assert readme.read_text() == "nothing to see"


def test_no_pictures_are_refused(reader: Reader) -> None:
    none = PictureSet(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    with pytest.raises(DataError):
        measure(reader, none, ink_of(DRAWN))
