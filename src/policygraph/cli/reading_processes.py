"""Does jobs of reading in several processes; their results come in the order of the jobs.

A job is a source, or several that make a shard."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from policygraph.cli.source_reading import ReadSettings
from policygraph.errors import PolicygraphError
from policygraph.ontology.vocabulary import extended

AHEAD = 2  # jobs given to a process at once: the one it does and the next
BUFFERED = 12  # jobs a process may be ahead of the one that is written

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Job, ReadSettings], Result]


@dataclass(frozen=True, slots=True)
class Ended:
    """In place of a result: the process that did the job ended, and how."""

    how: str


def read_in_processes(
    work: Work[Job, Result], jobs: Sequence[Job], settings: ReadSettings, workers: int
) -> Iterator[Result | Ended]:
    """Do jobs in so many processes, which end with the iteration, however it ends.

    Raises the PolicygraphError of a job.
    """
    pool = ReadingProcesses(work, jobs, settings, workers)
    try:
        yield from pool.results()
    finally:
        pool.end()


class ReadingProcesses(Generic[Job, Result]):
    """Processes that read, and a thread that gives them jobs and takes what they have read."""

    def __init__(
        self, work: Work[Job, Result], jobs: Sequence[Job], settings: ReadSettings, workers: int
    ) -> None:
        self._work, self._settings = work, settings
        self._count = len(jobs)
        self._waiting: deque[tuple[int, Job]] = deque(enumerate(jobs))
        self._done: queue.Queue[tuple[int, Result | Ended | PolicygraphError]] = queue.Queue()
        # Held by each job that was given out and is not yielded: memory stays flat.
        self._room = threading.Semaphore(BUFFERED * workers)
        self._ended = threading.Event()
        self._wake, self._woken = multiprocessing.Pipe()
        resource_tracker.ensure_running()  # which would let interrupts through again
        with _interrupts_blocked():
            self._processes = [self._process() for _ in range(workers)]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _process(self) -> ReadingProcess[Job]:
        return ReadingProcess(self._work, self._settings)

    def results(self) -> Iterator[Result | Ended]:
        """What came of each job, in order."""
        early: dict[int, Result | Ended | PolicygraphError] = {}
        for number in range(self._count):
            while number not in early:
                place, result = self._done.get()
                early[place] = result
            result = early.pop(number)
            if isinstance(result, PolicygraphError):
                raise result
            yield result
            self._room.release()
            self._wake.send_bytes(b"")

    def end(self) -> None:
        """End the processes, whatever they do; calling it twice is allowed."""
        self._ended.set()
        with suppress(OSError):
            self._wake.send_bytes(b"")
        self._thread.join()
        for process in self._processes:
            process.end()

    def _run(self) -> None:
        """Give out jobs and take results until all are taken or the end is wanted."""
        while not self._ended.is_set():
            self._give_out()
            busy = {process.connection: process for process in self._processes if process.given}
            if not busy and not self._waiting:
                return
            for ready in multiprocessing.connection.wait([*busy, self._woken]):
                if ready is self._woken:
                    self._woken.recv_bytes()
                else:
                    self._take(busy[ready])  # type: ignore[index]

    def _give_out(self) -> None:
        for _ in range(AHEAD):
            for process in self._processes:
                room = len(process.given) < AHEAD and self._waiting
                if room and self._room.acquire(blocking=False):
                    process.give(self._waiting.popleft())

    def _take(self, process: ReadingProcess[Job]) -> None:
        """What a process has read, or that it ended while it read: another takes its place."""
        number, _ = process.given.popleft()
        try:
            self._done.put((number, process.connection.recv()))
        except (EOFError, OSError):
            self._done.put((number, process.ended()))
            for each in reversed(process.given):
                self._waiting.appendleft(each)
                self._room.release()
            place = self._processes.index(process)
            process.end()
            with _interrupts_blocked():
                self._processes[place] = self._process()


class ReadingProcess(Generic[Job]):
    """One process that does the jobs it is given, in order."""

    def __init__(self, work: Work[Job, Any], settings: ReadSettings) -> None:
        # Not forked: the store's threads would not be there.
        context = multiprocessing.get_context("spawn")
        self.connection, its = context.Pipe()
        self.given: deque[tuple[int, Job]] = deque()
        self._process = context.Process(target=serve, args=(its, work, settings), daemon=True)
        self._process.start()
        its.close()

    def give(self, numbered: tuple[int, Job]) -> None:
        """Give it a job; one that has ended is found out when its result is taken."""
        self.given.append(numbered)
        with suppress(OSError):
            self.connection.send(numbered[1])

    def ended(self) -> Ended:
        """How it ended."""
        self._process.join()
        code = self._process.exitcode or 0
        return Ended(signal.Signals(-code).name if code < 0 else f"exit status {code}")

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def serve(connection: Connection, work: Work[Any, Any], settings: ReadSettings) -> None:
    """Do every job that comes, until the other end is closed."""
    with suppress(EOFError, OSError), extended(*settings.vocabularies):
        while True:
            job = connection.recv()
            try:
                connection.send(work(job, settings))
            except PolicygraphError as error:
                connection.send(error)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes started meanwhile get no Ctrl-C, which a terminal sends to all: the first ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
