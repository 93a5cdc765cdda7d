"""docs/model.md says what is written: its tables are compared with the graph of the bundled report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.ontology import terms
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.prefixes import compact, expand
from policygraph.queries.standard_profile import QUERIES

PAGE = (Path(__file__).parents[1] / "docs" / "model.md").read_text("utf-8")
NAME = re.compile(r"`([\w-]+:[\w-]+)`( †)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A property that the page gives to a class, and what its values are."""

    kind: str
    name: str
    values: frozenset[str]
    absent: bool  # from the bundled report


def table(after: str) -> set[Row]:
    """The rows of the table after a line of the page."""
    rows, kinds = set(), []
    lines = PAGE.partition(f"\n{after}\n")[2].strip().splitlines()
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        first, names, values, note = (cell.strip() for cell in line.split("|")[1:5])
        kinds = [kind for kind, _ in NAME.findall(first)] or kinds
        shown = frozenset(re.findall(r"`([@\w:]+)`", values))
        for name, mark in NAME.findall(names):
            rows |= {Row(kind, name, shown, bool(mark)) for kind in kinds}
        for name, mark in NAME.findall(note):
            rows |= {Row(kind, name, frozenset(), True) for kind in kinds if mark}
    return rows


def kinds_of(graph: Graph) -> dict[str, set[str]]:
    """Each node with its classes and all above them."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in graph.store.quads():
        if quad.predicate.value == expand("rdf:type"):
            kind = compact(quad.object.value)
            found[quad.subject.value].add(kind)
            if kind.startswith("pg:"):
                found[quad.subject.value].update(map(compact, terms.parents(kind[3:])))
    return found


def value_of(term: object, kinds: dict[str, set[str]]) -> set[str]:
    """What a value is in the terms of the page."""
    if isinstance(term, ox.NamedNode):
        return {"IRI", *kinds.get(term.value, ())}
    assert isinstance(term, ox.Literal)
    return {f"@{term.language}" if term.language else compact(term.datatype.value)}


def written(graph: Graph, *, things: bool) -> Iterator[tuple[set[str], str, set[str]]]:
    """The classes, the property and the value of each triple in one kind of graph."""
    kinds = kinds_of(graph)
    for quad in graph.store.quads():
        if (quad.graph_name.value == terms.THINGS) is things:
            name = compact(quad.predicate.value)
            if name != "rdf:type":
                yield kinds[quad.subject.value], name, value_of(quad.object, kinds)


@pytest.mark.parametrize(
    ("after", "things"), [("In a document's graph:", False), ("In `pg:things`:", True)]
)
def test_the_tables_are_what_is_written(graph: Graph, after: str, things: bool) -> None:
    rows = table(after)
    assert len(rows) > 40
    used = set()
    for kinds, name, values in written(graph, things=things):
        fitting = {row for row in rows if row.kind in kinds and row.name == name}
        assert any(row.values & values for row in fitting), (kinds, name, values)
        used |= fitting
    assert {row for row in rows - used if not row.absent} == set()
    assert {row for row in used if row.absent} == set()


def test_the_classes_of_the_first_table_are_those_of_the_graph(graph: Graph) -> None:
    first = PAGE.partition("| --- | --- | --- |")[2].partition("\n\n")[0]
    listed = {
        kind for line in first.strip().splitlines() for kind, _ in NAME.findall(line.split("|")[3])
    }
    types = {
        compact(quad.object.value)
        for quad in graph.store.quads()
        if quad.predicate.value == expand("rdf:type")
    }
    beside = {"skos:ConceptScheme", "time:Instant", "org:Role", "pg:Merge"}
    assert types - beside == listed


def address(pattern: str) -> str:
    """A pattern of the page as a regular expression; braces hold what varies."""
    pattern = pattern.replace("{document}", "id/document/{16 hex}")
    parts = re.split(r"(\{[^}]*\})", pattern)
    varying = [
        "[0-9a-f]{16}" if "16 hex" in part else ".+" if "name" in part else "[^/]+"
        for part in parts
    ]
    fixed = zip(parts, varying, strict=True)
    return "".join(some if part.startswith("{") else re.escape(part) for part, some in fixed)


def test_every_node_has_an_address_of_the_first_table(graph: Graph) -> None:
    patterns: dict[str, list[str]] = defaultdict(list)
    for line in PAGE.partition("| --- | --- | --- |")[2].partition("\n\n")[0].strip().splitlines():
        _, addresses, classes = (cell.strip() for cell in line.split("|")[1:4])
        for kind, _ in NAME.findall(classes):
            patterns[kind] += [address(p) for p in re.findall(r"`([^` ]+/[^`]+)`", addresses)]
    used = set()
    for quad in graph.store.quads():
        kind = compact(quad.object.value) if quad.predicate.value == expand("rdf:type") else ""
        if kind in patterns:
            path = quad.subject.value.removeprefix("https://w3id.org/policygraph/")
            fitting = [p for p in patterns[kind] if re.fullmatch(rf"{p}(-\d+)?", path)]
            assert fitting, (kind, path)
            used |= set(fitting)
    assert {kind for kind, each in patterns.items() if not set(each) & used} <= {"pg:Transfer"}


def test_the_page_names_the_queries_of_the_standard_profile() -> None:
    section = PAGE.partition("## The standard profile")[2]
    assert {name for name in QUERIES if f"`{name}`" in section} == set(QUERIES)
    named = set(re.findall(r"`pg:(\w+)`", section))
    assert {"changeOf", "rankOf", "completionOf", "partOf", "evidence", "reports"} <= named
    assert named <= set(DECLARED) | {"things"}
