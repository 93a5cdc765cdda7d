"""The page of a search: what was found, by kind, each with a link to its own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from urllib.parse import urlencode

from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.catalogue import bundled
from policygraph.queries.question_doors import Door, compared_indicator, doors
from policygraph.queries.question_workings import Working
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
_BY_TITLE = ("indicator-missing", "unit-costs")  # queries whose question says too little alone
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
            _taken_apart(found, reader) if found.entries else None,
            _asked(text, found, reader) if text else None,
            _near_by(text, found, reader),
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


def _taken_apart(found: SearchResult, reader: PageReader) -> Markup | None:
    """What was looked for where nothing holds the whole text, and what of it is not told."""
    comma = reader.say("comma")
    said = []
    if found.parts:
        said.append(reader.say("found_parts", parts=comma.join(f"“{p}”" for p in found.parts)))
    return (
        tag("p", " ".join([*said, *_untold(found, reader)]), class_="note parts")
        if said or _untold(found, reader)
        else None
    )


def _untold(found: SearchResult, reader: PageReader) -> list[str]:
    """What a question asks for that nothing found tells, a sentence each."""
    gaps, comma = found.gaps, reader.say("comma")
    apart = comma.join(reader.say("area_in_year", area=a, year=y) for a, y in gaps.apart)
    lacking = comma.join(f"“{word}”" for word in gaps.lacking)
    told = {
        "found_lacking": {"words": lacking},
        "found_unmet": {"words": "" if gaps.unmet_of else gaps.unmet},
        "found_unmet_of": {"words": gaps.unmet, "areas": comma.join(gaps.unmet_of)},
        "found_elsewhere": {"areas": comma.join(gaps.elsewhere)},
        "found_undated": {"years": comma.join(gaps.undated)},
        "found_apart": {"when": apart},
    }
    said = [reader.say(key, **values) for key, values in told.items() if all(values.values())]
    said += [
        reader.say("found_valueless_of" if area else "found_valueless", area=area, words=words)
        for area, words in gaps.valueless
    ]
    alone = {"found_unplanned": gaps.unplanned, "found_untroubled": gaps.untroubled}
    return [*said, *(reader.say(key) for key, untold in alone.items() if untold)]


def _asked(text: str, found: SearchResult, reader: PageReader) -> Markup | None:
    """Where the values that a question asks for are worked out, compared or listed: of no figure alone."""
    links = [_worked_out(found.working, reader)] if found.working else []
    if indicator := compared_indicator(text, found):
        address = reader.at("/compare", indicator=indicator)
        links.append(tag("a", reader.say("compare_indicator", indicator=indicator), href=address))
    links += [_listed_at(door, reader) for door in doors(text, found)]
    return tag("p", *(join(link, " ") for link in links), class_="note asked") if links else None


def _listed_at(door: Door, reader: PageReader) -> Markup:
    """The way to a named query: its title where an indicator is given or something is divided, else its question."""
    address = reader.at(f"/queries/{door.query.name}", **door.values)
    said = door.query.title if door.query.name in _BY_TITLE else door.query.question
    return tag("a", reader.pick(said), href=address)


def _worked_out(working: Working, reader: PageReader) -> Markup:
    """The way to the value that some figures make: 8.71亿元 ÷ 350家."""
    chosen = [short_reference(figure.iri) for figure in working.figures]
    address = with_tray(reader, chosen, operation=working.operation)
    formula = f"{working.formula} {working.result(english=reader.english)}".strip()
    return tag("a", reader.say("work_out", formula=formula), href=address)


def _near_by(text: str, found: SearchResult, reader: PageReader) -> Markup | None:
    """Figures of the sort that is asked for in the section that tells of the matter, where none is told of it."""
    if not found.nearby:
        return None
    items = [_entry(entry, text, found, reader) for entry in found.nearby]
    title = reader.say("found_nearby", words=found.gaps.unmet)
    return section(title, _listed("figure", items, reader))


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
    lacking = found.gaps.lacking
    if lacking and not found.parts and "".join(lacking) != text.strip():
        words = reader.say("comma").join(f"“{each}”" for each in lacking)
        return tag("p", reader.say("found_lacking", words=words))
    return tag("p", reader.say("found_nothing", text=text))
