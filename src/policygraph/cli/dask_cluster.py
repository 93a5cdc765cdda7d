"""Does jobs of reading on a Dask cluster that is there (policygraph[dask])."""

from __future__ import annotations

import logging
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, Self

from policygraph.cli.reading_processes import Ended, Job, Result, Work
from policygraph.cli.source_reading import ReadSettings
from policygraph.errors import ClusterError, PolicygraphError
from policygraph.ontology.vocabulary import extended

AHEAD = 3  # jobs a thread of a worker is given at once, so that none waits for the next
SECONDS = 10  # within which the scheduler must answer
_one_at_a_time = (
    threading.Lock()
)  # a worker may have several threads; words are those of its process


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
        try:
            self._client = self._dask.Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            said = str(error) or type(error).__name__
            raise ClusterError(f"{address}: no scheduler of Dask answers: {said}") from error

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
        room = AHEAD * max(1, sum(self._threads()))
        remaining = iter(jobs)
        given: deque[Any] = deque()
        while True:
            for job in islice(remaining, room - len(given)):
                given.append(self._client.submit(on_worker, work, job, settings, pure=False))
            if not given:
                return
            yield self._result(given.popleft())

    def _threads(self) -> list[int]:
        return list(self._client.nthreads().values())

    def _result(self, future: Any) -> Any:
        """What a job gave, or that its workers ended each time."""
        try:
            return future.result()
        except self._dask.scheduler.KilledWorker:
            return Ended("its workers were killed")
        except PolicygraphError:
            raise
        except (self._dask.CancelledError, OSError) as error:
            raise ClusterError(
                f"{self._address}: the scheduler was lost; give the command again: what is whole is kept"
            ) from error
        except Exception as error:
            said = " ".join(str(error).split())[:200]
            raise ClusterError(
                f"{self._address}: a worker cannot do its job: {type(error).__name__}: {said}; install "
                "the same policygraph there"
            ) from error


def on_worker(work: Work[Job, Result], job: Job, settings: ReadSettings) -> Result:
    """Do a job in the process of a worker, with the words of one's own."""
    with _one_at_a_time, extended(*settings.vocabularies):
        return work(job, settings)
