"""The metrics of the service, in the Prometheus format."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


class Metrics:
    """The counters of one service."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "policygraph_requests",
            "Answered requests by route, method and status",
            ("route", "method", "status"),
            registry=registry,
        )
        self.sent = Counter("policygraph_sent_bytes", "Bytes of bodies sent", registry=registry)
        self.seconds = Histogram(
            "policygraph_query_seconds",
            "Seconds from the start of a query to the end of its answer",
            buckets=_SECONDS,
            registry=registry,
        )
        self.running = Gauge(
            "policygraph_queries_running", "Queries that run now", registry=registry
        )
        self.queued = Gauge(
            "policygraph_queries_queued", "Queries that wait for a worker", registry=registry
        )
        self.killed = Counter(
            "policygraph_queries_killed", "Queries ended before their end", registry=registry
        )
        self.writing = Gauge(
            "policygraph_updates_running", "Updates that run now", registry=registry
        )
        self.updates = Counter(
            "policygraph_updates", "Updates by how they ended", ("outcome",), registry=registry
        )

    def text(self) -> bytes:
        """All counters in the Prometheus text format."""
        return generate_latest(self._registry)
