"""axe-core on every kind of page, in both languages and both colour schemes: nothing but what is minor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from policygraph import Graph
from policygraph.loaders.reader import read_string
from policygraph.service.pages.assets import BUNDLE

from .browser import complaints, forget, wait_until
from .conftest import ROOT, absent
from .service.service_process import Service, service

AXE = ROOT / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
REPORT = "id/document/090cb592edbac444"
PAGES = {
    "first page": "",
    "search": "search?q=农村生活污水治理率是多少",
    "search, to be worked out": "search?q=经济强市县、省直单位和中央单位一共给了多少钱",
    "search, said near by": "search?q=37个重点帮扶县得到多少钱",
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
RUN = """
const done = arguments[1];
axe.run(document, arguments[0]).then(found => done(found.violations
  .filter(each => each.impact !== "minor")
  .map(each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(" ")}`)));
"""
# Of parts that are made alike, in places that are made alike, the first stays; rows, lists of terms and pictures stay whole.
THIN = """
const kind = (e) => `${e.tagName}.${e.className.baseVal ?? e.className}`;
const seen = new Set();
const thin = (e, way) => {
  const here = `${way}>${kind(e)}`;
  const inner = new Set();
  for (const child of [...e.children]) {
    const shape = thin(child, here);
    if (!e.closest("tr, dl, svg") && seen.has(here + shape)) child.remove();
    seen.add(here + shape);
    inner.add(shape);
  }
  return `<${kind(e)}${[...inner].sort().join("")}>`;
};
thin(document.body, "");
return document.querySelectorAll("*").length;
"""
COLOURS = ["color-contrast", "link-in-text-block"]
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS_ALONE = {**EVERYTHING, "runOnly": COLOURS}
NO_COLOURS = {**EVERYTHING, "rules": {rule: {"enabled": False} for rule in COLOURS}}


@pytest.fixture(scope="module")
def site(hubei_service: Service) -> Service:
    if not (BUNDLE / "query.js").is_file():
        absent("the bundle of the SPARQL page (make web)")
    return hubei_service


@pytest.fixture(scope="module")
def axed(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A browser that gives each page axe-core."""
    if not AXE.is_file():
        absent("axe-core (make ready, with npm)")
    add, remove = ("addScriptToEvaluateOnNewDocument", "removeScriptToEvaluateOnNewDocument")
    script = browser.execute_cdp_cmd(f"Page.{add}", {"source": AXE.read_text("utf-8")})
    yield browser
    browser.execute_cdp_cmd(f"Page.{remove}", script)
    scheme(browser, "light")


def scheme(browser: webdriver.Chrome, name: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": name}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def opened(browser: webdriver.Chrome, site: Service, page: str, language: str) -> None:
    forget(browser)
    scheme(browser, "light")
    browser.get(f"{site.address}{page}{'&' if '?' in page else '?'}lang={language}")
    wait_until(browser, lambda b: b.execute_script("return document.readyState === 'complete'"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "page"), PAGES.items(), ids=PAGES)
def test_axe_finds_nothing_of_weight(
    axed: webdriver.Chrome, site: Service, kind: str, page: str, language: str
) -> None:
    """Colours are looked at in both schemes, of the page in Chinese: they are the same in English."""
    opened(axed, site, page, language)
    if language == "zh":
        assert axed.execute_async_script(RUN, EVERYTHING) == []
        scheme(axed, "dark")
        assert axed.execute_async_script(RUN, COLOURS_ALONE) == []
    else:
        assert axed.execute_async_script(RUN, NO_COLOURS) == []
    told = [line for line in complaints(axed) if "404" not in line or kind != "error"]
    assert told == []


def test_axe_finds_nothing_of_weight_in_the_ontology(axed: webdriver.Chrome, site: Service) -> None:
    """It has hundreds of terms that are made alike, and both languages in one page."""
    opened(axed, site, "ontology", "both")
    assert axed.execute_script(THIN) > 500
    assert axed.execute_async_script(RUN, EVERYTHING) == []
    scheme(axed, "dark")
    assert axed.execute_async_script(RUN, COLOURS_ALONE) == []
    assert complaints(axed) == []


GROWN = (
    "{province}2024年工作总结\n\n2024年，全省粮食产量增长{growth}%，外贸进出口增长{growth}.5%。\n"
)


def test_axe_finds_nothing_of_weight_in_the_table_of_growth(
    axed: webdriver.Chrome, tmp_path: Path
) -> None:
    """Each shade of growth, in both colour schemes."""
    with Graph.open(tmp_path / "store") as graph:
        for growth, province in enumerate(("河北省", "山西省", "江苏省", "浙江省"), 1):
            graph.add(read_string(GROWN.format(province=province, growth=growth)))
    with service(tmp_path / "store", "--workers", "1") as served:
        opened(axed, served, "compare", "zh")
        assert axed.execute_script("return document.querySelectorAll('.grade-4').length") > 0
        assert axed.execute_async_script(RUN, EVERYTHING) == []
        scheme(axed, "dark")
        assert axed.execute_async_script(RUN, COLOURS_ALONE) == []
