"""What reports state of a thing, slot by slot, and what they do not: the states of every report told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.arithmetic import StatedFigure
from policygraph.queries.stated_figures import figure_of, figures_of
from policygraph.queries.stated_passages import Ask, Passage, choosing, lookup, passages, text_of

MOST = 60  # statements of one slot described at most
_ABOUT = frozenset(("indicator", "asWritten", "scope"))
MONEY = "元"


@dataclass(frozen=True, slots=True)
class ReportState:
    """What one report says of a thing: how often it names it, how many figures it gives, whether its text has the words."""

    iri: str
    title: str
    named: int
    figures: int
    said: bool

    @property
    def state(self) -> str:
        """stated: a value is given; named: without one; absent: not named."""
        if self.figures:
            return "stated"
        return "named" if self.named or self.said else "absent"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is stated of a thing. ``beside`` are figures in the sentences that name it, where none is about it."""

    label: str
    named: int
    reports: tuple[ReportState, ...]
    figures: tuple[StatedFigure, ...]
    figure_count: int
    acting: tuple[Passage, ...]
    concerning: tuple[Passage, ...]
    located: tuple[Passage, ...]
    measure_counts: dict[str, int]
    beside: tuple[StatedFigure, ...]

    @property
    def money(self) -> tuple[StatedFigure, ...]:
        """The sums of money among the figures."""
        return tuple(figure for figure in self.figures if figure.unit == MONEY)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who acts in the measures it has a part in, in the words of the reports."""
        said = map(actor_of, (*self.acting, *self.concerning, *self.located))
        each = (actor for actors in said for actor in actors.split(";"))
        return tuple(dict.fromkeys(filter(None, each)))


def actor_of(passage: Passage) -> str:
    """Who acts in a measure, empty where it names nobody."""
    return passage.value("pg:actorText") or passage.label("pg:actor")


def answers(ask: Ask, iri: str, label: str) -> Answers | None:
    """What reports state of a thing; None where none names it."""
    thing = ox.NamedNode(iri)
    counts = _counts(ask, thing)
    if not counts:
        return None
    slots = _slots(ask, thing)
    figure_iris = [s for s in dict.fromkeys(_of(slots, _ABOUT)) if "/figure/" in s]
    measures = {
        slot: _each_clause(s for s in _of(slots, links) if "/measure/" in s)
        for slot, links in _MEASURES.items()
    }
    chosen = [figure_iris[:MOST], *(iris[:MOST] for iris in measures.values())]
    found = {p.iri: p for p in passages(ask, [*dict.fromkeys(chain.from_iterable(chosen))])}
    figures = [figure_of(found[s]) for s in figure_iris[:MOST] if s in found]
    named = sum(by.get("mentions", 0) for by in counts.values())
    described = {
        slot: tuple(found[s] for s in iris[:MOST] if s in found) for slot, iris in measures.items()
    }
    return Answers(
        label=label,
        named=named,
        reports=tuple(_states(ask, label, counts)),
        figures=tuple(figures),
        figure_count=len(figure_iris),
        measure_counts={slot: len(iris) for slot, iris in measures.items()},
        beside=() if figures else tuple(_beside(ask, thing)),
        acting=described["acting"],
        concerning=described["concerning"],
        located=described["located"],
    )


_MEASURES = {
    "acting": frozenset(("actor",)),
    "concerning": frozenset(("object", "target")),
    "located": frozenset(("place",)),
}


def _counts(ask: Ask, thing: ox.NamedNode) -> dict[str, dict[str, int]]:
    """Report → part → how many statements."""
    counts: dict[str, dict[str, int]] = {}
    for row in ask(lookup("stated-counts"), {"thing": thing}):
        part = text_of(row, "link").removeprefix(PREFIXES["pg"])
        counts.setdefault(text_of(row, "document"), {})[part] = int(text_of(row, "count"))
    return counts


def _slots(ask: Ask, thing: ox.NamedNode) -> list[tuple[str, str]]:
    """Part and statement, in the order of reports and text."""
    rows = ask(lookup("about"), {"thing": thing})
    found = [
        (text_of(row, "link").removeprefix(PREFIXES["pg"]), text_of(row, "statement"))
        for row in rows
    ]
    return sorted(found, key=lambda pair: _place(pair[1]))


def _place(iri: str) -> tuple[str, int, str]:
    """Where a statement stands: by report, then by offset."""
    document, _, span = iri.rpartition("/")
    start = span.partition("-")[0]
    return document.rpartition("/")[0], int(start) if start.isdigit() else 0, iri


def _of(slots: Iterable[tuple[str, str]], links: frozenset[str]) -> list[str]:
    return [statement for link, statement in slots if link in links]


def _each_clause(measures: Iterable[str]) -> list[str]:
    """The measures without those that stand on the words of one before."""
    found: dict[str, str] = {}
    for iri in measures:
        place, _, span = iri.rpartition("/")
        found.setdefault(f"{place}/{'-'.join(span.split('-')[:2])}", iri)
    return list(found.values())


def _states(ask: Ask, label: str, counts: dict[str, dict[str, int]]) -> Iterable[ReportState]:
    for row in ask(lookup("reports-saying"), {"words": ox.Literal(label)}):
        iri = text_of(row, "document")
        said, title = text_of(row, "said") == "true", text_of(row, "title") or iri
        by = counts.get(iri, {})
        figures = sum(by.get(part, 0) for part in _ABOUT)
        yield ReportState(iri, title, by.get("mentions", 0), figures, said or bool(by))


def _beside(ask: Ask, thing: ox.NamedNode) -> list[StatedFigure]:
    """The figures in the sentences that name a thing."""
    mentions = [text_of(row, "mention") for row in ask(lookup("mentions-of"), {"thing": thing})]
    named = passages(ask, mentions)
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in named:
        spans.setdefault(each.report.iri, []).append(_sentence_span(each))
    iris = [
        text_of(row, "figure")
        for row in (ask(choosing("figures-in", "document", spans), {}) if spans else ())
        if any(
            start <= int(text_of(row, "start")) < end
            for start, end in spans[text_of(row, "document")]
        )
    ]
    return [figure_of(passage) for passage in passages(ask, iris[:MOST])]


def _sentence_span(passage: Passage) -> tuple[int, int]:
    start = passage.report.text.rfind(passage.sentence, 0, passage.end + len(passage.sentence))
    return start, start + len(passage.sentence)


def related(ask: Ask, figure: StatedFigure) -> list[Sequence[StatedFigure]]:
    """The pairs that the report itself relates a figure in: with its whole, its changes and its parts."""
    rows = ask(lookup("referring"), {"whole": ox.NamedNode(figure.iri)})
    iris = [text_of(row, "figure") for row in rows]
    others = figures_of(ask, [iri for iri in (figure.whole, *iris) if iri])
    return [(figure, other) for other in others]
