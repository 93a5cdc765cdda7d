"""The SPARQL page in a real browser over the real service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from policygraph import Graph
from policygraph.service.pages.assets import BUNDLE

from .browser import PAINTED, complaints, forget, requested, wait_until
from .conftest import absent
from .service.service_process import Service

EVIL = "<img src=x onerror=window.hit=1>"
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
# Of each fact of a report, the heights its label and its value stand at, a line each.
LINES = """
return [...document.querySelectorAll(".about dt")].map((label) => [label, label.nextElementSibling]
  .map((e) => [...e.getClientRects()].map((box) => box.bottom)));
"""


@pytest.fixture(scope="module")
def graph(hubei_store: Path) -> Iterator[Graph]:
    with Graph.open(hubei_store, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(hubei_service: Service) -> Service:
    if not (BUNDLE / "query.js").is_file():
        absent("the bundle of the SPARQL page (make web)")
    return hubei_service


def wait(browser: webdriver.Chrome, script: str) -> None:
    wait_until(browser, lambda b: b.execute_script(f"return {script}"))


def visit(browser: webdriver.Chrome, site: Service, address: str = "query?lang=zh") -> None:
    browser.get("about:blank")
    forget(browser)
    browser.get(site.address + address)
    wait(browser, "document.documentElement.dataset.ready")


def write(browser: webdriver.Chrome, query: str) -> None:
    browser.execute_script(
        "document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", query
    )


def run(browser: webdriver.Chrome) -> None:
    before = browser.execute_script("return document.documentElement.dataset.answers || '0'")
    browser.find_element(By.ID, "run").click()
    wait(browser, f"(document.documentElement.dataset.answers || '0') !== '{before}'")


def example(browser: webdriver.Chrome, name: str) -> None:
    before = browser.execute_script("return document.documentElement.dataset.answers || '0'")
    browser.find_element(By.CSS_SELECTOR, f"#examples [data-name={name}]").click()
    wait(browser, f"(document.documentElement.dataset.answers || '0') !== '{before}'")


def typed(browser: webdriver.Chrome, *keys: str) -> None:
    browser.execute_script("document.querySelector('.CodeMirror').CodeMirror.focus()")
    browser.switch_to.active_element.send_keys(*keys)


def hints(browser: webdriver.Chrome) -> list[str]:
    wait(browser, "document.querySelectorAll('.CodeMirror-hint').length > 0")
    return [node.text for node in browser.find_elements(By.CSS_SELECTOR, ".CodeMirror-hint")]


def value(browser: webdriver.Chrome) -> str:
    return str(
        browser.execute_script("return document.querySelector('.CodeMirror').CodeMirror.getValue()")
    )


def said(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "answer").text


def test_an_example_runs_and_shows_its_rows(
    browser: webdriver.Chrome, site: Service, graph: Graph
) -> None:
    visit(browser, site)
    example(browser, "money")
    rows = browser.find_elements(By.CSS_SELECTOR, "#answer tbody tr")
    assert len(rows) == len(graph.query("money"))
    assert "4.69亿元" in rows[0].text
    link = rows[0].find_element(By.TAG_NAME, "a").get_attribute("href") or ""
    assert link.startswith(f"{site.address}id/document/")
    columns = [heading.text for heading in browser.find_elements(By.CSS_SELECTOR, "#answer th")]
    assert columns == list(graph.query("money").columns)
    assert complaints(browser) == []


def test_everything_is_asked_of_this_service(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site)
    for name in ("documents", "actors-network", "evidence"):
        example(browser, name)
    wait(browser, "document.readyState === 'complete'")
    urls = requested(browser)
    assert any(url.endswith("/sparql") for url in urls)
    assert any(url.endswith("vis-network.js") for url in urls)
    assert [url for url in urls if not url.startswith((site.address, "blob:"))] == []
    assert complaints(browser) == []


def test_every_example_answers(browser: webdriver.Chrome, site: Service) -> None:
    """All by the text that the page has of them, some by the clicks of a person."""
    visit(browser, site)
    data = json.loads(browser.execute_script('return document.getElementById("data").textContent'))
    texts = {
        query["name"]: query["sparql"] for group in data["examples"] for query in group["queries"]
    }
    buttons = browser.find_elements(By.CSS_SELECTOR, "#examples button")
    assert [button.get_attribute("data-name") for button in buttons] == list(texts)
    assert len(texts) > 20
    for name, text in texts.items():
        assert site.query(text).status == 200, name
    for name in list(texts)[::20]:
        example(browser, name)
        assert not browser.find_element(By.ID, "error").is_displayed(), name
        assert browser.find_element(By.ID, "said").text, name


def test_a_construct_is_drawn_as_a_network(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site)
    example(browser, "posts-network")
    wait(browser, "document.documentElement.dataset.drawn")
    drawn = int(browser.execute_script("return document.documentElement.dataset.drawn"))
    assert drawn > 5
    assert browser.execute_script(PAINTED.replace('"canvas"', '"#network canvas"')) > 2000
    assert f"{drawn} 个节点" in browser.find_element(By.ID, "legend").text
    assert "人物" in browser.find_element(By.ID, "legend").text
    browser.find_element(By.ID, "tab-table").click()
    assert "王蒙徽" in said(browser)
    browser.find_element(By.ID, "tab-raw").click()
    assert said(browser).startswith("<https://w3id.org/policygraph/")


def test_a_large_network_says_what_it_left_out(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site, "query?lang=en")
    write(browser, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o FILTER isIRI(?o) } }")
    run(browser)
    wait(browser, "document.documentElement.dataset.drawn")
    assert "more nodes left out" in browser.find_element(By.ID, "legend").text
    assert int(browser.execute_script("return document.documentElement.dataset.drawn")) <= 150


def test_terms_are_completed_by_name_and_by_label(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site)
    write(browser, "")
    typed(browser, "SELECT * WHERE { ?x pg:indi")
    assert hints(browser)[0].startswith("pg:indicator")
    typed(browser, Keys.ENTER)
    assert value(browser).endswith("?x pg:indicator")
    # The prefix is declared by itself.
    assert value(browser).startswith("PREFIX pg: <https://w3id.org/policygraph/ontology#>")
    typed(browser, " ?y . ?x a pg:Meas")
    assert hints(browser)[0].startswith("pg:Measure举措")
    typed(browser, Keys.ENTER, " ; 指标", Keys.CONTROL, " ")
    assert any(hint.startswith("pg:indicator") for hint in hints(browser))
    assert complaints(browser) == []


def test_terms_of_the_data_are_completed_with_their_number(
    browser: webdriver.Chrome, site: Service, graph: Graph
) -> None:
    # The counts are made in the background; this address waits for them.
    assert site.get("/.well-known/void").status == 200
    visit(browser, site)
    wait(browser, "document.documentElement.dataset.learned")
    write(browser, "")
    typed(browser, "SELECT * WHERE { ?x a pg:Fig")
    figures = graph.info().statements["Figure"]
    wait(browser, f"document.querySelector('.CodeMirror-hint')?.textContent.includes('×{figures}')")
    # Not a term of our ontology: known from the data alone.
    write(browser, "")
    typed(browser, "SELECT * WHERE { ?x org:subO")
    assert any(hint.startswith("org:subOrganizationOf×") for hint in hints(browser))


def test_prefixes_are_completed(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site)
    write(browser, "")
    typed(browser, "PREFIX sko")
    assert hints(browser) == ["skos: <http://www.w3.org/2004/02/skos/core#>"]


def test_an_error_is_shown_as_it_is_with_its_place(
    browser: webdriver.Chrome, site: Service
) -> None:
    visit(browser, site)
    query = "SELECT ?s WHERE {\n  ?s ?p }"
    write(browser, query)
    run(browser)
    shown = browser.find_element(By.ID, "error").text
    assert shown == site.query(query).text.strip()
    assert " 2:" in shown
    place = "document.querySelector('.CodeMirror').CodeMirror.getCursor().line"
    assert browser.execute_script(f"return {place}") == 1
    write(browser, "ASK { ?s ?p ?o }")
    run(browser)
    assert not browser.find_element(By.ID, "error").is_displayed()
    assert said(browser) == "是"


def test_the_keyboard_runs_and_the_address_holds_the_query(
    browser: webdriver.Chrome, site: Service
) -> None:
    visit(browser, site)
    query = 'SELECT ("甲" AS ?名) (2 AS ?n) WHERE { }'.replace("?名", "?name")
    write(browser, query)
    typed(browser, Keys.CONTROL, Keys.ENTER)
    wait(browser, "document.querySelectorAll('#answer tbody tr').length === 1")
    address = browser.current_url
    browser.get("about:blank")
    browser.get(address)
    wait(browser, "document.querySelectorAll('#answer tbody tr').length === 1")
    assert value(browser) == query
    assert browser.find_element(By.CSS_SELECTOR, "#answer td").text == "甲"


def test_the_page_speaks_both_languages(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site)
    assert browser.find_element(By.ID, "run").text == "运行"
    example(browser, "people")
    browser.find_element(By.ID, "language").click()
    assert browser.find_element(By.ID, "run").text == "Run"
    assert "rows" in browser.find_element(By.ID, "said").text
    search = browser.find_element(By.ID, "filter")
    search.send_keys("spent how much")
    found = browser.find_elements(By.CSS_SELECTOR, "#examples button")
    assert [item.get_attribute("data-name") for item in found] == ["money"]
    browser.refresh()
    wait(browser, "document.documentElement.dataset.ready")
    assert browser.execute_script("return document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("name", "suffix", "begins"),
    [
        ("people", "csv", "document,person,"),
        ("people", "json", "{"),
        ("posts-network", "ttl", "@prefix "),
    ],
)
def test_an_answer_is_downloaded(
    browser: webdriver.Chrome, site: Service, downloads: Path, name: str, suffix: str, begins: str
) -> None:
    visit(browser, site)
    example(browser, name)
    browser.find_element(By.CSS_SELECTOR, f"#downloads [data-suffix={suffix}]").click()
    file = downloads / f"policygraph.{suffix}"
    wait_until(browser, lambda _: file.is_file() and file.stat().st_size)
    assert file.read_text("utf-8").startswith(begins)
    file.unlink()


def test_hostile_values_stay_text(browser: webdriver.Chrome, site: Service) -> None:
    visit(browser, site, "query?lang=zh#query=" + quote(f'SELECT ("{EVIL}" AS ?x) WHERE {{ }}'))
    wait(browser, "document.querySelectorAll('#answer tbody tr').length === 1")
    assert said(browser).splitlines()[-1] == EVIL
    write(
        browser,
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> CONSTRUCT { <urn:a> <urn:p> <urn:b> ;"
        f' rdfs:label "{EVIL}" . <urn:b> rdfs:label "{EVIL}" }} WHERE {{ }}',
    )
    run(browser)
    wait(browser, "document.documentElement.dataset.drawn === '2'")
    assert browser.execute_script("return [window.hit, document.images.length]") == [None, 0]
    assert complaints(browser) == []


def test_the_page_fits_a_phone(browser: webdriver.Chrome, site: Service) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        for address in (
            "query?lang=zh",
            "?lang=zh",
            "queries/money?lang=en",
            "id/area/420000",
        ):
            browser.get(site.address + address)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        visit(browser, site)
        browser.find_element(By.ID, "choose").click()
        example(browser, "people")
        assert "王蒙徽" in said(browser)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def report_address(site: Service) -> str:
    document = site.get("/queries/documents", "text/csv").text.splitlines()[1]
    return document.partition(",")[0].replace("https://w3id.org/policygraph/", site.address)


def test_a_fact_of_a_report_begins_on_the_line_of_its_label(
    browser: webdriver.Chrome, site: Service
) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        for language in ("zh", "en"):
            browser.get(f"{report_address(site)}?lang={language}")
            lines = browser.execute_script(LINES)
            assert len(lines) == 5
            assert all(label == [value[0]] for label, value in lines), lines
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_report_is_read_with_marks_switched_off(
    browser: webdriver.Chrome, site: Service
) -> None:
    """The ticks work by style alone: the page runs no script."""
    browser.get(report_address(site))
    figure = browser.find_element(By.CSS_SELECTOR, "article a.figure")
    before = figure.value_of_css_property("font-weight")
    browser.find_element(By.CSS_SELECTOR, "label.figures").click()
    assert (before, figure.value_of_css_property("font-weight")) == ("600", "400")
    figure.click()
    assert browser.find_element(By.CSS_SELECTOR, ".passage mark").text
    assert complaints(browser) == []
