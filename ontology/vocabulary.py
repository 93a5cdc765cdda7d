"""SKOS vocabularies as word lists: the labels of a concept are what the reader recognises.

A vocabulary is one Turtle file under ``ontology/vocabularies``; every concept carries
``skos:prefLabel`` and ``skos:altLabel`` in ``zh-Hans`` and may carry ``pg:`` properties. A file of
one's own may add concepts to any of them: ``with extended(Path("mine.ttl")): read(…)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import fields as fields_of
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from policygraph.errors import VocabularyError, reason
from policygraph.ontology.labels import CHINESE, ENGLISH, language
from policygraph.ontology.prefixes import PREFIXES
from policygraph.ontology.prepared import prepared

FOLDER = Path(__file__).parent / "vocabularies"
SKOS, PG = PREFIXES["skos"], PREFIXES["pg"]
_TITLE = PREFIXES["dcterms"] + "title"
SCHEMES = "https://w3id.org/policygraph/vocabulary/"
# Subject → predicate → values, each with its language.
_Subjects = dict[str, dict[str, list[tuple[str, str]]]]
_Made = TypeVar("_Made", bound=Callable[..., Any])

# What was made from the words so far, and the files added to the bundled ones: of this process.
_made: list[Any] = []
_REMEMBERED = 4096  # answers of a function of words that are kept
_added: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: IRI, local key, scheme, Chinese labels (preferred first), pg: properties.

    ``matches`` are the concepts of others that mean exactly the same (unit:CCY_CNY), ``narrower`` those
    that mean a part of it; ``definition`` is in Chinese and English.
    """

    iri: str
    key: str
    scheme: str
    labels: tuple[str, ...]
    english: str
    broader: str
    properties: dict[str, tuple[str, ...]]
    matches: tuple[str, ...] = ()
    definition: tuple[str, str] = ("", "")
    narrower: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The preferred Chinese label."""
        return self.labels[0]

    def value(self, name: str, default: str = "") -> str:
        """The first value of a pg: property, or the default."""
        return self.properties.get(name, (default,))[0]

    def has(self, facet: str) -> bool:
        """Whether the concept says a facet of itself (pg:facet)."""
        return facet in self.properties.get("facet", ())


@dataclass(frozen=True, slots=True)
class _Bundled:
    """A bundled file: its scheme, that one's titles in Chinese and English, and its concepts by their keys."""

    scheme: str
    titles: tuple[str, str]
    concepts: tuple[Concept, ...]


def word_cache(function: _Made) -> _Made:
    """Remember what a function made of the vocabularies until the vocabularies change."""
    cached = cache(function)
    _made.append(cached)
    return cached  # type: ignore[return-value]


def remembering(thing: Any) -> None:
    """Let ``thing.cache_clear`` be called when the vocabularies change."""
    _made.append(thing)


def word_memo(function: _Made) -> _Made:
    """Remember the last answers of a function of words, until the vocabularies change."""
    cached = lru_cache(maxsize=_REMEMBERED)(function)
    _made.append(cached)
    return cached  # type: ignore[return-value]


@contextmanager
def extended(*files: Path) -> Iterator[None]:
    """Let the concepts of these Turtle files stand beside the bundled ones, for the whole process.

    Raises VocabularyError on a file that is no Turtle, holds no concept, or has one without a
    Chinese label or outside the bundled schemes.
    """
    global _added
    for file in files:
        _own(file)
    before, _added = _added, (*_added, *(file for file in files if file not in _added))
    _forget(before != _added)
    try:
        yield
    finally:
        changed, _added = _added != before, before
        _forget(changed)


def added() -> tuple[Path, ...]:
    """The files that stand beside the bundled ones just now."""
    return _added


def _forget(changed: bool) -> None:
    """Throw away what was made of the words."""
    for cached in _made if changed else ():
        cached.cache_clear()


@word_cache
def vocabulary(name: str) -> tuple[Concept, ...]:
    """The concepts of one vocabulary in the order of their keys, one's own after the bundled.

    A concept of one's own with the IRI of a bundled one stands in its place.

    Raises VocabularyError when there is no such file or it is not Turtle.
    """
    bundled = _bundled(FOLDER / f"{name}.ttl").concepts
    if not _added:
        return bundled
    scheme = _schemes()[name]
    own = {c.iri: c for file in _added for c in _own(file) if c.scheme == scheme}
    return (*(concept for concept in bundled if concept.iri not in own), *own.values())


@word_memo
def concept_of(name: str, key: str) -> Concept:
    """The concept of one vocabulary that has this key; raises VocabularyError where none has."""
    for concept in vocabulary(name):
        if concept.key == key:
            return concept
    raise VocabularyError(f"{key}: no such concept of {name}.ttl")


