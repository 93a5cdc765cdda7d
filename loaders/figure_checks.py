"""Figures that a careful reader would doubt: unknown units, impossible rates and counts, sums that do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from policygraph.graph.statements import Figure, Finding
from policygraph.loaders.words.cues import closing, cue
from policygraph.loaders.words.units import is_listed, unit_dimensions

_LEVELS = frozenset({"count", "amount"})
_PERCENT = "%"
_NEARBY = 12  # figures before a change among which the level of the year before is looked for
# Growth is told at constant prices, levels at current ones: they agree within five points or a half.
_AGREE_WITHIN = Decimal(5)
_AGREE_SHARE = Decimal("0.5")


def doubtful_figures(figures: Sequence[Figure]) -> Iterator[Finding]:
    """The findings about values and units, in reading order of the figures."""
    first_at: dict[int, Figure] = {}
    for figure in figures:
        first_at.setdefault(figure.span.start, figure)
    for place, figure in enumerate(figures):
        yield from _unit(figure)
        yield from _rate(figure)
        yield from _count(figure)
        yield from _part(figure, first_at)
        yield from _growth(figure, figures[max(0, place - _NEARBY) : place], first_at)


def _unit(figure: Figure) -> Iterator[Finding]:
    """处理污水35 kvar: a unit that nobody listed is said as it stands."""
    if figure.unit and not is_listed(figure.unit):
        message = f"the unit {figure.unit} is in no register; it is told as it stands"
        yield Finding(figure.span, "unknown-unit", message)


def _rate(figure: Figure) -> Iterator[Finding]:
    """就业率达到961%: a rate above 100 %, unless it is one that may be."""
    impossible = (
        figure.kind == "rate"
        and figure.unit == _PERCENT
        and figure.value > 100
        and closing("rate-noun").search(figure.indicator)
        and not closing("rate-over-hundred").search(figure.indicator)
    )
    if impossible:
        message = f"{figure.indicator} of {figure.value:f} % is above 100 %"
        yield Finding(figure.span, "rate-above-100", message)


def _count(figure: Figure) -> Iterator[Finding]:
    """建成学校3.5所: people and things are counted in whole numbers, unless on average."""
    counted = figure.kind == "count" and unit_dimensions().get(figure.unit) == "count"
    averaged = cue("averaged").search(figure.indicator)
    whole = figure.value == figure.value.to_integral_value()
    if counted and not whole and not averaged:
        message = f"a count of {figure.value:f} {figure.unit} is no whole number"
        yield Finding(figure.span, "count-not-whole", message)


def _part(figure: Figure, first_at: Mapping[int, Figure]) -> Iterator[Finding]:
    """总产值28亿元，其中种植业113亿元: a part that exceeds its whole."""
    whole = first_at.get(figure.of) if figure.of is not None else None
    if (
        whole
        and "part" in figure.qualifier
        and figure.kind in _LEVELS
        and whole.kind == figure.kind
        and whole.unit == figure.unit
        and figure.value > whole.value > 0
    ):
        message = f"{figure.span.quote} is a part of {whole.span.quote} and exceeds it"
        yield Finding(figure.span, "part-exceeds-whole", message)


def _growth(
    figure: Figure, before: Sequence[Figure], first_at: Mapping[int, Figure]
) -> Iterator[Finding]:
    """由2022年的80亿元增加到2023年的100亿元，增长5%: the two levels say another growth."""
    level = first_at.get(figure.of) if figure.of is not None else None
    if figure.kind != "change" or figure.unit != _PERCENT or level is None:
        return
    base = next((earlier for earlier in reversed(before) if _is_base(earlier, level)), None)
    if base is None:
        return
    grown = (level.value - base.value) * 100 / base.value
    apart = abs(grown - figure.value)
    if apart > max(_AGREE_WITHIN, _AGREE_SHARE * abs(figure.value)):
        message = f"{base.span.quote} and {level.span.quote} differ by {grown:.1f} %"
        yield Finding(figure.span, "growth-contradicts", message)


def _is_base(earlier: Figure, level: Figure) -> bool:
    """Whether a figure is the same level in the year before."""
    return (
        earlier.kind == level.kind
        and earlier.unit == level.unit
        and earlier.indicator == level.indicator
        and earlier.scope.text == level.scope.text
        and earlier.value > 0
        and earlier.period.isdigit()
        and level.period.isdigit()
        and int(earlier.period) == int(level.period) - 1
    )
