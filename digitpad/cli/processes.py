"""Processes: answers to many tasks, in order, from as many processes as there is work for.

Owns when and how work is shared out. Memory stays: only so many batches are under way at a time.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from digitpad.cli.answers import Answer, Answerer, Options
from digitpad.cli.interruption import Interruption
from digitpad.cli.tasks import Task

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

ALONE_SECONDS = 0.5
"""Seconds of reading before other processes are started, which takes these a quarter second."""
AHEAD = 3
"""Batches under way for each process."""
MOST_JOBS = 61
"""Windows cannot wait for more processes than this."""

Batches = Iterator[list[Task]]


class LostProcessError(Exception):
    """A process ended before its work was done; the message is a sentence for a person."""


def in_order(
    batches: Batches, answerer: Answerer, jobs: int | None, interruption: Interruption
) -> Generator[Answer, None, None]:
    """Yield the answers to all tasks in their order.

    With one job all is read here, with more in other processes. With None reading begins here, and
    where there is much to do, as many processes as there are cores take over.
    Raises LostProcessError. Closing the iterator ends the processes.
    """
    if jobs is None:
        jobs = core_count()
        if jobs > 1:
            yield from _alone(batches, answerer, ALONE_SECONDS)
    if jobs > 1:
        yield from _together(batches, answerer, min(jobs, MOST_JOBS), interruption)
    else:
        yield from _alone(batches, answerer)


def core_count() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _alone(batches: Batches, answerer: Answerer, seconds: float = float("inf")) -> Iterator[Answer]:
    """Answer in this process, until so many seconds of reading have been spent."""
    spent = 0.0
    for batch in batches:
        answers = answerer.answers_to_all(batch)
        start = time.monotonic()
        for answer in answers:
            spent += time.monotonic() - start
            yield answer
            start = time.monotonic()
        spent += time.monotonic() - start
        if spent >= seconds:
            return


def _together(
    batches: Batches, answerer: Answerer, jobs: int, interruption: Interruption
) -> Iterator[Answer]:
    """Answer in other processes; here, where there can be none."""
    first = next(batches, None)
    if first is None:
        return
    # These take a tenth of the start and are wanted only here.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:
        with interruption.held():  # Else a semaphore that is just being made may stay for ever.
            pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (answerer.options,))
    except (OSError, ImportError):  # A system without semaphores.
        yield from answerer.answers_to_all(first)
        yield from _alone(batches, answerer)
        return
    feeder = _Feeder(batches, pool, jobs)
    try:
        # Within `try`, so that even an interruption waits for a process that is just being started:
        # it looks for things that this process takes away at its end.
        feeder.start(first)
        for answers in feeder.results():
            yield from answers
    except BrokenProcessPool:
        raise LostProcessError(
            "A process that was reading ended unexpectedly; is there too little memory?"
        ) from None
    finally:
        feeder.stop()
        pool.shutdown(cancel_futures=True)


class _Feeder:
    """Hands batches to a pool on a thread of its own, so that answers do not wait for input."""

    def __init__(self, batches: Batches, pool: Executor, jobs: int) -> None:
        self._batches = batches
        self._pool = pool
        self._asked: queue.Queue[Future[list[Answer]] | BaseException | None]
        self._asked = queue.Queue(AHEAD * jobs)
        self._room = threading.Semaphore(AHEAD * jobs)
        self._stopped = False

    def start(self, first: list[Task]) -> None:
        """Hand out a first batch, and then the others as they come."""
        threading.Thread(target=self._feed, args=(first,), daemon=True).start()

    def results(self) -> Iterator[list[Answer]]:
        """Yield the answers to each batch."""
        while (asked := self._asked.get()) is not None:
            if isinstance(asked, BaseException):
                raise asked
            yield asked.result()
            self._room.release()

    def stop(self) -> None:
        """Hand out no more."""
        self._stopped = True
        self._room.release()

    def _feed(self, first: list[Task]) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # The processes start from this thread and inherit its mask: Ctrl+C is for us alone.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            batch: list[Task] | None = first
            while batch is not None:
                self._room.acquire()
                if self._stopped:
                    return
                self._asked.put(self._pool.submit(_answers, batch))
                batch = next(self._batches, None)
        except BaseException as error:
            self._asked.put(error)
        else:
            self._asked.put(None)


_answerer: Answerer | None = None
"""In a process that reads for another."""


def _begin(options: Options) -> None:
    """Prepare a process for reading, and end it should its parent vanish."""
    global _answerer
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _answerer = Answerer(options)


def _end_with_parent() -> None:
    import multiprocessing
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)


def _answers(batch: list[Task]) -> list[Answer]:
    assert _answerer is not None
    return list(_answerer.answers_to_all(batch))
