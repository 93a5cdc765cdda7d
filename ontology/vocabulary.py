"""SKOS vocabularies as word lists: the labels of a concept are what the reader recognises.

A vocabulary is one Turtle file under ``ontology/vocabularies``; every concept carries
``skos:prefLabel`` and ``skos:altLabel`` in ``zh-Hans`` and may carry ``pg:`` properties.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import VocabularyError

FOLDER = Path(__file__).parent / "vocabularies"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PG = "https://w3id.org/policygraph/ontology#"
LANGUAGES = ("zh-hans", "zh", "zh-cn")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its IRI, local key, Chinese labels (preferred first) and pg: properties."""

    iri: str
    key: str
    labels: tuple[str, ...]
    english: str
    broader: str
    properties: dict[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        """The preferred Chinese label."""
        return self.labels[0]

    def value(self, name: str, default: str = "") -> str:
        """The first value of a pg: property, or the default."""
        return self.properties.get(name, (default,))[0]


@cache
def vocabulary(name: str) -> tuple[Concept, ...]:
    """The concepts of one bundled vocabulary in the order of their keys.

    Raises VocabularyError when there is no such file or it is not Turtle.
    """
    return load(FOLDER / f"{name}.ttl")


def load(path: Path) -> tuple[Concept, ...]:
    """The concepts of one Turtle file in the order of their keys."""
    gathered: dict[str, dict[str, list[tuple[str, str]]]] = {}
    try:
        quads = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                held = gathered.setdefault(quad.subject.value, {})
                held.setdefault(quad.predicate.value, []).append(_plain(quad.object))
    except (OSError, SyntaxError, ValueError) as error:
        raise VocabularyError(f"{path.name}: cannot be read as Turtle: {error}") from error
    concepts = [_concept(iri, held) for iri, held in gathered.items() if SKOS + "prefLabel" in held]
    return tuple(sorted(concepts, key=lambda concept: concept.key))


def _plain(term: object) -> tuple[str, str]:
    """A term as (value, language); the language is empty where there is none."""
    if isinstance(term, ox.Literal):
        return term.value, (term.language or "").lower()
    return str(getattr(term, "value", "")), ""


def _concept(iri: str, held: dict[str, list[tuple[str, str]]]) -> Concept:
    written = held.get(SKOS + "prefLabel", []) + held.get(SKOS + "altLabel", [])
    labels = dict.fromkeys(value for value, language in written if language in LANGUAGES)
    english = next((v for v, language in held[SKOS + "prefLabel"] if language == "en"), "")
    broader = held.get(SKOS + "broader", [("", "")])[0][0]
    properties = {
        predicate.removeprefix(PG): tuple(value for value, _ in values)
        for predicate, values in held.items()
        if predicate.startswith(PG)
    }
    return Concept(iri, iri.rsplit("/", 1)[-1], tuple(labels), english, broader, properties)
