"""Versions of a work: which documents of a store are one report, and which of them is current.

The same text, however it is typed, is the same version and has the same IRI (``Document.version``). Two
documents are versions of one work when their index number or document number is the same, or their
title, their period and who issued them; where one does not say who issued it, the area stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from policygraph.graph.statements import Document, plain_form
from policygraph.graph.stores import Store
from policygraph.graph.writer import nquads
from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import PREFIXES, expand

_REPORTS = (
    f"PREFIX pg: <{PREFIXES['pg']}> PREFIX dcterms: <{PREFIXES['dcterms']}> "
    + """
SELECT ?document ?property ?value WHERE {
  GRAPH ?document { ?document a pg:Report ; ?property ?value }
  FILTER (?property IN (dcterms:title, dcterms:identifier, dcterms:replaces, pg:documentNumber,
    pg:issuer, pg:area, pg:refPeriod, pg:period, pg:sha256, pg:source))
}
"""
)
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
Properties = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Version:
    """A document of a store, by what tells which work it is a version of; empty where it is silent."""

    iri: str
    title: str = ""
    numbers: frozenset[str] = frozenset()
    issuer: str = ""
    area: str = ""
    period: str = ""
    sha256: str = ""
    source: str = ""
    replaces: frozenset[str] = frozenset()

    def same_work(self, other: Version) -> bool:
        """Whether both are versions of one work; what both leave unsaid says nothing."""
        if self.numbers & other.numbers:
            return True
        if not (self.title and self.title == other.title):
            return False
        if not (self.period and self.period == other.period):
            return False
        if self.issuer and other.issuer:
            return self.issuer == other.issuer
        return bool(self.area) and self.area == other.area


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a document did.

    ``before`` is the same version as it was in the store, from another file or typed another way;
    ``others`` are the other versions of the work, which it replaced, or stands beside where they
    are kept.
    """

    iri: str
    quads: int
    before: Version | None = None
    others: tuple[Version, ...] = ()


def add_document(
    store: Store, document: Document, minter: Minter, *, keep_versions: bool = False
) -> Addition:
    """Write a document to a store; other versions of its work go, unless they are kept.

    A kept one is replaced in words only: the new one says so (``dcterms:replaces``), and keeps what
    it said when it is added again. Raises StoreError.
    """
    iri, lines = minter.document(document.version), nquads(document, minter)
    new = _described(iri, _properties(iri, lines))
    before, others = _known(store, new)
    if keep_versions:
        lines += _replacing(iri, before, others)
    store.add(iri, lines)
    if not keep_versions:  # only now: killed between the two, the store holds both
        for other in others:
            store.drop(other.iri)
    unlike = before and (before.sha256, before.source) != (new.sha256, new.source)
    return Addition(iri, lines.count("\n"), before if unlike else None, tuple(others))


def _known(store: Store, new: Version) -> tuple[Version | None, list[Version]]:
    """This version as it is in the store, and the other versions of its work."""
    versions = list(stored_versions(store))
    before = next((each for each in versions if each.iri == new.iri), None)
    return before, [each for each in versions if each.iri != new.iri and each.same_work(new)]


def stored_versions(store: Store) -> Iterator[Version]:
    """Every report of a store by what tells its work, in the order of their IRIs."""
    found: dict[str, dict[str, set[str]]] = {}
    for document, name, value in store.solutions(_REPORTS):
        described = found.setdefault(document.value, {})
        described.setdefault(name.value, set()).add(value.value)
    for iri, described in sorted(found.items()):
        yield _described(iri, {name: frozenset(values) for name, values in described.items()})


def _replacing(iri: str, before: Version | None, others: list[Version]) -> str:
    """The lines that say which versions this one replaces: those before it, never a later one."""
    said = before.replaces if before else frozenset()
    earlier = {other.iri for other in others if iri not in other.replaces}
    lines = Lines(iri)
    for each in sorted(said | earlier):
        lines.link(iri, "dcterms:replaces", each)
    return lines.text()


def _properties(iri: str, nquads: str) -> Properties:
    """What a document's N-Quads say of the document itself."""
    own = "\n".join(line for line in nquads.split("\n") if line.startswith(f"<{iri}> "))
    found: dict[str, set[str]] = {}
    for quad in ox.parse(own.encode(), ox.RdfFormat.N_QUADS):
        found.setdefault(quad.predicate.value, set()).add(str(getattr(quad.object, "value", "")))
    return {name: frozenset(values) for name, values in found.items()}


def _described(iri: str, properties: Properties) -> Version:
    def one(*names: str) -> str:
        """The value of the first property that has one."""
        return next((min(properties[n]) for n in map(expand, names) if n in properties), "")

    numbers = (one("dcterms:identifier"), one("pg:documentNumber"))
    return Version(
        iri,
        title=_plain(one("dcterms:title")),
        numbers=frozenset(_plain(number) for number in numbers if _DIGIT.search(number)),
        issuer=one("pg:issuer"),
        area=one("pg:area"),
        period=one("pg:refPeriod", "pg:period"),
        sha256=one("pg:sha256"),
        source=one("pg:source"),
        replaces=properties.get(expand("dcterms:replaces"), frozenset()),
    )


def _plain(words: str) -> str:
    """Words as they are compared: half-width and without spaces."""
    return _SPACE.sub("", plain_form(words))
