"""`python -m training`, as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest

from digitpad.core.model_file import load_model, save_model
from digitpad.core.reader import Reader
from tests.training.samples import ink_set, write_ink
from training.__main__ import main
from training.arguments import MLP_EPOCHS
from training.data.datasets import NO_DIGIT
from training.recipe import Recipe

ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds; only a broken program takes them."""


COMMANDS_WITH_A_SEED = [
    ["train"],
    ["numbers", "--ink", "ink.jsonl", "--out", "numbers.jsonl.gz"],
    ["pages", "--kind", "flat", "--out", "pages"],
    ["fit-lines", "model.npz"],
    ["segment", "model.npz", "--ink", "ink.jsonl"],
]


def started(*arguments: str | Path, program: str = "training") -> subprocess.CompletedProcess[str]:
    """Run the command as a program of its own."""
    command = [sys.executable, "-m", program, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def ink_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two drawings of each digit and six other marks, each by its own writer."""
    path = tmp_path_factory.mktemp("ink") / "ink.jsonl"
    write_ink(path, ink_set([*range(10), *range(10), *[NO_DIGIT] * 6]))
    return path


@pytest.fixture(scope="module")
def trained(mnist_folder: Path, ink_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of one epoch, of a small recipe."""
    folder = tmp_path_factory.mktemp("run")
    arguments = ("--mnist", mnist_folder, "--ink", ink_file, "--epochs", "1", "--out", folder)
    run = started("train", *arguments, program="tests.training.small_train")
    assert run.returncode == 0, run.stderr
    assert f"python -m training export {folder}" in run.stdout
    assert "accuracy: " in run.stdout
    assert "\x1b" not in run.stdout, "colours and bars are for a terminal"
    return folder


@pytest.fixture
def run_copy(trained: Path, tmp_path: Path) -> Path:
    """A copy of the run to damage."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("cnn.npz", "cnn.keras"):
        (folder / name).write_bytes((trained / name).read_bytes())
    return folder


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the command here; return the one line that it ends with."""

    def run(*arguments: str | Path) -> str:
        assert main([str(argument) for argument in arguments]) == 1
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.count("\n") == 1
        assert output.err.startswith("training: ")
        return output.err

    return run


@pytest.mark.parametrize("command", [[], ["train"], ["evaluate"], ["export"]])
def test_help_says_how_to_use_each_command(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # When
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])

    # Then
    assert ended.value.code == 0
    assert "usage: python -m training" in capsys.readouterr().out


