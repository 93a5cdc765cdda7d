"""What reports say of some statements, with the report, section and sentence each stands in: one look-up for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term, one_of
from policygraph.graph.stores import Store
from policygraph.ontology.prefixes import expand

FOLDER = Path(__file__).parent / "lookups"
Row = Mapping[str, Term | None]
Ask = Callable[[str, Mapping[str, Term]], Iterable[Row]]  # what answers a SELECT
SENTENCE_ENDS = "。！？!?\n"
_AT_ONCE = 400  # statements of one look-up


@dataclass(frozen=True, slots=True)
class Report:
    """A report as citations name it, and its text; ``statistics`` where it is a table of statistics."""

    iri: str
    title: str = ""
    issuer: str = ""
    issued: str = ""
    area: str = ""
    period: str = ""
    text: str = ""
    statistics: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement, sentence or section of a report: its words and where they stand.

    ``said`` has the values of its properties by their IRI; ``names`` the Chinese labels of those values
    that are things and have one.
    """

    iri: str
    report: Report
    start: int
    end: int
    section: str
    said: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    @property
    def quote(self) -> str:
        """The words from start to end."""
        return self.report.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around it."""
        text = self.report.text
        ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, max(self.end - 1, 0))) >= 0]
        return text[self._begin : max(min(ends, default=len(text)) + 1, self.end)].strip()

    @property
    def place(self) -> int:
        """Where in the sentence it begins."""
        return len(self.report.text[self._begin : self.start].lstrip())

    @property
    def _begin(self) -> int:
        """Where the sentence around it begins, with the blanks before it."""
        return max(self.report.text.rfind(mark, 0, self.start) for mark in SENTENCE_ENDS) + 1

    def value(self, name: str) -> str:
        """The first value of a property (``pg:action``), empty where it has none."""
        return next(iter(self.said.get(expand(name), ())), "")

    def label(self, name: str) -> str:
        """The label of the first value of a property, else the value."""
        value = self.value(name)
        return self.names.get(value, value)


def asking(store: Store) -> Ask:
    """What answers a SELECT from a store. Raises QueryError."""

    def ask(sparql: str, bindings: Mapping[str, Term]) -> list[Row]:
        answer = store.query(sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the query makes no rows; write it as a SELECT")
        names = [variable.value for variable in answer.variables]
        return [{name: _term(solution[name]) for name in names} for solution in answer]

    return ask


def passages(ask: Ask, iris: Sequence[str]) -> list[Passage]:
    """What is said of these statements, in their order, without those the store does not have."""
    found: dict[str, Passage] = {}
    for at in range(0, len(iris), _AT_ONCE):
        found |= passages_of(ask(describing(iris[at : at + _AT_ONCE]), {}))
    return [found[iri] for iri in iris if iri in found]


def describing(iris: Iterable[str]) -> str:
    """The look-up of what is said of statements. Raises QueryError."""
    chosen = one_of("statement", map(node, iris))
    reports = filled("reports-of", chosen=chosen)
    return filled("statements", chosen=chosen, reports=subselect(reports))


def passages_of(rows: Iterable[Row]) -> dict[str, Passage]:
    """What the rows of a look-up of statements tell, by statement; rows without a property tell nothing."""
    said: dict[str, dict[str, set[str]]] = {}
    places: dict[str, str] = {}
    told: dict[str, dict[str, str]] = {}
    named: dict[str, str] = {}
    for row in rows:
        iri, name, value = (text_of(row, column) for column in ("statement", "property", "value"))
        if name and value and (label := text_of(row, "label")):
            named[value] = max(label, named.get(value, ""))
        if iri and name:
            said.setdefault(iri, {}).setdefault(name, set()).add(value)
            places[iri] = text_of(row, "document")
        elif name:
            told.setdefault(text_of(row, "document"), {})[name] = value
    documents = {iri: _report(iri, by, named) for iri, by in told.items()}
    return {
        iri: _passage(iri, by, documents[places[iri]], named)
        for iri, by in said.items()
        if expand("pg:start") in by and places[iri] in documents
    }


def reports(ask: Ask, iris: Iterable[str]) -> dict[str, Report]:
    """These reports by their IRI, without their texts."""
    said: dict[str, dict[str, str]] = {}
    named: dict[str, str] = {}
    for row in ask(choosing("documents", "document", iris), {}):
        value = text_of(row, "value")
        said.setdefault(text_of(row, "document"), {})[text_of(row, "property")] = value
        if label := text_of(row, "label"):
            named[value] = max(label, named.get(value, ""))
    return {iri: _report(iri, by, named) for iri, by in said.items()}


def _report(iri: str, said: Mapping[str, str], named: Mapping[str, str]) -> Report:
    def get(name: str) -> str:
        return said.get(expand(name), "")

    return Report(
        iri,
        get("dcterms:title"),
        named.get(get("pg:issuer"), ""),
        get("dcterms:issued"),
        named.get(get("pg:area"), ""),
        period_of(get("pg:refPeriod")),
        get("pg:text"),
        bool(get("pg:fileSha256")),
    )


def period_of(iri: str) -> str:
    """A period as ISO 8601, of its IRI."""
    return iri.partition("/id/period/")[2].replace("--", "/")


def _passage(
    iri: str, said: Mapping[str, set[str]], report: Report, named: Mapping[str, str]
) -> Passage:
    section = next(iter(said.get(expand("pg:inSection"), ())), "")
    start, end = (int(next(iter(said[expand(name)]))) for name in ("pg:start", "pg:end"))
    values = {name: tuple(sorted(values)) for name, values in said.items()}
    return Passage(iri, report, start, end, named.get(section, ""), values, named)


def choosing(name: str, variable: str, iris: Iterable[str]) -> str:
    """A look-up of these things alone. Raises QueryError on what is no IRI."""
    return filled(name, chosen=one_of(variable, map(node, iris)))


def filled(name: str, **parts: str) -> str:
    """A look-up with what its ``$name`` stand for: terms and blocks as SPARQL writes them."""
    return Template(lookup(name)).substitute(parts)


def subselect(sparql: str) -> str:
    """A SELECT to stand in another query, which declares its prefixes."""
    return "{ " + sparql[sparql.index("SELECT") :] + " }"


def node(text: str) -> ox.NamedNode:
    """A text as IRI. Raises QueryError."""
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{error}: not an IRI") from error


def text_of(row: Row, name: str) -> str:
    """The value of a column as text, empty where unbound."""
    return str(getattr(row.get(name), "value", ""))


def _term(value: object) -> Term | None:
    return value if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal) else None


@cache
def lookup(name: str) -> str:
    """The text of a query in lookups/."""
    return (FOLDER / f"{name}.rq").read_text("utf-8")
