"""Two services every test may read from: a read-only one of the bundled report, and one to write to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .service_process import Service, service


@pytest.fixture(scope="session")
def store(hubei_store: Path) -> Path:
    return hubei_store


@pytest.fixture(scope="session")
def reading(hubei_service: Service) -> Service:
    return hubei_service


@pytest.fixture(scope="session")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("written") / "store"
    with service(path, "--allow-update", "--workers", "1") as served:
        yield served
