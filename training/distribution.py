"""Distribution: one training run on several machines, when TF_CONFIG names them.

Owns what workers do together: meeting, taking over the chief's state, and one step on a batch of
which each replica has its share. The work is `tf.distribute.MultiWorkerMirroredStrategy`'s; why
not Keras' `fit` or Keras' own distribution, says docs/decisions/0007. Writes no files.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.data.datasets import DataError

START_PATIENCE = 600.0
"""Seconds to wait for the other workers to start; TensorFlow alone would wait for ever."""

Batch = tuple[NDArray[np.float32], NDArray[np.float32]]
Share = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
Worker = tuple[str, int]
"""A worker's type, "chief" or "worker", and its index among those of the type."""


class Workers:
    """The workers of a run, seen from one of them. All must call the same methods in step."""

    def __init__(self) -> None:
        """Meet the others, which takes until the last one has started.

        Must come before TensorFlow computes anything. Ends the process after START_PATIENCE.
        Raises DataError when this worker's port cannot be had.
        """
        addresses, own = _cluster()
        with _patience(START_PATIENCE), _losing_workers():
            try:
                self.strategy = tf.distribute.MultiWorkerMirroredStrategy()
            except tf.errors.UnknownError:
                raise DataError(
                    f"cannot listen on {addresses[own]}, this worker's address in TF_CONFIG; "
                    "its port may be in use"
                ) from None
        # TensorFlow has put a handler in place that takes note of SIGTERM and goes on.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def check_same(self, run: str) -> None:
        """Raise DataError when this worker's run is not the chief's."""
        own = np.frombuffer(hashlib.sha256(run.encode()).digest(), np.uint8).astype(np.int32)
        if not np.array_equal(self.from_chief([own])[0], own):
            raise DataError("the chief has another recipe or other data than this worker")

    def from_chief(self, values: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """Return the chief's arrays on every worker; this one's must have the same shapes."""
        with _losing_workers(), self.strategy.scope():
            # The strategy gives a new variable the chief's initial value everywhere.
            return [tf.Variable(value, trainable=False).numpy() for value in values]

    def step(self, model: keras.Model) -> Callable[[Batch], None]:
        """Return a function that trains `model`, made in the strategy's scope, on a batch."""

        def train(share: Any) -> None:
            self.strategy.run(model.train_step, args=(share,))

        compiled = tf.function(train, reduce_retracing=True)

        def step(batch: Batch) -> None:
            with _losing_workers():
                compiled(self._shares(batch))

        return step

    def _shares(self, batch: Batch) -> tuple[Any, ...]:
        replicas = self.strategy.num_replicas_in_sync
        shares: dict[int, Share] = {}

        def part(context: tf.distribute.ValueContext, index: int) -> NDArray[np.float32]:
            replica = context.replica_id_in_sync_group
            if replica not in shares:
                shares[replica] = share_of(batch, replica, replicas)
            return shares[replica][index]

        return tuple(
            self.strategy.experimental_distribute_values_from_function(
                lambda context, index=index: part(context, index)
            )
            for index in range(3)
        )


def join_workers() -> Workers | None:
    """Meet the workers that TF_CONFIG names; None when it names no other than this one.

    Raises DataError when TF_CONFIG cannot be used.
    """
    return Workers() if has_fellows() else None


def has_fellows() -> bool:
    """Whether TF_CONFIG names other workers than this one; raises DataError as `join_workers`."""
    addresses, _ = _cluster()
    return len(addresses) > 1


def is_chief() -> bool:
    """Whether this process writes the files: the one there is, or the first of several workers.

    Raises DataError when TF_CONFIG cannot be used.
    """
    addresses, own = _cluster()
    return own == next(iter(addresses))


def share_of(batch: Batch, replica: int, replicas: int) -> Share:
    """Return one replica's inputs, targets and weights of a batch.

    Shares are equally long, filled up with examples from the batch's beginning that have weight 0
    (no blank ones: they would count in a batch normalisation). The others have such a weight that
    the mean over replicas of each one's mean loss is the mean loss of the batch.
    """
    count = len(batch[0])
    size = -(-count // replicas)
    rows = slice(replica * size, (replica + 1) * size)
    missing = size - len(batch[0][rows])
    weights = np.full(size, size * replicas / count, np.float32)
    weights[size - missing :] = 0.0
    inputs, targets = (np.concatenate([part[rows], part[:missing]]) for part in batch)
    return inputs, targets, weights


def _cluster() -> tuple[dict[Worker, str], Worker]:
    """Return the addresses of the workers in TF_CONFIG, the chief first, and which is this one."""
    text = os.environ.get("TF_CONFIG")
    if not text:
        return {("worker", 0): ""}, ("worker", 0)
    try:
        config = json.loads(text)
        cluster = {kind: list(config["cluster"].get(kind, [])) for kind in ("chief", "worker")}
        addresses = {
            (kind, index): str(address)
            for kind, some in cluster.items()
            for index, address in enumerate(some)
        }
        own = config["task"]["type"], int(config["task"]["index"])
        # Equal only when there are no other types and no text in place of a list.
        usable = own in addresses and config["cluster"] == {k: v for k, v in cluster.items() if v}
    except (ValueError, KeyError, TypeError, AttributeError):
        usable = False
    if not usable:
        raise DataError(
            'TF_CONFIG must be like {"cluster": {"worker": ["HOST:PORT", ...]}, '
            '"task": {"type": "worker", "index": 0}}'
        )
    for address in addresses.values():
        host, _, port = address.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 2**16):
            raise DataError(f"TF_CONFIG names {address!r}, which is no HOST:PORT")
    return addresses, own


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """End the process when the block takes longer.

    TensorFlow waits with Python's lock held, so no thread of Python could end it.
    """
    print(f"Waiting up to {seconds:.0f} s for all workers of TF_CONFIG to start.", flush=True)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _losing_workers() -> Iterator[None]:
    """Turn what TensorFlow says of lost workers into a line for a person."""
    try:
        yield
    except (
        tf.errors.UnavailableError,
        tf.errors.AbortedError,
        tf.errors.CancelledError,
        tf.errors.DeadlineExceededError,
    ):
        raise DataError(
            "another worker has ended or cannot be reached; start all of them again with the "
            "same command: they go on from the last epoch"
        ) from None
