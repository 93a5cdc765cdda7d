"""Turtle files as resources one can leaf through: the ontology, its shapes, its vocabularies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

import policygraph.ontology as ontology_package
from policygraph.errors import VocabularyError
from policygraph.ontology.labels import CHINESE, ENGLISH, language
from policygraph.ontology.prefixes import PREFIXES
from policygraph.viz.bilingual import Both

FOLDER = Path(ontology_package.__file__).parent
ONTOLOGY = FOLDER / "policygraph.ttl"
SHAPES = FOLDER / "shapes.ttl"
PROFILE = Path(__file__).parent / "profile.ttl"
_NAMESPACES = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_HEADING = re.compile(r"# -- (.+?) / (.+?) -+\s*$")
_SUBJECT = re.compile(r"(pg:\w+) a ")
_Term = ox.NamedNode | ox.BlankNode | ox.Literal
_Triples = dict[_Term, dict[str, list[_Term]]]
_UNION = ("owl:unionOf", "owl:oneOf")


@dataclass(frozen=True, slots=True)
class Value:
    """The object of a triple: a shortened IRI, or a literal with its language or type."""

    text: str
    is_link: bool
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One subject of a file: its short name and its values by short predicate, in file order."""

    name: str
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def local(self) -> str:
        """The name after the prefix: the anchor on the page."""
        return self.name.partition(":")[2]

    def links(self, *predicates: str) -> tuple[str, ...]:
        """The things these predicates point at, as short names."""
        return tuple(v.text for p in predicates for v in self.values.get(p, ()) if v.is_link)

    def texts(self, predicate: str, tag: str | None = None) -> tuple[str, ...]:
        """The literals of a predicate, of one language where one is given."""
        values = self.values.get(predicate, ())
        return tuple(v.text for v in values if not v.is_link and tag in (None, v.tag))

    def both(self, *predicates: str) -> Both:
        """The first text of these predicates in Chinese and in English, empty where there is none."""

        def first(tag: str) -> str:
            return next((t for p in predicates for t in self.texts(p, tag)), "")

        return first(CHINESE), first(ENGLISH)

    @property
    def label(self) -> Both:
        """Its name in both languages; the other one where one lacks, or the local name."""
        zh, en = self.both("rdfs:label", "skos:prefLabel", "dcterms:title")
        return zh or en or self.local, en or zh or self.local

    @property
    def comment(self) -> Both:
        """What it means, in both languages."""
        return self.both("rdfs:comment", "skos:definition", "skos:editorialNote")

    def is_a(self, *kinds: str) -> bool:
        """Whether it is of one of these classes."""
        return any(kind in kinds for kind in self.links("rdf:type"))


def shorten(iri: str) -> str:
    """``pg:Figure`` where its namespace has a prefix, else the IRI itself."""
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def lengthen(name: str) -> str:
    """The IRI of a short name; an IRI stays what it is."""
    prefix, mark, local = name.partition(":")
    return PREFIXES[prefix] + local if mark and prefix in PREFIXES else name


@cache
def read(path: Path) -> dict[str, Resource]:
    """The named subjects of a Turtle file by short name, in file order; lists are unrolled.

    Raises VocabularyError when the file is missing or is not Turtle.
    """
    subjects = _gather(path)
    named = [subject for subject in subjects if isinstance(subject, ox.NamedNode)]
    return {
        shorten(one.value): _resource(shorten(one.value), subjects[one], subjects) for one in named
    }


@cache
def constraints(path: Path) -> dict[str, tuple[Both, ...]]:
    """Class → what the shapes of a file say its things must look like; empty without the file.

    Raises VocabularyError when the file is not Turtle.
    """
    subjects = _gather(path) if path.exists() else {}
    found: dict[str, dict[Both, None]] = {}
    for values in subjects.values():
        inner = [subjects[one] for one in values.get("sh:property", ()) if one in subjects]
        messages = dict.fromkeys(
            _resource("", one, subjects).both("sh:message") for one in (values, *inner)
        )
        for target in _resource("", values, subjects).links("sh:targetClass"):
            found.setdefault(target, {}).update(messages)
    return {
        target: tuple(one for one in messages if any(one)) for target, messages in found.items()
    }


def _gather(path: Path) -> _Triples:
    """Subject → short predicate → values."""
    subjects: _Triples = {}
    try:
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
                values = subjects.setdefault(subject, {})
                values.setdefault(shorten(quad.predicate.value), []).append(value)
    except (OSError, SyntaxError, ValueError) as error:
        raise VocabularyError(f"{path.name}: cannot be read as Turtle: {error}") from error
    return subjects


def _resource(name: str, values: dict[str, list[_Term]], subjects: _Triples) -> Resource:
    unrolled = {
        p: tuple(v for item in items for v in _unroll(item, subjects))
        for p, items in values.items()
    }
    return Resource(name, unrolled)


def _unroll(value: _Term, subjects: _Triples) -> list[Value]:
    """A value as it is, a list as its members; other blank nodes are left out."""
    if isinstance(value, ox.Literal):
        tag = language(value.language) if value.language else shorten(value.datatype.value)
        return [Value(value.value, False, "" if tag == "xsd:string" else tag)]
    if isinstance(value, ox.NamedNode):
        return [] if value.value.endswith("#nil") else [Value(shorten(value.value), True)]
    inner = subjects.get(value, {})
    parts = ("rdf:first", "rdf:rest") if "rdf:first" in inner else _UNION
    return [v for part in parts for item in inner.get(part, ()) for v in _unroll(item, subjects)]


@cache
def headings(path: Path) -> dict[str, Both]:
    """Term → the heading above it in the ontology file, in Chinese and English."""
    found: dict[str, Both] = {}
    current = ("其他", "Other")
    for line in path.read_text("utf-8").splitlines():
        if heading := _HEADING.match(line):
            current = heading[2], heading[1]
        elif subject := _SUBJECT.match(line):
            found[subject[1]] = current
    return found
