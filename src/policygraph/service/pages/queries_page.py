"""The page that lists the named queries by theme; the first page shows the same list."""

from __future__ import annotations

from policygraph.queries.catalogue import Catalogue
from policygraph.service.pages.examples import grouped
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page
from policygraph.viz.markup import Markup, tag


def listing(catalogue: Catalogue, reader: PageReader, level: str = "h3") -> Markup:
    """The named queries in groups, each with its question, under headings of a level."""
    groups = []
    for group in grouped(catalogue):
        items = (
            tag(
                "li",
                tag("a", reader.pick(query.title), href=reader.at(f"/queries/{query.name}")),
                tag("span", reader.pick(query.question)),
            )
            for query in group.queries
        )
        groups.append(
            tag("div", tag(level, reader.pick(group.label), class_="theme"), tag("ul", *items))
        )
    return tag("div", *groups, class_="catalogue")


def queries_page(catalogue: Catalogue, reader: PageReader) -> str:
    """All named queries."""
    return page(
        reader,
        reader.say("queries"),
        reader.path("/queries/"),
        main(
            tag("h1", reader.say("queries")),
            tag("p", reader.say("queries_hint"), class_="lead"),
            listing(catalogue, reader, "h2"),
        ),
    )