@word_cache
def concepts_by_iri(name: str) -> dict[str, Concept]:
    """IRI → the concept of one vocabulary."""
    return {concept.iri: concept for concept in vocabulary(name)}


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Scheme → its Chinese and its English title, empty where it has none."""
    return {scheme: _bundled(FOLDER / f"{name}.ttl").titles for name, scheme in _schemes().items()}


@cache
def _schemes() -> dict[str, str]:
    """File name → the scheme it holds."""
    return {path.stem: _bundled(path).scheme for path in sorted(FOLDER.glob("*.ttl"))}


def load(path: Path) -> tuple[Concept, ...]:
    """The concepts of one Turtle file in the order of their keys."""
    return _concepts(_gather(path))


def _concepts(gathered: _Subjects) -> tuple[Concept, ...]:
    concepts = [
        _concept(iri, properties)
        for iri, properties in gathered.items()
        if SKOS + "prefLabel" in properties
    ]
    return tuple(sorted(concepts, key=lambda concept: concept.key))


def _own(path: Path) -> tuple[Concept, ...]:
    """The concepts of a file of one's own, each of a bundled scheme."""
    concepts = load(path)
    if not concepts:
        raise VocabularyError(f"{path.name}: no skos:Concept with a skos:prefLabel in it")
    files = {scheme: name for name, scheme in _schemes().items()}
    for concept in concepts:
        if not concept.labels:
            raise VocabularyError(f"{path.name}: {concept.iri}: no label in Chinese (@zh-Hans)")
        if concept.scheme not in files:
            names = ", ".join(sorted(scheme.removeprefix(SCHEMES) for scheme in files))
            raise VocabularyError(
                f"{path.name}: {concept.iri}: skos:inScheme must be <{SCHEMES}…> with one of {names}"
            )
        taken = _keys(files[concept.scheme]).get(concept.key, concept.iri)
        if taken != concept.iri:
            raise VocabularyError(
                f"{path.name}: {concept.iri}: {taken} ends in the same name; give it another"
            )
    return concepts


@cache
def _bundled(path: Path) -> _Bundled:
    """What a bundled file says; it does not change while a process runs."""
    said = prepared(path) or read_bundled(path)
    rows = (
        (*row[:3], tuple(row[3]), *row[4:6], _tupled(row[6]), *map(tuple, row[7:]))
        for row in said["concepts"]
    )
    titles = said["titles"]
    return _Bundled(said["scheme"], (titles[0], titles[1]), tuple(Concept(*row) for row in rows))


def read_bundled(path: Path) -> dict[str, Any]:
    """The scheme of a bundled file, its titles in Chinese and English, and the values of its concepts in the order of their fields.

    Raises VocabularyError where the file is not there or is not Turtle.
    """
    gathered = _gather(path)
    kind, scheme = (SKOS + "ConceptScheme", ""), ""
    for subject, properties in gathered.items():
        if kind in properties.get(PREFIXES["rdf"] + "type", ()):
            scheme = subject
    title = {tag: text for text, tag in gathered.get(scheme, {}).get(_TITLE, ())}
    titles = title.get(CHINESE, ""), title.get(ENGLISH, "")
    fields = [field.name for field in fields_of(Concept)]
    concepts = [[getattr(c, field) for field in fields] for c in _concepts(gathered)]
    return {"scheme": scheme, "titles": titles, "concepts": concepts}


def _tupled(properties: dict[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in properties.items()}


@cache
def _keys(name: str) -> dict[str, str]:
    """Key → IRI of the concepts of one bundled vocabulary."""
    return {c.key: c.iri for c in _bundled(FOLDER / f"{name}.ttl").concepts}


def _gather(path: Path) -> _Subjects:
    """Subject → predicate → values of one Turtle file."""
    gathered: _Subjects = {}
    try:
        for subject, predicate, value, _ in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            if isinstance(subject, ox.NamedNode):
                properties = gathered.setdefault(subject.value, {})
                properties.setdefault(predicate.value, []).append(_plain(value))
    except (OSError, SyntaxError, ValueError) as error:
        raise VocabularyError(f"{path.name}: cannot be read as Turtle: {reason(error)}") from error
    return gathered


def _plain(term: object) -> tuple[str, str]:
    """A term as (value, language); the language is empty where there is none."""
    if isinstance(term, ox.Literal):
        tag = term.language
        return term.value, language(tag) if tag else ""
    return str(getattr(term, "value", "")), ""


def _concept(iri: str, said: dict[str, list[tuple[str, str]]]) -> Concept:
    words = said.get(SKOS + "prefLabel", []) + said.get(SKOS + "altLabel", [])
    labels = dict.fromkeys(value for value, tag in words if tag == CHINESE)
    english = next((v for v, tag in said[SKOS + "prefLabel"] if tag == ENGLISH), "")
    broader = said.get(SKOS + "broader", [("", "")])[0][0]
    scheme = said.get(SKOS + "inScheme", [(iri.rsplit("/", 1)[0], "")])[0][0]
    properties = {
        predicate.removeprefix(PG): tuple(value for value, _ in values)
        for predicate, values in said.items()
        if predicate.startswith(PG)
    }
    key = iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    matches, narrower = (
        tuple(value for value, _ in said.get(SKOS + match, ()))
        for match in ("exactMatch", "narrowMatch")
    )
    defined = dict(reversed([(tag, text) for text, tag in said.get(SKOS + "definition", ())]))
    definition = defined.get(CHINESE, ""), defined.get(ENGLISH, "")
    return Concept(
        iri, key, scheme, tuple(labels), english, broader, properties, matches, definition, narrower
    )
