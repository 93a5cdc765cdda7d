"""Where the pages of the reference link to: each other, their files, what lies outside."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.graph.formats import BY_EXTENSION
from policygraph.ontology.vocabulary import SCHEMES
from policygraph.viz.bilingual import both
from policygraph.viz.markup import Markup, between, tag
from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.turtle_index import Resource, Value, lengthen

# The formats the ontology and the vocabularies are published in.
PUBLISHED = tuple(BY_EXTENSION[name] for name in ("ttl", "jsonld", "rdf"))


@dataclass(frozen=True, slots=True)
class Links:
    """How the pages reach each other: seen from the page of the ontology, or from one below it."""

    ontology: str = "index.html"
    vocabulary: str = "vocabulary/{}.html"
    files: str = ""  # where the Turtle files are
    up: str = ""  # what a page in a folder puts before all of these

    def term(self, local: str) -> str:
        """The address of a term on the ontology page."""
        return f"{self.up}{self.ontology}#{local}" if self.up else f"#{local}"

    def scheme(self, name: str, concept: str = "") -> str:
        """The address of a vocabulary, or of a concept in it."""
        return self.up + self.vocabulary.format(name) + (f"#{concept}" if concept else "")

    def file(self, name: str) -> str:
        """The address of a file beside the page."""
        return self.up + self.files + name

    def below(self) -> Links:
        """The same, seen from a vocabulary's page."""
        return Links(self.ontology, self.vocabulary, self.files, "../")


def source(name: str) -> Markup:
    """A link to where a term of another vocabulary is defined."""
    return outside(lengthen(name), tag("code", name))


def outside(address: str, text: str) -> Markup:
    """A link that leaves the page."""
    return tag("a", text, class_="outside", href=address)


def refer(ontology: Ontology, name: str, links: Links) -> Markup:
    """A link to a term: ours and the foreign ones on the page by anchor, all others outside."""
    if name in ontology.terms:
        target = ontology.terms[name]
        return tag("a", both(target.label), class_="term-link", href=links.term(target.local))
    if name in ontology.foreign:
        at = links.term(ontology.anchor(name))
        return tag("a", tag("code", name), class_="term-link", href=at)
    iri = lengthen(name)
    if iri.startswith(SCHEMES):
        scheme, _, concept = iri.removeprefix(SCHEMES).partition("/")
        path = f"{scheme}/{concept}".rstrip("/")
        return tag("a", tag("code", path), href=links.scheme(scheme, concept))
    shown = name if name != iri else iri.partition("://")[2].rstrip("/") or iri
    return outside(iri, tag("code", shown))


def origins(resource: Resource) -> Markup:
    """The sources a resource names: addresses as links, works as text in their language."""
    return between("；", map(_origin, resource.values.get("dcterms:source", ())))


def _origin(value: Value) -> Markup:
    if value.is_link:
        iri = lengthen(value.text)
        return outside(iri, iri.partition("://")[2].rstrip("/"))
    return tag("span", value.text, lang=value.tag if value.tag and ":" not in value.tag else None)


def downloads(links: Links, files: dict[str, str]) -> Markup:
    """The files beside the page, by what each link says."""
    return between(" · ", (tag("a", label, href=links.file(name)) for label, name in files.items()))
