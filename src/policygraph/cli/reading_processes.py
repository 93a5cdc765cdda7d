"""Reads sources in several processes; what they read comes in the order of the sources."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from policygraph.cli.source_reading import ReadSettings, SourceReading, attempt
from policygraph.ontology.vocabulary import extended

AHEAD = 2  # sources given to a process at once: the one it reads and the next
BUFFERED = 12  # sources a process may be ahead of the one that is written

Numbered = tuple[int, Path]


def read_in_processes(
    sources: Sequence[Path], settings: ReadSettings, workers: int
) -> Iterator[SourceReading]:
    """Read sources in so many processes, which end with the iteration, however it ends."""
    pool = ReadingProcesses(sources, settings, workers)
    try:
        yield from pool.readings()
    finally:
        pool.end()


class ReadingProcesses:
    """Processes that read, and a thread that gives them sources and takes what they have read."""

    def __init__(self, sources: Sequence[Path], settings: ReadSettings, workers: int) -> None:
        self._settings = settings
        self._count = len(sources)
        self._waiting: deque[Numbered] = deque(enumerate(sources))
        self._done: queue.Queue[tuple[int, SourceReading]] = queue.Queue()
        # Held by each source that was given out and is not yielded: memory stays flat.
        self._room = threading.Semaphore(BUFFERED * workers)
        self._ended = threading.Event()
        self._wake, self._woken = multiprocessing.Pipe()
        resource_tracker.ensure_running()  # which would let interrupts through again
        with _interrupts_blocked():
            self._processes = [ReadingProcess(settings) for _ in range(workers)]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def readings(self) -> Iterator[SourceReading]:
        """What was read of each source, in order."""
        early: dict[int, SourceReading] = {}
        for number in range(self._count):
            while number not in early:
                place, reading = self._done.get()
                early[place] = reading
            yield early.pop(number)
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
        """Give out sources and take readings until all are taken or the end is wanted."""
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

    def _take(self, process: ReadingProcess) -> None:
        """What a process has read, or that it ended while it read: another takes its place."""
        number, source = process.given.popleft()
        try:
            self._done.put((number, process.connection.recv()))
        except (EOFError, OSError):
            self._done.put((number, process.failure(source)))
            for each in reversed(process.given):
                self._waiting.appendleft(each)
                self._room.release()
            place = self._processes.index(process)
            process.end()
            with _interrupts_blocked():
                self._processes[place] = ReadingProcess(self._settings)


class ReadingProcess:
    """One process that reads what it is given, in order."""

    def __init__(self, settings: ReadSettings) -> None:
        # Not forked: the store's threads would not be there.
        context = multiprocessing.get_context("spawn")
        self.connection, its = context.Pipe()
        self.given: deque[Numbered] = deque()
        self._process = context.Process(target=serve, args=(its, settings), daemon=True)
        self._process.start()
        its.close()

    def give(self, numbered: Numbered) -> None:
        """Give it a source; one that has ended is found out when its reading is taken."""
        self.given.append(numbered)
        with suppress(OSError):
            self.connection.send(numbered[1])

    def failure(self, source: Path) -> SourceReading:
        """What is said of the source in whose reading the process ended."""
        self._process.join()
        code = self._process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        failure = (
            f"{source}: was not read: the process that read it ended ({how}); please report it"
        )
        return SourceReading(str(source), failure=failure, reason=f"the process ended ({how})")

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def serve(connection: Connection, settings: ReadSettings) -> None:
    """Read every source that comes, until the other end is closed."""
    with suppress(EOFError, OSError), extended(*settings.vocabularies):
        while True:
            connection.send(attempt(connection.recv(), settings))


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
