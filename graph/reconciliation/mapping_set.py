"""Mapping sets in SSSOM (Simple Standard for Sharing Ontological Mappings): written, corrected by hand, read back.

A mapping says which entity a text means; the text is a literal (``subject_type`` is ``rdfs literal``).
``skos:exactMatch`` is a decision, ``skos:closeMatch`` a proposal, ``sssom:NoTermFound`` that there is none.
A set is a table (TSV) or RDF (Turtle), where each mapping is an owl:Axiom as SSSOM says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import SourceError, reason
from policygraph.graph.reconciliation.candidates import describe
from policygraph.graph.reconciliation.column_linking import Name
from policygraph.graph.reconciliation.proposals import Proposal
from policygraph.ontology.iris import CC0, DEFAULT_BASE, Minter
from policygraph.ontology.prefixes import PREFIXES

COLUMNS = (
    "subject_label", "subject_type", "predicate_id", "object_id", "object_label",
    "mapping_justification", "confidence", "other", "comment",
)  # fmt: skip
EXACT, CLOSE, NOTHING = "skos:exactMatch", "skos:closeMatch", "sssom:NoTermFound"
LEXICAL, MANUAL = "semapv:LexicalMatching", "semapv:ManualMappingCuration"
LITERAL = "rdfs literal"
RDF = ".ttl"  # the ending of a set that is RDF
_PREFIXES = {
    "area": Minter().area(""),
    "policygraph": DEFAULT_BASE,
    "skos": PREFIXES["skos"],
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}
_ALSO = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "dcterms", "xsd")}
# Field → property; the ends of a mapping are those of an annotated axiom.
_PROPERTIES = {
    "subject_label": "sssom:subject_label",
    "subject_type": "sssom:subject_type",
    "predicate_id": "owl:annotatedProperty",
    "object_id": "owl:annotatedTarget",
    "object_label": "sssom:object_label",
    "mapping_justification": "sssom:mapping_justification",
    "confidence": "sssom:confidence",
    "other": "sssom:other",
    "comment": "rdfs:comment",
}
_IRIS = frozenset({"predicate_id", "object_id", "mapping_justification"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided a name means: the IRI of an entity, empty where it is none, and its name there."""

    name: Name
    iri: str
    label: str = ""


def write_mappings(
    names: Sequence[Name],
    linked: Sequence[tuple[Proposal, ...]],
    by_hand: Iterable[Name],
    *,
    title: str,
    rdf: bool = False,
) -> bytes:
    """The mapping set with its metadata, each name once, in the order of the table."""
    decided = set(by_hand)
    rows = [
        row
        for name, proposals in dict(zip(names, linked, strict=True)).items()
        for row in _rows(name, proposals, MANUAL if name in decided else LEXICAL)
    ]
    return _turtle(rows, title) if rdf else _table(rows, title)


def _rows(
    name: Name, proposals: tuple[Proposal, ...], justification: str
) -> Iterator[dict[str, str]]:
    where = "|".join(
        f"{key}={value}" for key, value in (("year", name.year), ("within", name.above)) if value
    )
    said = {"subject_label": name.text, "subject_type": LITERAL, "other": where}
    said["mapping_justification"] = justification
    if not proposals:
        yield {**said, "predicate_id": EXACT, "object_id": NOTHING}
    for each in proposals[:1] if proposals and proposals[0].match else proposals:
        yield {
            **said,
            "predicate_id": EXACT if each.match else CLOSE,
            "object_id": _curie(each.iri),
            "object_label": each.name,
            "confidence": f"{each.score / 100:.2f}",
            "comment": describe(each.reasons),
        }


def _curie(iri: str) -> str:
    for prefix in ("area", "policygraph"):
        if iri.startswith(_PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(_PREFIXES[prefix])}"
    return iri


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return _PREFIXES[prefix] + local if colon and prefix in _PREFIXES else name


def _table(rows: Iterable[dict[str, str]], title: str) -> bytes:
    out = io.StringIO()
    out.write(f"#mapping_set_title: {title}\n#license: {CC0}\n#curie_map:\n")
    out.writelines(f"#  {prefix}: {iri}\n" for prefix, iri in _PREFIXES.items())
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _turtle(rows: Iterable[dict[str, str]], title: str) -> bytes:
    whole = ox.BlankNode("set")
    triples = [
        _triple(whole, "rdf:type", _node("sssom:MappingSet")),
        _triple(whole, "dcterms:title", ox.Literal(title)),
        _triple(whole, "dcterms:license", ox.NamedNode(CC0)),
    ]
    for number, row in enumerate(rows, 1):
        mapping = ox.BlankNode(f"m{number}")
        triples.append(_triple(whole, "sssom:mappings", mapping))
        triples.append(_triple(mapping, "rdf:type", _node("owl:Axiom")))
        for field, value in row.items():
            if value:
                triples.append(_triple(mapping, _PROPERTIES[field], _term(field, value)))
    return ox.serialize(triples, None, ox.RdfFormat.TURTLE, prefixes={**_PREFIXES, **_ALSO}) or b""


def _term(field: str, value: str) -> ox.NamedNode | ox.Literal:
    if field in _IRIS:
        return ox.NamedNode(_expand(value))
    if field == "confidence":
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + "double"))
    return ox.Literal(value)


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode((_PREFIXES | _ALSO)[prefix] + local)


def _triple(
    subject: ox.BlankNode, name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal
) -> ox.Triple:
    return ox.Triple(subject, _node(name), value)


def read_decisions(path: Path) -> dict[Name, Decision]:
    """The decisions of a mapping set by name: its mappings of ``skos:exactMatch`` that a person justified.

    Raises SourceError on a file that is none.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {reason(error)}") from error
    found: dict[Name, Decision] = {}
    for row in _read_turtle(text, path) if path.suffix == RDF else _read_table(text, path):
        exact = _expand(row["predicate_id"]) == _expand(EXACT)
        if exact and _expand(row.get("mapping_justification") or "") == _expand(MANUAL):
            name, target = _name(row), _expand(row["object_id"])
            iri = "" if target == _expand(NOTHING) else target
            found[name] = Decision(name, iri, row.get("object_label") or "")
    return found


def _read_table(text: str, path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    missing = {"subject_label", "predicate_id", "object_id"} - set(rows.fieldnames or ())
    if missing:
        raise SourceError(f"{path}: is no SSSOM table: {', '.join(sorted(missing))} missing")
    yield from rows


def _read_turtle(text: str, path: Path) -> list[dict[str, str]]:
    fields = {_node(name).value: field for field, name in _PROPERTIES.items()}
    found: dict[str, dict[str, str]] = {}
    try:
        for quad in ox.parse(text.encode(), ox.RdfFormat.TURTLE):
            field = fields.get(quad.predicate.value)
            if field and not isinstance(quad.object, ox.Triple):
                found.setdefault(str(quad.subject), {})[field] = quad.object.value
    except (SyntaxError, ValueError) as error:
        raise SourceError(f"{path}: is no Turtle: {error}") from error
    needed = {"subject_label", "predicate_id", "object_id"}
    rows = [row for row in found.values() if needed <= set(row)]
    if not rows:
        raise SourceError(f"{path}: holds no mapping of SSSOM")
    return rows


def _name(row: dict[str, str]) -> Name:
    said = dict(part.partition("=")[::2] for part in (row.get("other") or "").split("|") if part)
    year = said.get("year", "")
    return Name(row["subject_label"], int(year) if year.isdigit() else None, said.get("within", ""))
