"""Arithmetic on stated figures: sums, shares, growth and earlier levels, each with its interval.

Pages, the command line and Python use this module alone; Decimal throughout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from policygraph.errors import QueryError
from policygraph.ontology.vocabulary import Concept, concepts_by_iri, vocabulary, word_cache
from policygraph.queries.intervals import (
    RATES,
    Interval,
    printed_interval,
    readable,
    readable_interval,
    scale_of,
    total,
)

QUDT = Path(__file__).parent / "qudt-factors.json"  # unit → another, and how many of it one is
_HUNDRED = Interval.exact(100)
_ONE = Interval.exact(1)
POINTS, PERCENT = "个百分点", "%"
_ALONE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_WAYS = {"change": {True: "rose", False: "fell"}, "gap": {True: "more", False: "less"}}
_SCALES = {Decimal(1): "", Decimal(10**4): "万", Decimal(10**8): "亿"}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as a report states it, with all that arithmetic asks of it.

    ``value`` is in ``unit``; ``whole`` is the IRI of the figure it is the change, share or part of,
    ``group`` the IRI of its scope; ``place`` is where in the sentence it begins.
    """

    iri: str
    quote: str
    value: Decimal
    unit: str = ""
    kind: str = ""
    indicator: str = ""
    scope: str = ""
    period: str = ""
    qualifiers: tuple[str, ...] = ()
    whole: str = ""
    group: str = ""
    document: str = ""
    title: str = ""
    issuer: str = ""
    issued: str = ""
    section: str = ""
    start: int = 0
    end: int = 0
    sentence: str = ""
    place: int = 0

    @property
    def interval(self) -> Interval:
        """The value with what its printed rounding allows."""
        return printed_interval(self.quote, self.value, self.unit)[0]

    @property
    def has_digits(self) -> bool:
        """Whether the number is printed in digits that say how it is rounded."""
        return printed_interval(self.quote, self.value, self.unit)[1]


def unit_of_heading(figure: StatedFigure) -> str:
    """The unit that the heading of a table gives a number which stands there alone, with its scale: 亿元."""
    if not figure.unit or not is_bare(figure.quote):
        return ""
    printed = Decimal(figure.quote.replace(",", ""))
    scale = _SCALES.get(figure.value / printed) if printed else ""
    return "" if scale is None else f"{scale}{figure.unit}"


def printed(figure: StatedFigure) -> str:
    """The words of a figure, with the unit of its heading where it is the cell of a table."""
    return figure.quote + unit_of_heading(figure)


def direction(kind: str, value: Decimal) -> str:
    """Which way a change or gap goes, empty for other kinds and where nothing differs: 下降1.8% fell."""
    return _WAYS.get(kind, {}).get(value > 0, "") if value else ""


