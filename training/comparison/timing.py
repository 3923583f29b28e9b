"""Timing: how long the NumPy network takes for one picture, in a process of its own.

BLAS is kept to one thread there, as at the pad. Imports no Keras: the process would load it, too.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from digitpad.core.model_file import Weights
from digitpad.core.network import Network
from digitpad.core.preprocess import IMAGE_SIZE

ROUNDS, CALLS = 30, 50
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

Parts = tuple[list[dict[str, Any]], Weights]
"""The layers and weights that make a network."""


def single_image_times(networks: Mapping[str, Parts]) -> dict[str, float]:
    """Return microseconds for one picture by name: of many rounds, the fastest one's mean call.

    The fastest, because whatever else the machine does can only add to it.
    """
    kept = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            return pool.apply(_measure, (dict(networks),))
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _measure(networks: dict[str, Parts]) -> dict[str, float]:
    picture = np.random.default_rng(1).random((IMAGE_SIZE, IMAGE_SIZE), np.float32)
    times = {}
    for name, (layers, weights) in networks.items():
        network = Network((IMAGE_SIZE, IMAGE_SIZE, 1), layers, weights)
        rounds = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            for _ in range(CALLS):
                network.logits(picture)
            rounds.append(time.perf_counter() - began)
        times[name] = 1e6 * min(rounds) / CALLS
    return times
