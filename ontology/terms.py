"""The closed list of our classes and properties, as the ontology file declares them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import VocabularyError
from policygraph.ontology.prefixes import PREFIXES

FILE = Path(__file__).parent / "policygraph.ttl"
_TYPE, _RANGE = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "range"
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"


@cache
def _declared() -> dict[str, dict[str, tuple[str, ...]]]:
    """Local name → predicate → objects, of every term in our namespace."""
    held: dict[str, dict[str, tuple[str, ...]]] = {}
    for quad in ox.parse(FILE.read_bytes(), ox.RdfFormat.TURTLE):
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(PREFIXES["pg"]):
            term = held.setdefault(subject.value.removeprefix(PREFIXES["pg"]), {})
            value = getattr(quad.object, "value", "")
            term[quad.predicate.value] = (*term.get(quad.predicate.value, ()), value)
    return held


def term(name: str) -> str:
    """The IRI of a class or property of ours; raises VocabularyError on an unknown one."""
    if name not in _declared():
        raise VocabularyError(f"pg:{name}: no such term in {FILE.name}; declare it there first")
    return PREFIXES["pg"] + name


def datatype(name: str) -> str:
    """The datatype IRI a property of ours takes, empty where it points to a thing."""
    term(name)
    ranges = _declared()[name].get(_RANGE, ())
    return next((r for r in ranges if r.startswith((PREFIXES["xsd"], PREFIXES["rdf"]))), "")


@cache
def parents(name: str) -> tuple[str, ...]:
    """The IRIs of all classes above a class of ours, ours and foreign, sorted."""
    term(name)
    found: set[str] = set()
    for above in _declared()[name].get(_SUBCLASS, ()):
        found.add(above)
        if above.startswith(PREFIXES["pg"]):
            found.update(parents(above.removeprefix(PREFIXES["pg"])))
    return tuple(sorted(found))


def names() -> tuple[str, ...]:
    """All terms in alphabetical order."""
    return tuple(sorted(_declared()))
