"""Quotes in their paragraphs, marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.sparql_access import Row, text
from policygraph.viz.markup import Markup, join, tag

FULL = 500  # characters a query fetches on either side


def paragraphs(found: Iterable[Row]) -> list[list[Row]]:
    """The passages of one report, those of one paragraph together, in the order of the text."""
    groups: list[list[Row]] = []
    for row in sorted(found, key=lambda row: (_number(row, "start"), _number(row, "end"))):
        last = groups[-1][0] if groups else None
        if last is not None and _number(row, "start") < _reach(last):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def stretch(group: list[Row]) -> tuple[int, int]:
    """From where to where a paragraph reaches, as far as it was fetched."""
    lead = text(group[0], "before").rpartition("\n")[2]
    return _number(group[0], "start") - len(lead), _reach(group[0])


def passage(reader: PageReader, group: list[Row], named: Markup | None = None) -> Markup:
    """A paragraph with its quotes marked, cut where it is long, with a link to the report; then who is ``named`` in it."""
    first = group[0]
    before, after = text(first, "before"), text(first, "after")
    lead, tail = before.rpartition("\n")[2], after.partition("\n")[0]
    body = lead + text(first, "quote") + tail
    place = reader.local(text(first, "document"))
    where = f"{place}#at-{text(first, 'start')}" if place else text(first, "document")
    return tag(
        "figure",
        tag(
            "blockquote",
            "…" if len(lead) == len(before) == FULL else None,
            *_marked(body, group, _number(first, "start") - len(lead)),
            "…" if len(tail) == len(after) == FULL else None,
            lang="zh-Hans",
        ),
        tag(
            "figcaption",
            join(text(first, "title"), " · ") if "title" in first else None,
            tag("a", reader.say("read_report"), href=where),
        ),
        named,
        class_="passage",
    )


def _marked(body: str, group: list[Row], offset: int) -> Iterator[Markup]:
    """The paragraph with each quote in a mark; one that lies in another is part of it."""
    at = 0
    for row in group:
        start, end = _number(row, "start") - offset, _number(row, "end") - offset
        if start < at:
            continue
        yield join(body[at:start], tag("mark", body[start:end]))
        at = min(end, len(body))
    yield join(body[at:])


def _reach(row: Row) -> int:
    """Where the paragraph of a passage ends, as far as it was fetched."""
    return _number(row, "end") + len(text(row, "after").partition("\n")[0])


def _number(row: Row, column: str) -> int:
    return int(text(row, column))
