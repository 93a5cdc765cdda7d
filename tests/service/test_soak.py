"""Many clients at once: each gets what it asked for, whole, or a limit with its reason."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import soak
import soak_tasks

from policygraph import Graph

from .service_process import Service, service

QUIET = 90  # seconds within which all that clients left behind is to be gone


@pytest.mark.parametrize(
    ("clients", "requests", "seconds", "options"),
    [(8, 8, 1, ()), (32, 2, 1, ("--workers", "1", "--queue", "2"))],
)
def test_every_answer_is_whole_or_an_announced_limit(
    store: Path, clients: int, requests: int, seconds: int, options: tuple[str, ...]
) -> None:
    with Graph.open(store, read_only=True) as graph:
        tasks = soak_tasks.tasks(graph.store)
    with service(store, "--seconds", str(seconds), *options) as served:
        tasks = soak.learn(served.address, tasks)
        before = left(served)
        tally = soak.run(served.address, tasks, clients, lambda done: done < requests, seconds)
        assert tally.faults == []
        assert sum(tally.answers.values()) == clients * requests
        assert set(tally.seconds) == {task.name for task in tasks}
        assert tally.answers["endless", "503"] == len(tally.seconds["endless"]) > 0
        deadline = time.monotonic() + QUIET
        while left(served) > before:
            assert time.monotonic() < deadline, (before, left(served))
            with suppress(subprocess.TimeoutExpired):
                served.process.wait(0.05)


def left(served: Service) -> tuple[float, int, int]:
    """Queries that run or wait, then workers, then open files and connections of the service."""
    kinds = ("policygraph_queries_running ", "policygraph_queries_queued ")
    lines = served.get("/metrics").text.splitlines()
    busy = sum(float(line.split()[1]) for line in lines if line.startswith(kinds))
    process = psutil.Process(served.process.pid)
    return busy, len(process.children()), process.num_fds()
