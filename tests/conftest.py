"""The Hubei report, read and stored once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.graph.statements import Document
from policygraph.loaders.sources import BUNDLED

from . import servers

SHARED = Path(__file__).parents[2] / "shared"

# Fixture → the group of all tests that use it: made once, by one worker.
GROUP_OF_FIXTURE = {"virtuoso_server": "virtuoso", "shared_documents": "shared reports"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "spread: the tests of this file share little; any worker takes any"
    )
    config.addinivalue_line("markers", "long: takes so long that it is to begin first")
    config.addinivalue_line("markers", "xdist_group(name): run by one worker, one after the other")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give out tests by file, so that a module's fixtures are made once; the longest begin first."""
    for item in items:
        for fixture, group in GROUP_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(group))
        if not item.get_closest_marker("spread") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem.removeprefix("test_")))
    items.sort(key=lambda item: not _is_long(item))


def _is_long(item: pytest.Item) -> bool:
    group = item.get_closest_marker("xdist_group")
    is_shared = group is not None and group.args[0] in GROUP_OF_FIXTURE.values()
    return is_shared or item.get_closest_marker("long") is not None


def absent(what: str) -> None:
    """Skip on a user's machine, fail in CI, where everything is to be installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not there, and .ci/run is to install it")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="session")
def hubei() -> Document:
    return read(BUNDLED)


@pytest.fixture(scope="session")
def graph(hubei: Document) -> Graph:
    graph_of_hubei = Graph.open()
    graph_of_hubei.add(hubei)
    return graph_of_hubei


@pytest.fixture(scope="session")
def hubei_graph(graph: Graph) -> Graph:
    return graph


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "contract").is_dir():
        pytest.skip("other reports and their gold (../shared) are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def shared_documents(shared: Path) -> tuple[Document, ...]:
    """Every report beside this checkout, read once."""
    return tuple(read(path) for path in sorted((shared / "reports").rglob("*.txt")))


@pytest.fixture(scope="session")
def java() -> str:
    found = shutil.which("java")
    if not found:
        absent("Java")
    assert found
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found or not shutil.which("chromedriver"):
        absent("Chromium with chromedriver")
    assert found
    return found


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "db") as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso") / "db") as server:
        yield server
