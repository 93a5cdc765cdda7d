"""Settings given when the service is started: addresses, limits, who may write."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from policygraph.ontology.iris import CC_BY, DEFAULT_BASE

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def quarter_of_memory() -> int:
    """A quarter of the machine's memory in bytes; 0, no limit, where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    except (AttributeError, ValueError, OSError):
        return 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one request. Rows, bytes and seconds are of one answer; 0 is no limit.

    ``request_seconds`` is the time a client may take for the head of a request, and for each pause in
    its body; ``connections`` how many one address may have open; ``memory`` the bytes
    one worker may take beyond what it starts with.
    """

    seconds: float = 30.0
    rows: int = 1_000_000
    bytes: int = 1 << 30
    workers: int = 2
    queue: int = 32
    stall: float = 60.0
    body: int = 1 << 20
    upload: int = 64 << 20
    url: int = 16 << 10
    request_seconds: float = 30.0
    connections: int = 256
    memory: int = field(default_factory=quarter_of_memory)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service answers; ``base`` is the base of the IRIs in the store.

    ``root_path`` is the path a reverse proxy serves it under, empty or such as ``/pg``; the proxies
    that may tell it are those of loopback and the ``trusted_proxies``.

    The two addresses belong to a store that is a server: where it takes updates and whole graphs.
    ``licence`` (an IRI) and ``publisher`` (a name) are what the catalogue says of the data.
    """

    base: str = DEFAULT_BASE
    allow_update: bool = False
    token: str = ""
    services: tuple[str, ...] = ()
    root_path: str = ""
    trusted_proxies: tuple[str, ...] = ()
    update_url: str = ""
    graph_store_url: str = ""
    licence: str = CC_BY
    publisher: str = "policygraph"
    limits: Limits = field(default_factory=Limits)
