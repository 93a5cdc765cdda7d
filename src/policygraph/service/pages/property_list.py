"""The facts of a thing as a list of properties with their values, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.labels import language
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.service.pages.page_reader import WORDS, PageReader, foreign
from policygraph.service.pages.page_reader import values as worded
from policygraph.service.pages.sparql_access import Row
from policygraph.service.register_description import code_and_years
from policygraph.viz.markup import Markup, join, tag

VALUES = 30  # values of one property shown at most
_IN_TIME = frozenset(map(expand, ("pg:predecessor", "pg:successor")))


def shorten(iri: str) -> str:
    """An IRI with a known prefix, else as it is."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and "/" not in iri.removeprefix(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def property_label(reader: PageReader, iri: str) -> str:
    """What a property is called: in the ontology, else in words.json."""
    name = shorten(iri)
    prefix, _, local = name.partition(":")
    if prefix == "pg" and local in DECLARED:
        return reader.pick(DECLARED[local][1:3])
    return reader.pick(foreign().get(name, (name, name)))


def class_label(reader: PageReader, types: Iterable[str]) -> str:
    """What a thing of these classes is called: by the narrowest class of the ontology."""
    ours = [t.removeprefix(PREFIXES["pg"]) for t in types if t.startswith(PREFIXES["pg"])]
    known = sorted((t for t in ours if t in DECLARED), key=lambda t: (-len(DECLARED[t][3]), t))
    above = {up for t in known for up in DECLARED[t][3]}
    narrow = [t for t in known if f"pg:{t}" not in above]
    if narrow:
        return reader.pick(DECLARED[narrow[0]][1:3])
    return reader.say("comma").join(sorted({property_label(reader, t) for t in types}))


def facts(
    reader: PageReader, rows: Iterable[Row], labels: Mapping[str, list[Term]]
) -> Markup | None:
    """A definition list of the properties worth showing, the most informative first; None where there is none."""
    by_property: dict[str, list[Term]] = {}
    for row in rows:
        by_property.setdefault(getattr(row["property"], "value", ""), []).append(row["value"])
    shown = sorted(
        (iri for iri in by_property if iri not in _hidden()), key=lambda iri: _place(reader, iri)
    )
    if not shown:
        return None
    return tag(
        "dl",
        (
            join(
                tag("dt", property_label(reader, iri), title=shorten(iri)),
                tag("dd", _values(reader, iri, by_property[iri], labels)),
            )
            for iri in shown
        ),
        class_="facts",
    )


def value(reader: PageReader, term: Term, labels: Mapping[str, list[Term]]) -> Markup:
    """A value: a linked label for an IRI, the text of a literal."""
    if isinstance(term, ox.NamedNode):
        return link(reader, term.value, labels)
    return tag("span", getattr(term, "value", ""), lang=getattr(term, "language", None), dir="auto")


def link(reader: PageReader, iri: str, labels: Mapping[str, list[Term]]) -> Markup:
    """A thing by its label, linked to its page."""
    name = reader.best(labels.get(iri, ())) or shorten(iri).removeprefix(reader.base)
    where = reader.local(iri) or (iri if iri.startswith(("http://", "https://")) else None)
    lang = reader.language_of(name)
    if not where:
        return tag("span", name, lang=lang)
    return tag("a", name, href=where, title=iri, dir="auto", lang=lang)


def _values(
    reader: PageReader, iri: str, terms: list[Term], labels: Mapping[str, list[Term]]
) -> Markup:
    """The values of a property in order; of labels in two languages the reader's one.

    Areas before and after one another often have one name: their code and years tell them apart.
    """
    terms = _in_words(reader, iri, terms)
    tags = {language(t.language) for t in terms if isinstance(t, ox.Literal) and t.language}
    if reader.language in tags:
        terms = [
            t
            for t in terms
            if not (isinstance(t, ox.Literal) and t.language)
            or language(t.language) == reader.language
        ]
    shown = sorted({value(reader, term, labels) for term in terms})
    if iri in _IN_TIME:
        shown = sorted({_in_time(reader, term, labels) for term in terms})
    more = tag("span", f"… +{len(shown) - VALUES}") if len(shown) > VALUES else None
    return join(*(tag("span", one, class_="value") for one in shown[:VALUES]), more)


def _in_time(reader: PageReader, term: Term, labels: Mapping[str, list[Term]]) -> Markup:
    """An area by its label with its code and years."""
    when = code_and_years(reader.base, getattr(term, "value", ""))
    return join(value(reader, term, labels), tag("small", f" {when}") if when else None)


def _in_words(reader: PageReader, iri: str, terms: list[Term]) -> list[Term]:
    """The values, a bare word of the graph in the reader's language: 省级 for province."""
    pairs = ((term, worded().get(f"{shorten(iri)} {getattr(term, 'value', '')}")) for term in terms)
    return [ox.Literal(reader.pick(pair)) if pair else term for term, pair in pairs]


def _place(reader: PageReader, iri: str) -> tuple[int, str]:
    first = _listed("first")
    return (first.index(iri) if iri in first else len(first), property_label(reader, iri))


def _hidden() -> tuple[str, ...]:
    return _listed("hidden")


@cache
def _listed(name: str) -> tuple[str, ...]:
    """The IRIs of one of the lists of words.json."""
    by_prefix: dict[str, list[str]] = json.loads(WORDS.read_text("utf-8"))[name]
    return tuple(PREFIXES[prefix] + local for prefix, names in by_prefix.items() for local in names)
