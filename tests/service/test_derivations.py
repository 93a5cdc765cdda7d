"""Arithmetic over HTTP: the tray in the address, results with caveats, the same as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph.graph.statements import Document

from .service_process import Service, service


@pytest.fixture(scope="module")
def money(hubei: Document) -> str:
    """The tray of a whole and its part."""
    spans = [f.span for f in hubei.figures if f.span.quote in ("239.82亿元", "48.97亿元")]
    return ",".join(f"{hubei.sha256[:16]}/{span.start}-{span.end}" for span in spans)


@pytest.mark.parametrize(
    ("lang", "name", "shown", "caveat"),
    [
        ("zh", "占比", "190.85亿元", "部分已含在总数里"),
        ("en", "share", "19.085 billion yuan", "a part is in its whole already"),
    ],
)
def test_the_page_shows_what_a_tray_gives_and_sets_the_doubtful_apart(
    reading: Service, money: str, lang: str, name: str, shown: str, caveat: str
) -> None:
    page = HTMLParser(reading.get("/derive", "text/html", tray=money, lang=lang).text)
    share, sum_ = page.css_first("article#share"), page.css_first("article#sum")
    assert share is not None and sum_ is not None
    assert share.css_first("h3").text() == name
    assert "20.419%" in share.text() and "20.4169–20.4220%" in share.text()
    assert share.css(".caveats li") == []
    assert shown in page.css_first("article#remainder").text()
    assert caveat in sum_.text()
    assert page.css_first("details article#sum") is not None
    assert page.css_first("details article#share") is None


def test_the_tray_goes_along_to_every_page_and_the_other_language(
    reading: Service, money: str
) -> None:
    for path in ("/", "/queries/", "/queries/money", "/search?q=%E6%94%B6%E5%85%A5", "/derive"):
        mark = "&" if "?" in path else "?"
        page = HTMLParser(reading.get(f"{path}{mark}tray={money}&lang=zh", "text/html").text)
        bar = page.css_first("nav.bar")
        assert bar.css_first(".tray-link b").text() == "2"
        links = [a.attributes["href"] or "" for a in bar.css("a")]
        assert all(f"tray={money}" in link for link in links), (path, links)
        assert page.css_first(f'nav.bar form input[name=tray][value="{money}"]') is not None


def test_adding_leads_to_an_address_that_holds_the_tray_once(reading: Service, money: str) -> None:
    first, second = money.split(",")
    answer = reading.get("/derive", "text/html", tray=first, add=second, lang="en")
    assert (answer.status, answer.headers["location"]) == (303, f"/derive?tray={money}&lang=en")
    again = reading.get("/derive", "text/html", tray=money, add="239.82亿元")
    assert again.headers["location"] == f"/derive?tray={money}&lang=zh"


def test_words_of_several_figures_are_left_to_choose_from_and_unknown_ones_told(
    reading: Service,
) -> None:
    page = HTMLParser(reading.get("/derive", "text/html", add="28个", lang="zh").text)
    choices = [a.attributes["href"] or "" for a in page.css("#candidates .add")]
    assert len(choices) > 1
    assert HTMLParser(reading.get(choices[0], "text/html").text).css_first("ol.tray") is not None
    evil = "<script>alert(1)</script>"
    unknown = reading.get("/derive", "text/html", add=evil, lang="en").text
    assert "No figure reads" in unknown and evil not in unknown


def test_a_figure_row_of_a_query_has_a_box_that_puts_it_into_the_tray(
    reading: Service, money: str
) -> None:
    page = HTMLParser(reading.get("/queries/money", "text/html", tray=money).text)
    boxes = page.css("form.choosing td.choose input[name=add]")
    chosen = [box.attributes["value"] for box in boxes if "checked" in box.attributes]
    assert ",".join(map(str, chosen)) == money
    assert len(boxes) == len(page.css("#answer tr")) - 1
    assert HTMLParser(reading.get("/queries/sections", "text/html").text).css(".choosing") == []


def test_files_hold_results_and_the_figures_with_their_sentences(
    reading: Service, money: str
) -> None:
    answer = reading.get("/derive.csv", tray=money, operation="share")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["role"] for row in rows] == ["result", "figure", "figure"]
    assert rows[0]["value"].startswith("20.419")
    assert all("财政衔接资金239.82亿元" in row["sentence"] for row in rows[1:])
    assert reading.get("/derive.json", tray=money).status == 200
    assert reading.get("/derive.csv", tray=f"{money},1-2").status == 400
    wrong = reading.get("/derive.csv", tray=money, operation="cube")
    assert (wrong.status, wrong.text.count("\n")) == (400, 1)


@pytest.fixture(scope="module")
def prefixed(store: Path) -> Iterator[Service]:
    with service(store, "--root-path", "/graph", "--workers", "1") as served:
        yield served


def test_under_a_path_every_address_keeps_it(prefixed: Service, money: str) -> None:
    trays = (f"/derive?tray={money}", "/compare", "/compare?indicator=GDP", "/search?q=14705")
    for path in (*trays, "/id/area/421222", "/queries/who-does-what?actor=%E7%9C%81%E5%A7%94"):
        page = HTMLParser(prefixed.get(path, "text/html").text)
        nodes = [
            (node, name) for name in ("href", "action", "src") for node in page.css(f"[{name}]")
        ]
        given = [node.attributes[name] or "" for node, name in nodes]
        assert [one for one in given if one.startswith("/") and not one.startswith("/graph/")] == []
    moved = prefixed.get("/derive", "text/html", add="48.97亿元").headers["location"]
    assert moved.startswith("/graph/derive?tray=")
