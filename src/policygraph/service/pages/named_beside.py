"""Who is named in a paragraph: from the page of a county to the persons and bodies that its passages tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import expand
from policygraph.service.pages.indicator_names import spoken
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.quotes import stretch
from policygraph.service.pages.sparql_access import Row, text
from policygraph.viz.markup import Markup, join, tag

MOST = 24  # names under one paragraph
_PERSON = expand("pg:Person")


@dataclass(slots=True)
class _Named:
    """A person or a body with its labels and posts."""

    person: bool
    labels: list[Term] = field(default_factory=list)
    posts: dict[str, list[Term]] = field(default_factory=dict)


def named_in(
    paragraph: list[Row], beside: Mapping[str, list[Row]], iri: str, reader: PageReader
) -> Markup | None:
    """Who is named in a paragraph, persons first, without the thing of this IRI; ``beside`` are mentions by report."""
    begin, end = stretch(paragraph)
    found: dict[str, _Named] = {}
    rows = beside.get(text(paragraph[0], "document"), ())
    near = (row for row in rows if begin <= int(text(row, "at")) < end)
    for row in sorted(near, key=lambda row: (int(text(row, "at")), text(row, "thing"))):
        thing = text(row, "thing")
        if thing != iri:
            named = found.setdefault(thing, _Named(False))
            named.person = named.person or text(row, "class") == _PERSON
            named.labels.append(row["label"])
            if "post" in row:
                named.posts.setdefault(text(row, "office"), []).append(row["post"])
    return _listed(found, reader)


def _listed(named: dict[str, _Named], reader: PageReader) -> Markup | None:
    if not named:
        return None
    ordered = sorted(named.items(), key=lambda each: not each[1].person)
    return tag(
        "div",
        tag("b", reader.say("named_beside")),
        tag("ul", *_items(ordered[:MOST], reader)),
        class_="beside",
    )


def _items(ordered: Iterable[tuple[str, _Named]], reader: PageReader) -> Iterator[Markup]:
    for iri, named in ordered:
        name = reader.best(named.labels) or iri
        post = reader.say("comma").join(map(reader.best, named.posts.values()))
        yield tag(
            "li",
            tag("a", name, href=reader.local(iri) or iri, lang=reader.language_of(name)),
            spoken(name, reader),
            join(" ", tag("small", post, lang=reader.language_of(post))) if post else None,
        )
