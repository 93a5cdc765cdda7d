"""What reports state of a thing, slot by slot, and what they do not: the states of every report told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from string import Template

import pyoxigraph as ox

from policygraph.graph.sparql.data import one_of
from policygraph.ontology.prefixes import expand
from policygraph.ontology.vocabulary import vocabulary
from policygraph.queries.arithmetic import StatedFigure
from policygraph.queries.stated_figures import figure_of
from policygraph.queries.stated_passages import (
    Ask,
    Passage,
    filled,
    node,
    passages_of,
    subselect,
    text_of,
)

MOST = 12  # statements of one slot described at most
ACTING = 200  # measures whose actors are counted at most
_FIGURES = ("indicator", "asWritten", "scope")
_MEASURES = {"acting": ("actor",), "concerning": ("object", "target"), "located": ("place",)}
MONEY = "元"
_FIRST = "ORDER BY ?document ?start LIMIT 16"
_SAYING = "?document pg:text ?text . BIND (CONTAINS(?text, $words) AS ?said)"


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
class Slots:
    """How many statements of each current report have a thing in which part, and who acts in its measures.

    ``said`` are the reports whose texts have its label.
    """

    iri: str
    label: str
    counts: Mapping[str, Mapping[str, int]]
    money: int
    actors: tuple[str, ...]
    titles: Mapping[str, str]
    said: AbstractSet[str]

    def count(self, *parts: str) -> int:
        """How many statements have it in one of these parts."""
        return sum(by.get(part, 0) for by in self.counts.values() for part in parts)

    @property
    def describing(self) -> str:
        """The look-up of the first statements of each slot; where no figure is about it, of those near its names."""
        wanted = [parts for parts in (_FIGURES, *_MEASURES.values()) if self.count(*parts)]
        mentions = () if self.count(*_FIGURES) else self._first(("mentions",))
        if mentions:
            wanted.append(("mentions",))
        chosen = [
            filled(
                "slot",
                documents=_values(self._first(parts)),
                thing=str(node(self.iri)),
                parts=_list(parts),
                # Where all are described nothing is ordered: Virtuoso loses rows of ordered parts of a UNION.
                first=_FIRST if self.count(*parts) > MOST else "",
            )
            for parts in wanted
        ]
        if mentions:
            chosen.append(filled("near", documents=_values(mentions), thing=str(node(self.iri))))
        found = {document for parts in wanted for document in self._first(parts)}
        return filled(
            "statements",
            chosen="{ " + " UNION ".join(map(subselect, chosen)) + " }",
            reports=_values(sorted(found)),
        )

    def _first(self, parts: Sequence[str]) -> list[str]:
        """The first reports that have as many statements with it in these parts as are described."""
        found: list[str] = []
        count = 0
        for document, by in sorted(self.counts.items()):
            here = sum(by.get(part, 0) for part in parts)
            if here and count < MOST:
                found.append(document)
                count += here
        return found


@dataclass(frozen=True, slots=True)
class Answers:
    """What is stated of a thing. ``beside`` are figures in the sentences that name it, where none is about it.

    Of figures and measures the first are described; the counts are of all, ``clause_count`` of the clauses
    that tell of measures, each once, ``every_actor`` whether the actors are those of all.
    """

    label: str
    named: int
    reports: tuple[ReportState, ...]
    figures: tuple[StatedFigure, ...]
    figure_count: int
    money_count: int
    acting: tuple[Passage, ...]
    concerning: tuple[Passage, ...]
    located: tuple[Passage, ...]
    measure_counts: dict[str, int]
    clause_count: int
    beside: tuple[StatedFigure, ...]
    actors: tuple[str, ...]
    every_actor: bool

    @property
    def money(self) -> tuple[StatedFigure, ...]:
        """The sums of money among the figures that are described."""
        return tuple(figure for figure in self.figures if figure.unit == MONEY)


def actor_of(passage: Passage) -> str:
    """Who acts in a measure, empty where it names nobody."""
    return passage.value("pg:actorText") or passage.label("pg:actor")


def answers(ask: Ask, iri: str, label: str) -> Answers | None:
    """What reports state of a thing; None where none names it. Two look-ups."""
    found = slots(ask, iri, label)
    return answered(found, passages_of(ask(found.describing, {}))) if found else None


def slots(ask: Ask, iri: str, label: str, saying: AbstractSet[str] | None = None) -> Slots | None:
    """Where statements have a thing in some part, by one look-up; None where no current report names it.

    ``saying`` are the reports whose texts have its label; where that is not known, the texts are looked through.
    """
    words = Template(_SAYING).substitute(words=ox.Literal(label)) if saying is None else ""
    counts: dict[str, dict[str, int]] = {}
    titles: dict[str, str] = {}
    said, money = set(saying or ()), 0
    actors: set[str] = set()
    unit = _money_unit()
    for row in ask(filled("stated", thing=str(node(iri)), saying=words), {}):
        document, told = text_of(row, "document"), text_of(row, "counts")
        if told:
            by = counts.setdefault(document, {})
            for part, count, *measured in (each.split("=") for each in told.split()):
                by[part] = by.get(part, 0) + int(count)
                money += int(count) if measured == [unit] else 0
        elif actor := text_of(row, "words") or text_of(row, "actor"):
            actors.add(actor)
        else:
            titles[document] = text_of(row, "title") or titles.get(document, document)
            said |= {document} if text_of(row, "said") == "true" else set()
    if not counts:
        return None
    each = dict.fromkeys(name for actor in sorted(actors) for name in actor.split(";") if name)
    return Slots(iri, label, counts, money, tuple(each), titles, said)


def answered(found: Slots, said: Mapping[str, Passage]) -> Answers:
    """What is stated of a thing, of what the look-up of its statements tells."""
    passages = sorted(said.values(), key=lambda one: _place(one.iri))
    figures = [figure_of(one) for one in passages if _in_part(one, found.iri, _FIGURES)][:MOST]
    measures = {
        slot: _each_clause(one for one in passages if _in_part(one, found.iri, parts))[:MOST]
        for slot, parts in _MEASURES.items()
    }
    told = {
        (one.report.iri, one.start, one.end)
        for slot in ("acting", "concerning")
        for one in measures[slot]
    }
    # What is done by it or to it there is told already.
    measures["located"] = [
        one for one in measures["located"] if (one.report.iri, one.start, one.end) not in told
    ]
    measured = {slot: found.count(*parts) for slot, parts in _MEASURES.items()}
    return Answers(
        label=found.label,
        named=found.count("mentions"),
        reports=tuple(_states(found)),
        figures=tuple(figures),
        figure_count=found.count(*_FIGURES),
        money_count=found.money,
        measure_counts={
            slot: count if count > MOST else len(measures[slot]) for slot, count in measured.items()
        },
        clause_count=found.count("clauses"),
        beside=() if figures else tuple(_beside(found.iri, passages)),
        actors=found.actors,
        every_actor=sum(measured.values()) <= ACTING,
        acting=tuple(measures["acting"]),
        concerning=tuple(measures["concerning"]),
        located=tuple(measures["located"]),
    )


def _in_part(passage: Passage, iri: str, parts: Sequence[str]) -> bool:
    return any(iri in passage.said.get(expand(f"pg:{part}"), ()) for part in parts)


def _values(documents: Sequence[str]) -> str:
    return one_of("document", map(node, documents))


def _list(parts: Sequence[str]) -> str:
    return ", ".join(str(node(expand(f"pg:{part}"))) for part in parts)


def _money_unit() -> str:
    """The key of the unit of money."""
    return next(unit.key for unit in vocabulary("units") if unit.label == MONEY)


def _place(iri: str) -> tuple[str, int, str]:
    """Where a statement stands: by report, then by offset."""
    document, _, span = iri.rpartition("/")
    start = span.partition("-")[0]
    return document.rpartition("/")[0], int(start) if start.isdigit() else 0, iri


def _each_clause(measures: Iterable[Passage]) -> list[Passage]:
    """The measures without those that stand on the words of one before."""
    found: dict[tuple[str, int, int], Passage] = {}
    for one in measures:
        found.setdefault((one.report.iri, one.start, one.end), one)
    return list(found.values())


def _states(found: Slots) -> Iterator[ReportState]:
    """The reports in the order of their titles."""
    for iri, title in sorted(found.titles.items(), key=lambda each: (each[1], each[0])):
        by = found.counts.get(iri, {})
        figures = sum(by.get(part, 0) for part in _FIGURES)
        saying = iri in found.said or bool(by)
        yield ReportState(iri, title, by.get("mentions", 0), figures, saying)


def _beside(iri: str, passages: Sequence[Passage]) -> list[StatedFigure]:
    """The figures in the sentences that name a thing."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for mention in passages:
        if _in_part(mention, iri, ("mentions",)):
            spans.setdefault(mention.report.iri, []).append(_sentence_span(mention))
    return [
        figure_of(one)
        for one in passages
        if one.value("pg:value")
        and any(start <= one.start < end for start, end in spans.get(one.report.iri, ()))
    ]


def _sentence_span(passage: Passage) -> tuple[int, int]:
    start = passage.report.text.rfind(passage.sentence, 0, passage.end + len(passage.sentence))
    return start, start + len(passage.sentence)
