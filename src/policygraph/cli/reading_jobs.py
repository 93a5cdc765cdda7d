"""Where jobs of reading are done: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from policygraph.cli.reading_processes import Ended, Job, Result, Work, read_in_processes
from policygraph.cli.source_reading import ReadSettings


class JobRunner(Protocol):
    """Does jobs; the result of each, in order, or that its process ended each time."""

    def __call__(self, work: Work[Job, Result], jobs: Sequence[Job]) -> Iterator[Result | Ended]:
        """The results, as they come in order. Raises PolicygraphError."""
        ...


@contextmanager
def job_runner(options: argparse.Namespace, settings: ReadSettings) -> Iterator[JobRunner]:
    """The runner that the options --workers and --scheduler choose. Raises UsageError, ClusterError."""
    if options.scheduler:
        from policygraph.cli.dask_cluster import DaskCluster

        with DaskCluster(options.scheduler) as cluster:
            yield lambda work, jobs: cluster.do(work, jobs, settings)
        return

    def do(work: Work[Job, Result], jobs: Sequence[Job]) -> Iterator[Result | Ended]:
        workers = min(options.workers, len(jobs))
        if workers > 1:
            return read_in_processes(work, jobs, settings, workers)
        return run_in_this_process(settings)(work, jobs)

    yield do


def run_in_this_process(settings: ReadSettings) -> JobRunner:
    """The runner that does jobs in this process, one after the other."""

    def do(work: Work[Job, Result], jobs: Sequence[Job]) -> Iterator[Result | Ended]:
        return (work(job, settings) for job in jobs)

    return do
