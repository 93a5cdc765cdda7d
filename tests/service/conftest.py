"""Two services every test may read from: a read-only one of the bundled report, and one to write to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.graph.statements import Document

from .service_process import Service, service


@pytest.fixture(scope="session")
def store(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "store"
    with Graph.open(path) as graph:
        graph.add(hubei)
    return path


@pytest.fixture(scope="session")
def reading(store: Path) -> Iterator[Service]:
    with service(store) as served:
        yield served


@pytest.fixture(scope="session")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("written") / "store"
    with service(path, "--allow-update") as served:
        yield served
