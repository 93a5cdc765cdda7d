"""The reference pages of the ontology and its vocabularies, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from build_docs import build
from selectolax.lexbor import LexborHTMLParser
from selenium import webdriver
from selenium.webdriver.common.by import By

from policygraph import Graph, VocabularyError
from policygraph.graph.statements import Document
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.vocabulary import FOLDER
from policygraph.queries.standard_profile import materialise
from policygraph.viz.reference import Links, render_ontology, render_vocabulary, vocabularies
from policygraph.viz.reference.drawing import Card, Row
from policygraph.viz.reference.ontology import ontology
from policygraph.viz.reference.sample import Sample
from policygraph.viz.reference.site import pages
from policygraph.viz.reference.svg import draw
from policygraph.viz.reference.turtle_index import PROFILE, Resource, Value, constraints, read
from policygraph.viz.reference.vocabularies import Scheme, schemes

from .browser import complaints, forget, requested, wait_until

EVIL = "</title><script>window.hit=1</script>\"'><img src=x onerror=alert(1)>"
LANGUAGES = ("zh", "en", "both")
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
# Of every diagram, the labels whose boxes share more than a hair.
OVERLAPS = """
return [...document.querySelectorAll("svg.diagram")].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("text")].filter((t) => t.textContent)
    .map((t) => [t.textContent, t.getBoundingClientRect()]).filter(([, b]) => b.width);
  return boxes.flatMap(([name, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)
    .map(([other]) => `${name} / ${other}`));
});
"""
# Of every diagram, the labels that run out of the picture.
CUT_OFF = """
return [...document.querySelectorAll("svg.diagram")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((t) => {
    const b = t.getBoundingClientRect();
    return b.width && (b.left < frame.left - 1 || b.right > frame.right + 1);
  }).map((t) => t.textContent);
});
"""
# The pictures of which a part of the name, which other elements hold, is not there or empty.
UNTITLED = """
return [...document.querySelectorAll("svg.diagram")].filter((svg) => {
  const labels = (svg.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  return !labels.length || labels.some((id) => !document.getElementById(id)?.textContent);
}).map((svg) => svg.id);
"""
SHOWN = """
return [...document.querySelectorAll(arguments[0])].filter((e) => e.offsetParent).map((e) => e.id);
"""
WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"


@pytest.fixture(scope="module")
def standard(hubei: Document) -> Iterator[Graph]:
    """The bundled report with its standard profile."""
    with Graph.open() as graph:
        graph.add(hubei)
        materialise(graph.store)
        yield graph


@pytest.fixture(scope="module")
def sample(standard: Graph) -> Sample:
    return Sample(standard.store.select)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("reference")).parent


def open_page(browser: webdriver.Chrome, page: Path, language: str = "both") -> None:
    forget(browser)
    browser.get(f"{page.as_uri()}?lang={language}")


def narrow(browser: webdriver.Chrome, size: dict[str, Any] | None) -> None:
    if size is None:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    else:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def choose(browser: webdriver.Chrome, language: str) -> None:
    """Press a button of the page's languages."""
    browser.find_element(By.CSS_SELECTOR, f"[data-choose={language}]").click()


def reopen(browser: webdriver.Chrome, page: Path, language: str) -> None:
    """Open a page anew, in the language it has kept: Chromium hands this to a new process after a moment."""

    def shows(browser: webdriver.Chrome) -> bool:
        browser.get(page.as_uri())
        return bool(browser.execute_script("return document.documentElement.lang") == language)

    wait_until(browser, shows)


def shown(browser: webdriver.Chrome, selector: str) -> list[str]:
    texts: list[str] = browser.execute_script(SHOWN, selector)
    return texts


def test_every_term_is_on_the_page_in_both_languages(browser: webdriver.Chrome, site: Path) -> None:
    open_page(browser, site / "index.html")
    said = browser.execute_script(
        """return Object.fromEntries([...document.querySelectorAll(".term")].map((e) =>
        [e.id, [".zh", ".en"].map((side) => e.querySelector(`.pair ${side}`).textContent)]))"""
    )
    for name, (_, zh, en, *_) in DECLARED.items():
        assert zh in said[name][0], name
        assert en in said[name][1], name
    assert requested(browser) == []
    assert complaints(browser) == []


def test_every_comment_of_the_file_is_on_the_page(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    texts = [
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("'", "&#x27;")
        .replace('"', "&quot;")
        for term in ontology().terms.values()
        for text in term.comment
        if text
    ]
    assert len(texts) > 2 * 100
    assert [text for text in texts if text not in page] == []


def test_an_anchor_leads_to_its_term(browser: webdriver.Chrome, site: Path) -> None:
    forget(browser)
    browser.get(f"{(site / 'index.html').as_uri()}#Figure")
    target = browser.execute_script("return document.querySelector(':target').textContent")
    assert "pg:Figure" in target
    ids = browser.execute_script("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", ["vocabulary/unit.html", "vocabulary/merge.html"])
def test_a_page_asks_nobody_and_complains_of_nothing(
    browser: webdriver.Chrome, site: Path, page: str
) -> None:
    open_page(browser, site / page)
    assert requested(browser) == []
    assert complaints(browser) == []


def test_a_choice_of_language_shows_that_language_and_is_remembered(
    browser: webdriver.Chrome, site: Path
) -> None:
    page = site / "vocabulary" / "status.html"
    open_page(browser, page)
    for choice, there, gone, tag in (
        ("en", "planned", "计划", "en"),
        ("zh", "计划", "planned", "zh-Hans"),
    ):
        choose(browser, choice)
        reopen(browser, page, tag)
        text = browser.find_element(By.CSS_SELECTOR, "#planned .names").text
        assert there in text
        assert gone not in text
    choose(browser, "both")
    text = browser.find_element(By.CSS_SELECTOR, "#planned .names").text
    assert "计划" in text
    assert "planned" in text


def test_the_two_languages_stand_side_by_side_and_on_a_phone_below_each_other(
    browser: webdriver.Chrome, site: Path
) -> None:
    """Nor need a phone scroll sideways."""
    sides = """const [a, b] = [".zh", ".en"].map((s) => document.querySelector(`#Figure .pair > ${s}`)
        .getBoundingClientRect()); return [a.top, a.bottom, b.top, a.right, b.left];"""
    open_page(browser, site / "index.html")
    top, _, other_top, right, left = browser.execute_script(sides)
    assert top == other_top
    assert right < left
    try:
        narrow(browser, PHONE)
        open_page(browser, site / "index.html")
        _, bottom, other_top, *_ = browser.execute_script(sides)
        assert other_top >= bottom
        for language in LANGUAGES:
            choose(browser, language)
            assert browser.execute_script(WIDER) <= 0, language
        # Of the vocabularies, which are made alike, those with the longest pages and lines.
        pages = sorted((site / "vocabulary").iterdir(), key=lambda page: page.stat().st_size)
        for page in (*pages[:2], *pages[-3:]):
            open_page(browser, page)
            assert browser.execute_script(WIDER) <= 0, page.name
    finally:
        narrow(browser, None)


def test_search_shows_only_the_terms_that_fit(browser: webdriver.Chrome, site: Path) -> None:
    """And a link shows what it hides."""
    open_page(browser, site / "index.html")
    everything = shown(browser, ".term")
    search = browser.find_element(By.ID, "search")
    for words in ("所属总数", "part of"):
        search.clear()
        search.send_keys(words)
        left = shown(browser, ".term")
        assert "partOf" in left
        assert len(left) < 10
        assert len(shown(browser, ".contents .item")) == len(left)
    search.clear()
    search.send_keys("没有这样的词")
    assert shown(browser, ".term") == []
    assert browser.find_element(By.ID, "nothing").is_displayed()
    search.send_keys("\ue00c")  # Escape
    assert shown(browser, ".term") == everything
    search.send_keys("partOf")
    assert "Figure" not in shown(browser, ".term")
    browser.find_element(By.CSS_SELECTOR, "#partOf dd a[href='#Figure']").click()
    wait_until(browser, lambda b: "Figure" in shown(b, ".term"))
    assert search.get_property("value") == ""


def test_search_finds_a_word_the_reader_recognises(browser: webdriver.Chrome, site: Path) -> None:
    open_page(browser, site / "vocabulary" / "unit.html")
    browser.find_element(By.ID, "search").send_keys("港币")
    assert shown(browser, ".concepts tr[id]") == ["hk-dollar"]


def test_no_two_labels_of_a_diagram_overlap(browser: webdriver.Chrome, site: Path) -> None:
    """In any language; and each has a title and says what it shows."""
    open_page(browser, site / "index.html")
    assert len(browser.find_elements(By.CSS_SELECTOR, "svg.diagram")) >= 7
    for language in LANGUAGES:
        choose(browser, language)
        assert browser.execute_script(OVERLAPS) == [], language
        assert browser.execute_script(CUT_OFF) == [], language
    assert browser.execute_script(UNTITLED) == []


def test_every_link_inside_leads_somewhere(site: Path) -> None:
    anchors = {
        page: set(re.findall(r' id="([^"]+)"', page.read_text("utf-8")))
        for page in site.rglob("*.html")
    }
    for page, own in anchors.items():
        for address in re.findall(r'href="([^"]+)"', page.read_text("utf-8")):
            if address.startswith(("http", "data:")):
                continue
            path, _, anchor = address.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), (page.name, address)
            assert not anchor or anchor in (own if target == page else anchors[target]), address


def test_the_same_ontology_gives_the_same_bytes(standard: Graph, site: Path) -> None:
    made = pages(standard.store.select)
    assert {name: (site / name).read_bytes() for name in made} == made
    assert {str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()} == set(made)


def test_the_files_beside_the_page_say_the_same_in_every_format(site: Path) -> None:
    formats = {
        ".ttl": ox.RdfFormat.TURTLE,
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".rdf": ox.RdfFormat.RDF_XML,
    }
    for stem in (site / "ontology", site / "vocabularies" / "units"):
        graphs = []
        for ending, kind in formats.items():
            triples = ox.Dataset(ox.parse(stem.with_suffix(ending).read_bytes(), kind))
            triples.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
            graphs.append(triples)
        assert len(graphs[0]) > 100
        assert graphs[0] == graphs[1] == graphs[2]


def test_every_vocabulary_has_its_page_with_all_its_concepts(site: Path) -> None:
    assert {scheme.file.stem for scheme in schemes().values()} == {
        path.stem for path in FOLDER.glob("*.ttl")
    }
    for name, scheme in schemes().items():
        page = (site / "vocabulary" / f"{name}.html").read_text("utf-8")
        assert len(re.findall(r'<tr id="', page)) == len(scheme.concepts) > 0
        for concept in scheme.concepts:
            for word in concept.texts("skos:altLabel"):
                assert word in page


def test_hostile_words_stay_text() -> None:
    said = (Value(EVIL, False, "zh-Hans"),)
    names = ("skos:prefLabel", "skos:altLabel", "skos:definition", "dcterms:source", "pg:x")
    hostile = Resource(f"x:{EVIL}", dict.fromkeys(names, said))
    scheme = Scheme(EVIL, Path(f"{EVIL}.ttl"), hostile, (hostile,))
    card = Card(EVIL, (EVIL, EVIL), 0, (Row((EVIL, "x"), (EVIL, "x")),), "", EVIL, (EVIL,))
    made = (
        vocabularies.head(scheme, Links(), EVIL),
        vocabularies.table(ontology(), scheme, Links()),
        draw("hostile", (EVIL, EVIL), (EVIL, EVIL), [card], {EVIL: (0, 0)}),
    )
    for shown, times in zip(made, (2, 4, 6), strict=True):
        page = LexborHTMLParser(shown)
        assert page.css("script, img") == []
        assert page.text().count(EVIL) >= times


def test_an_unknown_vocabulary_is_told() -> None:
    with pytest.raises(VocabularyError, match="no such vocabulary"):
        render_vocabulary("nothing")


def test_a_service_may_link_its_own_way() -> None:
    ways = Links(ontology="ontology", vocabulary="vocabulary/{}", files="files/")
    assert 'href="vocabulary/unit"' in render_ontology(links=ways)
    page = render_vocabulary("unit", ways)
    assert 'href="../ontology#dimension"' in page or 'href="../ontology"' in page
    assert 'href="../files/vocabularies/units.ttl"' in page


def test_the_page_names_every_foreign_property_of_the_graph_and_no_other(
    sample: Sample, site: Path
) -> None:
    above = {name for row in DECLARED.values() if row[0] != "Class" for name in row[3]}
    used = sample.foreign()
    page = (site / "index.html").read_text("utf-8")
    assert [name for name in sorted(used - above) if f">{name}</code>" not in page] == []
    named = {term.name for term in read(PROFILE).values() if not term.is_a("owl:Class")}
    assert named - used == set()


def test_the_example_is_a_sentence_of_the_report(
    standard: Graph, sample: Sample, site: Path
) -> None:
    sentence = sample.sentence()
    assert sentence is not None
    text = standard.store.select(
        "SELECT ?text { GRAPH ?g { ?r <https://w3id.org/policygraph/ontology#text> ?text } }"
    )[0]["text"]
    assert text is not None
    assert text[sentence.start : sentence.end] == sentence.text
    assert sentence.text in (site / "index.html").read_text("utf-8")
    kinds = {kind for s in sentence.statements for kind in sample.kinds(s)}
    assert {"pg:Figure", "pg:Measure", "pg:Mention"} <= kinds
    assert sentence.text not in render_ontology()


def test_the_shapes_of_a_class_are_told_in_both_languages(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix pg: <https://w3id.org/policygraph/ontology#> .
        [] a sh:NodeShape ; sh:targetClass pg:Figure ; sh:property [ sh:path pg:value ;
          sh:minCount 1 ; sh:message "须有数值。"@zh-Hans , "A value is needed."@en ] .""",
        "utf-8",
    )
    assert constraints(shapes) == {"pg:Figure": (("须有数值。", "A value is needed."),)}
    assert constraints(tmp_path / "none.ttl") == {}
