"""The tray of figures a person has put aside to calculate with: it lives in the address of every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields
from policygraph.viz.markup import Child, Markup, tag

TRAY, ADD = "tray", "add"  # parameters of an address
ADDRESS = "/derive"
MOST = 100  # figures a tray holds at most
# Columns that hold the value of the figure that stands at a row's start and end.
_VALUES = frozenset({"value", "part", "change", "rank", "percent"})


def references(given: Iterable[str]) -> tuple[str, ...]:
    """The references that an address carries, each once, in their order."""
    split = (reference for text in given for reference in text.split(","))
    return tuple(dict.fromkeys(filter(None, map(str.strip, split))))[:MOST]


def row_reference(row: Mapping[str, Term | None]) -> str:
    """The reference of the figure that a row of a query is about, empty where it is about none."""
    document, start, end = (row.get(name) for name in ("document", "start", "end"))
    if not (_VALUES & row.keys() and isinstance(document, ox.NamedNode)):
        return ""
    if not (isinstance(start, ox.Literal) and isinstance(end, ox.Literal)):
        return ""
    return f"{document.value.rpartition('/')[2]}/{start.value}-{end.value}"


def checkbox(reader: PageReader, reference: str, words: str) -> Markup:
    """The box that chooses a figure for the tray."""
    return tag(
        "input",
        type="checkbox",
        name=ADD,
        value=reference,
        aria_label=reader.say("choose_figure", text=words),
        checked=reference in reader.tray,
    )


def tray_form(reader: PageReader, *body: Child) -> Markup:
    """A form around figures with boxes; sending it puts the chosen ones into the tray."""
    return tag(
        "form",
        *body,
        hidden_fields(reader),
        tag("p", tag("button", reader.say("into_tray"), class_="go"), class_="into-tray"),
        action=reader.path(ADDRESS),
        class_="choosing",
    )


def add_link(reader: PageReader, reference: str) -> Markup:
    """A link that puts one figure into the tray and opens it."""
    kept = references((*reader.tray, reference))
    return tag("a", reader.say("add_to_tray"), href=with_tray(reader, kept), class_="add")


def with_tray(reader: PageReader, kept: Sequence[str], path: str = ADDRESS, **more: str) -> str:
    """An address of a page with another tray than the reader's."""
    return replace(reader, tray=tuple(kept)).at(path, **more)
