"""The integrity constraints of the Data Cube and the integrity conditions of SKOS, as queries.

Each query gives a row for each thing that breaks it: none over the graph, some over the broken example
beside it.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.graph.export import export
from policygraph.graph.statements import Document
from policygraph.ontology.terms import term
from policygraph.ontology.vocabulary import FOLDER
from policygraph.queries.standard_profile import StandardProfile

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
def whole(graph: Graph) -> ox.Store:
    """The ontology, all vocabularies and the Hubei graph as the standard profile has it."""
    lines = export(StandardProfile(graph.store), "nq").decode()
    return normalised(ONTOLOGY, *FOLDER.glob("*.ttl"), lines=lines)


def test_every_constraint_is_there() -> None:
    cube = {f"ic-{number:02}" for number in range(1, 22)}
    assert {query.stem for query in QUERIES} == cube | {"s-09", "s-13", "s-14", "s-27", "s-46"}


def test_there_is_a_cube_to_check(whole: ox.Store, hubei: Document) -> None:
    """Every figure is an observation but those of a key that the report states otherwise too."""
    keys: dict[tuple[object, ...], set[tuple[object, ...]]] = {}
    figures = "?f a pg:Figure ; pg:kind ?k ; pg:indicator ?i ; pg:scope ?s ; pg:refPeriod ?p"
    for figure, *parts in select(whole, f"SELECT ?f ?k ?i ?s ?p {{ {figures} }}"):
        qualifiers = frozenset(select(whole, f"SELECT ?q {{ {figure} pg:qualifier ?q }}"))
        said = f"SELECT ?v ?u {{ {figure} pg:value ?v OPTIONAL {{ {figure} pg:unit ?u }} }}"
        keys.setdefault((*parts, qualifiers), set()).update(select(whole, said))
    alike = [values for values in keys.values() if len(values) == 1]
    assert len(hubei.figures) > len(keys) > len(alike) > len(hubei.figures) * 0.8
    assert len(select(whole, "SELECT ?o { ?o a qb:Observation }")) == len(alike)


def test_another_value_of_a_key_is_found_by_ic_12(whole: ox.Store) -> None:
    """The key of the structure is no number of the observation: IC-12 can break over a report."""
    query = HERE / "ic-12.rq"
    one, data = select(whole, "SELECT ?o ?d { ?o a qb:Observation ; qb:dataSet ?d }")[0]
    same = [name for (name,) in select(whole, "SELECT ?p { ?p a qb:DimensionProperty }")]
    assert f"<{term('indicator')}>" in same
    twice = normalised(lines="".join(f"{quad} .\n" for quad in whole))
    for name in same:
        for (value,) in select(whole, f"SELECT ?v {{ {one} {name} ?v }}"):
            twice.update(f"INSERT DATA {{ <urn:again> {name} {value} }}")
    twice.update(
        f"PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX pg: <{term('value')[:-5]}> "
        f"INSERT DATA {{ <urn:again> a qb:Observation ; qb:dataSet {data} ; pg:value 1 }}"
    )
    (found,) = rows(twice, query)
    assert "=urn:again>" in found
    assert one.strip("<>") in found


def select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT as they are written."""
    names = f"PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX pg: <{term('value')[:-5]}> "
    answers = store.query(names + query)
    assert isinstance(answers, ox.QuerySolutions)
    return [tuple(map(str, row)) for row in answers]


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_graph_breaks_no_constraint(query: Path, whole: ox.Store) -> None:
    assert rows(whole, query)[:3] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_constraint_finds_what_breaks_it(query: Path) -> None:
    assert rows(normalised(query.with_suffix(".ttl")), query) != []
