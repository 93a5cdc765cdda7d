"""The page of a search: what was found, by kind, each with a link to its own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from urllib.parse import urlencode

from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.catalogue import bundled
from policygraph.queries.question_pairs import Pair
from policygraph.queries.question_requests import (
    ABSENT,
    AT_ODDS,
    COMPARED,
    DIFFICULTIES,
    DOING,
    EACH,
    PLANNED,
    RANK,
    Request,
)
from policygraph.queries.search_entries import Entry
from policygraph.queries.search_index import FACETS, SearchResult
from policygraph.queries.stated_figures import short_reference
from policygraph.service.pages.figure_list import qualifier_words
from policygraph.service.pages.indicator_names import spoken
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields, main, page, section
from policygraph.service.pages.property_list import class_label
from policygraph.service.pages.tray import add_link, checkbox, tray_form, with_tray
from policygraph.viz.markup import Child, Markup, join, tag

ADDRESS = "/search"
_OWN_WORDS = frozenset(
    ("query", "section", "figure", "measure", "difficulty", "sentence", "Concept")
)
_ENGLISH = re.compile("[A-Za-z]{3}")
_LACKING = "indicator-missing"  # the query of reports that lack an indicator
_EACH = "unit-costs"  # the query of money for each
# What is asked for → the query that has all of it.
_ANSWERING = {
    frozenset((PLANNED, DOING)): "plans",
    frozenset((AT_ODDS,)): "contradictions",
    frozenset((DIFFICULTIES,)): "difficulties",
    frozenset((RANK,)): "ranks",
}
# Parameter of a query → the kinds of what it may be.
_MEANT: Mapping[str, Callable[[str], bool]] = {
    "indicator": lambda kind: kind == "Indicator",
    "area": lambda kind: kind == "Area",
    "name": lambda kind: kind not in (*_OWN_WORDS, "Report"),
    "actor": lambda kind: kind in ("FormalOrganization", "OrganizationalUnit", "Person", "Group"),
}


def search_page(text: str, only: Mapping[str, str], found: SearchResult, reader: PageReader) -> str:
    """The box, the kinds with their counts, what narrows the answer, and the entries."""
    title = f"{reader.say('search')}: {text}" if text else reader.say("search")
    return page(
        reader,
        title,
        reader.path(f"{ADDRESS}?{urlencode({'q': text, **only})}" if text else ADDRESS),
        main(
            tag("h1", reader.say("search")),
            search_box(reader, text, only),
            _kinds(text, only, found, reader) if found.counts or only else None,
            _narrowing(text, only, found, reader) if found.counts else None,
            _taken_apart(found, reader) if found.parts and found.entries else None,
            _asked(text, found, reader) if text else None,
            *_groups(text, only, found, reader),
            _nothing(text, found, reader) if text and not found.entries else None,
            tag("p", reader.say("search_hint"), class_="lead") if not text else None,
        ),
    )


def search_box(
    reader: PageReader, text: str = "", only: Mapping[str, str] | None = None, hint: str = ""
) -> Markup:
    """The box to type into; what narrows the answer is kept."""
    return tag(
        "form",
        tag("input", type="search", name="q", value=text, aria_label=reader.say("search"), placeholder=hint or reader.say("search_here")),
        *(tag("input", type="hidden", name=name, value=value) for name, value in (only or {}).items()),
        hidden_fields(reader),
        tag("button", reader.say("search")),
        action=reader.path(ADDRESS),
        role="search",
        class_="search",
    )  # fmt: skip


def _kinds(text: str, only: Mapping[str, str], found: SearchResult, reader: PageReader) -> Markup:
    """How much there is of each kind, each a link to only that."""
    links = [
        tag(
            "a",
            f"{_kind(reader, kind)} ",
            tag("small", str(count)),
            href=reader.at(ADDRESS, **{**only, "q": text, "kind": kind}),
            aria_current="true" if kind == only.get("kind") else None,
        )
        for kind, count in found.counts.items()
    ]
    everything = tag("a", reader.say("all_kinds"), href=_without(reader, text, only, "kind"))
    return tag("p", *([everything] if "kind" in only else []), *links, class_="kinds")


def _narrowing(
    text: str, only: Mapping[str, str], found: SearchResult, reader: PageReader
) -> Markup:
    """The reports, areas, years and sections the entries stand in, each a link to only that."""
    groups = []
    for facet in FACETS:
        counts = found.facets.get(facet, {})
        if facet in only:
            shown = found.titles.get(only[facet], only[facet])
            remove = tag(
                "a",
                "✕",
                href=_without(reader, text, only, facet),
                aria_label=reader.say("widen", text=shown),
            )
            groups.append(
                tag(
                    "p",
                    tag("b", reader.say(f"facet_{facet}")),
                    " ",
                    shown,
                    " ",
                    remove,
                    class_="facet",
                )
            )
        elif len(counts) > 1:
            groups.append(_facet(facet, counts, text, only, found, reader))
    return tag("div", *groups, class_="facets")


def _facet(
    facet: str,
    counts: Mapping[str, int],
    text: str,
    only: Mapping[str, str],
    found: SearchResult,
    reader: PageReader,
) -> Markup:
    items = (
        tag(
            "li",
            tag(
                "a",
                found.titles.get(value, value),
                href=reader.at(ADDRESS, **{**only, "q": text, facet: value}),
            ),
            tag("small", f" {count}"),
        )
        for value, count in counts.items()
    )
    return tag(
        "details",
        tag("summary", f"{reader.say(f'facet_{facet}')} ", tag("small", str(len(counts)))),
        tag("ul", *items),
        class_="facet",
    )


def _without(reader: PageReader, text: str, only: Mapping[str, str], name: str) -> str:
    """The search without one of what narrows it."""
    return reader.at(ADDRESS, **{"q": text, **{k: v for k, v in only.items() if k != name}})


def _taken_apart(found: SearchResult, reader: PageReader) -> Markup:
    """What was looked for where nothing holds the whole text."""
    parts = reader.say("comma").join(f"“{part}”" for part in found.parts)
    said = [reader.say("found_parts", parts=parts)]
    if found.lacking:
        words = reader.say("comma").join(f"“{each}”" for each in found.lacking)
        said.append(reader.say("found_lacking", words=words))
    if found.unmet:
        said.append(reader.say("found_unmet", words=found.unmet))
    if found.elsewhere:
        areas = reader.say("comma").join(found.elsewhere)
        said.append(reader.say("found_elsewhere", areas=areas))
    if found.undated:
        years = reader.say("comma").join(found.undated)
        said.append(reader.say("found_undated", years=years))
    return tag("p", " ".join(said), class_="note parts")


def _asked(text: str, found: SearchResult, reader: PageReader) -> Markup | None:
    """Where the values that a question asks for are compared or worked out: of no figure alone."""
    asked, links = Request.of(text), []
    indicator = next((e.named for e in found.entries if e.kind == "figure"), "")
    indicator = indicator or next((e.text for e in found.entries if e.kind == "Indicator"), "")
    if COMPARED in asked.sought and indicator:
        address = reader.at("/compare", indicator=indicator)
        links.append(tag("a", reader.say("compare_indicator", indicator=indicator), href=address))  # fmt: skip
    if ABSENT in asked.sought and indicator:
        query = bundled().named(_LACKING)
        links.append(
            tag(
                "a",
                reader.pick(query.title),
                href=reader.at(f"/queries/{_LACKING}", indicator=indicator),
            )
        )
    for sought, name in _ANSWERING.items():
        if sought <= asked.sought:
            query = bundled().named(name)
            links.append(tag("a", reader.pick(query.question), href=reader.at(f"/queries/{name}")))
    if found.pair:
        links.append(_worked_out(found.pair, reader))
    if EACH in asked.sought:
        query = bundled().named(_EACH)
        links.append(tag("a", reader.pick(query.title), href=reader.at(f"/queries/{_EACH}")))
    return tag("p", *(join(link, " ") for link in links), class_="note asked") if links else None


def _worked_out(pair: Pair, reader: PageReader) -> Markup:
    """The way to the value that two figures make: 8.71亿元 ÷ 350家."""
    first, second = pair.figures
    chosen = [short_reference(first.iri), short_reference(second.iri)]
    formula = f"{first.text} {'−' if pair.operation == 'difference' else '÷'} {second.text}"
    if pair.operation == "earlier":
        sign = "−" if second.change == "fell" else "+"
        rate = second.text if second.text[-1] in "%％" else f"{second.text}%"
        formula = f"{first.text} ÷ (1 {sign} {rate})"
    address = with_tray(reader, chosen, operation=pair.operation)
    return tag("a", reader.say("work_out", formula=formula), href=address)


def _groups(
    text: str, only: Mapping[str, str], found: SearchResult, reader: PageReader
) -> list[Markup]:
    """The entries by kind; how many more there are of one leads to all of it."""
    groups = []
    for kind, group in groupby(found.entries, key=lambda entry: entry.kind):
        entries = list(group)
        more = found.counts[kind] - len(entries)
        link = tag("a", reader.say("and_others", count=f"{more:,}"), href=reader.at(ADDRESS, **{**only, "q": text, "kind": kind}))  # fmt: skip
        groups.append(
            section(
                _kind(reader, kind),
                _listed(kind, [_entry(e, text, found, reader) for e in entries], reader),
                tag("p", link, class_="more") if more and only.get("kind") != kind else None,
            )
        )
    return groups


def _listed(kind: str, items: Sequence[Markup], reader: PageReader) -> Markup:
    """The entries of a kind; figures in a form that puts those chosen into the tray."""
    shown = tag("ul", *items, class_="found")
    return tray_form(reader, shown) if kind == "figure" else shown


def _entry(entry: Entry, text: str, found: SearchResult, reader: PageReader) -> Markup:
    if entry.kind == "query":
        return _query(entry.iri, found, reader)
    address = reader.local(entry.iri) or entry.iri
    said = entry.section if entry.section != entry.text else ""
    other = entry.name
    title = found.titles.get(entry.document, "") if len(found.titles) > 1 else ""
    wanted = found.parts or tuple(text.split())
    change = reader.say(entry.change) if entry.change else ""
    words = change, qualifier_words(tuple(entry.qualifier.split()), reader)
    qualified = reader.say("comma").join(filter(None, words))
    figure = short_reference(entry.iri) if entry.kind == "figure" else ""
    return tag(
        "li",
        join(checkbox(reader, figure, entry.text), " ") if figure else None,
        tag("a", marked(entry.text, wanted), href=address, dir="auto", lang=reader.language_of(entry.text)),
        spoken(entry.text, reader) if entry.kind not in (*_OWN_WORDS, "Report") and not _ENGLISH.search(other) else None,
        tag("em", f" {qualified}") if qualified else None,
        tag("small", " ", marked(other, wanted), dir="auto") if other else None,
        tag("small", f" {' · '.join(filter(None, (title, said)))}", dir="auto", class_="where")
        if title or said
        else None,
        join(" ", add_link(reader, figure)) if figure else None,
        join(" ", tag("a", reader.say("compare_it"), href=reader.at("/compare", indicator=entry.text), class_="add"))
        if entry.kind == "Indicator"
        else None,
    )  # fmt: skip


def _query(name: str, found: SearchResult, reader: PageReader) -> Markup:
    """A named query by its title and question in the reader's language."""
    query = bundled().named(name)
    address = reader.at(f"/queries/{name}", **_given(name, found))
    question = tag("small", f" {reader.pick(query.question)}")
    return tag("li", tag("a", reader.pick(query.title), href=address), question)


