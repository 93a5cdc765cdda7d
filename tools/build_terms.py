"""Make ontology/declared.py and ontology/context.jsonld from ontology/policygraph.ttl.

    python tools/build_terms.py && ruff format ontology

A test fails while either is older than what the ontology declares.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from policygraph.ontology.prefixes import PREFIXES

ROOT = Path(__file__).resolve().parent.parent / "ontology"
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "DataStructureDefinition")
HEAD = '''"""Every class and property of ours, as policygraph.ttl declares them; made by tools/build_terms.py.

A row: kind, Chinese label, English label, all that stand above it, domains, range.
"""

from __future__ import annotations

Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str]

DECLARED: dict[str, Row] = {
'''


def short(iri: str) -> str:
    """``pg:Figure``; raises KeyError on a namespace without a prefix."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    raise KeyError(iri)


class Ontology:
    """The triples of the ontology file, findable by subject and predicate."""

    def __init__(self, text: bytes) -> None:
        self.values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        for quad in ox.parse(text, ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                key = quad.subject.value, quad.predicate.value
                self.values.setdefault(key, []).append(quad.object)

    def all(self, subject: str, name: str) -> list[str]:
        """The values of a property as prefixed names or texts, sorted."""
        prefix, _, local = name.partition(":")
        found = self.values.get((subject, PREFIXES[prefix] + local), [])
        return sorted(short(o.value) if isinstance(o, ox.NamedNode) else o.value for o in found)

    def label(self, subject: str, language: str) -> str:
        """The label in a language."""
        labels = self.values[subject, PREFIXES["rdfs"] + "label"]
        return next(o.value for o in labels if getattr(o, "language", "").lower() == language)

    def above(self, subject: str, name: str) -> list[str]:
        """All classes or properties above one, ours and foreign, sorted."""
        found: set[str] = set()
        for parent in self.all(subject, name):
            found.add(parent)
            if parent.startswith("pg:"):
                found |= set(self.above(PREFIXES["pg"] + parent[3:], name))
        return sorted(found)

    def terms(self) -> dict[str, tuple[object, ...]]:
        """Local name → row, in alphabetical order."""
        rows: dict[str, tuple[object, ...]] = {}
        for subject in sorted({subject for subject, _ in self.values}):
            types = [kind.partition(":")[2] for kind in self.all(subject, "rdf:type")]
            kinds = [kind for kind in KINDS if kind in types]
            if not subject.startswith(PREFIXES["pg"]) or not kinds:
                continue
            upward = "rdfs:subClassOf" if kinds[0] == "Class" else "rdfs:subPropertyOf"
            domains = self.all(subject, "rdfs:domain") + self.all(subject, "schema:domainIncludes")
            rows[subject.removeprefix(PREFIXES["pg"])] = (
                kinds[0],
                self.label(subject, "zh-hans"),
                self.label(subject, "en"),
                tuple(self.above(subject, upward)),
                tuple(domains),
                next(iter(self.all(subject, "rdfs:range")), ""),
            )
        return rows


def module(terms: dict[str, tuple[object, ...]]) -> str:
    """The Python module that holds the rows; the formatter breaks its long lines."""
    return HEAD + "".join(f"    {name!r}: {row!r},\n" for name, row in terms.items()) + "}\n"


def context(terms: dict[str, tuple[object, ...]]) -> str:
    """The JSON-LD context: our terms by their bare names, other vocabularies by prefix."""
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in terms}
    entries: dict[str, object] = {"@version": 1.1, **prefixes}
    for name, (kind, _, _, _, _, ranged) in terms.items():
        if kind == "Class":
            entries[name] = f"pg:{name}"
        elif kind == "ObjectProperty":
            entries[name] = {"@id": f"pg:{name}", "@type": "@id"}
        elif ranged in ("xsd:string", "rdf:langString", ""):
            entries[name] = f"pg:{name}"
        else:
            entries[name] = {"@id": f"pg:{name}", "@type": ranged}
    return json.dumps({"@context": entries}, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write both files."""
    terms = Ontology((ROOT / "policygraph.ttl").read_bytes()).terms()
    (ROOT / "declared.py").write_text(module(terms), "utf-8")
    (ROOT / "context.jsonld").write_text(context(terms), "utf-8")


if __name__ == "__main__":
    main()
