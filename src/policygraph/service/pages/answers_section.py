"""What is stated of a thing, by slot, and what is not: a part of its page; and how a passage is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from policygraph.errors import QueryError
from policygraph.queries.answers import MOST, Answers, actor_of
from policygraph.queries.arithmetic import Derivation, StatedFigure, derive
from policygraph.queries.citations import bibtex, citation
from policygraph.queries.comparability import GRAVE, caveats, operation_words
from policygraph.queries.sentence_derivations import of_sentence
from policygraph.queries.stated_figures import figure_of, short_reference
from policygraph.queries.stated_passages import Passage
from policygraph.service.pages.figure_list import about_figure, quote_link
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import section
from policygraph.service.pages.tray import add_link, checkbox, tray_form, with_tray
from policygraph.viz.markup import Markup, join, tag

_TOLD = GRAVE | {"unit-missing"}  # caveats told beside a value
_FROM = {"change": "earlier"}  # kind of a figure that refers to another → what follows from both


@dataclass(frozen=True, slots=True)
class ActingBody:
    """A body of an area that acts in measures: IRI, name, in how many."""

    iri: str
    name: str
    times: int


def stated_section(found: Answers, reader: PageReader, bodies: Sequence[ActingBody] = ()) -> Markup:
    """What reports state of a thing; ``bodies`` are those of an area."""
    return section(
        reader.say("stated"),
        tag("p", verdict(found, reader, bodies), class_="verdict"),
        _reports(found, reader),
        _figures(reader.say("figures"), found.figures, found.figure_count, reader),
        _figures(reader.say("beside"), found.beside, len(found.beside), reader),
        *(
            _measures(reader.say(slot), getattr(found, slot), found.measure_counts[slot], reader)
            for slot in ("acting", "concerning", "located")
        ),
        _bodies(bodies, reader),
        id="stated",
    )


def _bodies(bodies: Sequence[ActingBody], reader: PageReader) -> Markup | None:
    """The bodies of an area that act, each with its number of measures."""
    if not bodies:
        return None
    items = (
        tag(
            "li",
            tag("a", one.name, href=reader.local(one.iri) or one.iri, lang="zh-Hans"),
            tag("small", f" {reader.say('says_measures', count=one.times)}"),
        )
        for one in bodies[:MOST]
    )
    return join(
        tag("h3", reader.say("acting_bodies"), " ", tag("small", str(len(bodies)))),
        tag("ul", *items, class_="slot"),
        _more(len(bodies), reader),
    )


def verdict(found: Answers, reader: PageReader, bodies: Sequence[ActingBody] = ()) -> str:
    """One sentence: how often it is named, what is stated of it and its ``bodies``, and what is not."""
    where = sum(report.state != "absent" for report in found.reports)
    said = {
        "figures": found.figure_count,
        "money": found.money_count,
        "measures": found.clause_count,
        "actors": len(found.actors),
    }
    stated = [reader.say(f"says_{name}", count=count) for name, count in said.items() if count]
    if not found.every_actor and found.actors:
        stated[-1] = reader.say("says_actors_more", count=len(found.actors))
    if bodies:
        stated.append(reader.say("says_bodies", count=len(bodies)))
    asked = (
        ("figures", "money") if bodies or not found.named else said
    )  # of an indicator nobody is named
    lacking = [reader.say(f"no_{name}") for name in asked if not said[name]]
    parts = [reader.say("named_times", count=found.named, reports=where) if found.named else ""]
    parts.append(reader.say("comma").join(stated))
    parts.append(
        reader.say("not_stated", what=reader.say("comma").join(lacking)) if lacking else ""
    )
    return reader.say("semicolon").join(filter(None, parts)) + reader.say("stop")


def _reports(found: Answers, reader: PageReader) -> Markup | None:
    """The reports by state, where there are several."""
    if len(found.reports) < 2:
        return None
    groups = []
    for state in ("stated", "named", "absent"):
        titles = [report for report in found.reports if report.state == state]
        links = (
            join(" ", tag("a", report.title, href=reader.local(report.iri) or report.iri))
            for report in titles[: MOST * 3]
        )
        groups.append(
            tag(
                "details",
                tag("summary", reader.say(f"state_{state}"), " ", tag("b", str(len(titles)))),
                tag("p", *links, class_="titles", lang="zh-Hans"),
                class_=f"state {state}",
            )
            if titles
            else None
        )
    return tag("div", *groups, class_="states")


def _figures(
    heading: str, figures: Sequence[StatedFigure], count: int, reader: PageReader
) -> Markup | None:
    if not figures:
        return None
    items = (
        tag(
            "li",
            checkbox(reader, short_reference(figure.iri), figure.quote),
            " ",
            quote_link(figure, reader),
            about_figure(figure, reader),
        )
        for figure in figures[:MOST]
    )
    return join(
        tag("h3", heading, " ", tag("small", str(count))),
        tray_form(reader, tag("ul", *items, class_="slot"), _more(count, reader)),
    )


def _measures(
    heading: str, measures: Sequence[Passage], count: int, reader: PageReader
) -> Markup | None:
    if not measures:
        return None
    return join(
        tag("h3", heading, " ", tag("small", str(count))),
        tag("ul", *(tag("li", _measure(m, reader)) for m in measures[:MOST]), class_="slot"),
        _more(count, reader),
    )


def _measure(measure: Passage, reader: PageReader) -> Markup:
    status = measure.value("pg:status").rpartition("/")[2]
    actor = actor_of(measure)
    return join(
        tag("a", measure.quote, href=reader.local(measure.iri) or measure.iri, lang="zh-Hans"),
        tag("small", f" {actor}", lang="zh-Hans") if actor else None,
        tag("em", f" {reader.say('planned')}") if status == "planned" else None,
        place_of(measure, reader),
    )


def place_of(passage: Passage, reader: PageReader) -> Markup:
    """The report and section of a passage, its sentence on demand."""
    text, begin = passage.sentence, passage.place
    end = begin + len(passage.quote)
    before, found, after = text[:begin], text[begin:end], text[end:]
    where = reader.local(passage.report.iri) or passage.report.iri
    return tag(
        "details",
        tag("summary", " · ".join(filter(None, (passage.report.title, passage.section))), lang="zh-Hans"),
        tag("blockquote", before, tag("mark", found), after, lang="zh-Hans"),
        tag("a", reader.say("read_report"), href=f"{where}#at-{passage.start}"),
    )  # fmt: skip


def _more(count: int, reader: PageReader) -> Markup | None:
    return (
        tag("p", reader.say("and_more", count=count - MOST), class_="note")
        if count > MOST
        else None
    )


def passage_section(
    said: Mapping[str, Passage], iris: Sequence[str], near: Sequence[str], reader: PageReader
) -> Markup | None:
    """How a passage is cited, the first of these; of a figure also what follows from it and the others, and those ``near`` it."""
    if iris[0] not in said:
        return None
    passage = said[iris[0]]
    others = [figure_of(said[iri]) for iri in iris[1:] if iri in said]
    follows: list[Derivation] = []
    if passage.value("pg:value"):
        follows += _follows(figure_of(passage), others)
        follows += of_sentence(passage, (said[iri] for iri in near if iri in said))
    return join(
        _derived(passage.iri, follows, reader) if passage.value("pg:value") else None,
        section(
            reader.say("cite"),
            tag("p", tag("cite", citation(passage, english=reader.english)), class_="citation"),
            tag("details", tag("summary", "BibTeX"), tag("pre", bibtex(passage))),
            id="cite",
        ),
    )


def _derived(iri: str, follows: Iterable[Derivation], reader: PageReader) -> Markup:
    """What follows from a figure and those its report relates it with, and the way to the tray."""
    items = (tag("li", _result(derivation, reader)) for derivation in follows)
    return section(
        reader.say("derive"),
        tag("ul", *items, class_="links"),
        tag("p", add_link(reader, short_reference(iri))),
        id="derive",
    )


def _follows(figure: StatedFigure, others: Sequence[StatedFigure]) -> Iterable[Derivation]:
    for pair in ((figure, other) for other in others):
        of = next((one for one in pair if one.whole in {other.iri for other in pair}), pair[0])
        operations = (
            ("share", "remainder") if "part" in of.qualifiers else (_FROM.get(of.kind, ""),)
        )
        for operation in filter(None, operations):
            with suppress(QueryError):
                derivation = derive(operation, pair)
                if operation != "remainder" or derivation.result.high > 0:
                    yield derivation


def _result(derivation: Derivation, reader: PageReader) -> Markup:
    bounds = derivation.bounds(english=reader.english)
    name = reader.pick(operation_words(derivation.operation))
    shown = (
        f"{derivation.text(english=reader.english)} ({bounds})"
        if bounds
        else derivation.text(english=reader.english)
    )
    references = [short_reference(figure.iri) for figure in derivation.figures]
    where = with_tray(reader, references, operation=derivation.operation)
    return join(
        tag("a", name, href=where), " ", tag("b", shown), f" = {derivation.formula}",
        tag("small", f" {derivation.period}"), _doubtful(derivation, reader),
    )  # fmt: skip


def _doubtful(derivation: Derivation, reader: PageReader) -> Markup | None:
    """What is wrong with a derived value, the gravest first; what else may be said of it stands on the page of the tray."""
    said = [reader.pick((c.zh, c.en)) for c in caveats(derivation) if c.code in _TOLD]
    return tag("em", f" {reader.say('semicolon').join(said)}", class_="caveat") if said else None
