"""The integrity constraints of the Data Cube and the integrity conditions of SKOS, as queries.

Each query gives a row for each thing that breaks it: none over the graph, some over the broken example
beside it.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph.graph.statements import Document
from policygraph.graph.writer import nquads
from policygraph.ontology.vocabulary import FOLDER

HERE = Path(__file__).parent / "integrity"
QUERIES = sorted(HERE.glob("*.rq"))
ONTOLOGY = FOLDER.parent / "policygraph.ttl"


def normalised(*turtle: Path, lines: str = "") -> ox.Store:
    """Files and N-Quads in one graph, after the normalisation algorithm of the specification."""
    store = ox.Store()
    for file in turtle:
        store.load(file.read_bytes(), ox.RdfFormat.TURTLE)
    quads = ox.parse(lines, ox.RdfFormat.N_QUADS)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    store.update((HERE / "normalise.ru").read_text("utf-8"))
    return store


def rows(store: ox.Store, query: Path) -> list[str]:
    answers = store.query(query.read_text("utf-8"))
    assert isinstance(answers, ox.QuerySolutions)
    return [str(row) for row in answers]


@pytest.fixture(scope="module")
def whole(hubei: Document) -> ox.Store:
    """The ontology, all vocabularies and the Hubei graph."""
    return normalised(ONTOLOGY, *FOLDER.glob("*.ttl"), lines=nquads(hubei))


def test_every_constraint_is_there() -> None:
    cube = {f"ic-{number:02}" for number in range(1, 22)}
    assert {query.stem for query in QUERIES} == cube | {"s-09", "s-13", "s-14", "s-27", "s-46"}


def test_there_is_a_cube_to_check(whole: ox.Store, hubei: Document) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?o a <http://purl.org/linked-data/cube#Observation> }"
    answers = whole.query(count)
    assert isinstance(answers, ox.QuerySolutions)
    assert [row["n"].value for row in answers] == [str(len(hubei.figures))]


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_graph_breaks_no_constraint(query: Path, whole: ox.Store) -> None:
    assert rows(whole, query)[:3] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_constraint_finds_what_breaks_it(query: Path) -> None:
    assert rows(normalised(query.with_suffix(".ttl")), query) != []
