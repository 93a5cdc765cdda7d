"""JSON-LD in the terms of our context (ontology/context.jsonld), written as it comes.

The context stands in the file itself, so that it is read without a network; where not all of it is
used, only its used part. Numbers and dates stay strings, whose datatype the context tells: their
written form is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from policygraph import ontology
from policygraph.ontology.prefixes import PREFIXES, expand

FILE = Path(ontology.__file__).parent / "context.jsonld"
Statement = ox.Quad | ox.Triple
_TYPE = expand("rdf:type")
_STRING, _TEXT = expand("xsd:string"), expand("rdf:langString")
# A local name that a prefix may stand before.
_LOCAL = re.compile(r"[\w-]+")


@cache
def context() -> Mapping[str, Any]:
    """Our context: terms and prefixes, what they mean, and the datatypes of their values."""
    terms: dict[str, Any] = json.loads(FILE.read_text("utf-8"))["@context"]
    return terms


@cache
def _coercions() -> Mapping[str, tuple[str, str]]:
    """Property → the term for it, and the datatype its values have unsaid: an IRI, ``@id``, a string."""
    found = {}
    for name, meaning in context().items():
        if isinstance(meaning, dict):
            kind = meaning["@type"]
            found[expand(meaning["@id"])] = (name, kind if kind == "@id" else expand(kind))
        elif isinstance(meaning, str) and meaning.startswith("pg:"):
            found[expand(meaning)] = (name, _STRING)
    return found


def pieces(statements: Iterable[Statement], used: Mapping[str, Any] | None = None) -> Iterator[str]:
    """A JSON-LD document in pieces, a node a line, in the order of the statements."""
    written = json.dumps(used if used is not None else context(), ensure_ascii=False)
    yield f'{{"@context":{written},"@graph":['
    first = True
    for graph, group in groupby(statements, key=_graph_of):
        nodes = (_node(list(about)) for _, about in groupby(group, key=_subject_of))
        if graph:
            yield f'{"" if first else ","}\n{{"@id":{json.dumps(graph)},"@graph":['
            yield from _listed(nodes)
            yield "]}"
        else:
            yield from _listed(nodes, first=first)
        first = False
    yield "\n]}\n"


def used_context(statements: Iterable[Statement]) -> Mapping[str, Any]:
    """The part of our context that some statements use."""
    written = json.dumps([_node([each]) for each in statements])
    names = {name for name in context() if f'"{name}"' in written or f'"{name}:' in written}
    for name in list(names):
        meaning = context()[name]
        said = meaning.values() if isinstance(meaning, dict) else (meaning,)
        names |= {str(value).partition(":")[0] for value in said}
    return {name: meaning for name, meaning in context().items() if name in names | {"@version"}}


def _listed(nodes: Iterable[dict[str, Any]], *, first: bool = True) -> Iterator[str]:
    for node in nodes:
        yield f"{'' if first else ','}\n{json.dumps(node, ensure_ascii=False)}"
        first = False


def _graph_of(statement: Statement) -> str:
    graph = getattr(statement, "graph_name", None)
    return "" if graph is None or isinstance(graph, ox.DefaultGraph) else _name(graph)


def _subject_of(statement: Statement) -> str:
    return _name(statement.subject)


def _name(term: object) -> str:
    """A node as JSON-LD identifies it."""
    return str(term) if isinstance(term, ox.BlankNode) else str(getattr(term, "value", ""))


def _node(statements: list[Statement]) -> dict[str, Any]:
    """Statements about one subject in one graph."""
    node: dict[str, Any] = {}
    written: tuple[Callable[[str], str], Callable[[str, object], tuple[str, Any]]] = (_type, _said)
    if any(map(_is_mistakable, statements)):
        node["@context"] = None
        written = (str, _in_full)
    node["@id"] = _subject_of(statements[0])
    type_of, said = written
    for each in statements:
        if each.predicate.value == _TYPE and isinstance(each.object, ox.NamedNode):
            key, value = "@type", type_of(each.object.value)
        else:
            key, value = said(each.predicate.value, each.object)
        node.setdefault(key, []).append(value)
    return {key: _alone(value) if key != "@id" else value for key, value in node.items()}


def _alone(value: Any) -> Any:
    """A value that is the only one, without its list."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _is_mistakable(statement: Statement) -> bool:
    """Whether an IRI would be taken for one of our prefixes and a name: geo:30,114."""
    named = (statement.subject, statement.predicate, statement.object)
    parts = (_name(term).partition(":") for term in named if isinstance(term, ox.NamedNode))
    return any(scheme in context() and rest[:2] != "//" for scheme, _, rest in parts)


def _short(iri: str) -> str:
    """An IRI with a prefix of our context where it has one, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and context().get(prefix) == namespace:
            local = iri.removeprefix(namespace)
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else iri
    return iri


def _type(iri: str) -> str:
    """A class by its term, else with its prefix."""
    return _coercions().get(iri, (_short(iri), ""))[0]


def _said(predicate: str, value: object) -> tuple[str, Any]:
    """A property by its term and a value as short as the context lets it be."""
    name, kind = _coercions().get(predicate, (_short(predicate), _STRING))
    if isinstance(value, ox.NamedNode | ox.BlankNode):
        return name, _name(value) if kind == "@id" else {"@id": _name(value)}
    if isinstance(value, ox.Literal) and not value.language and value.datatype.value == kind:
        return name, value.value
    return name, _literal(value, _short)


def _in_full(predicate: str, value: object) -> tuple[str, Any]:
    """A property and a value without any context."""
    if isinstance(value, ox.NamedNode | ox.BlankNode):
        return predicate, {"@id": _name(value)}
    return predicate, _literal(value, str)


def _literal(value: object, short: Callable[[str], str]) -> dict[str, str]:
    assert isinstance(value, ox.Literal)
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == _STRING:
        return {"@value": value.value}
    return {"@value": value.value, "@type": short(value.datatype.value)}