def _given(query: str, found: SearchResult) -> dict[str, str]:
    """What the parameters that a query needs may be, of what was found beside it: the first indicator, thing or actor."""
    needed = [p.name for p in bundled().named(query).parameters if not p.optional]
    first = {
        name: next((e.text for e in found.entries if fits(e.kind)), "")
        for name, fits in _MEANT.items()
        if name in needed
    }
    return {name: text for name, text in first.items() if text}


def marked(name: str, wanted: Sequence[str]) -> Markup | str:
    """A name with the words that were looked for marked, the first place of each."""
    places = sorted({(name.find(word), len(word)) for word in wanted if word and word in name})
    pieces: list[Child] = []
    at = 0
    for place, length in places:
        if place >= at:
            pieces += [name[at:place], tag("mark", name[place : place + length])]
            at = place + length
    return join(*pieces, name[at:]) if pieces else name


def _kind(reader: PageReader, kind: str) -> str:
    """What a kind of entry is called: a class of the ontology, or a word of the page."""
    if kind in _OWN_WORDS:
        return reader.say(f"kind_{kind.lower()}")
    return class_label(reader, [PREFIXES["pg"] + kind])


def _nothing(text: str, found: SearchResult, reader: PageReader) -> Markup:
    if found.lacking and not found.parts and "".join(found.lacking) != text.strip():
        words = reader.say("comma").join(f"“{each}”" for each in found.lacking)
        return tag("p", reader.say("found_lacking", words=words))
    return tag("p", reader.say("found_nothing", text=text))
