"""Pieces of pages in two languages side by side, and the addresses pages link to."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.reading import Both, Resource, Value, lengthen

VOCABULARIES = "https://w3id.org/policygraph/vocabulary/"


@dataclass(frozen=True, slots=True)
class Links:
    """How the pages reach each other: seen from the page of the ontology, or from one below it."""

    ontology: str = "index.html"
    vocabulary: str = "vocabulary/{}.html"
    files: str = ""  # where the Turtle files stand
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


def both(text: Both) -> str:
    """A short text in both languages on one line; what is the same in both stands once."""
    zh, en = text
    if zh == en:
        return f'<span lang="{tongue(zh)}">{escape(zh)}</span>'
    return (
        f'<span class="zh" lang="zh-Hans">{escape(zh)}</span>'
        f'<span class="en" lang="en">{escape(en)}</span>'
    )


def tongue(text: str) -> str:
    """The language a text is in, where nothing says so: Chinese letters or mostly Latin ones."""
    chinese = sum(ord(letter) > 0x2E7F for letter in text)
    return "zh-Hans" if chinese * 2 > len(text) else "en"


def titled(text: Both) -> str:
    """The heading of a page: both languages side by side, or the one there is."""
    zh, en = text
    if zh == en:
        return f'<h1 lang="{tongue(zh)}">{escape(zh)}</h1>'
    return pair(f"<h1>{escape(zh)}</h1>", f"<h1>{escape(en)}</h1>", "title")


def say(zh: str, en: str) -> str:
    """Both languages of a fixed text on one line."""
    return both((zh, en))


def pair(zh: str, en: str, kind: str = "") -> str:
    """Markup in both languages, side by side where the page is wide."""
    return (
        f'<div class="pair {kind}"><div class="zh" lang="zh-Hans">{zh}</div>'
        f'<div class="en" lang="en">{en}</div></div>'
    )


def heading(level: int, anchor: str, text: Both) -> str:
    """A heading that can be linked to."""
    return f'<h{level} id="{anchor}"><a href="#{anchor}">{both(text)}</a></h{level}>'


def source(name: str) -> str:
    """A link to where a term of another vocabulary is defined."""
    return f'<a class="outside" href="{escape(lengthen(name))}"><code>{escape(name)}</code></a>'


def outside(address: str, text: str) -> str:
    """A link that leaves the page."""
    return f'<a class="outside" href="{escape(address)}">{escape(text)}</a>'


def refer(ontology: Ontology, name: str, links: Links) -> str:
    """A link to a term: ours and the foreign ones on the page by anchor, all others outside."""
    if name in ontology.terms:
        held = ontology.terms[name]
        return f'<a class="term-link" href="{links.term(held.local)}">{both(held.label)}</a>'
    if name in ontology.foreign:
        at = links.term(ontology.anchor(name))
        return f'<a class="term-link" href="{escape(at)}"><code>{escape(name)}</code></a>'
    iri = lengthen(name)
    if iri.startswith(VOCABULARIES):
        scheme, _, concept = iri.removeprefix(VOCABULARIES).partition("/")
        said = escape(f"{scheme}/{concept}".rstrip("/"))
        return f'<a href="{links.scheme(scheme, concept)}"><code>{said}</code></a>'
    shown = name if name != iri else iri.partition("://")[2].rstrip("/") or iri
    return f'<a class="outside" href="{escape(iri)}"><code>{escape(shown)}</code></a>'


def origins(resource: Resource, predicate: str = "dcterms:source") -> str:
    """The sources a resource names: addresses as links, works as text in their language."""

    def one(value: Value) -> str:
        if value.is_link:
            iri = lengthen(value.text)
            return outside(iri, iri.partition("://")[2].rstrip("/"))
        tag = f' lang="{escape(value.tag)}"' if value.tag and ":" not in value.tag else ""
        return f"<span{tag}>{escape(value.text)}</span>"

    return "；".join(one(value) for value in resource.values.get(predicate, ()))


def facts(rows: list[tuple[Both, str]]) -> str:
    """A list of what is said of a thing; rows without a value are left out."""
    held = "".join(f"<dt>{both(name)}</dt><dd>{value}</dd>" for name, value in rows if value)
    return f'<dl class="facts">{held}</dl>' if held else ""


def figure(svg: str, title: Both, says: Both, anchor: str = "") -> str:
    """A diagram with its title above it and what it says below."""
    named = f' id="{anchor}"' if anchor else ""
    return (
        f'<figure{named}><h3>{both(title)}</h3><div class="canvas" tabindex="0" role="group" '
        f'aria-label="{escape(" · ".join(title))}">{svg}</div>'
        f"<figcaption>{pair(escape(says[0]), escape(says[1]))}</figcaption></figure>"
    )
