"""axe-core on every kind of page, in both languages and both colour schemes: nothing but what is minor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium import webdriver

from policygraph.service.pages.assets import BUNDLE

from .browser import complaints, forget, wait_until
from .conftest import ROOT, absent
from .service.service_process import Service

AXE = ROOT / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
REPORT = "id/document/090cb592edbac444"
PAGES = {
    "first page": "",
    "search": "search?q=农村生活污水治理率是多少",
    "queries": "queries/",
    "table": "queries/money?_sort=-value",
    "empty form": "queries/deeds",
    "report": REPORT,
    "thing": "id/area/421222",
    "figure": f"{REPORT}/figure/2093-2101",
    "comparison": "compare?indicator=农村卫生厕所普及率",
    "arithmetic": f"derive?tray={REPORT.rpartition('/')[2]}/2093-2101&add=48.97亿元",
    "map": "map",
    "network": "network?node=https://w3id.org/policygraph/id/area/421222",
    "SPARQL": "query",
    "vocabulary": "vocabulary/kind",
    "catalogue": "catalogue",
    "view": "views/actors",
    "error": "id/nothing",
}
# Colours are looked at in both schemes; all else is the same in both.
RUN = """
const done = arguments[1];
axe.run(document, arguments[0]).then(found => done(found.violations
  .filter(each => each.impact !== "minor")
  .map(each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(" ")}`)));
"""
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="module")
def site(hubei_service: Service) -> Service:
    if not (BUNDLE / "query.js").is_file():
        absent("the bundle of the SPARQL page (make web)")
    if not AXE.is_file():
        absent("axe-core (npm ci --prefix tests/npm --ignore-scripts)")
    return hubei_service


@pytest.fixture(scope="module")
def light_and_dark(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    yield browser
    scheme(browser, "light")


def scheme(browser: webdriver.Chrome, name: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": name}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize(
    ("kind", "page", "language"),
    [
        *((kind, page, language) for kind, page in PAGES.items() for language in ("zh", "en")),
        ("ontology", "ontology", "zh"),  # both languages are in the one page, and it is long
    ],
)
def test_axe_finds_nothing_of_weight(
    light_and_dark: webdriver.Chrome, site: Service, kind: str, page: str, language: str
) -> None:
    browser = light_and_dark
    forget(browser)
    scheme(browser, "light")
    browser.get(f"{site.address}{page}{'&' if '?' in page else '?'}lang={language}")
    wait_until(browser, lambda b: b.execute_script("return document.readyState === 'complete'"))
    browser.execute_script(AXE.read_text("utf-8"))
    assert browser.execute_async_script(RUN, EVERYTHING) == []
    if language == "zh":  # no colour is of one language
        scheme(browser, "dark")
        assert browser.execute_async_script(RUN, COLOURS) == []
    told = [line for line in complaints(browser) if "404" not in line or kind != "error"]
    assert told == []