def test_help_waits_for_no_heavy_library() -> None:
    # When
    loaded = subprocess.run(
        [sys.executable, "-c", "import training.__main__, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    # Then
    assert "training.arguments" in loaded
    assert not {"keras", "matplotlib", "PIL", "tensorflow"} & set(loaded)


@pytest.mark.parametrize(
    "arguments", [[], ["train", "--epochs", "0"], ["train", "--model", "big"], ["evaluate"]]
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize("command", COMMANDS_WITH_A_SEED, ids=lambda command: command[0])
@pytest.mark.parametrize("seed", ["-1", "4294967296", "1.5", "x"])
def test_a_seed_that_nothing_takes_is_wrong_usage(
    command: list[str], seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # When
    with pytest.raises(SystemExit) as ended:
        main([*command, "--seed", seed])

    # Then
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.endswith("argument --seed: must be a whole number from 0 to 4294967295\n")


def test_what_is_no_number_is_told_what_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("abc", "0", "2.5", "1_0", "\N{ARABIC-INDIC DIGIT THREE}"):
        with pytest.raises(SystemExit):
            main(["train", "--epochs", text])
        said = capsys.readouterr().err
        assert said.endswith("argument --epochs: must be a whole number, at least 1\n")


@pytest.mark.parametrize(
    ("command", "work", "goes_on"),
    [
        (["train"], "train", "; the same command goes on from the last epoch"),
        (["cross-validate"], "cross_validate", "; the same command goes on from the last epoch"),
        (["compare"], "compare", "; the same command goes on from the finished trainings"),
        (["evaluate", "model.npz"], "evaluate", ""),
        (["audit", "--ink", "ink.jsonl", "--out", "list.jsonl"], "audit", ""),
    ],
)
def test_a_stopped_command_says_whether_it_would_go_on(
    command: list[str],
    work: str,
    goes_on: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: Ctrl+C while it works
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"training.run.{work}", stopped)

    # When
    status = main(command)

    # Then
    assert (status, capsys.readouterr().err) == (130, f"training: stopped{goes_on}\n")


def test_a_missing_mnist_folder_is_one_line_and_exit_status_1(tmp_path: Path) -> None:
    # When
    run = started("train", "--mnist", tmp_path / "none", "--out", tmp_path / "out")

    # Then
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "there is no such file" in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_is_trained_and_measured_and_installed(
    trained: Path, mnist_folder: Path, ink_file: Path, tmp_path: Path
) -> None:
    # When: measured
    measured = started("evaluate", trained, "--mnist", mnist_folder, "--ink", ink_file, "--json")

    # Then
    assert measured.returncode == 0, measured.stderr
    scores = json.loads(measured.stdout)
    assert scores["mnist"]["digits"] == 60
    assert scores["ink"]["digits"] == 20
    assert scores["ink"]["other_marks"] == 6
    low, high = scores["mnist"]["accuracy_interval_95"]
    assert low <= scores["mnist"]["accuracy"] <= high

    # When: installed
    target = tmp_path / "installed"
    installed = started("export", trained, "--mnist", mnist_folder, "--out", target)

    # Then
    assert installed.returncode == 0, installed.stderr
    assert f"Wrote {target / 'cnn.npz'}" in installed.stdout
    assert sorted(path.name for path in target.iterdir()) == ["cnn.keras", "cnn.npz"]
    model = load_model(target / "cnn.npz")
    assert model.metadata["scores"]["mnist_test"]["accuracy"] == scores["mnist"]["accuracy"]
    assert model.metadata["recipe"]["epochs"] == 1
    assert model.metadata["recipe"]["later"]["epochs"] == 1
    twin = keras.models.load_model(target / "cnn.keras")
    for array, name in zip(twin.get_weights()[:2], ("kernel", "bias"), strict=True):
        np.testing.assert_array_equal(array, model.weights[f"conv1/{name}"])
    assert Reader.from_file(target / "cnn.npz").read_ink(ink_set([3]).inks[0]).digits


@pytest.mark.parametrize(
    ("arguments", "epochs", "later"),
    [
        ((), Recipe().epochs, Recipe().later.epochs),
        (("--epochs", "30"), 30, Recipe().later.epochs),
        (("--model", "mlp"), MLP_EPOCHS, 0),
        (("--model", "mlp", "--epochs", "2"), 2, 0),
    ],
)
def test_the_cnn_alone_goes_on_after_its_fit(
    arguments: tuple[str, ...],
    epochs: int,
    later: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: a training that does nothing but take note of its recipe
    def train(name: str, mnist: Path, ink: list[Path], recipe: Recipe, folder: Path) -> None:
        found.append((recipe.epochs, recipe.later.epochs))

    found: list[tuple[int, int]] = []
    monkeypatch.setattr("training.run.train", train)

    # When
    status = main(["train", *arguments])

    # Then
    assert (status, found) == (0, [(epochs, later)])


def test_scores_are_printed_for_people_too(
    trained: Path, mnist_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # When
    status = main(["evaluate", str(trained / "cnn.npz"), "--mnist", str(mnist_folder)])

    # Then
    assert status == 0
    assert "mnist\n  digits" in capsys.readouterr().out


def test_another_run_in_the_folder_is_refused_and_left_alone(
    trained: Path, mnist_folder: Path, refused: Callable[..., str]
) -> None:
    # Given
    before = {path: path.read_bytes() for path in trained.iterdir()}

    # When
    said = refused("train", "--mnist", mnist_folder, "--epochs", "2", "--out", trained)

    # Then
    assert "holds another run" in said
    assert {path: path.read_bytes() for path in trained.iterdir()} == before


@pytest.mark.parametrize("command", ["evaluate", "export"])
def test_a_damaged_model_is_one_line(
    command: str, run_copy: Path, mnist_folder: Path, refused: Callable[..., str]
) -> None:
    # Given
    path = run_copy / "cnn.npz"
    path.write_bytes(path.read_bytes()[:1000])

    # When / then
    assert f"{path} is damaged" in refused(command, path, "--mnist", mnist_folder)


@pytest.mark.parametrize("command", ["evaluate", "export"])
def test_a_missing_model_is_one_line(
    command: str, tmp_path: Path, mnist_folder: Path, refused: Callable[..., str]
) -> None:
    for path in (tmp_path / "none.npz", tmp_path):
        assert str(path) in refused(command, path, "--mnist", mnist_folder)


def test_a_damaged_or_missing_twin_is_one_line_and_nothing_is_installed(
    run_copy: Path, mnist_folder: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    # Given
    twin, target = run_copy / "cnn.keras", tmp_path / "installed"
    export = ("export", run_copy, "--mnist", mnist_folder, "--out", target)
    twin.write_bytes(twin.read_bytes()[:1000])

    # When / then
    assert f"{twin} is damaged" in refused(*export)
    twin.unlink()
    assert f"{twin} is missing" in refused(*export)
    assert not target.exists()


def test_a_network_that_answers_otherwise_than_keras_is_not_installed(
    run_copy: Path, mnist_folder: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    # Given
    model = load_model(run_copy / "cnn.npz")
    weights = dict(model.weights)
    weights["conv1/kernel"] = weights["conv1/kernel"] * np.float32(1.5)
    save_model(run_copy / "cnn.npz", model.metadata, weights)

    # When
    said = refused("export", run_copy, "--mnist", mnist_folder, "--out", tmp_path / "installed")

    # Then
    assert "differs from Keras'" in said
    assert not (tmp_path / "installed").exists()


def test_what_cannot_be_written_is_named(
    trained: Path,
    ink_file: Path,
    mnist_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: a file where folders are to be
    blocker = tmp_path / "file"
    blocker.touch()
    data = ("--mnist", mnist_folder)
    blocked: list[tuple[tuple[str | Path, ...], Path, Path]] = [
        (("export", trained, *data), blocker, blocker),
        (("pages", *data, "--kind", "flat", "--count", "1"), blocker, blocker),
        (("compare", *data, "--images", "100"), blocker, blocker / "comparison" / "trainings"),
        (("report", trained, *data, "--ink", ink_file), blocker, blocker),
        (("look-alikes", trained / "cnn.npz", *data), blocker / "index.npz", blocker / "index.npz"),
        (("unipen", tmp_path), blocker / "ink.jsonl", blocker),
    ]
    for arguments, out, named in blocked:
        # When
        status = main([*map(str, arguments), "--out", str(out)])

        # Then
        said = capsys.readouterr().err
        assert status == 1
        assert said.startswith(f"training: {named} cannot be written: ")
        assert said.count("\n") == 1


def test_a_bad_ink_line_is_one_line(
    trained: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    # Given
    path = tmp_path / "ink.jsonl"
    path.write_text("{broken\n", encoding="utf-8")

    # When / then
    assert f"{path} line 1" in refused("evaluate", trained, "--ink", path)
