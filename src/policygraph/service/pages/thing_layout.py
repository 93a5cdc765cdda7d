"""The layout of the page of a thing: its kind and name at the top, links to its formats."""

from __future__ import annotations

from urllib.parse import urlsplit

from policygraph.graph.formats import ANSWER_GRAPHS, Format, of_kinds
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page
from policygraph.viz.markup import Child, Markup, join, tag

# The formats the pages offer graphs in, in the order they are shown.
GRAPH_FILES = [form for form in of_kinds("graph") if form in ANSWER_GRAPHS]


def thing_page(
    reader: PageReader, iri: str, title: str, kind: Child, *body: Child, lang: str | None = None
) -> str:
    """The page of a thing with its kind and title; ``lang`` is the title's language."""
    files = (
        tag("link", rel="alternate", type=form.media, href=_file(reader, iri, form))
        for form in GRAPH_FILES
    )
    return page(
        reader,
        title,
        _here(reader, iri),
        main(
            tag("p", kind, class_="kind"),
            tag("h1", title, lang=lang, dir="auto"),
            *body,
        ),
        head=files,
    )


def formats(reader: PageReader, iri: str) -> Markup:
    """Links to the data of a thing, one for each format."""
    links = (join(tag("a", form.name, href=_file(reader, iri, form)), " ") for form in GRAPH_FILES)
    return tag("p", *links, class_="ways")


def _file(reader: PageReader, iri: str, form: Format) -> str:
    return f"{_here(reader, iri)}.{form.extension}"


def _here(reader: PageReader, iri: str) -> str:
    return urlsplit(reader.local(iri) or "/").path
