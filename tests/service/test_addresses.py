"""Every IRI of ours answers, in every format, and says when it has not changed."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph.graph.sparql.tokens import tokens
from policygraph.queries.catalogue import bundled
from policygraph.service.request_analysis import form

from .service_process import Service
from .test_protocol import GRAPHS

BASE = "https://w3id.org/policygraph/"
PG = f"{BASE}ontology#"
EXTENSIONS = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}


def one(served: Service, kind: str) -> str:
    """The path of one thing of a class."""
    query = f"SELECT ?s {{ ?s a <{PG}{kind}> }} ORDER BY ?s LIMIT 1"
    iri = served.query(query, "text/csv").text.splitlines()[1]
    assert iri.startswith(BASE)
    return iri.removeprefix(BASE.rstrip("/"))


@pytest.mark.parametrize(
    "kind", ["Report", "Section", "Figure", "Mention", "Measure", "Area", "Indicator"]
)
@pytest.mark.parametrize("media", GRAPHS)
def test_a_thing_is_answered_in_every_format(reading: Service, kind: str, media: str) -> None:
    path = one(reading, kind)
    answer = reading.get(path, media)
    assert (answer.status, answer.media) == (200, media)
    subject = ox.NamedNode(BASE.rstrip("/") + path)
    quads = list(ox.parse(answer.body, GRAPHS[media]))
    assert any(quad.subject == subject and quad.object == ox.NamedNode(PG + kind) for quad in quads)


@pytest.mark.parametrize(
    ("path", "label", "linked"),
    [
        ("/id/area/230110", "香坊区", "哈尔滨市"),  # named by no report of the store
        ("/id/area/420600-1980", "襄樊市", "襄阳市"),
        ("/id/area/420000", "湖北省", "中国"),
        ("/vocabulary/topic/industry-support", "产业帮扶", ""),
        ("/vocabulary/unit/mu", "亩", ""),
    ],
)
def test_every_area_and_concept_answers_whether_a_report_names_it_or_not(
    reading: Service, path: str, label: str, linked: str
) -> None:
    page = reading.get(path, "text/html")
    assert page.status == 200
    assert label in page.text
    assert linked in page.text
    answer = reading.get(path, "text/turtle")
    subject = ox.NamedNode(BASE.rstrip("/") + path)
    quads = [q for q in ox.parse(answer.body, GRAPHS["text/turtle"]) if q.subject == subject]
    assert label in {q.object.value for q in quads if isinstance(q.object, ox.Literal)}


@pytest.mark.parametrize(
    "path",
    ["/id/area/999999", "/id/area/420600-1999", "/id/area/", "/vocabulary/topic/no-such-topic"],
)
def test_an_iri_that_is_nothing_is_not_found(reading: Service, path: str) -> None:
    assert reading.get(path, "text/turtle").status == 404


def test_an_extension_is_an_address_too(reading: Service) -> None:
    path = one(reading, "Figure")
    for extension, media in EXTENSIONS.items():
        answer = reading.get(f"{path}.{extension}", "image/png")
        assert (answer.status, answer.media) == (200, media)
        assert answer.body == reading.get(path, media).body
    assert f'<{path}.jsonld>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]


def test_an_iri_with_dots_is_no_extension(reading: Service) -> None:
    query = f"SELECT ?s {{ ?s <{PG}number> '2.3' }}"
    path = reading.query(query, "text/csv").text.splitlines()[1].removeprefix(BASE.rstrip("/"))
    assert path.endswith("/section/2.3")
    assert reading.get(path).status == 200


def test_what_points_at_a_thing_is_there_and_its_report(reading: Service) -> None:
    path = one(reading, "Area")
    text = reading.get(path, "application/n-triples").text
    assert f"<{PG}mentions> <{BASE.rstrip('/')}{path}>" in text or f"<{PG}within>" in text
    assert "void#inDataset> <https://w3id.org/policygraph/id/document/" in text


def test_a_concept_and_the_ontology_are_answered_in_every_format(reading: Service) -> None:
    assert "percent" in reading.get("/vocabulary/unit/percent").text.lower()
    for accept, media in ((m, m) for m in GRAPHS):
        answer = reading.get("/ontology", accept)
        assert (answer.status, answer.media) == (200, media)
    triples = ox.parse(reading.get("/ontology.nt").body, ox.RdfFormat.N_TRIPLES)
    assert ox.NamedNode(PG + "Figure") in {quad.subject for quad in triples}
    for path in ("/vocabulary", "/vocabulary/"):
        answer = reading.get(path)
        assert (answer.status, answer.headers["location"]) == (303, "/ontology#vocabularies")


@pytest.mark.parametrize(
    "path",
    [
        "/id/nothing",
        "/id/document/0000000000000000",
        "/id/%20%3C",
        "/id/%E4%B9%A1",
        "/vocabulary/unit/none",
    ],
)
def test_what_is_not_known_is_404_in_one_line(reading: Service, path: str) -> None:
    answer = reading.get(path)
    assert (answer.status, answer.media) == (404, "text/plain")
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize(
    ("path", "language", "status", "said"),
    [
        ("/id/nothing", "zh", 404, "这里没有内容"),
        ("/id/nothing", "en", 404, "There is nothing here"),
        ("/nowhere", "en", 404, "There is nothing here"),
        ("/compare?sort=best", "zh", 400, "这个请求无法回答"),
        ("/id/area/420000.png", "en", 404, "There is nothing here"),
    ],
)
def test_a_browser_gets_what_went_wrong_on_a_page_in_its_language(
    reading: Service, path: str, language: str, status: int, said: str
) -> None:
    line = reading.get(path).text.strip()
    wants = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": language}
    answer = reading.ask("GET", path, headers=wants)
    assert (answer.status, answer.media) == (status, "text/html")
    page = HTMLParser(answer.text)
    assert page.css_first("h1").text() == said
    assert page.css_first("[role=alert]").text() == line
    assert page.css_first("main form[role=search]") is not None


def test_what_has_not_changed_is_not_sent_again(reading: Service) -> None:
    path = one(reading, "Figure")
    first = reading.get(path)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    for headers, status in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'"other", W/{tag}'}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "nonsense"}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": modified}, 200),
    ):
        answer = reading.ask("GET", path, headers=headers)
        assert answer.status == status, headers
        assert (answer.body == b"") == (status == 304)
    assert (
        reading.ask(
            "GET", path, headers={"Accept": "application/n-triples", "If-None-Match": tag}
        ).status
        == 200
    )
    head = reading.ask("HEAD", path)
    assert (head.body, head.headers["etag"]) == (b"", tag)


@pytest.mark.parametrize("name", bundled().names())
def test_a_named_query_is_an_address(reading: Service, name: str) -> None:
    required = [p for p in bundled().named(name).parameters if not p.optional]
    given = {parameter.name: parameter.example for parameter in required}
    if required:
        assert reading.get(f"/queries/{name}").status == 400
    if form(tokens(bundled().named(name).sparql)) == "CONSTRUCT":
        graph = reading.get(f"/queries/{name}.nt", **given)
        assert (graph.status, graph.media) == (200, "application/n-triples")
        assert list(ox.parse(graph.body, ox.RdfFormat.N_TRIPLES)) or required
        return
    answer = reading.get(f"/queries/{name}.csv", **given)
    assert answer.status == 200, answer.text
    head = next(csv.reader(io.StringIO(answer.text)))
    assert not [column for column in head if column.endswith("Given")]
    results = json.loads(reading.get(f"/queries/{name}", **given).body)
    assert results["head"]["vars"] == head


def test_a_parameter_is_bound(reading: Service) -> None:
    whole = json.loads(reading.get("/queries/money.json").body)["results"]["bindings"]
    indicator = next(row["indicator"]["value"] for row in whole if "indicator" in row)
    some = json.loads(reading.get("/queries/money.json", indicator=indicator).body)["results"][
        "bindings"
    ]
    assert some == [row for row in whole if row.get("indicator", {}).get("value") == indicator]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/nothing", 404),
        ("/queries/money.png", 404),
        ("/queries/money.ttl", 404),
        ("/queries/money?nothing=1", 400),
        ("/queries/money?actor=a&actor=b", 400),
        ("/queries/money?document=here", 400),
        ("/queries/money?document=a:%25zz%20b", 400),
    ],
)
def test_a_wrong_address_of_a_query_is_told(reading: Service, path: str, status: int) -> None:
    answer = reading.get(path)
    assert (answer.status, answer.media) == (status, "text/plain")
    assert "-p " not in answer.text


def test_the_list_of_queries_names_every_query(reading: Service) -> None:
    listed = json.loads(reading.get("/queries/", "application/json").body)["queries"]
    assert [query["name"] for query in listed] == list(bundled().names())
    assert all(query["question"]["zh"] and query["question"]["en"] for query in listed)
