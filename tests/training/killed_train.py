"""The train command with a small recipe, killed at a moment of choice.

Started by a test as a program of its own: `python -m tests.training.killed_train MOMENT` and the
arguments of `python -m training`. It dies by SIGKILL, which nothing in it can notice.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from tests.training.conftest import steps_without_graph
from tests.training.small_train import main


def die(*_: Any, **__: Any) -> NoReturn:
    """End as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def in_the_first_epoch() -> None:
    """Die before there is any checkpoint."""
    keras: Any = import_module("keras")
    keras.Model.save = die


def between_epochs() -> None:
    """Die when the second epoch begins."""
    phase: Any = import_module("training.phase")
    after_epoch = phase._AfterEpoch
    begin = after_epoch.on_epoch_begin

    def deadly_begin(self: Any, epoch: int, logs: Any = None) -> None:
        if epoch == 1:
            die()
        begin(self, epoch, logs)

    after_epoch.on_epoch_begin = deadly_begin


def while_the_digit_detector_is_fitted() -> None:
    """Die when the detector has seen some epochs."""
    digit_detector: Any = import_module("training.digit_detector")
    epochs_ahead = digit_detector.epochs_ahead

    @contextmanager
    def deadly_epochs(*arguments: Any) -> Iterator[Iterator[Any]]:
        with epochs_ahead(*arguments) as epochs:

            def some() -> Iterator[Any]:
                yield next(epochs)
                yield next(epochs)
                die()

            yield some()

    digit_detector.epochs_ahead = deadly_epochs


def before_calibration() -> None:
    """Die when all is fitted but the temperature."""
    finish: Any = import_module("training.finish")
    finish.describe = die


def while_the_model_file_is_written() -> None:
    """Die with half of the model file on the disk."""
    run: Any = import_module("training.run")

    def half_save(path: Path, *_: Any) -> NoReturn:
        path.with_name(path.name + "0.part").write_bytes(b"PK half a file")
        die()

    run.save_model = half_save


MOMENTS: dict[str, Callable[[], None]] = {
    moment.__name__: moment
    for moment in (
        in_the_first_epoch,
        between_epochs,
        while_the_digit_detector_is_fitted,
        before_calibration,
        while_the_model_file_is_written,
    )
}

if __name__ == "__main__":
    MOMENTS[sys.argv[1]]()
    with steps_without_graph():
        sys.exit(main(sys.argv[2:]))
