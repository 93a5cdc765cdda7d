"""Search over HTTP: the same answers as on the command line, as rows and as a page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph
from policygraph.loaders.reader import read_string

from .service_process import Service, service


def found(served: Service, text: str, **parameters: str) -> list[dict[str, str]]:
    answer = served.get("/search", "text/csv", q=text, **parameters)
    assert (answer.status, answer.media) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_names_and_sentences_are_found_in_chinese_and_english(reading: Service) -> None:
    assert "中共湖北省委员会" in {row["text"] for row in found(reading, "省委")}
    assert "脱贫人口人均纯收入" in {row["text"] for row in found(reading, "income per head")}
    sentences = found(reading, "脱贫", kind="sentence")
    assert sentences
    assert all("脱贫" in row["text"] and row["kind"] == "sentence" for row in sentences)


def test_what_is_found_has_a_page_of_its_own(reading: Service) -> None:
    for row in found(reading, "省委")[:5]:
        path = row["iri"].removeprefix("https://w3id.org/policygraph")
        assert reading.get(path, "text/html").status == 200


@pytest.mark.parametrize("extension", ["csv", "tsv", "json", "xml"])
def test_an_extension_gives_the_format(reading: Service, extension: str) -> None:
    answer = reading.get(f"/search.{extension}", q="省委")
    assert answer.status == 200
    assert "中共湖北省委员会" in (
        json.dumps(json.loads(answer.body), ensure_ascii=False)
        if extension == "json"
        else answer.text
    )


@pytest.mark.parametrize(("language", "heading"), [("zh", "检索"), ("en", "Search")])
def test_the_page_links_what_was_found_and_keeps_the_language(
    reading: Service, language: str, heading: str
) -> None:
    page = reading.get(f"/search?q={quote('省委')}&lang={language}", "text/html")
    assert page.status == 200
    assert f"<h1>{heading}</h1>" in page.text
    assert "<mark>省委</mark>" in page.text
    assert f"lang={language}" in page.text
    assert f'value="{language}"' in page.text


def test_markup_in_a_search_is_text(reading: Service) -> None:
    page = reading.get("/search", "text/html", q="<script>alert(1)</script>")
    assert page.status == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("text", ["", "，", '"'])
def test_a_search_without_a_word_is_refused_to_programs_and_empty_for_people(
    reading: Service, text: str
) -> None:
    assert reading.get("/search", "text/csv", q=text).status == 400
    assert reading.get("/search", "text/html", q=text).status == 200


def test_every_page_has_the_box(reading: Service) -> None:
    for path in ("/", "/queries/", "/query"):
        assert 'type="search" name="q"' in reading.get(path, "text/html").text


def test_what_is_written_while_it_serves_is_found(store: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret-of-the-test\n")
    token.chmod(0o600)
    own = tmp_path / "own"
    thing = "<https://w3id.org/policygraph/ontology#things>"
    label = '<http://www.w3.org/2000/01/rdf-schema#label> "独一无二的名称"@zh'
    write = f"INSERT DATA {{ GRAPH {thing} {{ <urn:x:a> a <https://w3id.org/policygraph/ontology#Group> ; {label} }} }}"
    with service(own, "--allow-update", "--workers", "1", "--token-file", str(token)) as writable:
        assert found(writable, "独一无二") == []
        assert writable.update(write, "secret-of-the-test").status == 204
        assert [row["text"] for row in found(writable, "独一无二")] == ["独一无二的名称"]


def test_a_query_that_finds_nothing_offers_what_was_maybe_meant(reading: Service) -> None:
    page = reading.get("/queries/who-does-what", "text/html", actor="全省", lang="en")
    assert "There is no “全省”. Did you mean:" in page.text
    assert f"actor={quote('湖北省')}" in page.text
    answer = reading.get("/queries/who-does-what.json", actor="省委")
    link, *_ = json.loads(answer.body)["head"]["link"]
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert json.loads(reading.get(link).body)["results"]["bindings"]
    plain = json.loads(reading.get("/queries/who-does-what.json", actor="湖北省").body)
    assert "link" not in plain["head"]


def test_the_page_of_a_search_narrows_by_what_entries_stand_in(reading: Service) -> None:
    page = HTMLParser(reading.get("/search", "text/html", q="脱贫", lang="zh").text)
    sections = [a for a in page.css(".facet a") if "section=" in (a.attributes["href"] or "")]
    assert len(sections) > 3
    narrowed = HTMLParser(reading.get(sections[0].attributes["href"] or "", "text/html").text)
    assert narrowed.css_first(".facet b").text() == "章节"
    assert narrowed.css_first("form.search input[name=section]") is not None
    assert 0 < len(narrowed.css(".found li")) < len(page.css(".found li"))
    figures = HTMLParser(reading.get("/search", "text/html", q="14705", lang="en").text)
    add = figures.css_first(".found a.add").attributes["href"] or ""
    assert reading.get(add, "text/html").status == 200


@pytest.mark.parametrize(("lang", "fell", "rose"), [("zh", "下降", "增长"), ("en", "down", "up")])
def test_the_page_tells_a_fall_from_a_rise(tmp_path: Path, lang: str, fell: str, rose: str) -> None:
    report = "通山县2023年工作总结\n\n2023年，财政收入同比下降1.8%，生产总值同比增长6.2%。\n"
    with Graph.open(tmp_path / "store") as graph:
        graph.add(read_string(report))
    with service(tmp_path / "store", "--workers", "1") as served:
        shown = served.get(f"/search?q={quote('同比')}&kind=figure&lang={lang}", "text/html")
    page = HTMLParser(shown.text)
    said = {
        each.css_first("a").text(): each.text(separator=" ") for each in page.css("ul.found > li")
    }
    assert fell in said["1.8%"] and rose in said["6.2%"]
