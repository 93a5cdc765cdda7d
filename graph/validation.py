"""Validation of any RDF against the shapes: problems with their node and message.

The data may be a file or the folder of a store; its graphs are taken together. Classes follow
policygraph.ttl, and a concept of a bundled vocabulary need not be described again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import ValidationError, reason
from policygraph.graph.formats import GRAPHS, endings
from policygraph.graph.sparql.data import ALL_TRIPLES, Term
from policygraph.graph.stores import open_store, store_class
from policygraph.graph.timing import timed
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.labels import language
from policygraph.ontology.prefixes import compact, expand
from policygraph.ontology.terms import term
from policygraph.ontology.vocabulary import FOLDER, SCHEMES

log = logging.getLogger(__name__)
SHAPES = FOLDER.parent / "shapes.ttl"
_SH = expand("sh:")
_TURTLE = ox.RdfFormat.TURTLE
# N-Triples and shapes in Turtle give a validation report in N-Triples.
Engine = Callable[[str, str], str]
_UNDESCRIBED = """
SELECT DISTINCT ?concept WHERE { ?s ?p ?concept
  FILTER(isIRI(?concept))
  FILTER NOT EXISTS { ?concept ?q ?o } }
"""
_ENDINGS = {"json": "jsonld", "owl": "rdf"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold: the node, the property, the offending value, the messages.

    ``severity`` is Violation, Warning or Info; ``messages`` are texts by language (zh-Hans, en).
    """

    severity: str
    focus: str
    path: str
    value: str
    constraint: str
    messages: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, object]:
        """The problem as policygraph validate --json prints it."""
        return {
            "severity": self.severity,
            "focus": self.focus,
            "path": self.path,
            "value": self.value,
            "constraint": self.constraint,
            "messages": dict(self.messages),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many triples were checked, and the problems found in them, the gravest first."""

    triples: int
    problems: tuple[Problem, ...]

    def count(self, severity: str) -> int:
        """How many problems of one severity there are."""
        return sum(problem.severity == severity for problem in self.problems)

    @property
    def holds(self) -> bool:
        """Whether nothing is violated; warnings do not count."""
        return not self.count("Violation")


def validate(data: Path | str, shapes: Path = SHAPES, engine: Engine | None = None) -> Outcome:
    """Check a file, a store's folder or a server's address against shapes in Turtle.

    Raises ValidationError where either cannot be read, StoreError where there is no store.
    """
    with _opened(data) as store:
        lines = _lines(store, ALL_TRIPLES)
        text = lines + "".join(f"{triple} .\n" for triple in _known(store))
    with timed(log, "validated %s against %s", data, shapes.name):
        report = (engine or _engine())(text, _shapes_text(shapes))
    return Outcome(lines.count("\n"), tuple(sorted(_problems(report), key=_order)))


@contextmanager
def _opened(where: Path | str) -> Iterator[ox.Store]:
    """The engine of a store, or one in memory with the quads of a server or a file."""
    data = Path(where)
    if data.is_dir() or store_class(where).exists(str(where)):
        with open_store(where, read_only=True) as store:
            yield store.oxigraph
        return
    if not data.exists():
        raise ValidationError(f"{data}: cannot be read: no such file or store")
    ending = data.suffix.lower().lstrip(".")
    known = ox.RdfFormat.from_extension(_ENDINGS.get(ending, ending))
    if known is None:
        raise ValidationError(f"{data}: unknown format; give a file that ends in {endings(GRAPHS)}")
    engine = ox.Store()
    try:
        engine.bulk_load(path=str(data), format=known, base_iri=data.resolve().as_uri())
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(f"{data}: cannot be read: {reason(error)}") from error
    yield engine


def _lines(store: ox.Store, construct: str) -> str:
    """The triples of a CONSTRUCT over the union of all graphs as N-Triples, each once."""
    answer = store.query(construct, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QueryTriples)
    return (answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _shapes_text(shapes: Path) -> str:
    """The shapes as text; ValidationError where they are not Turtle."""
    try:
        text = shapes.read_text("utf-8")
        if not any(quad.predicate.value.startswith(_SH) for quad in ox.parse(text, _TURTLE)):
            raise ValidationError(f"{shapes}: no SHACL shapes in it")
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError) as error:
        raise ValidationError(f"{shapes}: cannot be read as Turtle: {reason(error)}") from error
    return text


# -- what every graph may take for granted ------------------------------------------------------


def _known(store: ox.Store) -> Iterator[ox.Triple]:
    """Our classes under one another, and the bundled concepts that the data only points at."""
    below = ox.NamedNode(expand("rdfs:subClassOf"))
    for name, row in DECLARED.items():
        if row[0] == "Class":
            for above in row[3]:
                yield ox.Triple(ox.NamedNode(term(name)), below, ox.NamedNode(expand(above)))
    rows = store.query(_UNDESCRIBED, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    wanted = {row["concept"] for row in rows if row["concept"].value.startswith(SCHEMES)}
    yield from _bundled(wanted) if wanted else ()


def _bundled(wanted: set[Term]) -> Iterator[ox.Triple]:
    """The triples of the bundled vocabularies about some concepts, of those above them and their schemes."""
    described: dict[object, list[ox.Triple]] = {}
    for file in sorted(FOLDER.glob("*.ttl")):
        for quad in ox.parse(file.read_bytes(), _TURTLE):
            described.setdefault(quad.subject, []).append(quad.triple)
    seen: set[object] = set()
    waiting: list[object] = sorted(wanted, key=str)
    while waiting:
        subject = waiting.pop()
        if subject not in seen:
            seen.add(subject)
            for triple in described.get(subject, ()):
                yield triple
                waiting.append(triple.object)


# -- engines ------------------------------------------------------------------------------------


def shacl_report(data: str, shapes: str) -> str:
    """The report of the compiled engine; ValidationError on shapes it cannot use."""
    import shacl

    try:
        report = shacl.Shapes.from_turtle(shapes).validate_text(data, format="ntriples")
    except (ValueError, RuntimeError) as error:
        raise ValidationError(f"the shapes cannot be used: {error}") from error
    return str(report.serialize("ntriples"))


def pyshacl_report(data: str, shapes: str) -> str:
    """The report of the engine in Python, for machines the other is not built for."""
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(data=data, format="nt")
    rules = rdflib.Graph().parse(data=shapes, format="turtle")
    _, report, text = pyshacl.validate(graph, shacl_graph=rules)
    if not isinstance(report, rdflib.Graph):
        raise ValidationError(f"the shapes cannot be used: {text}")
    return report.serialize(format="nt")


ENGINES: dict[str, Engine] = {"shacl": shacl_report, "pyshacl": pyshacl_report}


def _engine() -> Engine:
    """The first engine that is installed; raises ValidationError where none is."""
    from importlib.util import find_spec

    for name, report in ENGINES.items():
        if find_spec(name):
            return report
    raise ValidationError("no SHACL engine is installed; pip install shacl, or pip install pyshacl")


# -- the report ---------------------------------------------------------------------------------


def _problems(report: str) -> Iterator[Problem]:
    """The results of a validation report."""
    nodes: dict[object, dict[str, list[object]]] = {}
    results: list[object] = []
    for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES):
        fields = nodes.setdefault(quad.subject, {})
        name = quad.predicate.value.removeprefix(_SH)
        fields.setdefault(name, []).append(quad.object)
        if name == "result":
            results.append(quad.object)
    for result in results:
        fields = nodes[result]
        first = {name: values[0] for name, values in fields.items()}
        yield Problem(
            severity=_name(first.get("resultSeverity")),
            focus=_shown(first.get("focusNode")),
            path=_shown(first.get("resultPath")),
            value=_shown(first.get("value")),
            constraint=_name(first.get("sourceConstraintComponent")),
            messages=tuple(sorted(_messages(fields.get("resultMessage", ())), reverse=True)),
        )


def _messages(terms: Iterable[object]) -> Iterator[tuple[str, str]]:
    for message in terms:
        if isinstance(message, ox.Literal):
            yield language(message.language or ""), message.value


def _name(node: object) -> str:
    """The local name of a SHACL term: Violation, MinCount."""
    value = node.value if isinstance(node, ox.NamedNode) else ""
    return value.removeprefix(_SH).removesuffix("ConstraintComponent")


def _shown(node: object) -> str:
    """A term for people: an IRI by its prefix, a literal as in Turtle; (…) for anything else."""
    if isinstance(node, ox.NamedNode):
        return compact(node.value)
    if not isinstance(node, ox.Literal):
        return "" if node is None else "(…)"
    kind = node.datatype.value
    if node.language or kind == expand("xsd:string"):
        return str(node)
    return f"{ox.Literal(node.value)}^^{compact(kind)}"


_GRAVITY = ("Violation", "Warning", "Info")


def _order(problem: Problem) -> tuple[int, str, str, str, str]:
    rank = _GRAVITY.index(problem.severity) if problem.severity in _GRAVITY else len(_GRAVITY)
    return rank, problem.path, problem.constraint, problem.focus, problem.value
