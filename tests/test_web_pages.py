"""Pages for people, served by the real service: readable without a script, in two languages."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.queries.catalogue import bundled, named
from policygraph.service.pages.cell_words import cell_text
from policygraph.service.pages.page_reader import PageReader, language_of
from policygraph.service.pages.property_list import class_label, property_label
from policygraph.service.pages.query_page import heading, named_page
from policygraph.service.pages.sparql_page import sparql_page
from policygraph.service.pages.table_view import TableView
from policygraph.viz.views import VIEWS

from .service.service_process import Service, service

MONEY = "239.82亿元"
EVIL = "</title><script>window.hit=1</script>\"'><img src=x onerror=alert(1)>\u202egnp"
HOSTILE = "id/organization/0123456789abcdef"


def hostile_quads() -> tuple[str, str]:
    """A report whose title, text and words are all hostile."""
    graph = f"{DEFAULT_BASE}id/document/00000000deadbeef"
    pg, label = f"{DEFAULT_BASE}ontology#", "http://www.w3.org/2000/01/rdf-schema#label"
    body = EVIL.replace('"', '\\"')
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    thing, said = f"<{DEFAULT_BASE}{HOSTILE}>", f"<{graph}/mention/0-{len(EVIL)}>"
    number = "http://www.w3.org/2001/XMLSchema#integer"
    lines = [
        f"<{graph}> {kind} <{pg}Report>",
        f'<{graph}> <http://purl.org/dc/terms/title> "{body}"@zh',
        f'<{graph}> <{pg}text> "{body}"',
        f"{said} {kind} <{pg}Mention>",
        f"{said} <{pg}mentions> {thing}",
        f'{said} <{pg}quote> "{body}"',
        f'{said} <{pg}start> "0"^^<{number}>',
        f'{said} <{pg}end> "{len(EVIL)}"^^<{number}>',
    ]
    shared = [
        f"{thing} {kind} <{pg}FormalOrganization>",
        f'{thing} <{label}> "{body}"@zh',
        f'{thing} <http://www.w3.org/2004/02/skos/core#altLabel> "{body}x"@zh',
        f"{thing} <http://www.w3.org/2000/01/rdf-schema#seeAlso> <javascript:alert(1)>",
    ]
    quads = [f"{line} <{graph}> ." for line in lines] + [
        f"{line} <{pg}things> ." for line in shared
    ]
    return graph, "\n".join(quads)


@pytest.fixture(scope="module")
def report(hubei: Document) -> Document:
    return hubei


@pytest.fixture(scope="module")
def store(report: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "store"
    with Graph.open(path) as graph:
        graph.add(report)
        graph.store.add(*hostile_quads())
    return path


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[Service]:
    with service(store, "--workers", "1") as served:
        yield served


def look(site: Service, path: str, **headers: str) -> HTMLParser:
    answer = site.ask("GET", path, headers={"Accept": "text/html", **headers})
    assert (answer.status, answer.media) == (200, "text/html"), answer.text[:200]
    return HTMLParser(answer.text)


def words(page: HTMLParser, selector: str) -> list[str]:
    return [node.text() for node in page.css(selector)]


def document_path(report: Document) -> str:
    return f"/id/document/{report.version[:16]}"


@pytest.mark.parametrize(
    ("language", "kind", "fact"), [("zh", "数字", "指标"), ("en", "figure", "indicator")]
)
def test_a_statement_shows_its_quote_in_its_paragraph(
    site: Service, report: Document, language: str, kind: str, fact: str
) -> None:
    figure = next(f for f in report.figures if f.span.quote == MONEY)
    path = f"{document_path(report)}/figure/{figure.span.start}-{figure.span.end}"
    page = look(site, path, **{"Accept-Language": language})
    assert words(page, ".kind") == [kind]
    assert words(page, "h1") == [MONEY]
    assert fact in words(page, "dt")
    assert words(page, ".passage mark") == [MONEY]
    paragraph = next(line for line in report.text.split("\n") if MONEY in line)
    assert words(page, ".passage blockquote") == [paragraph]
    assert page.css_first(".passage a").attributes["href"] == (
        f"{document_path(report)}?lang={language}#at-{figure.span.start}"
    )


def test_a_thing_shows_what_reports_say_of_it_and_what_points_at_it(
    site: Service, report: Document
) -> None:
    page = look(site, "/id/area/420000?lang=zh")
    assert words(page, "h1") == ["湖北省"]
    # 全省 and 我省 are 湖北省: all of a paragraph's mentions are marked in it.
    assert {"全省", "我省", "湖北"} <= set(words(page, "#evidence mark"))
    assert any("巩固拓展脱贫攻坚成果" in title for title in words(page, "#reports a"))
    rest = page.css_first("#incoming .rest a")
    assert rest is not None
    assert (rest.attributes["href"] or "").startswith("/query?lang=zh#query=")
    assert "area%2F420000%3E" in (rest.attributes["href"] or "")
    assert [a.text() for a in page.css("aside .ways a")][:3] == ["Turtle", "JSON-LD", "N-Triples"]


def test_the_language_is_the_readers_unless_the_address_says_so(site: Service) -> None:
    def lang(path: str, accepted: str) -> str | None:
        page = look(site, path, **{"Accept-Language": accepted})
        return page.css_first("html").attributes["lang"]

    assert lang("/", "en-GB,en;q=0.9") == "en"
    assert lang("/", "zh-TW,en;q=0.3") == "zh-Hans"
    assert lang("/?lang=zh", "en") == "zh-Hans"
    assert lang("/queries/?lang=en", "zh") == "en"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "zh-Hans"), ("fr", "en"), ("en;q=0.1, zh;q=0.2", "zh-Hans"), ("en;q=0, *", "zh-Hans")],
)
def test_a_language_is_chosen_by_weight(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_a_report_is_its_whole_text_with_every_statement_marked(
    site: Service, report: Document
) -> None:
    page = look(site, document_path(report) + "?lang=zh")
    assert words(page, "h1") == [report.header.title]
    assert "".join("".join(words(page, "article > *")).split()) == "".join(report.text.split())
    for kind in ("figure", "mention", "measure"):
        spans = [statement.span for statement in getattr(report, f"{kind}s")]
        covered = sorted({at for span in spans for at in range(span.start, span.end)})
        marked = "".join(words(page, f"article a.{kind}"))
        assert marked == "".join(report.text[at] for at in covered).replace("\n", "")
    assert words(page, ".switches b") == [
        str(len(statement)) for statement in (report.figures, report.mentions, report.measures)
    ]
    assert len(page.css("article a.measure.planned")) > 0
    contents = page.css("aside ol a")
    assert len(contents) == len(report.sections)
    statement = {node.attributes.get("id") for node in page.css("article [id]")}
    assert all((a.attributes["href"] or "").removeprefix("#") in statement for a in contents)


def test_every_address_on_the_pages_answers(site: Service, report: Document) -> None:
    seen: set[str] = set()
    starts = ("/?lang=zh", "/id/area/420000?lang=en", "/queries/people?lang=zh")
    for start in starts:
        for node in look(site, start).css("a[href]"):
            path = (node.attributes["href"] or "").partition("#")[0]
            if path.startswith("/") and path.partition("?")[0] not in ("/openapi.json",):
                seen.add(path)
    # Of a report the first few of its hundreds of statements.
    marks = look(site, document_path(report)).css("article a")[:12]
    seen |= {(node.attributes["href"] or "").partition("#")[0] for node in marks}
    assert len(seen) > 60
    for path in sorted(seen):
        answer = site.ask("GET", path, headers={"Accept": "text/html,*/*;q=0.5"})
        assert answer.status == 200, path


@pytest.mark.parametrize("path", ["report", "/id/area/420000"])
def test_a_page_offers_what_is_said_as_files(site: Service, report: Document, path: str) -> None:
    page = look(site, document_path(report) if path == "report" else path)
    offered = [(n.attributes["href"], n.attributes["type"]) for n in page.css("[rel=alternate]")]
    assert len(offered) == 3
    for (address, media), link in zip(offered, page.css(".ways a"), strict=False):
        assert address and link.attributes["href"] == address
        assert site.get(address).media == media


def test_the_ontology_and_its_vocabularies_are_pages_for_people(site: Service) -> None:
    page = look(site, "/ontology")
    assert "政策图谱本体" in page.css_first("h1").text()
    links = {a.attributes["href"] or "" for a in page.css("a[href]")}
    assert {"files/ontology.jsonld", "vocabulary/unit"} <= links
    for path in links:
        if path.startswith(("files/", "vocabulary/")):
            answer = site.get("/" + path.partition("#")[0], "text/html, */*;q=0.5")
            assert answer.status == 200, path
    assert site.get("/ontology", "text/turtle").media == "text/turtle"
    assert "亩" in look(site, "/vocabulary/unit").body.text()


def test_hostile_words_stay_text(site: Service) -> None:
    paths = [f"/{HOSTILE}", "/id/document/00000000deadbeef", "/", "/queries/mentions"]
    paths.append(f"/id/document/00000000deadbeef/mention/0-{len(EVIL)}")
    paths.append(f"/queries/deeds?actor={quote(EVIL)}")
    for path in paths:
        answer = site.ask("GET", path, headers={"Accept": "text/html"})
        assert answer.status == 200, path
        page = HTMLParser(answer.text)
        scripts = [script.attributes.get("src") for script in page.css("script")]
        assert scripts == ["/assets/pages.js"], path
        assert page.css("img") == [] and page.css_first("script").text() == "", path
        assert html.escape(EVIL)[:30] in answer.text, path
        assert "javascript:" not in " ".join(
            node.attributes["href"] or "" for node in page.css("a[href]")
        )
        assert not any(name.startswith("on") for node in page.css("*") for name in node.attributes)


def test_a_page_forbids_what_it_does_not_need(site: Service) -> None:
    for path in ("/", "/queries/", "/queries/money", "/id/area/420000"):
        policy = site.ask("GET", path, headers={"Accept": "text/html"}).headers[
            "content-security-policy"
        ]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
    policy = site.get("/query").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy


def test_a_named_query_is_a_form_and_a_table_with_links(site: Service, report: Document) -> None:
    page = look(site, "/queries/money?lang=zh&indicator=" + quote("财政衔接资金"))
    assert words(page, "h1") == ["谁用了多少钱做什么？"]
    assert page.css_first("input[name=indicator]").attributes["value"] == "财政衔接资金"
    lines = page.css("#answer tr")[1:]
    assert lines
    assert all("财政衔接资金" in line.text() for line in lines)
    place = page.css_first("#answer td.words a").attributes["href"] or ""
    assert re.fullmatch(re.escape(document_path(report)) + r"\?lang=zh#at-\d+", place)
    downloads = [a.attributes["href"] or "" for a in page.css("#answer .ways a")]
    assert site.get(downloads[0]).media == "text/csv"
    # An address copied from a page is good for a program too.
    assert site.get("/queries/money?lang=zh", "text/csv").text.startswith("document,")


@pytest.mark.parametrize(
    ("query", "column", "chinese", "english"),
    [
        ("ranks", "rank", "位次", "rank"),
        ("standings", "level", "水平", "level"),
        ("changes", "level", "水平", "level"),
        ("area-tree", "level", "层级", "level"),
        ("indicators", "reports", "报告数", "reports"),
        ("mentions", "type", "类型", "type"),
        ("money-by-source", "source", "资金来源", "source of the money"),
        ("documents", "source", "来源文件", "source file"),
    ],
)
def test_a_column_is_named_for_what_this_query_has_in_it(
    query: str, column: str, chinese: str, english: str
) -> None:
    assert heading(query, column) == (chinese, english)


def test_every_column_of_a_table_has_a_name_in_chinese(store: Path) -> None:
    with Graph.open(store) as graph:
        for query in bundled():
            if query.makes_graph:
                continue
            needed = {p.name: p.example for p in query.parameters if not p.optional}
            for column in graph.query(query.name, **needed).columns:
                assert re.search("[一-鿿]", heading(query.name, column)[0]), (query.name, column)


def test_both_passages_that_disagree_are_links_and_codes_are_chosen_by_their_words(
    site: Service,
) -> None:
    page = look(site, "/queries/contradictions?lang=zh")
    options = {o.attributes["value"]: o.text() for o in page.css("select[name=about] option")}
    assert options == {"": "全部", "issuer": "发文机关", "value": "数值", "part": "部分大于总体"}
    places = [a.attributes["href"] for a in page.css("#answer tr")[1].css("td.words a")]
    assert len(set(places)) == 2 and all(re.search(r"#at-\d+$", place or "") for place in places)
    money = look(site, "/queries/money-by-actor?lang=en")
    assert "Not said whose" in money.css("#answer tr")[-1].text()
    asked = look(site, "/queries/plan-result?lang=en")
    assert "below the target" in [o.text() for o in asked.css("select[name=verdict] option")]


@pytest.mark.parametrize(
    ("query", "column", "codes"),
    [
        ("stated-official", "verdict", 6),
        ("plan-result", "verdict", 4),
        ("contradictions", "about", 3),
    ],
)
def test_what_a_query_finds_of_two_values_is_told_in_the_reader_s_language(
    query: str, column: str, codes: int
) -> None:
    parameter = next(p for p in named(query).parameters if p.name == column)
    listed = re.findall(r"[a-z]{3,}", parameter.zh)
    assert len(listed) == codes
    for code in listed:
        assert f'"{code}"' in named(query).sparql
        assert re.search("[一-鿿]", cell_text(PageReader(), column, ox.Literal(code))), code


def test_a_long_answer_is_cut_and_turned_page_by_page() -> None:
    def ask(
        sparql: str, bindings: object, most: int = 0, graphs: object = None
    ) -> list[dict[str, ox.Literal | None]]:
        return [{"name": ox.Literal(str(n))} for n in range(5000)][:most]

    def shown(*view: tuple[str, str]) -> HTMLParser:
        reader = PageReader("en")
        return HTMLParser(named_page(ask, bundled(), "people", {}, reader, TableView.of(view)))

    page = shown()
    assert "these are the first 1000" in page.css_first("#answer .ways").text()
    assert len(page.css("#answer tr")) == 301
    after = page.css_first("a[rel=next]").attributes["href"] or ""
    assert "_from=300" in after
    assert (
        shown(("_from", "900")).css_first(".turn").text().strip() == "Before rows 901–1000 of 1000"
    )


def test_a_table_is_ordered_filtered_and_narrowed_by_its_address(site: Service) -> None:
    page = look(site, "/queries/figures?lang=zh&_sort=-value&_columns=value&_columns=kind")
    heads = [head.attributes.get("aria-sort") for head in page.css("#answer th")]
    assert heads.count("descending") == 1
    values = [float(td.text().replace(",", "")) for td in page.css("#answer td.number")]
    assert values == sorted(values, reverse=True) and values[0] > 10_000_000_000
    assert len(page.css("#answer th")) == 3  # the box, the value, the kind

    page = look(site, "/queries/figures?lang=zh")
    ranks = next(a for a in page.css("#answer .facet a") if a.text() == "排名")
    count = int(ranks.parent.css_first("small").text())  # type: ignore[union-attr]
    address = ranks.attributes["href"] or ""
    assert len(look(site, address).css("#answer tr")) == count + 1
    found = look(site, "/queries/figures?lang=zh&_find=" + quote("第1"))
    assert 1 < len(found.css("#answer tr")) <= count + 1
    assert all("第1" in line.text() for line in found.css("#answer tr")[1:])


def test_codes_and_findings_are_told_in_the_readers_language(site: Service) -> None:
    def cells(path: str) -> str:
        return " ".join(words(look(site, path), "#answer td"))

    assert "计数" in cells("/queries/figures?lang=zh")
    assert "count" in cells("/queries/figures?lang=en")
    said = cells("/queries/findings?lang=zh")
    assert "缺单位，读作 %" in said and "the unit was dropped" not in said
    assert "the unit was dropped; read as %" in cells("/queries/findings?lang=en")


def test_a_query_that_makes_a_graph_offers_it_as_files(site: Service) -> None:
    page = look(site, "/queries/network-system?lang=zh&system=" + quote("问题整改"))
    downloads = [a.attributes["href"] or "" for a in page.css("#answer .ways a")]
    turtle = site.get(downloads[0])
    assert turtle.media == "text/turtle" and "通城县" in turtle.text


def test_a_wrong_or_missing_value_is_told_on_the_page(site: Service) -> None:
    page = look(site, "/queries/deeds?lang=zh")
    assert words(page, ".note") == ["填好必填项再查询。"]
    for address, said in (
        ("/queries/places?lang=en&document=nonsense", "document cannot be “nonsense”; e.g. http"),
        ("/queries/places?lang=zh&document=nonsense", "参数 document 不能是“nonsense”"),
        ("/queries/places?lang=zh&color=red", "没有参数 color"),
    ):
        answer = site.ask("GET", address, headers={"Accept": "text/html"})
        assert answer.status == 400
        assert said in words(HTMLParser(answer.text), "[role=alert]")[0]


def test_a_level_is_told_in_the_readers_language_and_no_heading_stands_over_nothing(
    site: Service,
) -> None:
    assert "省级" in words(look(site, "/id/area/420000?lang=zh"), "#facts dd")
    assert "province" in words(look(site, "/id/area/420000?lang=en"), "#facts dd")
    asked = "SELECT ?x { ?x a <https://w3id.org/policygraph/ontology#Platform> } LIMIT 1"
    iri = site.query(asked, "text/csv").text.split()[1]
    page = look(site, iri.removeprefix("https://w3id.org/policygraph"))
    assert page.css_first("#incoming") is not None
    assert page.css_first("#facts") is None


def test_the_first_page_leads_to_reports_networks_and_queries(
    site: Service, report: Document
) -> None:
    page = look(site, "/?lang=en")
    assert str(len(report.figures)) in words(page, ".counts b")
    named = site.get("/queries/places.json?lang=en", "application/json").text
    areas = {row["area"]["value"] for row in json.loads(named)["results"]["bindings"]}
    assert f"{len(areas)}areas" in words(page, ".counts div")
    assert report.header.title in words(page, "#reports a")
    assert len(page.css("#views .cards a")) == len(VIEWS)
    listed = {(a.attributes["href"] or "").partition("?")[0] for a in page.css("#queries a")}
    assert listed == {f"/queries/{name}" for name in bundled().names()}


def test_every_class_and_property_of_a_report_has_a_name_in_both_languages(store: Path) -> None:
    with Graph.open(store, read_only=True) as graph:
        kinds = graph.store.select("SELECT DISTINCT ?x WHERE { GRAPH ?g { ?s a ?x } }")
        used = graph.store.select("SELECT DISTINCT ?x WHERE { GRAPH ?g { ?s ?x ?o } }")
    for reader in (PageReader("zh-Hans"), PageReader("en")):
        said = [class_label(reader, [row["x"] or ""]) for row in kinds]
        said += [property_label(reader, row["x"] or "") for row in used]
        assert not [name for name in said if ":" in name]
        if not reader.english:
            assert not [name for name in said if not re.search(r"[\u4e00-\u9fff]", name)]


def test_without_its_bundle_the_query_page_says_how_to_build_it(tmp_path: Path) -> None:
    page = HTMLParser(sparql_page(bundled(), PageReader("en"), built=tmp_path))
    assert words(page, "h1") == ["The SPARQL page is not built"]
    assert words(page, "pre") == ["make web"]
    assert [script.attributes["src"] for script in page.css("script")] == ["/assets/pages.js"]


def test_areas_before_and_after_one_another_are_told_apart_by_code_and_years(site: Service) -> None:
    page = HTMLParser(site.get("/id/area/420600?lang=en", "text/html").text)
    (before,) = [node for node in page.css(".facts .value") if node.css_first("small")]
    assert before.css_first("small").text().strip() == "420600, –2009"


def test_an_empty_answer_says_what_the_store_lacks(site: Service) -> None:
    for lang, said in (
        ("zh", "要有同一地区的两份报告"),
        ("en", "It takes two reports of one area"),
    ):
        page = look(site, f"/queries/plan-result?lang={lang}")
        assert said in page.body.text()


def test_counts_of_sums_lead_to_their_passages_and_bodies_have_english_names(site: Service) -> None:
    page = look(site, "/queries/money-by-actor?lang=en")
    links = [a.attributes["href"] or "" for a in page.css("#answer td.number a")]
    assert links and all("/queries/money?" in link and "document=" in link for link in links)
    facts = look(site, "/queries/figures?lang=en")
    assert "Hubei Province" in [small.text().strip() for small in facts.css("#answer td small")]
