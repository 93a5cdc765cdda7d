"""The bundled vocabularies, each as a page: its concepts with the words the reader recognises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from policygraph.errors import VocabularyError
from policygraph.ontology.labels import CHINESE
from policygraph.ontology.vocabulary import FOLDER
from policygraph.viz.reference.markup import (
    VOCABULARIES,
    Links,
    both,
    facts,
    origins,
    outside,
    pair,
    refer,
    say,
    titled,
    tongue,
)
from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.reading import Both, Resource, lengthen, read

_SAID = (
    *("rdf:type", "skos:inScheme", "skos:topConceptOf", "skos:prefLabel", "skos:altLabel"),
    *("skos:definition", "skos:editorialNote", "skos:scopeNote", "rdfs:comment", "pg:wording"),
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One vocabulary file: the scheme's name in addresses, the scheme, its concepts in file order."""

    name: str
    file: Path
    head: Resource
    concepts: tuple[Resource, ...]

    @property
    def title(self) -> Both:
        """Its title in both languages; one stands in where the other lacks."""
        return self.head.label


@cache
def schemes() -> dict[str, Scheme]:
    """The vocabularies by name, in the order of their names."""
    found = [_scheme(path) for path in sorted(FOLDER.glob("*.ttl"))]
    return {scheme.name: scheme for scheme in sorted(found, key=lambda one: one.name)}


def _scheme(path: Path) -> Scheme:
    held = read(path)
    concepts = tuple(one for one in held.values() if "skos:prefLabel" in one.values)
    named = next((one for one in held.values() if one.is_a("skos:ConceptScheme")), None)
    iri = lengthen(named.name) if named else lengthen(concepts[0].name).rpartition("/")[0]
    # A file without a scheme of its own has its first comment as the title.
    said = path.read_text("utf-8").splitlines()[0].lstrip("# ").removeprefix("CC BY 4.0. ")
    name = iri.removeprefix(VOCABULARIES)
    head = named or Resource(said, {})
    return Scheme(name, path, head if named else Resource(f"x:{said}", {}), concepts)


def scheme(name: str) -> Scheme:
    """A vocabulary by the last part of its address. Raises VocabularyError on an unknown one."""
    if name not in schemes():
        raise VocabularyError(f"{name}: no such vocabulary; there are {', '.join(schemes())}")
    return schemes()[name]


def key(concept: Resource) -> str:
    """What stands last in a concept's address: its anchor."""
    return lengthen(concept.name).rpartition("/")[2].rpartition("#")[2]


def index(links: Links) -> str:
    """All vocabularies as cards that lead to their pages."""
    cards = "".join(
        f'<a href="{links.scheme(one.name)}"><b>{both(one.title)}</b>'
        f"<small><code>{escape(one.name)}</code> "
        f"{say(f'{len(one.concepts)} 个概念，{_words(one)} 个词', f'{len(one.concepts)} concepts, {_words(one)} words')}"
        "</small></a>"
        for one in schemes().values()
    )
    return f'<div class="schemes">{cards}</div>'


def _words(held: Scheme) -> int:
    """How many Chinese words of it the reader recognises."""
    predicates = ("skos:prefLabel", "skos:altLabel", "pg:wording")
    return len({w for c in held.concepts for p in predicates for w in c.texts(p, CHINESE)})


def head(held: Scheme, links: Links, licence: str) -> str:
    """What the vocabulary is: title, what it is for, address, source, files."""
    comment = held.head.comment
    rows: list[tuple[Both, str]] = [
        (("网址", "IRI"), f"<code>{VOCABULARIES}{escape(held.name)}</code>"),
        (("来源", "source"), origins(held.head)),
        (("许可", "licence"), outside(licence, "CC BY 4.0")),
        (
            ("规模", "size"),
            say(
                f"{len(held.concepts)} 个概念，{_words(held)} 个词",
                f"{len(held.concepts)} concepts, {_words(held)} words",
            ),
        ),
        (("文件", "files"), downloads(held, links)),
    ]
    said = (
        pair(f"<p>{escape(comment[0])}</p>", f"<p>{escape(comment[1])}</p>") if any(comment) else ""
    )
    return titled(held.title) + said + facts(rows)


def downloads(held: Scheme, links: Links) -> str:
    """The vocabulary's files, in each format."""
    stem = held.file.stem
    formats = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdf"))
    return " · ".join(
        f'<a href="{links.file(f"vocabularies/{stem}.{ending}")}">{name}</a>'
        for name, ending in formats
    )


def table(ontology: Ontology, held: Scheme, links: Links) -> str:
    """The concepts, a row each; a column that is empty throughout is left out."""
    columns = [(("概念", "Concept"), [_names(one) for one in held.concepts])]
    columns.append((("也识别为", "Also recognised as"), [_chips(one) for one in held.concepts]))
    notes = [_notes(one) + _properties(ontology, one, links) for one in held.concepts]
    columns.append((("说明", "Notes"), notes))
    shown = [(name, cells) for name, cells in columns if any(cells)]
    heads = "".join(f"<th>{both(name)}</th>" for name, _ in shown)
    rows = "".join(
        f'<tr id="{escape(key(one))}">'
        + "".join(f"<td>{cells[at]}</td>" for _, cells in shown)
        + "</tr>"
        for at, one in enumerate(held.concepts)
    )
    return f'<div class="concepts"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _names(concept: Resource) -> str:
    zh, en = concept.label
    at = escape(key(concept))
    english = f'<span class="en" lang="en">{escape(en)}</span>' if en != zh else ""
    kind = "zh" if english else ""
    return (
        f'<div class="names"><b class="{kind}" lang="zh-Hans">{escape(zh)}</b>{english}</div>'
        f'<a href="#{at}"><code>{at}</code></a>'
    )


def _chips(concept: Resource) -> str:
    words = dict.fromkeys(w for p in ("skos:altLabel", "pg:wording") for w in concept.texts(p))
    chips = "".join(f'<span lang="{tongue(word)}">{escape(word)}</span>' for word in words)
    return f'<div class="words">{chips}</div>' if chips else ""


def _notes(concept: Resource) -> str:
    comment = concept.comment
    return f"<p>{both(comment)}</p>" if any(comment) else ""


def _properties(ontology: Ontology, concept: Resource, links: Links) -> str:
    rows: list[tuple[Both, str]] = []
    for predicate, values in concept.values.items():
        if predicate in _SAID:
            continue
        shown = "、".join(
            refer(ontology, value.text, links)
            if value.is_link
            else f"<span>{escape(value.text)}</span>"
            for value in values
        )
        rows.append((ontology.label(predicate), shown))
    return facts(rows)
