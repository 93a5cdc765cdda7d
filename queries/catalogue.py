"""The named queries: the question and theme of each, and how values are bound.

A parameter ``x`` is bound as an RDF term to the column ``?x``, or to ``?xGiven`` where the query
has one: a column that only takes the given value and is not shown. It must be a column,
because engines join a given value with the rows; a FILTER inside the query never sees it. Where the
query has ``?xLabelGiven`` it takes a Chinese label, so that the engine finds the thing by it at once.
``# with: x | NAME`` in its header lets the query NAME answer where ``x`` is given. Where only the embedded engine's way
to the same rows differs, lines for it are marked in the query (``graph/sparql/engine_lines.py``).
"""

from __future__ import annotations

import difflib
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.faults import unknown_terms
from policygraph.graph.sparql.predeclared import ask
from policygraph.graph.sparql.tokens import BYTE_ORDER_MARK
from policygraph.graph.stores import Answer, Store
from policygraph.graph.timing import timed
from policygraph.ontology.iris import is_absolute_iri
from policygraph.queries.columns import HIDDEN, without_hidden

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent
# The order in which themes are listed.
THEMES = (
    ("报告", "Reports"),
    ("工作系统", "Working systems"),
    ("主体与责任", "Actors and responsibility"),
    ("举措、项目与文件", "Measures, programmes and documents"),
    ("地区与群体", "Areas and groups"),
    ("资金", "Money"),
    ("数字与指标", "Figures and indicators"),
    ("依据与质量", "Evidence and quality"),
)
LANGUAGE = "zh"  # of the labels in the graph
XSD = "http://www.w3.org/2001/XMLSchema#"
_DATATYPES = {"integer": "integer", "decimal": "decimal", "year": "gYear"}
_FORMS = {"integer": r"[+-]?\d+", "decimal": r"[+-]?\d+(\.\d+)?", "year": r"\d{4}"}
_NAME = re.compile(r"[\w-]+")


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
            if not is_absolute_iri(value):
                raise QueryError(f"-p {self.name}={value}: not an IRI; e.g. {self.example}")
            return ox.NamedNode(value)
        if self.type == "string":
            return ox.Literal(value)
        if not re.fullmatch(_FORMS[self.type], value, re.ASCII):
            raise QueryError(
                f"-p {self.name}={value}: not of type {self.type}; e.g. {self.example}"
            )
        return ox.Literal(value, datatype=ox.NamedNode(XSD + _DATATYPES[self.type]))


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One .rq file: title, question, theme and note in Chinese and English, parameters, SPARQL.

    The note says what is among the rows and what is not, where the question leaves that open; ``empty`` says
    what is missing where there are no rows.
    """

    name: str
    title: tuple[str, str]
    question: tuple[str, str]
    parameters: tuple[Parameter, ...]
    sparql: str
    theme: tuple[str, str] = ("", "")
    note: tuple[str, str] = ("", "")
    empty: tuple[str, str] = ("", "")
    # Parameter → the query that answers where it is given.
    variants: tuple[tuple[str, NamedQuery], ...] = ()

    @property
    def makes_graph(self) -> bool:
        """Whether the answer is a graph (CONSTRUCT) and not rows."""
        return re.search(r"^CONSTRUCT\b", self.sparql, re.MULTILINE) is not None

    def text(self, bindings: Mapping[str, Term]) -> str:
        """The SPARQL for these values: without the hidden columns that take none of them."""
        for name, variant in self.variants:
            if {name, f"{name}{HIDDEN}", f"{name}Label{HIDDEN}"} & bindings.keys():
                return variant.text(bindings)
        return without_hidden(self.sparql, frozenset(bindings))

    def about(self, word: str) -> bool:
        """Whether a word is in the name, title, question or theme."""
        texts = (self.name, *self.title, *self.question, *self.theme)
        return any(word.lower() in text.lower() for text in texts)

    def bindings(self, values: Mapping[str, str]) -> dict[str, Term]:
        """The parameters as RDF terms; raises QueryError on unknown, missing or wrong ones."""
        for name, variant in self.variants:
            if name in values:
                return variant.bindings(values)
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
        return self.bound(values)

    def bound(self, values: Mapping[str, str]) -> dict[str, Term]:
        """Some of the parameters as RDF terms, by the column each is bound to; raises QueryError on wrong ones."""
        known = {parameter.name: parameter for parameter in self.parameters}
        return dict(self._bound(known[name], str(value)) for name, value in values.items())

    def _bound(self, parameter: Parameter, value: str) -> tuple[str, Term]:
        """The column a parameter is bound to and the term: a label where the column is of labels."""
        label, hidden = f"{parameter.name}Label{HIDDEN}", f"{parameter.name}{HIDDEN}"
        if self._has(label):
            return label, ox.Literal(value, language=LANGUAGE)
        return hidden if self._has(hidden) else parameter.name, parameter.bind(value)

    def _has(self, variable: str) -> bool:
        return variable in _variables(self.sparql)


@lru_cache(maxsize=256)
def _variables(sparql: str) -> frozenset[str]:
    """The names of the variables in a query."""
    return frozenset(re.findall(r"\?(\w+)", sparql))


class Catalogue:
    """The queries of one folder; a file is read when its query is first used."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._parsed: dict[str, NamedQuery] = {}

    def __iter__(self) -> Iterator[NamedQuery]:
        """All queries in the alphabetical order of their names."""
        return map(self.named, self.names())

    def themes(self, word: str = "") -> dict[tuple[str, str], list[NamedQuery]]:
        """The queries a word is about, by theme: the themes as THEMES lists them."""
        found: dict[tuple[str, str], list[NamedQuery]] = {theme: [] for theme in THEMES}
        for query in self:
            if query.about(word):
                found.setdefault(query.theme, []).append(query)
        return {theme: queries for theme, queries in found.items() if queries}

    def names(self) -> tuple[str, ...]:
        """The names of all queries in alphabetical order."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.rq")))

    def named(self, name: str) -> NamedQuery:
        """The query of a name; raises QueryError that lists near names."""
        if name not in self._parsed:
            names = self.names()
            if name not in names:
                near = difflib.get_close_matches(name, names, 3, 0.4)
                hint = f"did you mean {', '.join(near)}?" if near else "see: policygraph queries"
                raise QueryError(f"{name}: no such query; {hint}")
            source = (self.folder / f"{name}.rq").read_text("utf-8")
            others = re.findall(r"^# with: (\S+) \| (\S+)$", source, re.MULTILINE)
            variants = tuple((parameter, self.named(other)) for parameter, other in others)
            self._parsed[name] = replace(parse(name, source), variants=variants)
        return self._parsed[name]


@cache
def bundled() -> Catalogue:
    """The catalogue of the queries that come with policygraph."""
    return Catalogue()


def names() -> tuple[str, ...]:
    """The names of the bundled queries in alphabetical order."""
    return bundled().names()


def named(name: str) -> NamedQuery:
    """The bundled query of a name; raises QueryError that lists near names."""
    return bundled().named(name)


def parse(name: str, source: str) -> NamedQuery:
    """A query file's header and text."""
    head: dict[str, tuple[str, str]] = {}
    parameters = []
    for line in source.splitlines():
        match = re.match(r"# (title|theme|question|note|empty|parameter): (.*)", line)
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
        head.get("theme", ("", "")),
        head.get("note", ("", "")),
        head.get("empty", ("", "")),
    )


def answer(store: Store, query: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer a named query, or free SPARQL when the text is more than one word.

    Free SPARQL may use the prefixes of the graph without declaring them. Raises QueryError on an
    unknown name, wrong parameters or a syntax error.
    """
    values, query = values or {}, query.removeprefix(BYTE_ORDER_MARK)
    if _NAME.fullmatch(query.strip()):
        named_query = named(query.strip())
        bindings = named_query.bindings(values)
        with timed(log, "queried %s with %d parameters", named_query.name, len(bindings)):
            return store.query(named_query.text(bindings), bindings)
    terms: dict[str, Term] = {
        name: ox.NamedNode(value) if is_absolute_iri(value) else ox.Literal(value)
        for name, value in values.items()
    }
    for fault in unknown_terms(query):
        log.warning("%s", fault)
    with timed(log, "queried SPARQL text of %d characters", len(query)):
        return ask(store, query, terms)
