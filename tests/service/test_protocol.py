"""The SPARQL endpoint over HTTP, as a client meets it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from .service_process import Service

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
SELECT = 'SELECT ?x ?y { VALUES (?x ?y) { ("逗号,\\"引号\\"\\n换行"@zh 1) (<http://例.cn/乡村> UNDEF) } }'


@pytest.mark.parametrize("media", ROWS)
def test_rows_in_every_format_are_the_same_rows(reading: Service, media: str) -> None:
    answer = reading.query(SELECT, media)
    assert (answer.status, answer.media) == (200, media)
    solutions = ox.parse_query_results(answer.body, ROWS[media])
    assert isinstance(solutions, ox.QuerySolutions)
    assert [[str(term) for term in row] for row in solutions] == [
        ['"逗号,\\"引号\\"\\n换行"@zh', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        ["<http://例.cn/乡村>", "None"],
    ]


def test_rows_are_sent_as_csv(reading: Service) -> None:
    answer = reading.query(SELECT, "text/csv")
    assert answer.media == "text/csv"
    assert answer.text == 'x,y\r\n"逗号,""引号""\n换行",1\r\nhttp://例.cn/乡村,\r\n'


@pytest.mark.parametrize("media", GRAPHS)
def test_a_graph_in_every_format_is_the_same_graph(reading: Service, media: str) -> None:
    answer = reading.query('CONSTRUCT { <a:a> <http://b/c> "湖北"@zh , 1.50 } WHERE {}', media)
    assert (answer.status, answer.media) == (200, media)
    assert {str(quad.object) for quad in ox.parse(answer.body, GRAPHS[media])} == {
        '"湖北"@zh',
        '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    }


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/*;q=0.9, */*;q=0.1", "text/csv"),
        ("application/json", "application/sparql-results+json"),
        ("text/html, text/csv;q=0.1", "text/csv"),
        (
            "*/*, application/sparql-results+json;q=0, text/csv;q=0",
            "application/sparql-results+xml",
        ),
    ],
)
def test_the_accept_header_chooses(reading: Service, accept: str, media: str) -> None:
    assert reading.query("SELECT * { } LIMIT 1", accept).media == media


def test_no_format_fits(reading: Service) -> None:
    answer = reading.query("SELECT * {}", "image/png, text/turtle")
    assert answer.status == 406
    assert "text/csv" in answer.text
    assert reading.query("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status == 406


def test_a_chinese_iri_answers_the_same_by_every_way(reading: Service) -> None:
    """Percent signs inside an IRI must survive: decoding a form twice would lose them."""
    encoded = quote("湖北省")
    query = f"SELECT (<http://例.cn/{encoded}?a=%2B+%26> AS ?x) {{}}"
    ways = [
        reading.ask("GET", "/sparql?query=" + quote(query, safe="")),
        reading.ask("POST", "/sparql", b"query=" + quote(query, safe="").encode(), FORM),
        reading.ask("POST", "/sparql", query.encode(), QUERY),
    ]
    for answer in ways:
        row = json.loads(answer.body)["results"]["bindings"][0]
        assert row["x"]["value"] == f"http://例.cn/{encoded}?a=%2B+%26"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=ASK{}&query=ASK{}", None, {}, 400),
        ("GET", "/sparql?query=ASK{}&update=CLEAR+ALL", None, {}, 400),
        ("GET", "/sparql?query=%FF", None, {}, 400),
        ("GET", "/sparql?query=ASK%20{", None, {}, 400),
        ("GET", "/sparql?query=ASK{}&default-graph-uri=here", None, {}, 400),
        ("POST", "/sparql?query=ASK{}", b"ASK{}", QUERY, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"query=ASK{}&update=CLEAR+ALL", FORM, 400),
        ("POST", "/sparql", b"query=%B4%B4", FORM, 400),
        ("POST", "/sparql", "ASK{}".encode("utf-16"), QUERY, 400),
        (
            "POST",
            "/sparql",
            b"ASK{}",
            {"Content-Type": "application/sparql-query; charset=gbk"},
            415,
        ),
        ("POST", "/sparql", b"ASK{}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK{}", {}, 415),
        ("PUT", "/sparql", b"ASK{}", QUERY, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("GET", "/nowhere", None, {}, 404),
        ("POST", "/sparql", b"x" * (1 << 21), QUERY, 413),
        ("GET", "/sparql?query=" + "x" * 20_000, None, {}, 414),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    reading: Service,
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = reading.ask(method, path, body, headers)
    assert answer.status == status
    assert answer.media == "text/plain"
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text


def test_a_syntax_error_says_where(reading: Service) -> None:
    answer = reading.query("SELECT * {\n  ?s ?p <relative> .\n  ?s ?p }")
    assert answer.status == 400
    assert "error at 3:" in answer.text


def test_the_default_graph_is_the_union_unless_graphs_are_chosen(reading: Service) -> None:
    report = reading.query(
        "SELECT ?g { GRAPH ?g { ?g a ?type } } LIMIT 1", "text/csv"
    ).text.split()[1]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = int(reading.query(count, "text/csv").text.split()[1])
    chosen = reading.get("/sparql", "text/csv", query=count, **{"default-graph-uri": report})
    none = reading.get("/sparql", "text/csv", query=count, **{"named-graph-uri": report})
    assert 0 < int(chosen.text.split()[1]) < whole
    assert int(none.text.split()[1]) == 0


def test_a_head_request_says_what_a_get_would_send(reading: Service) -> None:
    path = "/sparql?query=ASK{}"
    head, get = reading.ask("HEAD", path), reading.ask("GET", path)
    assert head.body == b""
    assert head.headers["content-length"] == str(len(get.body))


def test_a_page_elsewhere_may_ask(reading: Service) -> None:
    asked = {"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"}
    preflight = reading.ask("OPTIONS", "/sparql", headers=asked)
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    assert reading.query("ASK{}").headers["access-control-allow-origin"] == "*"


def test_answers_carry_security_headers(reading: Service) -> None:
    for answer in (reading.query("ASK{}"), reading.get("/nowhere")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_read_only_service_refuses_to_write(reading: Service) -> None:
    answer = reading.update("CLEAR ALL")
    assert answer.status == 403
    assert "--allow-update" in answer.text
    assert reading.ask("PUT", "/store?default", b"", {"Content-Type": "text/turtle"}).status == 403
    assert reading.ask("DELETE", "/store?graph=a:b").status == 403


def test_a_byte_order_mark_before_a_query_is_dropped(reading: Service) -> None:
    """Editors on Windows begin a file with it."""
    body = SELECT.encode("utf-8-sig")
    by_body = reading.ask("POST", "/sparql", body, {**QUERY, "Accept": "text/csv"})
    by_form = reading.ask("POST", "/sparql", f"query={quote(body)}".encode(), FORM)
    by_address = reading.ask("GET", f"/sparql?query={quote(body)}")
    assert [answer.status for answer in (by_body, by_form, by_address)] == [200, 200, 200]
    assert by_body.text == reading.query(SELECT, "text/csv").text
