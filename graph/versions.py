"""Versions of a work: which documents of a store are one report, and which of them is current.

The same text, however it is typed, is the same version and has the same IRI (``Document.version``). Two
documents are versions of one work when their index number or document number is the same, or their
title, their period and who issued them, and most of the text; where one does not say who issued it, the
area stands in, if both titles or headers name it. Two departments may each call their report 2022年工作总结:
what has little text in common is never a version of the other.

Two tables of statistics are versions of one work when their title or their file's name is the same and most of
what they have numbers of: indicator, area and year. A corrected table so replaces the one before; one of other years does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, islice

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
    pg:issuer, pg:area, pg:areaFrom, pg:refPeriod, pg:period, pg:sha256, pg:source, pg:fileSha256))
}
"""
)
_TEXT = expand("pg:text")
_TEXT_OF = (
    f"PREFIX pg: <{PREFIXES['pg']}> "
    + "SELECT ?document ?text WHERE { GRAPH ?document { ?document pg:text ?text } }"
)
_CELL_OF = tuple(
    map(expand, ("pg:indicator", "pg:kind", "pg:scope", "pg:scopeText", "pg:refPeriod"))
)
_SENTENCE = re.compile(r"[。；;！？，,、：:\n]")
_TEXTS = 64  # whose lines are kept between two additions
_SHORTEST = 4  # characters of a stretch between two marks that is compared
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_NAMED_BY = frozenset(("title", "header", "issuer"))  # parts of a report that name what it is of
Properties = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Version:
    """A document of a store, by what tells which work it is a version of; empty where it is silent."""

    iri: str
    title: str = ""
    numbers: frozenset[str] = frozenset()
    issuer: str = ""
    area: str = ""
    area_from: str = ""
    period: str = ""
    sha256: str = ""
    source: str = ""
    replaces: frozenset[str] = frozenset()
    table: bool = False

    def same_table(self, other: Version) -> bool:
        """Whether both are tables with one title or of one file name."""
        named = self.title == other.title != "" or self.source == other.source != ""
        return self.table and other.table and named

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """The keys of the work: two versions of one share at least one of them."""
        if self.table:
            return [("table", name) for name in (self.title, self.source) if name]
        named: list[tuple[str, ...]] = [
            (self.title, self.period, kind, of) for kind, of in self._whose() if of
        ]
        numbers: list[tuple[str, ...]] = [(number,) for number in sorted(self.numbers)]
        return numbers + (named if self.title and self.period else [])

    def _whose(self) -> tuple[tuple[str, str], ...]:
        return ("issuer", self.issuer), ("area", self.area)

    def same_name(self, other: Version) -> bool:
        """Whether title, period and issuer or area are the same; what both leave unsaid says nothing."""
        if not (self.title and self.title == other.title):
            return False
        if not (self.period and self.period == other.period):
            return False
        if self.issuer and other.issuer:
            return self.issuer == other.issuer
        named = {self.area_from, other.area_from} <= _NAMED_BY
        return named and bool(self.area) and self.area == other.area


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
    written = (minter.document(document.version), nquads(document, minter))
    return Works(store).add([written], keep_versions=keep_versions)[0]


