"""The network around things: links and paths of the bundled report, their JSON, and the page in a real browser."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.queries import neighbourhood
from policygraph.queries.stated_passages import Ask, asking
from policygraph.service.pages.assets import BUNDLE
from policygraph.service.pages.page_reader import relations

from .browser import complaints, forget, requested
from .conftest import absent
from .service.service_process import Service

TONGCHENG, HUBEI = f"{DEFAULT_BASE}id/area/421222", f"{DEFAULT_BASE}id/area/420000"
NOWHERE = f"{DEFAULT_BASE}id/area/000"


@pytest.fixture(scope="module")
def ask(graph: Graph) -> Ask:
    return asking(graph.store)


@pytest.fixture(scope="module")
def every_link(graph: Graph, ask: Ask) -> list[neighbourhood.Link]:
    """The links of all that the report names."""
    rows = graph.query("SELECT DISTINCT ?thing WHERE { GRAPH ?d { ?m pg:mentions ?thing } }")
    return neighbourhood.links(ask, [str(row["thing"]) for row in rows])


def test_a_link_is_the_same_from_both_ends(every_link: list[neighbourhood.Link], ask: Ask) -> None:
    found = {(link.source, link.relation, link.target): link.times for link in every_link}
    others = neighbourhood.links(ask, sorted({link.target for link in every_link}))
    back = {
        (link.target, neighbourhood.reverse(link.relation), link.source): link.times
        for link in others
    }
    assert found
    assert {key: back.get(key) for key in found} == found


def test_every_relation_has_a_name_in_both_languages(every_link: list[neighbourhood.Link]) -> None:
    names = relations()
    ways = {*neighbourhood.FORWARD, *map(neighbourhood.reverse, neighbourhood.FORWARD)}
    assert ways | {"actor-actor"} == set(names)
    assert {link.relation for link in every_link} <= set(names)
    assert all(zh and en for zh, en in names.values())


def test_the_words_behind_a_link_stand_in_the_report(
    every_link: list[neighbourhood.Link], ask: Ask, hubei: Document
) -> None:
    stated = [link for link in every_link if link.documents][::40]
    assert len(stated) > 10
    for link in stated:
        found = neighbourhood.evidence(ask, link.source, link.target)
        assert found, link
        assert all(each.words in hubei.text for each in found)


def test_what_the_register_says_is_no_statement_of_a_report(ask: Ask) -> None:
    within = [x for x in neighbourhood.links(ask, [TONGCHENG]) if x.relation == "part-area"]
    assert [x.documents for x in within] == [()]
    assert "咸宁市" in neighbourhood.nodes(ask, [within[0].target])[within[0].target].names["zh"]


def test_a_path_goes_by_links_from_one_end_to_the_other(ask: Ask) -> None:
    way = neighbourhood.path(ask, TONGCHENG, HUBEI)
    assert [way[0].source, way[-1].target] == [TONGCHENG, HUBEI]
    assert all(one.target == next_.source for one, next_ in pairwise(way))
    for link in way:
        assert (link.relation, link.target) in {
            (x.relation, x.target) for x in neighbourhood.links(ask, [link.source])
        }


def test_there_is_no_path_to_what_is_not_there(ask: Ask) -> None:
    assert neighbourhood.path(ask, TONGCHENG, NOWHERE) == []


@pytest.fixture(scope="module")
def site(hubei_service: Service) -> Service:
    return hubei_service


def fetched(site: Service, **parameters: str) -> Any:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return json.loads(site.get(f"/network.json?{query}").text)


def test_relations_are_counted_and_neighbours_are_cut_with_a_word(site: Service) -> None:
    counted = {x["relation"]: x["others"] for x in fetched(site, node=HUBEI)["relations"]}
    relation = max(counted, key=lambda name: counted[name])
    found = fetched(site, node=HUBEI, relation=relation, most="3")
    assert len(found["links"]) == 3
    assert found["more"] == counted[relation] - 3
    ends = {iri for link in found["links"] for iri in (link["source"], link["target"])}
    assert {node["iri"] for node in found["nodes"]} == ends


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "node"), ("node=no%20iri", "IRI"), (f"node={HUBEI}&most=0", "most"), (f"node={HUBEI}&most=00000000012001", "most"), (f"node={HUBEI}&other=%3C", "IRI")],
)  # fmt: skip
def test_what_is_not_understood_is_one_line(site: Service, query: str, said: str) -> None:
    answer = site.get(f"/network.json?{query}")
    assert answer.status == 400
    assert said in answer.text
    assert answer.text.count("\n") == 1


def test_without_a_script_the_page_lists_neighbours(site: Service) -> None:
    for language, relation in (("zh", "属于"), ("en", "lies in")):
        page = site.get("/network", "text/html", node=TONGCHENG, lang=language).text
        assert f"<h2>{relation} (1)</h2>" in page
    start = site.get("/network", "text/html", lang="en").text
    assert "Who does what, and for whom?" in start
    assert f"node={quote(HUBEI, safe='')}" in start


def test_an_iri_cannot_leave_its_place_in_the_page_or_the_query(site: Service) -> None:
    evil = 'x:"><script>window.hit=1</script>'
    answer = site.get("/network", "text/html", node=evil)
    assert answer.status == 400
    assert "<script>" not in answer.text


@pytest.fixture
def bundled() -> None:
    """The page's script, which is built apart."""
    if not (BUNDLE / "network.js").is_file():
        absent("the bundle of the network page (make web)")


