"""What points at a thing: by property, and by the report whose statements do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from policygraph.graph.sparql.data import one_of, pairs_of
from policygraph.ontology.prefixes import expand
from policygraph.queries.stated_passages import Passage, passages_of, subselect
from policygraph.service.pages.quotes import FULL
from policygraph.service.pages.sparql_access import Row, Select, text, written

POINTING = 8  # things listed under one property at most
LISTED = 12  # reports listed at most
QUOTED_REPORTS = 4  # reports quoted at most
QUOTED = 24  # statements of one report fetched at most
PASSAGES = 3  # paragraphs shown of one report at most
NAMED = expand("pg:mentions")
# What only says where and how a statement was read, or says again of a deed what its measure says.
PLUMBING = frozenset(
    map(
        expand,
        (
            *("oa:hasSource", "prov:used", "prov:wasDerivedFrom", "pg:evidence", "pg:asWritten"),
            *("prov:wasAssociatedWith", "prov:atLocation"),
        ),
    )
)
KINDS = ("mention", "figure", "measure")
_KIND = re.compile(r"/(?P<kind>mention|figure|measure)/(?P<clause>\d+-\d+)(?:-\d+)?$")
_PLACE = re.compile(r"(\d+)-(\d+)$")
Place = tuple[ox.NamedNode, ox.NamedNode]  # a graph, and a subject in it


@dataclass(frozen=True)
class Incoming:
    """What points at a thing; ``whole`` unless only the first of it was counted."""

    quads: tuple[ox.Quad, ...]
    whole: bool

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], most: int) -> Incoming:
        """The first so many quads."""
        every = tuple(quads)
        return cls(every[:most], len(every) <= most)

    @cached_property
    def by_property(self) -> dict[str, list[Place]]:
        """Property → the subjects, each once, in order."""
        found: dict[str, dict[ox.NamedNode, ox.NamedNode]] = {}
        for graph, subject, by in self._named:
            if by.value not in PLUMBING:
                found.setdefault(by.value, {})[subject] = graph
        return {
            by: [(graph, subject) for subject, graph in sorted(places.items(), key=_by_subject)]
            for by, places in sorted(found.items())
        }

    @cached_property
    def by_report(self) -> list[tuple[ox.NamedNode, list[ox.NamedNode]]]:
        """The reports with their statements, first what mentions the thing; most statements first."""
        found: dict[ox.NamedNode, dict[ox.NamedNode, bool]] = {}
        for graph, subject, by in self._named:
            if subject.value.startswith(f"{graph.value}/"):
                statements = found.setdefault(graph, {})
                statements[subject] = statements.get(subject, False) or by.value == NAMED
        ranked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0].value))
        return [
            (graph, sorted(statements, key=lambda s: (not statements[s], *_place(s))))
            for graph, statements in ranked
        ]

    @staticmethod
    def kinds(statements: Sequence[ox.NamedNode]) -> dict[str, int]:
        """How many of these are mentions, figures and measures; measures of one clause count as one."""
        told: dict[str, set[str]] = {}
        for match in filter(None, (_KIND.search(each.value) for each in statements)):
            place = match["clause"] if match["kind"] == "measure" else match[0]
            told.setdefault(match["kind"], set()).add(place)
        return {kind: len(told[kind]) for kind in KINDS if kind in told}

    @cached_property
    def _named(self) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
        """Graph, subject and property of each quad where both have a name."""
        return [
            (graph, subject, by)
            for subject, by, _, graph in self.quads
            if isinstance(graph, ox.NamedNode) and isinstance(subject, ox.NamedNode)
        ]


@dataclass(frozen=True, slots=True)
class Details:
    """What one query tells of the things a page shows."""

    titles: dict[str, Row]
    passages: dict[str, list[Row]]
    labels: dict[str, list[ox.Literal]]
    said: dict[str, Passage]
    beside: dict[str, list[Row]]
    acting: list[Row] = field(default_factory=list)


def details(
    select: Select,
    incoming: Incoming,
    quoted: list[Place],
    saying: str,
    *,
    beside: bool,
    area: str = "",
) -> Details:
    """The titles of the reports, the passages quoted, the labels of what points at the thing.

    ``saying`` is a look-up of what is said of statements, empty where there is none; ``beside`` asks who is
    named in the reports of the passages, ``area`` which bodies of it act.
    """
    reports = incoming.by_report[:LISTED]
    named = [place for places in incoming.by_property.values() for place in places[:POINTING]]
    found = Details({}, {}, {}, {}, {})
    if not (reports or named or quoted or saying):
        return found
    query = written(
        "details",
        titled=one_of("document", [document for document, _ in reports]),
        quoted=pairs_of(("document", "statement"), quoted),
        named=pairs_of(("document", "statement"), named),
        beside=one_of(
            "document", dict.fromkeys(document for document, _ in quoted) if beside else ()
        ),
        said=subselect(saying) if saying else one_of("property", ()),
        acting=subselect(written("area-bodies", area=ox.NamedNode(area)))
        if area
        else one_of("times", ()),
    )
    rows = select(query, {})
    found.said.update(passages_of(rows))
    for row in rows:
        _take(found, {column: term for column, term in row.items() if term is not None})
    return found


def _take(found: Details, row: Row) -> None:
    """Put a row where it belongs; what is said of statements is taken already."""
    if "property" in row:
        return
    if "times" in row:
        found.acting.append(row)
    elif "thing" in row:
        found.beside.setdefault(text(row, "document"), []).append(row)
    elif "title" in row:
        found.titles[text(row, "document")] = row
    elif "quote" in row:
        found.passages.setdefault(text(row, "document"), []).append(row)
    elif isinstance(label := row.get("label"), ox.Literal):
        found.labels.setdefault(text(row, "statement"), []).append(label)


def quoted_of_reports(incoming: Incoming) -> list[Place]:
    """The statements of the first reports whose words a page shows."""
    return [
        (document, statement)
        for document, statements in incoming.by_report[:QUOTED_REPORTS]
        for statement in _at_the_front(statements[:QUOTED])
    ]


def _at_the_front(statements: list[ox.NamedNode]) -> list[ox.NamedNode]:
    """Those that may stand in the first paragraphs shown: of one that begins with a passage FULL characters after it are fetched."""
    placed = sorted((*_span(each), each.value) for each in statements)
    if placed and not placed[0][1]:  # a section may reach over any of them
        return statements
    shown, paragraphs, reach, last = set(), 0, 0, 0
    for start, end, statement in placed:
        last = max(last, end)
        if start >= reach:
            paragraphs, reach = paragraphs + 1, last + FULL
        if paragraphs > PASSAGES:
            break
        shown.add(statement)
    return [each for each in statements if each.value in shown]


def _by_subject(each: tuple[ox.NamedNode, ox.NamedNode]) -> str:
    return each[0].value


def _place(statement: ox.NamedNode) -> tuple[int, str]:
    """Where a statement begins: its IRI ends with that."""
    return _span(statement)[0], statement.value


def _span(statement: ox.NamedNode) -> tuple[int, int]:
    """From where to where a statement stands: its IRI ends with that; nought for one that does not tell."""
    found = _PLACE.search(statement.value)
    return (int(found[1]), int(found[2])) if found else (0, 0)
