"""The closed list of our classes and properties, as the ontology file declares them."""

from __future__ import annotations

from functools import cache

from policygraph.errors import VocabularyError
from policygraph.ontology.declared import DECLARED, Row
from policygraph.ontology.prefixes import PREFIXES, expand

FILE = "policygraph.ttl"
# The graph that describes the things documents name, whatever base the other IRIs have.
THINGS = PREFIXES["pg"] + "things"
# What a graph of the standard profile is called after: the graph it is derived from.
_STANDARD = "/standard"
# What stands in front of a value of one of these is no thing but a literal.
_LITERAL = ("xsd:", "rdf:")


def _row(name: str) -> Row:
    if name not in DECLARED:
        raise VocabularyError(f"pg:{name}: no such term in {FILE}; declare it there first")
    return DECLARED[name]


def term(name: str) -> str:
    """The IRI of a class or property of ours; raises VocabularyError on an unknown one."""
    _row(name)
    return PREFIXES["pg"] + name


def standard_graph(graph: str) -> str:
    """The graph that holds the standard profile of a graph."""
    return graph + _STANDARD


def is_standard_graph(graph: str) -> bool:
    """Whether a graph holds the standard profile of another."""
    return graph.endswith(_STANDARD)


def labels(name: str) -> tuple[str, str]:
    """The Chinese and the English label of a class or property of ours."""
    return _row(name)[1:3]


def datatype(name: str) -> str:
    """The datatype IRI a property of ours takes, empty where it points to a thing."""
    ranged = _row(name)[5]
    return expand(ranged) if ranged.startswith(_LITERAL) else ""


@cache
def parents(name: str) -> tuple[str, ...]:
    """The IRIs of all classes or properties above one of ours, ours and foreign, sorted."""
    return tuple(sorted(expand(above) for above in _row(name)[3]))


@cache
def require(kind: str, name: str) -> None:
    """Let a class of ours carry a property of ours, else raise VocabularyError.

    It may where the property has no domain, or the class or one above it is in the domain.
    """
    domains = _row(name)[4]
    if domains and not {f"pg:{kind}", *_row(kind)[3]} & set(domains):
        raise VocabularyError(f"pg:{name}: {FILE} has it on {', '.join(domains)}, not on pg:{kind}")


def names() -> tuple[str, ...]:
    """All terms in alphabetical order."""
    return tuple(sorted(DECLARED))