def is_bare(quote: str) -> bool:
    """Whether the words of a figure are a number without a unit."""
    return _ALONE.fullmatch(quote) is not None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derived value: how it came about, in which unit, of which period."""

    operation: str
    result: Interval
    unit: str
    period: str
    formula: str
    figures: tuple[StatedFigure, ...]

    def text(self, *, english: bool = False) -> str:
        """The value for people, with its unit: 190.85亿元."""
        spread = self.result.high - self.result.low
        scale, word = scale_of(self.result.value, english=english)
        return f"{readable(self.result.value / scale, spread / scale)}{word}{self._unit(english)}"

    def bounds(self, *, english: bool = False) -> str:
        """The interval for people, empty where the value is exact."""
        if self.result.is_exact:
            return ""
        scale, word = scale_of(self.result.value, english=english)
        ends = readable_interval(self.result.low / scale, self.result.high / scale)
        mark = " ~ " if self.result.low < 0 else "–"
        return f"{mark.join(ends)}{word}{self._unit(english)}"

    def _unit(self, english: bool) -> str:
        """The unit after a number and its scale: 元, or yuan."""
        name = english_units().get(self.unit, "") if english else ""
        if not name:
            return self.unit
        return name if scale_of(self.result.value, english=True)[1] else f" {name}"


@word_cache
def english_units() -> dict[str, str]:
    """Unit as it is written → its English name, of what is counted in the plural, without explanations: yuan, households."""
    return {
        label: concept.english.partition(" (")[0].partition(",")[0] + "s" * _is_counted(concept)
        for concept in vocabulary("units")
        for label in concept.labels
        if not label.isascii() and concept.english
    }


def _is_counted(unit: Concept) -> bool:
    return unit.value("dimension") == "count" and not unit.english.endswith("s")


Figures = Sequence[StatedFigure]
Worked = tuple[Interval, str, str]  # result, unit, formula


def derive(operation: str, figures: Figures) -> Derivation:
    """The result of an operation on figures; raises QueryError where it means nothing for them.

    Where the figures themselves say which is the whole, the later or the change, they are put in that
    order; else the order given counts.
    """
    if operation not in OPERATIONS:
        raise QueryError(f"{operation}: no such operation; choose one of {', '.join(OPERATIONS)}")
    work, least, most = OPERATIONS[operation]
    if not least <= len(figures) <= most:
        need = str(least) if least == most else f"{least} or more"
        raise QueryError(f"{operation}: needs {need} figures; {len(figures)} given")
    ordered = arranged(operation, figures)
    _refuse_ranks(operation, ordered)
    try:
        result, unit, formula = work(ordered)
    except ZeroDivisionError as error:
        raise QueryError(f"{operation}: {ordered[-1].quote} may be zero") from error
    return Derivation(operation, result, unit, _period(operation, ordered), formula, ordered)


def derivations(figures: Figures) -> list[Derivation]:
    """All operations that mean something for these figures."""
    made = []
    for operation in OPERATIONS:
        with suppress(QueryError):
            made.append(derive(operation, figures))
    return made


def arranged(operation: str, figures: Figures) -> tuple[StatedFigure, ...]:
    """The figures in the order their own statements give them: whole first or last, later before earlier."""
    given = list(figures)
    if operation in ("share", "remainder"):
        wholes = {figure.whole for figure in given}
        given.sort(key=lambda figure: (figure.iri in wholes) == (operation == "share"))
    elif operation == "earlier":
        given.sort(key=lambda figure: figure.kind == "change")
    elif operation in ("growth", "difference") and _years_differ(given):
        given.sort(key=lambda figure: figure.period, reverse=True)
    return tuple(given)


def _years_differ(figures: Figures) -> bool:
    years = {figure.period[:4] for figure in figures}
    return len(years) == len(figures) and all(year.isdigit() for year in years)


def _refuse_ranks(operation: str, figures: Figures) -> None:
    ranked = next((figure for figure in figures if figure.kind == "rank"), None)
    if ranked and operation != "difference":
        raise QueryError(f"{operation}: {ranked.quote} is a rank, which only has differences")


def _period(operation: str, figures: Figures) -> str:
    """The period of the result: one period of all, from the first to the last, or the year before."""
    first = figures[0].period
    if operation == "earlier":
        return str(int(first) - 1) if first.isdigit() and len(first) == 4 else ""
    periods = sorted({figure.period for figure in figures} - {""})
    return " → ".join(dict.fromkeys((periods[0], periods[-1]))) if periods else ""


def _sum(figures: Figures) -> Worked:
    same, unit = in_one_unit("sum", figures)
    return total(same), unit, _formula(" + ", figures)


def _average(figures: Figures) -> Worked:
    same, unit = in_one_unit("average", figures)
    formula = f"({_formula(' + ', figures)}) ÷ {len(same)}"
    return total(same) / Interval.exact(len(same)), unit, formula


def _difference(figures: Figures) -> Worked:
    (first, second), unit = in_one_unit("difference", figures, points=True)
    return first - second, POINTS if unit == PERCENT else unit, _formula(" − ", figures)


def _remainder(figures: Figures) -> Worked:
    (whole, *parts), unit = in_one_unit("remainder", figures)
    return whole - total(parts), unit, _formula(" − ", figures)


def _ratio(figures: Figures) -> Worked:
    first, second = figures
    if (first.unit in RATES) != (second.unit in RATES):
        raise QueryError(f"ratio: {first.quote} and {second.quote} are a level and a rate")
    same = in_unit(second, first.unit)
    unit = "" if same else f"{first.unit or '1'}/{second.unit or '1'}"
    return first.interval / (same or second.interval), unit, _formula(" ÷ ", figures)


def _share(figures: Figures) -> Worked:
    (*parts, whole), _ = in_one_unit("share", figures)
    added = _formula(" + ", figures[:-1])
    top = f"({added})" if len(parts) > 1 else added
    return total(parts) / whole * _HUNDRED, PERCENT, f"{top} ÷ {figures[-1].quote}"


def _growth(figures: Figures) -> Worked:
    """Growth of a level; a rate rises by points, and growth has no growth."""
    rate = next(
        (f for f in figures if f.kind in ("rate", "change", "gap") or f.unit in RATES), None
    )
    if rate:
        raise QueryError(
            f"growth: {rate.quote} is a rate or a change itself; difference gives what lies between the two"
        )
    (now, before), _ = in_one_unit("growth", figures)
    return (now / before - _ONE) * _HUNDRED, PERCENT, f"{_formula(' ÷ ', figures)} − 1"


def _earlier(figures: Figures) -> Worked:
    """The level before a change: divided by it in per cent, else with it taken off."""
    level, change = figures
    if change.kind != "change":
        raise QueryError(
            f"earlier: {change.quote} is not stated as a change; give a level and its change"
        )
    if change.unit != PERCENT:
        (first, second), unit = in_one_unit("earlier", figures, points=True)
        return first - second, level.unit or unit, f"{level.quote} − {_signed(change)}"
    if level.unit == PERCENT:
        raise QueryError(
            f"earlier: {level.quote} is in per cent itself; whether {change.quote} is a part of it or points is not said"
        )
    before = level.interval / (_ONE + change.interval / _HUNDRED)
    return before, level.unit, f"{level.quote} ÷ (1 + {_signed(change)})"


def _signed(figure: StatedFigure) -> str:
    """The words of a figure, of a cell of a table with its unit; a change that was a fall has its sign."""
    words = printed(figure)
    return f"(−{words})" if figure.value < 0 else words


def _formula(mark: str, figures: Figures) -> str:
    return mark.join(_signed(figure) for figure in figures)


def in_one_unit(
    operation: str, figures: Figures, *, points: bool = False
) -> tuple[list[Interval], str]:
    """The intervals of figures in the unit of the first that has one, and this unit. Raises QueryError.

    ``points`` lets per cent and percentage points stand together; a figure without a unit is taken to
    be in the unit of the others.
    """
    unit = next((figure.unit for figure in figures if figure.unit), "")
    same = []
    for figure in figures:
        both = {figure.unit, unit}
        free = not figure.unit or (points and both == {PERCENT, POINTS})
        interval = figure.interval if free else in_unit(figure, unit)
        if interval is None:
            raise QueryError(
                f"{operation}: {figure.quote} ({figure.unit}) and {figures[0].quote} ({unit}) are in different units"
            )
        same.append(interval)
    return same, unit


def in_unit(figure: StatedFigure, unit: str) -> Interval | None:
    """What a figure is in another unit, None where there is no fixed factor between the two."""
    if figure.unit == unit:
        return figure.interval
    (base, factor), (other_base, other) = _factor(figure.unit), _factor(unit)
    if base != other_base:
        return None
    return figure.interval * Interval.exact(factor / other)


def _factor(unit: str) -> tuple[str, Decimal]:
    """The unit that a unit converts to, and how many of it one is."""
    return _factors().get(unit, (unit, Decimal(1)))


@word_cache
def _factors() -> dict[str, tuple[str, Decimal]]:
    """Unit → what it converts to, by the vocabulary and by QUDT where the vocabulary leaves it to that."""
    by_iri = concepts_by_iri("units")
    found = {}
    for concept in by_iri.values():
        base, factor = concept.value("convertedTo"), concept.value("conversion", "1")
        for label in concept.labels:
            found[label] = (by_iri[base].label if base else concept.label, Decimal(factor))
    for label, (base, factor) in json.loads(QUDT.read_text("utf-8")).items():
        found[label] = base, Decimal(factor)
    return found


OPERATIONS: dict[str, tuple[Callable[[Figures], Worked], int, int]] = {
    "sum": (_sum, 2, 1000),
    "difference": (_difference, 2, 2),
    "ratio": (_ratio, 2, 2),
    "growth": (_growth, 2, 2),
    "average": (_average, 2, 1000),
    "share": (_share, 2, 1000),
    "remainder": (_remainder, 2, 1000),
    "earlier": (_earlier, 2, 2),
}
