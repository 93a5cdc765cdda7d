"""The bundled vocabularies, each as a page: its concepts with the words the reader recognises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.errors import VocabularyError
from policygraph.ontology.labels import CHINESE
from policygraph.ontology.vocabulary import FOLDER, SCHEMES
from policygraph.viz.bilingual import Both, both, say, tongue
from policygraph.viz.markup import Markup, between, join, tag
from policygraph.viz.reference.components import Facts, facts, paragraphs, row, tabulate, titled
from policygraph.viz.reference.links import Links, downloads, origins, outside, refer
from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.turtle_index import Resource, Value, lengthen, read

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
        """Its title in both languages; the other one where one lacks."""
        return self.head.label


@cache
def schemes() -> dict[str, Scheme]:
    """The vocabularies by name, in the order of their names."""
    found = [_scheme(path) for path in sorted(FOLDER.glob("*.ttl"))]
    return {scheme.name: scheme for scheme in sorted(found, key=lambda one: one.name)}


def _scheme(path: Path) -> Scheme:
    resources = read(path)
    concepts = tuple(one for one in resources.values() if "skos:prefLabel" in one.values)
    named = next((one for one in resources.values() if one.is_a("skos:ConceptScheme")), None)
    iri = lengthen(named.name) if named else lengthen(concepts[0].name).rpartition("/")[0]
    # A file without a scheme of its own has its first comment as the title.
    title = path.read_text("utf-8").splitlines()[0].lstrip("# ").removeprefix("CC BY 4.0. ")
    name = iri.removeprefix(SCHEMES)
    head = named or Resource(title, {})
    return Scheme(name, path, head if named else Resource(f"x:{title}", {}), concepts)


def scheme(name: str) -> Scheme:
    """A vocabulary by the last part of its address. Raises VocabularyError on an unknown one."""
    if name not in schemes():
        raise VocabularyError(f"{name}: no such vocabulary; there are {', '.join(schemes())}")
    return schemes()[name]


def key(concept: Resource) -> str:
    """The last part of a concept's address: its anchor."""
    return lengthen(concept.name).rpartition("/")[2].rpartition("#")[2]


def index(links: Links) -> Markup:
    """All vocabularies as cards that lead to their pages."""
    return tag("div", (_card(one, links) for one in schemes().values()), class_="schemes")


def _card(scheme: Scheme, links: Links) -> Markup:
    return tag(
        "a",
        tag("b", both(scheme.title)),
        tag("small", tag("code", scheme.name), " ", _size(scheme)),
        href=links.scheme(scheme.name),
    )


def _size(scheme: Scheme) -> Markup:
    """How many concepts it has, and how many Chinese words of it the reader recognises."""
    predicates = ("skos:prefLabel", "skos:altLabel", "pg:wording")
    words = {w for c in scheme.concepts for p in predicates for w in c.texts(p, CHINESE)}
    concepts = len(scheme.concepts)
    return say(f"{concepts} 个概念，{len(words)} 个词", f"{concepts} concepts, {len(words)} words")


def head(scheme: Scheme, links: Links, licence: str) -> Markup:
    """What the vocabulary is: title, what it is for, address, source, files."""
    comment, stem = scheme.head.comment, f"vocabularies/{scheme.file.stem}"
    files = {"Turtle": f"{stem}.ttl", "JSON-LD": f"{stem}.jsonld", "RDF/XML": f"{stem}.rdf"}
    rows: Facts = [
        (("网址", "IRI"), tag("code", f"{SCHEMES}{scheme.name}")),
        (("来源", "source"), origins(scheme.head)),
        (("许可", "licence"), outside(licence, "CC BY 4.0")),
        (("规模", "size"), _size(scheme)),
        (("文件", "files"), downloads(links, files)),
    ]
    return join(titled(scheme.title), paragraphs(comment) if any(comment) else None, facts(rows))


def table(ontology: Ontology, scheme: Scheme, links: Links) -> Markup:
    """The concepts, a row each; a column that is empty throughout is left out."""
    columns: list[tuple[Both, list[Markup]]] = [
        (("概念", "Concept"), [_names(one) for one in scheme.concepts]),
        (("也识别为", "Also recognised as"), [_chips(one) for one in scheme.concepts]),
        (("说明", "Notes"), [_notes(ontology, one, links) for one in scheme.concepts]),
    ]
    shown = [(name, cells) for name, cells in columns if any(cells)]
    rows = (
        row(*(cells[at] for _, cells in shown), id=key(one))
        for at, one in enumerate(scheme.concepts)
    )
    return tabulate(rows, *(tag("th", both(name)) for name, _ in shown), kind="concepts")


def _names(concept: Resource) -> Markup:
    zh, en = concept.label
    english = tag("span", en, class_="en", lang="en") if en != zh else None
    return join(
        tag(
            "div",
            tag("b", zh, class_="zh" if english else None, lang="zh-Hans"),
            english,
            class_="names",
        ),
        tag("a", tag("code", key(concept)), href=f"#{key(concept)}"),
    )


def _chips(concept: Resource) -> Markup:
    words = dict.fromkeys(w for p in ("skos:altLabel", "pg:wording") for w in concept.texts(p))
    chips = [tag("span", word, lang=tongue(word)) for word in words]
    return join(tag("div", chips, class_="words") if chips else None)


def _notes(ontology: Ontology, concept: Resource, links: Links) -> Markup:
    """Its definition and its other properties."""
    comment = concept.comment
    rows: Facts = [
        (ontology.label(predicate), between("、", (_value(ontology, v, links) for v in values)))
        for predicate, values in concept.values.items()
        if predicate not in _SAID
    ]
    return join(tag("p", both(comment)) if any(comment) else None, facts(rows))


def _value(ontology: Ontology, value: Value, links: Links) -> Markup:
    return refer(ontology, value.text, links) if value.is_link else tag("span", value.text)
