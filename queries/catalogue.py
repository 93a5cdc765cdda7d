"""The named queries: what each asks, which parameters it takes, and how values are bound."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.store import Answer, OxigraphStore, Term

FOLDER = Path(__file__).parent
XSD = "http://www.w3.org/2001/XMLSchema#"
_DATATYPES = {"integer": "integer", "decimal": "decimal", "year": "gYear"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query takes: its type (iri, string, integer, decimal, year) and an example."""

    name: str
    type: str
    optional: bool
    example: str
    zh: str
    en: str

    def bind(self, value: str) -> Term:
        """The value as an RDF term; raises QueryError when it is not of the type."""
        if self.type == "iri":
            if not _IRI.fullmatch(value):
                raise QueryError(f"-p {self.name}={value}: not an IRI; e.g. {self.example}")
            return ox.NamedNode(value)
        if self.type == "string":
            return ox.Literal(value)
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise QueryError(f"-p {self.name}={value}: not of type {self.type}")
        return ox.Literal(value, datatype=ox.NamedNode(XSD + _DATATYPES[self.type]))


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One .rq file: title and question in Chinese and English, parameters, SPARQL."""

    name: str
    title: tuple[str, str]
    question: tuple[str, str]
    parameters: tuple[Parameter, ...]
    sparql: str

    def bindings(self, values: Mapping[str, str]) -> dict[str, Term]:
        """The parameters as RDF terms; raises QueryError on unknown, missing or wrong ones."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                takes = ", ".join(known) or "none"
                raise QueryError(f"{self.name}: no parameter {name}; it takes: {takes}")
        for parameter in self.parameters:
            if not parameter.optional and parameter.name not in values:
                raise QueryError(
                    f"{self.name}: -p {parameter.name}=… is missing; e.g. {parameter.example}"
                )
        return {name: known[name].bind(value) for name, value in values.items()}


def names() -> tuple[str, ...]:
    """The names of all queries in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.rq")))


@cache
def named(name: str) -> NamedQuery:
    """The query of a name; raises QueryError that lists near names."""
    path = FOLDER / f"{name}.rq"
    if name not in names():
        near = difflib.get_close_matches(name, names(), 3, 0.4)
        hint = f"did you mean {', '.join(near)}?" if near else "see: policygraph queries"
        raise QueryError(f"{name}: no such query; {hint}")
    return parse(name, path.read_text("utf-8"))


def parse(name: str, source: str) -> NamedQuery:
    """A query file's header and text."""
    head: dict[str, tuple[str, str]] = {}
    parameters = []
    for line in source.splitlines():
        match = re.match(r"# (title|question|parameter): (.*)", line)
        if not match:
            continue
        parts = [part.strip() for part in match[2].split("|")]
        if match[1] == "parameter":
            signature, example, zh, en = parts
            label, kind, *rest = signature.split()
            parameters.append(Parameter(label, kind, "optional" in rest, example, zh, en))
        else:
            head[match[1]] = (parts[0], parts[-1])
    return NamedQuery(
        name,
        head.get("title", (name, name)),
        head.get("question", ("", "")),
        tuple(parameters),
        source,
    )


def answer(store: OxigraphStore, query: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer a named query, or free SPARQL when the text holds more than a name."""
    values = values or {}
    if re.fullmatch(r"[a-z][a-z0-9-]*", query.strip()):
        held = named(query.strip())
        return store.query(held.sparql, held.bindings(values))
    terms: dict[str, Term] = {
        name: ox.NamedNode(value) if _IRI.fullmatch(value) else ox.Literal(value)
        for name, value in values.items()
    }
    return store.query(query, terms)
