"""The pages in a real browser, with the network unplugged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from policygraph import Graph, ViewError
from policygraph.viz.page import render
from policygraph.viz.site import write_site
from policygraph.viz.views import CAP, NAMES, VIEWS, view

ARGUMENTS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1400,900"),
)


@pytest.fixture(scope="module")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (*ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(graph.store.select, tmp_path_factory.mktemp("site")).parent


def opened(browser: webdriver.Chrome, page: Path) -> webdriver.Chrome:
    browser.get_log("browser")
    browser.get(page.as_uri())
    WebDriverWait(browser, 30).until(
        lambda b: b.execute_script("return document.documentElement.dataset.drawn !== undefined")
    )
    return browser


@pytest.mark.parametrize("name", NAMES)
def test_a_view_draws_its_nodes_and_asks_nobody(
    browser: webdriver.Chrome, site: Path, graph: Graph, name: str
) -> None:
    opened(browser, site / f"{name}.html")
    nodes = len(view(name, graph.store.select).network)
    assert nodes > 3
    assert browser.execute_script("return document.documentElement.dataset.drawn") == str(nodes)
    painted = browser.execute_script(
        "const c = document.querySelector('canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0;"
        "for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n"
    )
    assert painted > 2000
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
    assert VIEWS[name].question[0] == browser.find_element(By.ID, "question").text


def test_search_filter_and_language_work(browser: webdriver.Chrome, site: Path) -> None:
    opened(browser, site / "responsibility.html")
    browser.find_element(By.ID, "search").send_keys("王蒙徽")
    assert browser.execute_script("return policygraph.network.getSelectedNodes().length") == 1
    assert "王蒙徽" in browser.find_element(By.ID, "detail").text
    browser.find_element(By.CSS_SELECTOR, "input[data-kind=Person]").click()
    hidden = browser.execute_script(
        "return policygraph.nodes.get().filter(n => n.hidden).map(n => n.kind)"
    )
    assert hidden
    assert set(hidden) == {"Person"}
    browser.find_element(By.ID, "language").click()
    assert browser.find_element(By.ID, "question").text == VIEWS["responsibility"].question[1]


def test_a_hostile_label_stays_text(browser: webdriver.Chrome, tmp_path: Path) -> None:
    evil = '</script><img src=x onerror="window.hit=1">'
    pg = "https://w3id.org/policygraph/ontology#"

    def select(sparql: str) -> list[dict[str, str | None]]:
        if "?thing ?label" in sparql:
            return [
                {"thing": iri, "label": evil, "type": pg + "Group"} for iri in ("urn:a", "urn:b")
            ]
        return [{"source": "urn:a", "target": "urn:b", "relation": evil, "quote": evil}]

    page = tmp_path / "evil.html"
    page.write_text(render(view("actors", select)), "utf-8")
    opened(browser, page)
    assert browser.execute_script("return [window.hit, document.images.length]") == [None, 0]


def test_a_view_is_capped_and_says_what_it_left_out() -> None:
    pg = "https://w3id.org/policygraph/ontology#"

    def select(sparql: str) -> list[dict[str, str | None]]:
        if "?thing ?label" in sparql:
            return [
                {"thing": f"urn:{n}", "label": f"甲{n}", "type": pg + "Area"} for n in range(400)
            ]
        return [
            {"source": "urn:0", "target": f"urn:{n}", "relation": "管", "quote": "甲"}
            for n in range(1, 400)
        ]

    held = view("actors", select)
    assert (len(held.network), held.left_out) == (CAP, 400 - CAP)
    assert f'"leftOut":{400 - CAP}' in render(held)


def test_the_same_graph_gives_the_same_page(graph: Graph) -> None:
    for name in NAMES:
        assert render(view(name, graph.store.select)) == render(view(name, graph.store.select))


def test_an_empty_graph_is_an_honest_page(browser: webdriver.Chrome, tmp_path: Path) -> None:
    with Graph.open() as empty:
        index = write_site(empty.store.select, tmp_path)
    assert "The store is empty" in index.read_text("utf-8")
    opened(browser, tmp_path / "actors.html")
    assert "policygraph build" in browser.find_element(By.ID, "empty").text


def test_an_unknown_view_is_refused(graph: Graph) -> None:
    with pytest.raises(ViewError, match="actors"):
        view("nobody", graph.store.select)
