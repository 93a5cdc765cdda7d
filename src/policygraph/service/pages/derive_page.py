"""The page of the tray: its figures, and all that can be derived from them, with intervals and caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from policygraph.queries.arithmetic import Derivation, StatedFigure
from policygraph.queries.comparability import GRAVE, caveats, operation_words
from policygraph.queries.stated_figures import short_reference
from policygraph.service.pages.figure_list import about_figure, quote_link
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields, main, page, section
from policygraph.service.pages.tray import ADD, ADDRESS, TRAY, with_tray
from policygraph.viz.markup import Markup, join, tag

FILES = ("csv", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Tray:
    """The figures of a tray, the references that mean none, and what else words may have meant; of an empty one examples."""

    figures: tuple[StatedFigure, ...]
    missing: tuple[str, ...] = ()
    asked: str = ""
    candidates: tuple[StatedFigure, ...] = ()
    examples: tuple[Derivation, ...] = ()


def derive_page(
    tray: Tray, made: Sequence[Derivation], reader: PageReader, operation: str = ""
) -> str:
    """The tray, what is derived from it, and a box to add figures by their words."""
    chosen = {"operation": operation} if operation else {}
    return page(
        reader,
        reader.say("derive"),
        f"{reader.path(ADDRESS)}?{urlencode(chosen)}" if chosen else reader.path(ADDRESS),
        main(
            tag("h1", reader.say("derive")),
            tag("p", reader.say("derive_lead"), class_="lead") if not tray.figures else None,
            *(tag("p", reader.say("no_such_figure", text=text), class_="wrong", role="alert") for text in tray.missing),
            _candidates(tray, reader) if tray.candidates else None,
            _figures(tray.figures, reader) if tray.figures else None,
            _adding(reader),
            _examples(tray.examples, reader) if tray.examples else None,
            *_results(made, tray, reader, operation),
        ),
    )  # fmt: skip


def _candidates(tray: Tray, reader: PageReader) -> Markup:
    """The figures that words may mean, each with what puts it into the tray."""
    items = (
        tag("li", _add(figure, reader), " ", quote_link(figure, reader), " ", about_figure(figure, reader))
        for figure in tray.candidates
    )  # fmt: skip
    return section(
        reader.say("which_figure", text=tray.asked),
        tag("ul", *items, class_="found"),
        id="candidates",
    )


def _examples(made: Sequence[Derivation], reader: PageReader) -> Markup:
    """What can be derived from figures of the store, each a way into the tray."""
    items = (tag("li", _example(one, reader)) for one in made)
    return section(reader.say("for_example"), tag("ul", *items, class_="links"), id="examples")


def _example(one: Derivation, reader: PageReader) -> Markup:
    chosen = [short_reference(figure.iri) for figure in one.figures]
    name = reader.pick(operation_words(one.operation))
    where = with_tray(reader, chosen, operation=one.operation)
    return join(
        tag("a", name, href=where),
        " ",
        one.formula,
        " ",
        tag("small", one.figures[0].indicator, lang="zh-Hans"),
    )


def _add(figure: StatedFigure, reader: PageReader) -> Markup:
    kept = (*reader.tray, short_reference(figure.iri))
    return tag("a", reader.say("add"), href=with_tray(reader, kept), class_="add")


def _figures(figures: Sequence[StatedFigure], reader: PageReader) -> Markup:
    items = (tag("li", _figure(figures, place, reader)) for place in range(len(figures)))
    return section(
        reader.say("in_tray", count=len(figures)),
        tag("ol", *items, class_="tray"),
        id="tray",
    )


def _figure(figures: Sequence[StatedFigure], place: int, reader: PageReader) -> Markup:
    """A figure of the tray, with links that take it out or move it to the front."""
    own = [short_reference(figure.iri) for figure in figures]
    without = own[:place] + own[place + 1 :]
    first = tag("a", reader.say("to_front"), href=with_tray(reader, [own[place], *without]))
    return join(
        quote_link(figures[place], reader),
        " ",
        about_figure(figures[place], reader),
        tag(
            "p",
            tag("a", reader.say("take_out"), href=with_tray(reader, without)),
            join(" ", first) if place else None,
            class_="ways",
        ),
    )


def _adding(reader: PageReader) -> Markup:
    label = reader.say("add_by_words")
    return tag(
        "form",
        tag("input", type="search", name=ADD, aria_label=label, placeholder=label),
        hidden_fields(reader),
        tag("button", reader.say("add")),
        action=reader.path(ADDRESS),
        class_="search",
    )


def _results(
    made: Sequence[Derivation], tray: Tray, reader: PageReader, operation: str
) -> list[Markup]:
    if not made:
        needed = "no_operation" if len(tray.figures) > 1 else "two_needed"
        return [tag("p", reader.say(needed), class_="note")] if tray.figures else []
    grave = [one for one in made if {caveat.code for caveat in caveats(one)} & GRAVE]
    sound = [one for one in made if one not in grave]
    cards = tag("div", *(_card(one, reader) for one in sound), class_="results") if sound else None
    rest = tag(
        "details",
        tag("summary", reader.say("doubtful_results", count=len(grave))),
        tag("div", *(_card(one, reader) for one in grave), class_="results"),
        open=not sound or bool(operation),
    )
    return [
        section(
            reader.say("derived"), cards, rest if grave else None, _files(reader, operation), id="derived"
        )
    ]  # fmt: skip


def _card(derivation: Derivation, reader: PageReader) -> Markup:
    """A result: what, how, how exact, of when, and what makes it doubtful."""
    bounds = derivation.bounds(english=reader.english)
    name = reader.pick(operation_words(derivation.operation))
    return tag(
        "article",
        tag("h3", tag("a", name, href=reader.at(ADDRESS, operation=derivation.operation))),
        tag("p", tag("b", derivation.text(english=reader.english)), class_="result"),
        tag("p", reader.say("between", bounds=bounds), class_="bounds") if bounds else None,
        tag("p", derivation.formula, tag("small", f" {derivation.period}"), class_="formula"),
        tag("ul", *(tag("li", reader.pick((d.zh, d.en))) for d in caveats(derivation)), class_="caveats"),
        id=derivation.operation,
    )  # fmt: skip


def _files(reader: PageReader, operation: str) -> Markup:
    """The same as files, and as a command."""
    asked = {TRAY: ",".join(reader.tray), **({"operation": operation} if operation else {})}
    links = (
        join(" ", tag("a", form.upper(), href=f"{reader.path(ADDRESS)}.{form}?{urlencode(asked)}")) for form in FILES
    )  # fmt: skip
    command = f"policygraph derive {operation or 'all'} {' '.join(reader.tray)}"
    return tag("p", reader.say("download"), *links, " · ", tag("code", command), class_="ways")