class Works:
    """The reports of a store by the works they are versions of: asked of the store once, then kept up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stretches: dict[str, frozenset[str]] = {}  # of the last texts that were compared
        self._cells: dict[str, frozenset[str]] = {}  # what the last tables have numbers of
        self._known: dict[str, Version] = {}
        self._alike: dict[tuple[str, ...], set[str]] = {}  # key → the documents that have it
        for version in stored_versions(store):
            self._know(version)

    def __contains__(self, iri: str) -> bool:
        """Whether a document is among the reports of the store."""
        return iri in self._known

    def _know(self, version: Version) -> None:
        """Take a version for one of the store, in place of what was known of its document."""
        self._forget(version.iri)
        self._known[version.iri] = version
        for key in version.keys:
            self._alike.setdefault(key, set()).add(version.iri)

    def _forget(self, iri: str) -> None:
        before = self._known.pop(iri, None)
        for key in before.keys if before else ():
            self._alike[key].discard(iri)

    def _same_work(self, one: Version, other: Version) -> bool:
        """Whether both are versions of one work: by their number, else by what names them and by their text."""
        if one.table or other.table:
            if not one.same_table(other):
                return False
            cells, others = self._cells_in(one.iri), self._cells_in(other.iri)
            return 2 * len(cells & others) >= max(len(cells), len(others)) > 0
        if one.numbers & other.numbers:
            return True
        return one.same_name(other) and _mostly_same(*map(self._stretches_in, (one.iri, other.iri)))

    def _stretches_in(self, iri: str) -> frozenset[str]:
        """The stretches between the marks of a document's text, asked of the store once."""
        if iri not in self._stretches:
            rows = self._store.solutions(_TEXT_OF, {"document": ox.NamedNode(iri)})
            self._stretches[iri] = _stretches_of(text.value for _, text in rows)
        return self._stretches[iri]

    def _cells_in(self, iri: str) -> frozenset[str]:
        """What a table of the store has numbers of, asked of it once."""
        if iri not in self._cells:
            self._cells[iri] = _cells_of(self._store.triples(iri))
        return self._cells[iri]

    def with_others(self) -> set[str]:
        """The documents that stand beside another version of their work."""
        pairs = (pair for several in self._alike.values() for pair in combinations(several, 2))
        return {
            iri
            for pair in pairs
            if self._same_work(*(self._known[iri] for iri in pair))
            for iri in pair
        }

    def add(
        self, documents: Iterable[tuple[str, str]], *, keep_versions: bool = False
    ) -> list[Addition]:
        """Write documents, each its IRI and N-Quads, together as if one after the other (``add_document``).

        Raises StoreError.
        """
        written: dict[str, str] = {}
        replaced: dict[str, None] = {}
        additions: list[Addition] = []
        for iri, quads in documents:
            addition, whole = self._addition(iri, quads, keep_versions)
            additions.append(addition)
            written.pop(iri, None)  # the last of them is the one that stays, in its place
            written[iri] = whole
            replaced.pop(iri, None)
            for other in () if keep_versions else addition.others:
                self._forget(other.iri)
                written.pop(other.iri, None)
                replaced[other.iri] = None
        self._store.add_all(written.items())
        for iri in replaced:  # only now: killed between the two, the store holds both
            self._store.drop(iri)
        for kept in (self._stretches, self._cells):
            for iri in list(islice(kept, max(0, len(kept) - _TEXTS))):
                del kept[iri]
        return additions

    def _addition(self, iri: str, quads: str, keep_versions: bool) -> tuple[Addition, str]:
        """What adding a document does, and its N-Quads."""
        properties = _properties(iri, quads)
        new = _described(iri, properties)
        self._stretches[iri] = _stretches_of(properties.get(_TEXT, ()))
        if new.table:
            self._cells[iri] = _cells_of(_statements(quads))
        before = self._known.get(iri)
        alike = {each for key in new.keys for each in self._alike.get(key, ())} - {iri}
        known = [self._known[each] for each in sorted(alike)]
        others = [version for version in known if self._same_work(version, new)]
        if keep_versions:
            replaces = _replaced_by(new, before, others)
            quads += _replacing(iri, replaces)
            new = replace(new, replaces=replaces)
        self._know(new)
        unlike = before and (before.sha256, before.source) != (new.sha256, new.source)
        changed = before if unlike else None
        return Addition(iri, quads.count("\n"), changed, tuple(others)), quads


def work_marks(iri: str, nquads: str) -> tuple[str, ...]:
    """What another version of a document's work has too, at least one of it, as short digests."""
    keys = _described(iri, _properties(iri, nquads)).keys
    marks = {hashlib.sha256(json.dumps(key).encode()).hexdigest()[:16] for key in keys}
    return tuple(sorted(marks))


def stored_versions(store: Store) -> Iterator[Version]:
    """Every report of a store by what tells its work, in the order of their IRIs."""
    found: dict[str, dict[str, set[str]]] = {}
    for document, name, value in store.solutions(_REPORTS):
        described = found.setdefault(document.value, {})
        described.setdefault(name.value, set()).add(value.value)
    for iri, described in sorted(found.items()):
        yield _described(iri, {name: frozenset(values) for name, values in described.items()})


def _stretches_of(texts: Iterable[str]) -> frozenset[str]:
    """The stretches of a text between its marks as they are compared, without short ones, which many texts have."""
    lines = (_plain(line) for text in texts for line in _SENTENCE.split(text))
    return frozenset(line for line in lines if len(line) >= _SHORTEST)


def _statements(nquads: str) -> Iterator[ox.Quad]:
    """The statements of N-Quads that tell what a table has numbers of."""
    wanted = {f"<{name}>" for name in _CELL_OF}
    told = [line for line in nquads.split("\n") if line.partition(" ")[2].partition(" ")[0] in wanted]  # fmt: skip
    yield from ox.parse("\n".join(told).encode(), ox.RdfFormat.N_QUADS)


def _cells_of(statements: Iterable[ox.Triple | ox.Quad]) -> frozenset[str]:
    """What a table has numbers of: indicator, kind, area and year of each figure."""
    told: dict[str, dict[str, str]] = {}
    for each in statements:
        if each.predicate.value in _CELL_OF:
            said = told.setdefault(str(each.subject), {})
            said[each.predicate.value] = str(each.object)
    return frozenset(
        " ".join(said.get(name, "") for name in _CELL_OF)
        for said in told.values()
        if _CELL_OF[0] in said
    )


def _mostly_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether at least half of what the shorter says stands in the longer too."""
    return 2 * len(one & other) >= min(len(one), len(other)) > 0


def _replaced_by(new: Version, before: Version | None, others: list[Version]) -> frozenset[str]:
    """Which versions a kept one replaces: those before it, never a later one."""
    said = before.replaces if before else frozenset()
    return said | {other.iri for other in others if new.iri not in other.replaces}


def _replacing(iri: str, replaces: Iterable[str]) -> str:
    """The lines that say which versions a document replaces."""
    lines = Lines(iri)
    for each in sorted(replaces):
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
        area_from=one("pg:areaFrom"),
        period=one("pg:refPeriod", "pg:period"),
        sha256=one("pg:sha256"),
        source=one("pg:source"),
        replaces=properties.get(expand("dcterms:replaces"), frozenset()),
        table=expand("pg:fileSha256") in properties,
    )


def _plain(words: str) -> str:
    """Words as they are compared: half-width and without spaces."""
    return _SPACE.sub("", plain_form(words))