def shown(browser: webdriver.Chrome) -> int:
    """How many things are in the picture once it is drawn."""
    script = """const e = document.getElementById('explorer');
      return e.getAttribute('aria-busy') === 'false' ? Number(e.dataset.shown) : 0"""
    WebDriverWait(browser, 30, poll_frequency=0.05).until(lambda b: b.execute_script(script))
    return int(browser.execute_script(script))


def until(browser: webdriver.Chrome, done: Callable[[webdriver.Chrome], Any]) -> Any:
    return WebDriverWait(browser, 30, poll_frequency=0.05, ignored_exceptions=[Exception]).until(
        done
    )


def press(browser: webdriver.Chrome, text: str, within: str = ".panel") -> None:
    """Press a button by its text, with the keyboard."""
    path = f"//*[@id='explorer']//*[contains(@class,'{within[1:]}')]//button[starts-with(normalize-space(), '{text}')]"
    strike(browser, path)


def strike(browser: webdriver.Chrome, path: str, key: str = Keys.ENTER) -> None:
    """Press a key on an element once it is there; the table may be written anew meanwhile."""
    until(browser, lambda b: [b.find_element(By.XPATH, path).send_keys(key)])


def test_a_person_walks_from_a_name_to_the_words_and_shares_the_picture(
    browser: webdriver.Chrome, site: Service
) -> None:
    forget(browser)
    browser.get(f"{site.address}network?lang=zh")
    box = until(browser, lambda b: b.find_element(By.CSS_SELECTOR, "#explorer input[type=search]"))
    # Without a picture there is no button for one.
    whole = browser.find_element(By.XPATH, "//*[@id='explorer']//button[text()='看全图']")
    assert not whole.is_displayed()
    box.send_keys("通城")
    until(browser, lambda b: b.find_element(By.CSS_SELECTOR, "#explorer .found button"))
    box.send_keys(Keys.ENTER)
    until(browser, lambda _: whole.is_displayed())
    assert until(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".panel h2").text) == "通城县"
    press(browser, "共同行动的")
    until(browser, lambda b: shown(b) == 3)
    press(browser, "属于")
    until(browser, lambda b: "咸宁市" in b.find_element(By.CSS_SELECTOR, ".links").text)
    joint = "//section[contains(@class,'links')]//tr[contains(., '共同行动的')]//td[4]/button"
    strike(browser, joint)
    quotes = until(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".panel blockquote").text)
    assert "加大投入力度" in quotes
    link, count = browser.current_url, shown(browser)
    table = browser.find_element(By.CSS_SELECTOR, ".links tbody").text
    browser.get("about:blank")
    browser.get(link)
    assert shown(browser) == count
    assert browser.find_element(By.CSS_SELECTOR, ".links tbody").text == table
    browser.find_element(By.ID, "language").click()
    until(browser, lambda b: "Tongcheng County" in b.find_element(By.CSS_SELECTOR, ".links").text)
    assert shown(browser) == count
    browser.back()
    until(browser, lambda b: "通城县" in b.find_element(By.CSS_SELECTOR, ".links").text)
    assert complaints(browser) == []
    asked = [x for x in requested(browser) if x.startswith("http")]
    outside = [x for x in asked if not x.startswith(site.address)]
    assert outside == []


def test_a_path_collapse_and_the_types_change_what_is_shown(
    browser: webdriver.Chrome, site: Service
) -> None:
    state = f"open=part-area~30~id/area/421222&open=place-actor~30~id/area/421222&lang=en&node={TONGCHENG}"
    browser.get(f"{site.address}network?{state}&path=id/area/421222~id/area/420000")
    whole = shown(browser)
    assert "Hubei Province" in browser.find_element(By.CSS_SELECTOR, ".links").text
    strike(browser, "//label[contains(., 'Group')]/input", Keys.SPACE)
    until(browser, lambda b: shown(b) < whole)
    browser.back()
    until(browser, lambda b: shown(b) == whole)
    name = "//section[contains(@class,'links')]//button[.='Tongcheng County']"
    strike(browser, name)
    press(browser, "acting here")
    until(browser, lambda b: shown(b) < whole)


def test_the_files_hold_the_picture(browser: webdriver.Chrome, site: Service) -> None:
    browser.get(
        f"{site.address}network?lang=zh&node={TONGCHENG}&open=actor-actor~30~id/area/421222"
    )
    count = shown(browser)
    browser.execute_script("""
      window.files = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = blob => { blob.text().then(text => window.files.push(text)); return make(blob); };
      document.querySelector('details.files').open = true;
      document.querySelectorAll('details.files button').forEach(button => button.click());
    """)
    files = until(browser, lambda b: len(f := b.execute_script("return window.files")) == 5 and f)
    picture, graphml, gexf, table = (
        next(text for text in files if mark in text[:300])
        for mark in ("<svg", "<graphml", "<gexf", "source_iri")
    )
    assert nx.parse_graphml(graphml.partition("?>")[2]).number_of_nodes() == count
    assert len(ET.fromstring(gexf.encode()).findall(".//{*}node")) == count
    assert len(ET.fromstring(picture.encode()).findall(".//{*}circle")) == count
    assert "共同行动的" in table
    assert TONGCHENG in table
