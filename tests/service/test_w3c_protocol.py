"""The SPARQL 1.1 Protocol test suite of the W3C, each request sent as it is written there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import RDFS
from rdflib.term import Node

from .service_process import Answer, Service, service

SUITE = Path(__file__).parents[1] / "w3c" / "sparql11-protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
TOKEN = "0123456789abcdef0123456789abcdef"
MEDIA = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": TABULAR,
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples"},
}


def manifest() -> Graph:
    graph = Graph()
    graph.parse(SUITE / "manifest.ttl", publicID=SUITE.as_uri() + "/manifest.ttl")
    return graph


MANIFEST = manifest()
ENTRIES = [
    entry for head in MANIFEST.objects(None, MF.entries) for entry in Collection(MANIFEST, head)
]


def test_every_test_of_the_w3c_suite_is_here() -> None:
    assert len(ENTRIES) == 34


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry).rpartition("#")[2])
def test_the_protocol_is_followed_as_the_w3c_test_asks(guarded: Service, entry: Node) -> None:
    """Updates come as forms too, so the service has a token, which stands in for a login."""
    load(guarded, entry)
    action = MANIFEST.value(entry, MF.action)
    for request in requests(action):
        check(send(guarded, request), MANIFEST.value(request, HT.resp))


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    options = ("--allow-update", "--token-file", str(folder / "token"))
    with service(folder / "store", *options) as served:
        yield served


def load(to: Service, entry: Node) -> None:
    """The graphs a test asks for, and no other."""
    parts = ["DROP ALL"]
    for data in MANIFEST.objects(entry, UT.graphData):
        file = Path(str(MANIFEST.value(data, UT.graph)).removeprefix("file://"))
        name = MANIFEST.value(data, RDFS.label)
        parts.append(f"INSERT DATA {{ GRAPH <{name}> {{ {file.read_text('utf-8')} }} }}")
    assert to.update(" ; ".join(parts), TOKEN).status == 204


def requests(action: Node | None) -> Iterator[Node]:
    assert action
    for listed in MANIFEST.objects(action, HT.requests):
        yield from Collection(MANIFEST, listed)


def send(to: Service, request: Node) -> Answer:
    headers = {
        str(MANIFEST.value(header, HT.fieldName)): str(MANIFEST.value(header, HT.fieldValue))
        for listed in MANIFEST.objects(request, HT.headers)
        for header in Collection(MANIFEST, listed)
    }
    headers["Authorization"] = f"Bearer {TOKEN}"
    content = MANIFEST.value(request, HT.body)
    body = None
    if content is not None:
        chars = str(MANIFEST.value(content, CNT.chars))
        body = chars.encode(str(MANIFEST.value(content, CNT.characterEncoding)))
    method = str(MANIFEST.value(request, HT.methodName))
    return to.ask(method, str(MANIFEST.value(request, HT.absolutePath)), body, headers)


def check(answer: Answer, expected: Node | None) -> None:
    assert isinstance(expected, Node)
    statuses = {
        str(s).rpartition("StatusCode")[2] for s in MANIFEST.objects(expected, MF.expectedStatus)
    }
    assert f"{answer.status // 100}xx" in statuses, answer.text
    if form := MANIFEST.value(expected, MF.expectedFormat):
        assert answer.media in MEDIA[str(form)]
    if (boolean := MANIFEST.value(expected, MF.expectedBoolean)) is not None:
        assert json.loads(answer.body)["boolean"] is (str(boolean) == "true")
