"""What the tests of training share: a quiet TensorFlow, and one finished small run."""

from __future__ import annotations

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
# Passes of one picture are too small to share out: a second thread only waits for a busy core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.training.samples import digit_pictures, write_mnist


@pytest.fixture(scope="session")
def mnist_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four IDX files like MNIST's: 300 pictures to train on, 60 to test."""
    folder = tmp_path_factory.mktemp("mnist")
    write_mnist(folder, "train", digit_pictures(300, seed=1))
    write_mnist(folder, "t10k", digit_pictures(60, seed=2))
    return folder


@contextmanager
def steps_without_graph() -> Iterator[None]:
    """Have TensorFlow run each step at once: of a handful, making a graph first takes the most."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(False)


@pytest.fixture
def without_graph() -> Iterator[None]:
    """As `steps_without_graph`, for a test that asks for more than what a step computes."""
    with steps_without_graph():
        yield
