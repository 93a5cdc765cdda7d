"""What a thing is connected with: neighbours by relation, the statements behind a link, paths between two things.

The SPARQL stands in the .rq files beside this module; IRIs are written into it as terms, because engines
find the neighbours of a given thing at once and those of a variable only after all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template

import pyoxigraph as ox

from policygraph.ontology.labels import language
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.stated_passages import Ask, text_of

FOLDER = Path(__file__).parent
HOPS = 4  # links of a path at most
FRONTIER = 400  # things a path is looked for through, at each step
CROWD = (
    300  # neighbours from which a thing says nothing about those it joins: no path goes through it
)
_TYPE = PREFIXES["rdf"] + "type"
_ORGANIZATION = "Organization"
# What a class is called in a network, where it is not the class's own name.
_KINDS = {
    "FormalOrganization": _ORGANIZATION,
    "OrganizationalUnit": _ORGANIZATION,
    "Report": "Report",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with its names by language and its type, a class of the ontology without prefix."""

    iri: str
    names: Mapping[str, str] = field(default_factory=dict)
    kind: str = "Concept"

    def name(self, language: str) -> str:
        """The name in a language (zh or en), else the other, else the end of the IRI."""
        wanted = (self.names.get(language), self.names.get("zh"), *self.names.values())
        return next((name for name in wanted if name), self.iri.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Link:
    """How a thing is connected with another: the relation, in how many statements of which reports."""

    source: str
    relation: str
    target: str
    times: int
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that connects two things: its words, and where they stand."""

    iri: str
    document: str
    title: str
    section: str
    words: str


def links(ask: Ask, things: Sequence[str], document: str = "") -> list[Link]:
    """All links of some things, the most often stated first; with a document only what it states."""
    found: dict[tuple[str, str, str], Link] = {}
    if not things:
        return []
    for row in ask(_filled("links", things=_terms(things)), {}):
        where = text_of(row, "document")
        if document and where not in (document, ""):
            continue
        key = (text_of(row, "thing"), text_of(row, "relation"), text_of(row, "other"))
        before = found.get(key, Link(*key, 0))
        documents = (*before.documents, where) if where else before.documents
        # What a register says is stated nowhere: it counts as once.
        times = before.times + max(int(text_of(row, "times")), 1)
        found[key] = Link(*key, times, tuple(sorted(documents)))
    return sorted(found.values(), key=lambda link: (-link.times, link.relation, link.target))


def nodes(ask: Ask, things: Iterable[str]) -> dict[str, Node]:
    """The names and types of some things, by IRI; a thing the store does not describe is left out."""
    wanted = sorted(set(things))
    names: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for row in ask(_filled("names", things=_terms(wanted)), {}) if wanted else ():
        iri, value, said = text_of(row, "thing"), row["value"], text_of(row, "value")
        if text_of(row, "property") == _TYPE:
            if said.startswith(PREFIXES["pg"]):
                kind = said.removeprefix(PREFIXES["pg"])
                kinds[iri] = min(kinds.get(iri, "~"), _KINDS.get(kind, kind))
            else:
                kinds.setdefault(iri, "~Concept")
        elif isinstance(value, ox.Literal):
            names.setdefault(iri, {}).setdefault(language(value.language or "")[:2], value.value)
    return {
        iri: Node(iri, names.get(iri, {}), kind.removeprefix("~")) for iri, kind in kinds.items()
    }


def evidence(ask: Ask, one: str, other: str) -> list[Evidence]:
    """The statements that connect two things, in the order of their reports."""
    rows = ask(_filled("between", one=_terms([one]), other=_terms([other])), {})
    found: dict[str, Evidence] = {}
    for row in rows:
        iri = text_of(row, "statement")
        words = text_of(row, "around") or text_of(row, "quote")
        found.setdefault(
            iri,
            Evidence(
                iri, text_of(row, "document"), text_of(row, "title"), text_of(row, "heading"), words
            ),
        )
    return list(found.values())


def path(ask: Ask, start: str, end: str, document: str = "") -> list[Link]:
    """A shortest path from one thing to another, empty where none has at most ``HOPS`` links.

    It is looked for from both ends; it goes through no thing with ``CROWD`` neighbours or more, which
    joins nearly everything, nor through a report, which names everything in it.
    """
    reached: tuple[dict[str, Link | None], ...] = ({start: None}, {end: None})
    frontiers = [[start], [end]]
    for _ in range(HOPS):
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        if not frontiers[side]:
            return []
        around = _passable(links(ask, frontiers[side], document), {start, end})
        frontiers[side] = []
        for link in around:
            if link.target not in reached[side]:
                reached[side][link.target] = link
                frontiers[side].append(link.target)
        met = [target for target in frontiers[side] if target in reached[1 - side]]
        if met:
            return _joined(reached, min(met))
        frontiers[side] = frontiers[side][:FRONTIER]
    return []


def _passable(found: Sequence[Link], ends: set[str]) -> list[Link]:
    """The links a path may take."""
    crowd: dict[str, int] = {}
    for link in found:
        crowd[link.source] = crowd.get(link.source, 0) + 1
    return [
        link
        for link in found
        if link.relation not in ("named-in", "report-names")
        and (crowd[link.source] < CROWD or link.source in ends)
    ]


def _joined(reached: tuple[dict[str, Link | None], ...], middle: str) -> list[Link]:
    """The links from the one end over the middle to the other."""
    way: list[Link] = []
    at = middle
    while (link := reached[0][at]) is not None:
        way.insert(0, link)
        at = link.source
    at = middle
    while (link := reached[1][at]) is not None:
        way.append(
            Link(link.target, reverse(link.relation), link.source, link.times, link.documents)
        )
        at = link.source
    return way


def reverse(relation: str) -> str:
    """The relation as it is seen from the other end."""
    if relation in _OTHER_END:
        return _OTHER_END[relation]
    one, _, other = relation.partition("-")
    return f"{other}-{one}"


# The relations seen from their source; each is seen from its target as its reverse.
FORWARD = (
    *("actor-object", "actor-target", "actor-place", "actor-issued", "actor-indicator"),
    *("implied-object", "implied-target", "implied-place"),
    *("object-target", "object-place", "object-indicator", "target-place", "target-indicator"),
    *("indicator-scope", "person-post", "part-area", "part-body", "post-body", "of-area"),
    *("before-after", "narrower-broader", "wording-concept", "report-names"),
)
_OTHER_END = {
    "named-in": "report-names",
    "report-names": "named-in",
    "of-area": "area-of",
    "area-of": "of-area",
}


def _terms(iris: Iterable[str]) -> str:
    """IRIs as SPARQL writes them; raises ValueError where one is none."""
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)


def _filled(name: str, **terms: str) -> str:
    return Template(_source(name)).substitute(terms)


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.rq").read_text("utf-8")
