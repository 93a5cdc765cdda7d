"""The Hubei report, read and stored once."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from policygraph import Graph, read
from policygraph.cli import COLLECTED
from policygraph.graph.statements import Document
from policygraph.loaders.sources import BUNDLED

from . import servers
from .browser import chromium_at, find_chromium
from .service.service_process import Service, service

# Compiled modules are kept: the tests start this program hundreds of times, and each would compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# Files whose tests take longest begin first; those of BROWSER share one browser; those of SPREAD share nothing: any
# worker takes any of them.
LONG = (
    *("test_accessibility.py", "test_stores.py", "test_reference.py", "test_web_query.py"),
    *("test_limits.py", "test_other_reports.py", "test_shapes.py", "test_schemathesis.py"),
    *("test_journeys.py", "test_web_pages.py", "test_cli.py", "test_writing.py", "test_build.py"),
    *(
        "test_kills.py",
        "test_corpus_kills.py",
        "test_openrefine.py",
        "test_soak.py",
        "test_robust.py",
    ),
)
BROWSER = (
    *("test_accessibility.py", "test_journeys.py", "test_network.py"),
    *("test_reference.py", "test_viz.py", "test_web_query.py"),
)
REPORTS = (
    "test_other_reports.py",
    "test_plain_sparql.py",
)  # share the reports beside this checkout
SPREAD = ("test_build.py", "test_kills.py", "test_robust.py", "test_soak.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker begins one when the others have ended."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the command does: what is collected and read stays until the end."""
    gc.set_threshold(*COLLECTED)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give out tests by groups, in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return ByGroup(config, log)


def group_of(nodeid: str) -> str:
    """The tests one worker runs: a file, which makes its fixtures once; all that need a browser, Virtuoso, the wheel
    or all reports; one store."""
    file, _, test = nodeid.partition("::")
    name = file.rpartition("/")[2]
    for shared in ("virtuoso", "wheel"):
        if shared in test:
            return shared
    if name in BROWSER:
        return "browser"
    if name in REPORTS:
        return "reports"
    if name == "test_stores.py":
        store = re.search(r"\[([^]-]+)", test)
        return f"{file} {store[1] if store else ''}"
    return nodeid if name in SPREAD else file


def absent(what: str) -> None:
    """Skip on a user's machine, fail in CI, where everything is to be installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not there, and .ci/run is to install it")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="session")
def hubei() -> Document:
    return read(BUNDLED)


@pytest.fixture(scope="session")
def short() -> Document:
    """Passages of the bundled report in which every named query that finds something in it finds something."""
    return read(Path(__file__).parent / "data" / "hubei-2022-short.txt")


@pytest.fixture(scope="session")
def graph(hubei: Document) -> Graph:
    graph_of_hubei = Graph.open()
    graph_of_hubei.add(hubei)
    return graph_of_hubei


@pytest.fixture(scope="session")
def hubei_graph(graph: Graph) -> Graph:
    return graph


@pytest.fixture(scope="session")
def hubei_store(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the bundled report; nobody writes to it."""
    path = tmp_path_factory.mktemp("served") / "store"
    with Graph.open(path) as graph:
        graph.add(hubei)
    return path


@pytest.fixture(scope="session")
def hubei_service(hubei_store: Path) -> Iterator[Service]:
    """A read-only service of the bundled report."""
    with service(hubei_store) as served:
        yield served


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser puts what it downloads."""
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def browser(
    tmp_path_factory: pytest.TempPathFactory, downloads: Path
) -> Iterator[webdriver.Chrome]:
    """One browser for all tests of a worker; each opens its page anew."""
    with chromium_at(find_chromium(), tmp_path_factory.mktemp("chromium")) as driver:
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        yield driver


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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it, with the tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "-w", str(folder), str(ROOT)], capture_output=True, text=True, check=False
    )
    if "SPARQL page was not built" in done.stderr + done.stdout:
        pytest.skip("the SPARQL page cannot be built: no npm, or its registry is out of reach")
    assert done.returncode == 0, done.stderr[-800:]
    (path,) = folder.glob("policygraph-*.whl")
    return path


@pytest.fixture(scope="session")
def java() -> str:
    found = shutil.which("java")
    if not found:
        absent("Java")
    assert found
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_chromium()


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "db") as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso") / "db") as server:
        yield server
