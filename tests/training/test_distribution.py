"""Several workers train as one would, and a lost one costs no more than an epoch."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.training.samples import ink_set, write_ink
from tests.training.worker_run import recipe
from training.__main__ import main
from training.data.datasets import (
    NO_DIGIT,
    DataError,
    load_ink,
    load_mnist,
    split_ink,
    split_pictures,
)
from training.data.doubtful_ink import without_repeats
from training.distribution import is_chief, share_of
from training.fit import CHECKPOINT, LATER_CHECKPOINT, fit
from training.keras_files import load_keras
from training.material import Material
from training.recipe import LaterRecipe

ROOT = Path(__file__).parents[2]
EPOCHS = 3
STEPS = 2
"""Steps of an epoch of the small MNIST."""
PATIENCE = 240
"""Seconds; only a broken program takes them."""

Ended = subprocess.CompletedProcess[str]


def test_the_shares_of_a_batch_hold_each_example_once_and_have_its_mean_loss() -> None:
    # Given: seven examples for three replicas, each with its own loss
    inputs = np.arange(1, 8, dtype=np.float32)
    targets = np.eye(7, dtype=np.float32)

    # When
    shares = [share_of((inputs, targets), replica, 3) for replica in range(3)]

    # Then
    assert [len(weights) for _, _, weights in shares] == [3, 3, 3]
    seen = np.concatenate([values[weights > 0] for values, _, weights in shares])
    np.testing.assert_array_equal(seen, inputs)
    rows = np.concatenate([rows[weights > 0] for _, rows, weights in shares])
    np.testing.assert_array_equal(rows, targets)
    mean = np.mean([np.mean(values * weights) for values, _, weights in shares])
    assert mean == pytest.approx(inputs.mean())


def test_a_batch_smaller_than_the_replicas_leaves_some_with_nothing_that_counts() -> None:
    # When
    _, _, weights = share_of((np.ones((1, 2), np.float32), np.ones((1, 2), np.float32)), 1, 2)

    # Then
    assert weights.tolist() == [0.0]


@pytest.mark.parametrize(
    ("cluster", "task", "chief"),
    [
        ({"worker": ["a:1", "b:1"]}, ("worker", 0), True),
        ({"worker": ["a:1", "b:1"]}, ("worker", 1), False),
        ({"chief": ["a:1"], "worker": ["b:1"]}, ("chief", 0), True),
        ({"chief": ["a:1"], "worker": ["b:1"]}, ("worker", 0), False),
        ({"worker": ["a:1"]}, ("worker", 0), True),
    ],
)
def test_one_of_the_workers_is_the_chief(
    cluster: dict[str, list[str]],
    task: tuple[str, int],
    chief: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given
    kind, index = task
    config = {"cluster": cluster, "task": {"type": kind, "index": index}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(config))

    # When / then
    assert is_chief() is chief


@pytest.mark.parametrize(
    "config",
    [
        "{broken",
        "[]",
        '{"cluster": {"worker": ["a:1", "b:1"]}}',
        '{"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": 2}}',
        '{"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": -1}}',
        '{"cluster": {"worker": ["a:1"], "ps": ["b:1"]}, "task": {"type": "worker", "index": 0}}',
        '{"cluster": {"worker": "a:1"}, "task": {"type": "worker", "index": 0}}',
    ],
)
def test_a_tf_config_that_cannot_be_used_is_one_line(
    config: str,
    mnist_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    monkeypatch.setenv("TF_CONFIG", config)

    # When
    status = main(["train", "--mnist", str(mnist_folder), "--out", str(tmp_path / "run")])

    # Then
    said = capsys.readouterr().err
    assert status == 1
    assert said.startswith("training: TF_CONFIG must be like")
    assert said.count("\n") == 1
    with pytest.raises(DataError):
        is_chief()


@pytest.mark.parametrize("address", ["10.0.0.1", ":2222", "10.0.0.1:", "host:http", "host:65536"])
def test_an_address_that_is_no_host_and_port_is_named_in_one_line(
    address: str,
    mnist_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    task = {"type": "worker", "index": 0}
    config = {"cluster": {"worker": [address, "10.0.0.2:2222"]}, "task": task}
    monkeypatch.setenv("TF_CONFIG", json.dumps(config))

    # When
    status = main(["train", "--mnist", str(mnist_folder), "--out", str(tmp_path / "run")])

    # Then
    said = capsys.readouterr().err
    assert (status, said) == (1, f"training: TF_CONFIG names '{address}', which is no HOST:PORT\n")


def test_a_worker_whose_port_is_in_use_names_its_address(
    mnist_folder: Path, tmp_path: Path
) -> None:
    # Given
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        taken = other.getsockname()[1]

        # When
        with started(0, [taken, *free_ports(1)], mnist_folder, tmp_path, 1) as worker:
            _, said = worker.communicate(timeout=PATIENCE)

    # Then
    assert worker.returncode == 1
    assert "Traceback" not in said
    last = said.splitlines()[-1]
    assert last.startswith(f"training: cannot listen on 127.0.0.1:{taken}, this worker's address")


def test_cross_validation_with_other_workers_is_refused_before_it_waits_for_them(
    mnist_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    write_ink(tmp_path / "ink.jsonl", ink_set([*range(10)] * 4))
    cluster = {"worker": [f"127.0.0.1:{port}" for port in free_ports(2)]}
    config = {"cluster": cluster, "task": {"type": "worker", "index": 1}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(config))

    # When
    arguments = ["--mnist", mnist_folder, "--ink", tmp_path / "ink.jsonl", "--epochs", 1]
    status = main(["cross-validate", *map(str, arguments), "--out", str(tmp_path / "folds")])

    # Then
    said = "training: cross-validation is for one machine: start it without TF_CONFIG\n"
    output = capsys.readouterr()
    assert (status, output.out, output.err) == (1, "", said)
    assert not (tmp_path / "folds").exists()


def test_two_workers_fit_ink_as_one_does(mnist_folder: Path, tmp_path: Path) -> None:
    # Given: ink, with which a fitted network goes on
    write_ink(tmp_path / "ink.jsonl", ink_set([*range(10), NO_DIGIT, NO_DIGIT]))
    ink, _ = split_ink(without_repeats(load_ink([tmp_path / "ink.jsonl"])))
    mnist, validation = split_pictures(load_mnist(mnist_folder, "train"))
    by = recipe(epochs=1, later=LaterRecipe(epochs=1))
    alone = fit("cnn", Material(mnist, ink, by), validation, tmp_path / "alone")

    # When
    chief, other = together(mnist_folder, tmp_path, 1, more=("--ink", tmp_path / "ink.jsonl"))

    # Then
    assert (chief.returncode, other.returncode) == (0, 0), chief.stderr + other.stderr
    assert weights_of(chief) == weights_of(other)
    assert (tmp_path / "worker 0" / LATER_CHECKPOINT).exists()
    ended = load_keras(tmp_path / "worker 0" / "model.keras").get_weights()
    for array, expected in zip(ended, alone.get_weights(), strict=True):
        np.testing.assert_allclose(array, expected, atol=1e-5)
    assert (tmp_path / "worker 0" / "cnn.npz").exists()
    assert not (tmp_path / "worker 1").exists()


def test_all_workers_go_on_from_the_last_epoch_after_any_of_them_was_killed(
    mnist_folder: Path, tmp_path: Path
) -> None:
    # When: the second worker is killed in the second epoch
    chief, other = together(mnist_folder, tmp_path, EPOCHS, dies_at=(0, STEPS + 2))

    # Then: the chief ends with one line, and has kept the first epoch
    assert other.returncode == -signal.SIGKILL
    assert chief.returncode == 1
    assert "training: another worker has ended" in chief.stderr.splitlines()[-1]
    kept = tmp_path / "worker 0" / CHECKPOINT
    assert int(load_keras(kept).optimizer.iterations) == STEPS

    # When: started again, and the chief is killed in the third epoch
    chief, other = together(mnist_folder, tmp_path, EPOCHS, dies_at=(STEPS + 1, 0))

    # Then
    assert chief.returncode == -signal.SIGKILL
    assert other.returncode == 1
    assert "training: another worker has ended" in other.stderr.splitlines()[-1]
    assert f"Going on after epoch 1 of {EPOCHS}." in other.stdout
    assert int(load_keras(kept).optimizer.iterations) == 2 * STEPS

    # When
    chief, other = together(mnist_folder, tmp_path, EPOCHS)

    # Then: the end is that of a run alone that was never stopped
    assert (chief.returncode, other.returncode) == (0, 0), chief.stderr + other.stderr
    assert f"Going on after epoch 2 of {EPOCHS}." in chief.stdout
    assert weights_of(chief) == weights_of(other)
    mnist, validation = split_pictures(load_mnist(mnist_folder, "train"))
    alone = fit("cnn", Material(mnist, None, recipe(epochs=EPOCHS)), validation, tmp_path / "one")
    ended = load_keras(tmp_path / "worker 0" / "model.keras").get_weights()
    for array, expected in zip(ended, alone.get_weights(), strict=True):
        np.testing.assert_allclose(array, expected, atol=1e-5)


def test_a_worker_whose_fellows_do_not_start_gives_up(mnist_folder: Path, tmp_path: Path) -> None:
    # When
    with started(0, free_ports(2), mnist_folder, tmp_path, 1, patience=2.0) as worker:
        output, _ = worker.communicate(timeout=PATIENCE)

    # Then
    assert worker.returncode == 1
    assert "Waiting up to 2 s for all workers of TF_CONFIG to start." in output


def test_workers_with_different_runs_do_not_train_together(
    mnist_folder: Path, tmp_path: Path
) -> None:
    # When
    chief, other = together(mnist_folder, tmp_path, epochs=2, other_epochs=1)

    # Then
    assert (chief.returncode, other.returncode) == (1, 1)
    said = "training: the chief has another recipe or other data than this worker"
    assert other.stderr.splitlines()[-1] == said
    assert "training: another worker has ended" in chief.stderr.splitlines()[-1]


def together(
    mnist: Path,
    folder: Path,
    epochs: int,
    dies_at: tuple[int, int] = (0, 0),
    other_epochs: int | None = None,
    more: tuple[str | Path, ...] = (),
) -> list[Ended]:
    """Run two workers with folders of their own, and `more` arguments, until both have ended."""
    ports = free_ports(2)
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                started(index, ports, mnist, folder, count, dies_at[index], more=more)
            )
            for index, count in enumerate([epochs, other_epochs or epochs])
        ]
        outputs = [worker.communicate(timeout=PATIENCE) for worker in workers]
    return [
        subprocess.CompletedProcess(worker.args, worker.returncode, *output)
        for worker, output in zip(workers, outputs, strict=True)
    ]


@contextmanager
def started(
    index: int,
    ports: list[int],
    mnist: Path,
    folder: Path,
    epochs: int,
    dies_at: int = 0,
    patience: float = PATIENCE,
    more: tuple[str | Path, ...] = (),
) -> Iterator[subprocess.Popen[str]]:
    """Start a worker; it does not outlive the block."""
    cluster = {"worker": [f"127.0.0.1:{port}" for port in ports]}
    config = {"cluster": cluster, "task": {"type": "worker", "index": index}}
    options = ["train", "--mnist", mnist, "--epochs", epochs, "--out", folder / f"worker {index}"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.training.worker_run"]
        + [str(part) for part in (dies_at, patience, *options, *more)],
        cwd=ROOT,
        env={**os.environ, "TF_CONFIG": json.dumps(config)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for place in sockets:
            place.bind(("127.0.0.1", 0))
        return [place.getsockname()[1] for place in sockets]


def weights_of(worker: Ended) -> str:
    """Return the digest of the weights that a worker says it ended with."""
    found = re.search(r"^Weights of this worker: (\w{16})$", worker.stdout, re.MULTILINE)
    assert found, worker.stdout
    return found[1]
