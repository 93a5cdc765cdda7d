"""The pages in a real browser, with the network unplugged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from policygraph import Graph, ViewError
from policygraph.graph.statements import Document
from policygraph.viz import views
from policygraph.viz.layout import UNKNOWN, layered, level_of, spring
from policygraph.viz.network_page import render
from policygraph.viz.node_styles import NODE_STYLES, extent, wrap
from policygraph.viz.site import index_page, write_site
from policygraph.viz.views import CAP, NAMES, RELATIONS, VIEWS, view

from .browser import PAINTED, complaints, forget, open_view, requested

PG = "https://w3id.org/policygraph/ontology#"
EVIL = '</script><img src=x onerror="window.hit=1">'
Rows = list[dict[str, str | None]]


@pytest.fixture(scope="module")
def report(hubei: Document) -> Document:
    return hubei


@pytest.fixture(scope="module")
def graph(report: Document) -> Iterator[Graph]:
    with Graph.open() as opened:
        opened.add(report)
        yield opened


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(graph.store.select, tmp_path_factory.mktemp("site")).parent


def answers(things: dict[str, tuple[str, str]], rows: Rows) -> Callable[[str], Rows]:
    """A store that knows these things (label and type) and gives these rows for every view."""

    def select(sparql: str) -> Rows:
        if "?thing ?label" in sparql:
            return [
                {"thing": iri, "label": label, "type": PG + kind}
                for iri, (label, kind) in things.items()
            ]
        return rows

    return select


def row(source: str, target: str | None, words: str = "帮扶") -> dict[str, str | None]:
    return {"source": source, "target": target, "relation": words, "quote": words}


def test_relations_that_no_verb_tells_have_english_names() -> None:
    folder = Path(views.__file__).parent / "sparql"
    told = re.findall(
        r'BIND \("([^"]+)" AS \?relation\)',
        "".join(f.read_text("utf-8") for f in folder.glob("*.rq")),
    )
    assert set(told) == set(RELATIONS)


@pytest.mark.parametrize("name", NAMES)
def test_a_view_draws_its_nodes_and_asks_nobody(
    browser: webdriver.Chrome, site: Path, graph: Graph, name: str
) -> None:
    open_view(browser, site / f"{name}.html")
    nodes = len(view(name, graph.store.select).network)
    assert nodes > 3
    assert browser.execute_script("return policygraph.nodes.length") == nodes
    assert browser.execute_script("return document.documentElement.dataset.drawn") == str(nodes)
    assert browser.execute_script(PAINTED) > 2000
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert requested(browser) == []
    assert complaints(browser) == []
    assert VIEWS[name].question[0] == browser.find_element(By.ID, "question").text


@pytest.mark.parametrize("name", NAMES)
def test_no_two_labels_of_a_view_overlap(graph: Graph, name: str) -> None:
    drawn = view(name, graph.store.select)
    place = layered if drawn.question.layered else spring
    boxes = [
        (x, y, *extent(drawn.network.nodes[node]["label"], drawn.network.nodes[node]["type"]))
        for node, (x, y) in place(drawn.network).positions.items()
    ]
    for at, (x, y, wide, tall) in enumerate(boxes):
        for other_x, other_y, other_wide, other_tall in boxes[at + 1 :]:
            beside = abs(x - other_x) >= (wide + other_wide) / 2
            assert beside or abs(y - other_y) >= (tall + other_tall) / 2


def test_the_legend_names_every_type_that_is_drawn(browser: webdriver.Chrome, site: Path) -> None:
    open_view(browser, site / "actors.html", "?lang=en")
    drawn = browser.execute_script("return [...new Set(policygraph.nodes.get().map(n => n.kind))]")
    legend = browser.find_element(By.ID, "legend").text
    assert drawn
    assert all(NODE_STYLES[kind].en in legend for kind in drawn)


def test_search_filter_and_language_work(browser: webdriver.Chrome, site: Path) -> None:
    open_view(browser, site / "responsibility.html")
    search = browser.find_element(By.ID, "search")
    search.send_keys("王蒙徽")
    assert browser.execute_script("return policygraph.network.getSelectedNodes().length") == 1
    detail = browser.find_element(By.ID, "detail").text
    assert "王蒙徽" in detail
    assert "中共湖北省委书记" in detail
    search.clear()
    search.send_keys("没有这个名字")
    assert browser.find_element(By.ID, "found").text == "没有找到"
    browser.find_element(By.CSS_SELECTOR, "input[data-kind=Person]").click()
    hidden = browser.execute_script(
        "return policygraph.nodes.get().filter(n => n.hidden).map(n => n.kind)"
    )
    assert hidden
    assert set(hidden) == {"Person"}
    browser.find_element(By.ID, "language").click()
    assert browser.find_element(By.ID, "question").text == VIEWS["responsibility"].question[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_link_carries_the_words_of_the_text(graph: Graph, report: Document, name: str) -> None:
    for _, _, edge in view(name, graph.store.select).network.edges(data=True):
        # Where an area lies is known from the register, whether the text says it or not.
        assert edge["quotes"] or edge["relations"] == ["属于"]
        assert all(quote in report.text for quote in edge["quotes"])


def test_a_hostile_label_stays_text(browser: webdriver.Chrome, tmp_path: Path) -> None:
    things = {"urn:a": (EVIL, "Group"), "urn:b": (EVIL, "Area")}
    rows = [row("urn:a", "urn:b", EVIL), {**row("urn:a", None, EVIL), "matter": EVIL}]
    page = tmp_path / "evil.html"
    page.write_text(render(view("actors", answers(things, rows))), "utf-8")
    open_view(browser, page)
    browser.find_element(By.ID, "search").send_keys("onerror")
    assert browser.execute_script("return policygraph.network.getSelectedNodes().length") == 3
    assert browser.execute_script("return [window.hit, document.images.length]") == [None, 0]
    assert browser.execute_script("return policygraph.nodes.get('urn:b').name") == EVIL
    assert complaints(browser) == []


def test_a_hostile_title_stays_text_on_the_index(browser: webdriver.Chrome, tmp_path: Path) -> None:
    names = ("document", "title", "issuer", "issued", "area", "period")

    def select(sparql: str) -> Rows:
        return [dict.fromkeys(names, EVIL)] if "dcterms:title" in sparql else []

    page = tmp_path / "index.html"
    page.write_text(index_page(select), "utf-8")
    browser.get(page.as_uri())
    assert browser.find_element(By.TAG_NAME, "h1").text == EVIL
    assert browser.execute_script("return [window.hit, document.images.length]") == [None, 0]


def test_a_view_is_capped_and_says_what_it_left_out(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    things = {f"urn:{n:03}": (f"甲{n}", "Area") for n in range(400)}
    rows = [row("urn:000", f"urn:{n:03}") for n in range(1, 300)]
    rows += [row("urn:300", f"urn:{n:03}") for n in range(301, 304)]
    capped = view("actors", answers(things, rows))
    assert (len(capped.network), capped.left_out) == (CAP, 304 - CAP)
    # The few links of a small node are not crowded out by those of a large one.
    assert {f"urn:{n}" for n in range(300, 304)} <= set(capped.network)
    page = tmp_path / "capped.html"
    page.write_text(render(capped), "utf-8")
    open_view(browser, page)
    assert f"另有 {304 - CAP} 个节点未画出" in browser.find_element(By.ID, "legend").text


def test_the_same_graph_gives_the_same_page(graph: Graph) -> None:
    for name in NAMES:
        assert render(view(name, graph.store.select)) == render(view(name, graph.store.select))
    assert index_page(graph.store.select) == index_page(graph.store.select)


def test_an_empty_graph_is_an_honest_page(browser: webdriver.Chrome, tmp_path: Path) -> None:
    with Graph.open() as empty:
        index = write_site(empty.store.select, tmp_path)
    assert "The store is empty" in index.read_text("utf-8")
    for name in NAMES:
        open_view(browser, tmp_path / f"{name}.html")
        assert "policygraph build" in browser.find_element(By.ID, "empty").text
        assert complaints(browser) == []


def test_the_index_speaks_both_languages_and_leads_to_the_views(
    browser: webdriver.Chrome, site: Path
) -> None:
    forget(browser)
    browser.get((site / "index.html").as_uri())
    assert "湖北省乡村振兴局" in browser.find_element(By.CLASS_NAME, "facts").text
    assert requested(browser) == []
    assert complaints(browser) == []
    browser.find_element(By.ID, "language").click()
    shown = browser.find_element(By.TAG_NAME, "main").text
    assert "Networks" in shown
    assert "关系网络" not in shown
    browser.find_element(By.CSS_SELECTOR, ".cards a").click()
    assert browser.find_element(By.ID, "question").text == VIEWS["actors"].question[1]


def test_an_unknown_view_is_refused(graph: Graph) -> None:
    with pytest.raises(ViewError, match=", ".join(NAMES)):
        view("nobody", graph.store.select)


def test_a_long_label_is_folded_and_cut() -> None:
    assert wrap("湖北省") == "湖北省"
    assert wrap("239.82亿元 财政衔接资金") == "239.82亿元\n财政衔接资金"
    assert wrap("中" * 40) == "中" * 9 + "\n" + "中" * 9 + "\n" + "中" * 8 + "…"


@pytest.mark.parametrize(
    ("label", "kind", "level"),
    [
        ("国务院", "Organization", 0),
        ("中共湖北省委员会", "Organization", 1),
        ("红安县", "Area", 3),
        ("工作专班", "Organization", UNKNOWN),
    ],
)
def test_a_body_stands_on_its_level(label: str, kind: str, level: int) -> None:
    assert level_of(label, kind) == level
