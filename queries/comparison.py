"""One indicator over reports: levels, growth, ranks, gaps and targets told apart, comparable or not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

import pyoxigraph as ox

from policygraph.graph.sparql.data import table
from policygraph.ontology.labels import GRAPH_CHINESE
from policygraph.ontology.vocabulary import vocabulary
from policygraph.queries.arithmetic import StatedFigure, in_unit, printed
from policygraph.queries.comparability import LOOSE, Caveat, words_of
from policygraph.queries.stated_figures import figure_of
from policygraph.queries.stated_passages import Ask, Report, lookup, passages, reports, text_of
from policygraph.queries.suggestions import ranked
from policygraph.queries.tones import tones

SLOTS = ("level", "growth", "rank", "gap", "other")
_KINDS = {"change": "growth", "rank": "rank", "gap": "gap"}
_LEVELS = frozenset(("amount", "count", "rate"))
_CARRIES = 8  # characters between a growth and a second one of the same
_SHORT = 4  # characters of a name that may leave out what the sentence has said
COLUMNS = (
    *("area", "period", "state", "slot", "planned", "value", "unit", "quote", "tone", "scope"),
    *("written", "section", "sentence", "title", "issued", "document", "start", "end", "iri"),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the indicator: its slot, whether it is only planned, and the words that soften or stretch it."""

    figure: StatedFigure
    slot: str
    planned: bool
    tone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """A report and its figures of the indicator; ``said`` where its text has the name.

    ``maybe`` are figures that may be meant where it has none of that name: 总产 in a sentence about 粮食.
    """

    report: Report
    stated: tuple[Stated, ...]
    said: bool
    maybe: tuple[StatedFigure, ...] = ()

    @property
    def state(self) -> str:
        """stated, target where all is only planned, named without a figure, or absent."""
        if self.stated:
            return "target" if all(one.planned for one in self.stated) else "stated"
        return "named" if self.said else "absent"

    def of(self, slot: str, *, planned: bool) -> tuple[Stated, ...]:
        """The figures of one slot, those of the report's own area first."""
        found = [one for one in self.stated if (one.slot, one.planned) == (slot, planned)]
        return tuple(sorted(found, key=lambda one: one.figure.scope != self.report.area))

    @property
    def is_of_no_area(self) -> bool:
        """Whether it is what a table says of no known area: a sum of others (合计), a name left open."""
        return self.report.statistics and not self.report.area

    def by_period(self) -> list[ReportFigures]:
        """A row for each period that its figures are of: a target for next year stands in next year's."""
        return [
            replace(
                self,
                report=replace(self.report, period=period),
                stated=tuple(one for one in self.stated if one.figure.period == period),
            )
            for period in sorted({one.figure.period for one in self.stated})
        ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator over all reports, its levels in ``unit``. ``near`` are names that may mean the same or a part of it."""

    names: tuple[str, ...]
    rows: tuple[ReportFigures, ...]
    near: tuple[str, ...]
    unit: str = ""

    def in_state(self, state: str) -> tuple[ReportFigures, ...]:
        """The reports of one state."""
        return tuple(row for row in self.rows if row.state == state)

    def by_period(self) -> tuple[ReportFigures, ...]:
        """The figures of each report and period, by area and period, those of no known area last."""
        apart = (each for row in self.rows for each in row.by_period())
        return tuple(sorted(apart, key=_place))

    def ordered(self, slot: str, *, planned: bool) -> tuple[ReportFigures, ...]:
        """The figures of each report and period by the first value of a slot, the largest first, those without one last."""

        def key(row: ReportFigures) -> tuple[bool, bool, Decimal]:
            found = row.of(slot, planned=planned)
            if not found:
                return True, True, Decimal(0)
            same = in_unit(found[0].figure, self.unit) if slot == "level" else None
            return False, row.is_of_no_area, -(same.value if same else found[0].figure.value)

        return tuple(sorted(self.by_period(), key=key))

    def caveats(self, slot: str, *, planned: bool) -> list[Caveat]:
        """Why the values of a slot may not be comparable."""
        figures = [
            (row.report, one)
            for row in self.by_period()
            for one in row.of(slot, planned=planned)[:1]
        ]
        several = [said for row in self.rows if (said := _several(row.of(slot, planned=planned)))]
        told = [*_incomparable(figures), *([("several", "；".join(several))] if several else [])]
        return [words_of(code, about) for code, about in told]


def compare(ask: Ask, names: Sequence[str]) -> Comparison:
    """An indicator, by one or several of its names, over all reports of a store."""
    names = [_known_name(ask, name) for name in names]
    iris = _named(ask, [*names, *(meant for name in names for meant in _merged(name))])
    figures = [
        text_of(row, "figure")
        for iri in iris
        for row in ask(lookup("figures-of-indicator"), {"indicator": ox.NamedNode(iri)})
    ]
    stated: dict[str, list[Stated]] = {}
    found = [figure_of(passage) for passage in passages(ask, list(dict.fromkeys(figures)))]
    usual = _usual_unit(found)
    for figure in sorted(found, key=lambda one: (one.document, one.start, one.iri)):
        before = stated.setdefault(figure.document, [])
        before.append(_carried_on(_stated(figure, usual), before[-1] if before else None))
    known = {text_of(row, "label"): text_of(row, "indicator") for row in ask(lookup("indicator-names"), {})}  # fmt: skip
    rows = _rows(ask, names, stated)
    lacking = {row.report.iri for row in rows if not row.stated}
    maybe = _maybe(ask, names, known, lacking) if found and lacking else {}
    told = tuple(replace(row, maybe=maybe.get(row.report.iri, ())) for row in rows)
    return Comparison(tuple(names), told, _near(ask, names, iris, known), usual)


def _merged(name: str) -> list[str]:
    """The names of the indicators that a wording is put under by a decision, whatever it tells: 经济增长."""
    into = {
        concept.value("into")
        for concept in vocabulary("merges")
        if name in concept.properties.get("wording", ())
        and not {"undone", "ofKind"} & set(concept.properties)
    }
    return [concept.label for concept in vocabulary("indicators") if concept.iri in into]


def _maybe(
    ask: Ask, names: Sequence[str], known: Mapping[str, str], lacking: Set[str]
) -> dict[str, tuple[StatedFigure, ...]]:
    """Report → its figures of a short name whose sentence says the rest of the indicator's name before them."""
    rest = {
        iri: parts
        for label, iri in known.items()
        if label not in names and (parts := _left_out(names, label))
    }
    figures = {
        text_of(row, "figure"): rest[iri]
        for iri in rest
        for row in ask(lookup("figures-of-indicator"), {"indicator": ox.NamedNode(iri)})
        if text_of(row, "document") in lacking
    }
    found: dict[str, tuple[StatedFigure, ...]] = {}
    for figure in map(figure_of, passages(ask, list(figures))):
        before = figure.sentence[: figure.place]
        if any(part in before for part in figures[figure.iri]):
            found[figure.document] = (*found.get(figure.document, ()), figure)
    return found


def _left_out(names: Sequence[str], label: str) -> frozenset[str]:
    """What a short name says less than the names: 总产 leaves out 粮食 of 粮食产量; none where it is no short form."""
    found = set()
    for name in names if len(label) <= _SHORT else ():
        kept = name[len(name) - len(label) :]
        begin = name[: len(name) - len(label)]
        if len(begin) >= len(label) - 1 > 0 and len(set(kept) & set(label)) * 2 >= len(label):
            found.add(begin)
    return frozenset(found)


def _usual_unit(figures: Sequence[StatedFigure]) -> str:
    """The unit of most levels; rates are no levels of what mostly has growth in per cent."""
    kinds = Counter(figure.kind for figure in figures)
    levels = _LEVELS if kinds["rate"] >= kinds["change"] else _LEVELS - {"rate"}
    units = Counter(figure.unit for figure in figures if figure.kind in levels)
    return units.most_common(1)[0][0] if units else "—"


def _known_name(ask: Ask, name: str) -> str:
    """The name itself where indicators have it, else the label of what the vocabulary knows by it: GDP."""
    if _named(ask, [name]):
        return name
    low = name.casefold()
    for concept in vocabulary("indicators"):
        known = (*concept.labels, concept.english, concept.key.replace("-", " "))
        if low in map(str.casefold, known) and _named(ask, [concept.label]):
            return concept.label
    return name


def _named(ask: Ask, names: Sequence[str]) -> list[str]:
    rows = (
        row
        for name in names
        for row in ask(
            lookup("indicators-named"), {"words": ox.Literal(name, language=GRAPH_CHINESE)}
        )
    )
    return list(dict.fromkeys(text_of(row, "indicator") for row in rows))


def _near(
    ask: Ask, names: Sequence[str], iris: Iterable[str], known: Iterable[str]
) -> tuple[str, ...]:
    """Names of other indicators: those that narrow it, then those written alike, of the most reports first."""
    narrower = [
        text_of(row, "label")
        for iri in iris
        for row in ask(lookup("narrower-indicators"), {"indicator": ox.NamedNode(iri)})
    ]
    alike = [other for name in names for other in ranked(name, known)]
    return tuple(dict.fromkeys(name for name in (*narrower, *alike) if name not in names))[:16]


def _rows(ask: Ask, names: Sequence[str], stated: dict[str, list[Stated]]) -> list[ReportFigures]:
    said: dict[str, bool] = {}
    for name in names:
        for row in ask(lookup("reports-saying"), {"words": ox.Literal(name)}):
            iri = text_of(row, "document")
            said[iri] = said.get(iri, False) or text_of(row, "said") == "true"
    known = reports(ask, said)
    whole = [ReportFigures(known[iri], tuple(stated.get(iri, ())), said[iri]) for iri in said if iri in known]  # fmt: skip
    made = [each for row in whole for each in (_by_area(row) if row.report.statistics else [row])]
    return sorted(made, key=_place)


def _place(row: ReportFigures) -> tuple[bool, str, str, bool, str]:
    report = row.report
    return not report.area, report.area, report.period, report.statistics, report.iri


def _by_area(row: ReportFigures) -> list[ReportFigures]:
    """A table of statistics area by area; what is told of no known area (合计) stays its own."""
    by: dict[str, list[Stated]] = {}
    for one in row.stated:
        by.setdefault(one.figure.scope if one.figure.group else "", []).append(one)
    return [
        replace(row, report=replace(row.report, area=area), stated=tuple(stated))
        for area, stated in by.items()
    ] or [row]


def _stated(figure: StatedFigure, usual: str) -> Stated:
    slot = _KINDS.get(figure.kind, "level" if figure.kind in _LEVELS else "other")
    if slot == "level" and in_unit(figure, usual) is None:
        slot = "other"
    return Stated(figure, slot, "planned" in figure.qualifiers, tone(figure))


def _carried_on(stated: Stated, before: Stated | None) -> Stated:
    """A rate that goes on about the growth just before it: 增长7%以上、力争8%."""
    figure = stated.figure
    if before is None or stated.slot != "other" or figure.unit != before.figure.unit:
        return stated
    near = 0 <= figure.start - before.figure.end <= _CARRIES
    return replace(stated, slot=before.slot) if near and figure.kind == "rate" else stated


def tone(figure: StatedFigure) -> tuple[str, ...]:
    """The words beside a figure that soften or stretch it, as they stand: 左右, 以上, 力争."""
    end = figure.place + len(figure.quote)
    return tuple(found.word for found in tones(figure.sentence, figure.place, end))


def _several(stated: Sequence[Stated]) -> str:
    """The different values that one report gives for one scope and period, empty where it gives one."""
    by: dict[tuple[str, str], dict[Decimal, StatedFigure]] = {}
    for one in stated:
        by.setdefault((one.figure.scope, one.figure.period), {})[one.figure.value] = one.figure
    told = (
        f"{'、'.join(map(printed, values.values()))} {scope} {period}".strip()
        for (scope, period), values in by.items()
        if len(values) > 1
    )
    return "；".join(told)


def _incomparable(found: Sequence[tuple[Report, Stated]]) -> Iterable[tuple[str, str]]:
    """What differs between the values of one slot."""
    figures = [one.figure for _, one in found]
    for code, values in (
        ("units", [figure.unit for figure in figures]),
        ("periods", [figure.period for figure in figures]),
        ("wordings", [figure.indicator for figure in figures]),
    ):
        counted = Counter(value or "—" for value in values)
        if len(counted) > 1:
            told = sorted(counted.items()) if code == "periods" else counted.most_common()
            yield code, ", ".join(f"{value} ({count})" for value, count in told)
    other = [
        f"{printed(one.figure)} {one.figure.scope}"
        for report, one in found
        if report.area and one.figure.scope != report.area
    ]
    if other:
        yield "other-scope", ", ".join(other)
    loose = [
        printed(one.figure) for _, one in found if one.tone or LOOSE & {*one.figure.qualifiers}
    ]
    if loose:
        yield "loose", ", ".join(dict.fromkeys(loose))


def comparison_table(comparison: Comparison) -> ox.QuerySolutions:
    """A row a figure, and one for each report that has none."""
    rows = [line for row in comparison.rows for line in _lines(row)]
    return table(COLUMNS, ([line.get(name) for name in COLUMNS] for line in rows))


def _lines(row: ReportFigures) -> Iterable[dict[str, str | int | Decimal]]:
    report = row.report
    head = {
        "area": report.area,
        "state": row.state,
        "title": report.title,
        "issued": report.issued,
        "document": report.iri,
    }
    if not row.stated:
        yield {**head, "period": report.period}
    for one in row.stated:
        planned = "planned" if one.planned else ""
        yield {**head, **_told(one.figure), "slot": one.slot, "planned": planned, "tone": " ".join(one.tone)}  # fmt: skip
    for figure in row.maybe:
        yield {**head, **_told(figure), "slot": "maybe"}


def _told(figure: StatedFigure) -> dict[str, str | int | Decimal]:
    names = ("period", "value", "unit", "quote", "scope", "section", "sentence", "start", "end")
    return {
        **{name: getattr(figure, name) for name in (*names, "iri")},
        "written": figure.indicator,
    }
