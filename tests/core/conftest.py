"""What tests of the core share: what the program ships with, and a small network with a pool."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.model_file import Model, load_model
from digitpad.core.reader import Reader
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from tests.small_models import small_metadata


@pytest.fixture(scope="module")
def bundled() -> Reader:
    """The reader that ships with the program; it remembers what it has read."""
    return Reader.bundled()


@pytest.fixture(scope="module")
def reader(bundled: Reader) -> Reader:
    """The same, where a test has no other beside it."""
    return bundled


@pytest.fixture(scope="session")
def cnn() -> Model:
    """The network that reads."""
    return load_model(bundled_model_path())


@pytest.fixture(scope="session")
def mlp() -> Model:
    """The network that it is compared with."""
    return load_model(bundled_mlp_path())


@pytest.fixture(scope="session")
def small() -> Model:
    """A network of two convolutions, a pool and two dense layers, with random weights."""
    rng = np.random.default_rng(5)
    shapes = {"c1": (5, 5, 1, 3), "c2": (3, 3, 3, 4), "d1": (10 * 10 * 4, 6), "d2": (6, 10)}
    layers = [
        {"type": "conv", "name": "c1", "activation": "relu"},
        {"type": "pool", "name": "p1"},
        {"type": "conv", "name": "c2", "activation": "linear"},
        {"type": "flatten", "name": "f"},
        {"type": "dense", "name": "d1", "activation": "relu"},
        {"type": "dense", "name": "d2", "activation": "linear"},
    ]
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}/kernel"] = rng.normal(0.0, 0.3, shape).astype(np.float32)
        weights[f"{name}/bias"] = rng.normal(0.0, 0.3, shape[-1]).astype(np.float32)
    return Model(small_metadata(layers=layers), weights)
