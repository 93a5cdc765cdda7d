"""The page of a search: what was found, by kind, each with a link to its own page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.search_index import Entry, SearchResult
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields, page, section
from policygraph.service.pages.property_list import class_label
from policygraph.viz.markup import Markup, join, tag

ADDRESS = "/search"
_OWN_WORDS = frozenset(
    ("query", "section", "figure", "measure", "difficulty", "sentence", "Concept")
)


def search_page(text: str, kind: str, found: SearchResult, reader: PageReader) -> str:
    """The box, the kinds with their counts, and the entries."""
    here = reader.at(ADDRESS, q=text, **({"kind": kind} if kind else {}))
    title = f"{reader.say('search')}: {text}" if text else reader.say("search")
    return page(
        reader,
        title,
        here.rpartition("&lang=")[0] or ADDRESS,
        tag(
            "main",
            tag("h1", reader.say("search")),
            search_box(reader, text),
            _kinds(text, kind, found, reader) if found.counts else None,
            *_groups(found.entries, text, reader),
            _nothing(text, reader) if text and not found.entries else None,
            tag("p", reader.say("search_hint"), class_="lead") if not text else None,
        ),
    )


def search_box(reader: PageReader, text: str = "") -> Markup:
    """The box to type into."""
    return tag(
        "form",
        tag("input", type="search", name="q", value=text, aria_label=reader.say("search"), placeholder=reader.say("search_here")),
        hidden_fields(reader),
        tag("button", reader.say("search")),
        action=reader.path(ADDRESS),
        role="search",
        class_="search",
    )  # fmt: skip


def _kinds(text: str, chosen: str, found: SearchResult, reader: PageReader) -> Markup:
    """How much there is of each kind, each a link to only that."""
    links = [
        tag(
            "a",
            f"{_kind(reader, kind)} ",
            tag("small", str(count)),
            href=reader.at(ADDRESS, q=text, kind=kind),
            aria_current="true" if kind == chosen else None,
        )
        for kind, count in found.counts.items()
    ]
    everything = tag("a", reader.say("all_kinds"), href=reader.at(ADDRESS, q=text))
    return tag("p", *([everything] if chosen else []), *links, class_="kinds")


def _groups(entries: Sequence[Entry], text: str, reader: PageReader) -> list[Markup]:
    ordered = sorted(entries, key=lambda entry: _first(entries, entry.kind))
    return [
        section(
            _kind(reader, kind),
            tag("ul", *(_entry(e, text, reader) for e in group), class_="found"),
        )
        for kind, group in groupby(ordered, key=lambda entry: entry.kind)
    ]


def _first(entries: Sequence[Entry], kind: str) -> int:
    return next(place for place, entry in enumerate(entries) if entry.kind == kind)


def _entry(entry: Entry, text: str, reader: PageReader) -> Markup:
    if entry.kind == "query":
        address = reader.at(f"/queries/{entry.iri}")
    else:
        address = reader.local(entry.iri) or entry.iri
    other = tag("small", f" {entry.name}") if entry.name and entry.kind != "query" else None
    return tag("li", tag("a", _marked(entry.text, text), href=address, dir="auto"), other)


def _marked(name: str, text: str) -> Markup | str:
    """A name with the words that were looked for marked."""
    wanted = next((word for word in text.split() if word and word in name), "")
    if not wanted:
        return name
    before, _, after = name.partition(wanted)
    return join(before, tag("mark", wanted), after)


def _kind(reader: PageReader, kind: str) -> str:
    """What a kind of entry is called: a class of the ontology, or a word of the page."""
    if kind in _OWN_WORDS:
        return reader.say(f"kind_{kind.lower()}")
    return class_label(reader, [PREFIXES["pg"] + kind])


def _nothing(text: str, reader: PageReader) -> Markup:
    return tag("p", reader.say("found_nothing", text=text))
