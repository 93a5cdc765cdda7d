"""Who is named in a paragraph: from the page of a county to the persons and bodies that its passages tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import expand
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.quotes import stretch
from policygraph.service.pages.sparql_access import Row, Select, text, written
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
    select: Select, shown: Sequence[list[Row]], iri: str, reader: PageReader
) -> list[Markup | None]:
    """The names of each paragraph, persons first, without the thing of this IRI; one look-up for all."""
    places = [(text(group[0], "document"), *stretch(group)) for group in shown]
    stretches = " ".join(f"({ox.NamedNode(where)} {start} {end})" for where, start, end in places)
    found: dict[tuple[str, int], dict[str, _Named]] = {}
    for row in select(written("named-in", stretches=stretches), {}):
        told = {column: term for column, term in row.items() if term is not None}
        where = text(told, "document"), int(text(told, "from"))
        thing = text(told, "thing")
        if thing != iri:
            named = found.setdefault(where, {}).setdefault(thing, _Named(False))
            named.person = named.person or text(told, "class") == _PERSON
            named.labels.append(told["label"])
            if "post" in told:
                named.posts.setdefault(text(told, "office"), []).append(told["post"])
    return [_listed(found.get((where, start), {}), reader) for where, start, _ in places]


def _listed(named: dict[str, _Named], reader: PageReader) -> Markup | None:
    if not named:
        return None
    ordered = sorted(named.items(), key=lambda each: not each[1].person)
    return tag(
        "div",
        tag("b", reader.say("named_beside")),
        tag("ul", *_items(ordered[:MOST], reader)),
        class_="named",
    )


def _items(ordered: Iterable[tuple[str, _Named]], reader: PageReader) -> Iterator[Markup]:
    for iri, named in ordered:
        post = reader.say("comma").join(map(reader.best, named.posts.values()))
        yield tag(
            "li",
            tag("a", reader.best(named.labels) or iri, href=reader.local(iri) or iri),
            join(" ", tag("small", post)) if post else None,
        )
