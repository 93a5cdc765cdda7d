"""Does jobs of reading on a Dask cluster that is there (policygraph[dask])."""

from __future__ import annotations

import asyncio
import logging
import pickle
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Self

from policygraph.cli.reading_processes import Ended, Job, Result, Work
from policygraph.cli.source_reading import ReadSettings
from policygraph.errors import ClusterError, PolicygraphError
from policygraph.ontology.vocabulary import extended

AHEAD = 3  # jobs a thread of a worker is given at once, so that none waits for the next
SECONDS = 10  # within which the scheduler must answer
# A worker may have several threads, but the vocabularies are those of its process: one job at a time.
_one_at_a_time = threading.Lock()


class DaskCluster:
    """A connection to a scheduler, closed at the end of the with block. Raises ClusterError."""

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError as error:
            raise ClusterError("--scheduler needs Dask: pip install 'policygraph[dask]'") from error
        for name in filter(re.compile("distributed").match, logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is told once, by us
        self._dask: Any = distributed  # which has no types
        self._address = address
        self._room, self._room_at = 0, -1.0  # how many jobs may be with the cluster, and since when
        self._waits = False  # whether it was told that there is no worker
        try:
            kind = asyncio.run(self._kind())
            if kind != "Scheduler":
                raise ValueError(f"it is a {kind.lower()}")
            self._client = self._dask.Client(address, timeout=SECONDS, set_as_default=False)
        except Exception as error:  # what is no scheduler may answer anything
            said = str(error) or f"nothing within {SECONDS} seconds"
            raise ClusterError(f"{address}: no scheduler of Dask answers: {said}") from error

    async def _kind(self) -> str:
        """What answers at the address; a client would wait for it without end."""
        arguments = self._dask.Security().get_connection_args("client")
        async with self._dask.rpc(
            self._address, timeout=SECONDS, connection_args=arguments
        ) as found:
            told = await asyncio.wait_for(found.identity(), SECONDS)
        return str(told["type"])

    def __enter__(self) -> Self:
        """The connection itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; the cluster stays, and what it was given is taken back."""
        self._client.close(timeout=SECONDS)

    def do(
        self, work: Work[Job, Result], jobs: Sequence[Job], settings: ReadSettings
    ) -> Iterator[Result | Ended]:
        """The result of each job, in order; some jobs for each thread are with the cluster at once.

        Raises PolicygraphError of a job, ClusterError where the scheduler is lost.
        """
        remaining = iter(jobs)
        given: deque[Any] = deque()
        while True:
            for job in islice(remaining, max(0, self._has_room() - len(given))):
                call = pickle.dumps(Call(work, job, settings))
                given.append(self._client.submit(pickle.loads, call, pure=False))
            if not given:
                return
            yield self._result(given.popleft())

    def _has_room(self) -> int:
        """How many jobs may be with the cluster at once, whose workers come and go."""
        if time.monotonic() > self._room_at + SECONDS:
            self._room = AHEAD * max(1, self._threads())
            self._room_at = time.monotonic()
        return self._room

    def _threads(self) -> int:
        return sum(self._client.nthreads().values())

    def _result(self, future: Any) -> Any:
        """What a job gave, or that its workers ended each time."""
        try:
            return self._waited_for(future)
        except self._dask.scheduler.KilledWorker:
            return Ended("its workers were killed")
        except PolicygraphError:
            raise
        except Exception as error:
            if future.status != "error":
                raise ClusterError(
                    f"{self._address}: the scheduler was lost; give the command again: what is whole is kept"
                ) from error
            said = " ".join(str(error).split())[:200]
            raise ClusterError(
                f"{self._address}: a worker cannot do its job: {type(error).__name__}: {said}; install "
                "the same policygraph there"
            ) from error

    def _waited_for(self, future: Any) -> Any:
        """What a job gave; where no worker is there, it is told that one is waited for."""
        while True:
            try:
                return future.result(timeout=SECONDS)
            except TimeoutError:
                if future.status == "error":
                    raise
                if not self._waits and not self._threads():
                    self._waits = True
                    print(
                        f"policygraph: {self._address}: has no worker yet; waiting for one",
                        file=sys.stderr,
                    )


@dataclass(frozen=True)
class Call:
    """A job that is done by unpickling it.

    So only the worker that does it needs policygraph; one without says so, where a function would have
    ended it in silence.
    """

    work: Any
    job: Any
    settings: ReadSettings

    def __reduce__(self) -> tuple[Any, ...]:
        """What unpickling does."""
        return on_worker, (self.work, self.job, self.settings)


def on_worker(work: Work[Job, Result], job: Job, settings: ReadSettings) -> Result:
    """Do a job in the process of a worker, with the words of one's own."""
    with _one_at_a_time, extended(*settings.vocabularies):
        return work(job, settings)
