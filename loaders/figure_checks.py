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
# Levels are rounded: their difference agrees with the increase within so much of them.
_AGREE_LEVEL = Decimal("0.02")
# So much above the whole the sum of parts may be by rounding alone.
_ROUNDED = Decimal("1.005")


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
        near = [*figures[max(0, place - _NEARBY) : place], *figures[place + 1 : place + _NEARBY]]
        yield from _growth(figure, near, first_at)
    yield from _together(figures, first_at)


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
        and not _is_mean(whole)
        and whole.kind == figure.kind
        and whole.unit == figure.unit
        and figure.value > whole.value > 0
    ):
        message = f"{figure.span.quote} is a part of {whole.span.quote} and exceeds it"
        yield Finding(figure.span, "part-exceeds-whole", message)


def _together(figures: Sequence[Figure], first_at: Mapping[int, Figure]) -> Iterator[Finding]:
    """总产值28亿元，其中种植业20亿元、林业15亿元: parts that together exceed their whole."""
    parts: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.of is not None and "part" in figure.qualifier and figure.kind in _LEVELS:
            parts.setdefault(figure.of, []).append(figure)
    for at, members in parts.items():
        whole = first_at.get(at)
        alike = [each for each in members if whole and _is_level_of(each, whole)]
        told_once = len({each.indicator for each in alike}) == len(members)
        if whole is None or len(alike) < 2 or not told_once or _is_mean(whole):
            continue
        total = _undivided(alike, whole)
        if total > whole.value * _ROUNDED and all(each.value <= whole.value for each in alike):
            message = f"the parts of {whole.span.quote} add up to {total:f} {whole.unit}"
            yield Finding(whole.span, "part-exceeds-whole", message)


def _is_mean(whole: Figure) -> bool:
    """居民人均可支配收入4.8万元，其中城镇居民5.8万元: a mean has no parts that stay below it."""
    return cue("per", "mean-of").search(whole.indicator) is not None


def _undivided(parts: Sequence[Figure], whole: Figure) -> Decimal:
    """What the parts add up to after the last of them that completes the whole.

    招聘教师236人（研究生41人、本科生195人），其中到乡村的153人 divides one whole twice.
    """
    total = Decimal(0)
    for part in parts:
        total += part.value
        if whole.value <= total * _ROUNDED and total <= whole.value * _ROUNDED:
            total = Decimal(0)
    return total


def _is_level_of(part: Figure, whole: Figure) -> bool:
    return part.kind == whole.kind and part.unit == whole.unit and part.period == whole.period


def _growth(
    figure: Figure, near: Sequence[Figure], first_at: Mapping[int, Figure]
) -> Iterator[Finding]:
    """由2022年的80亿元增加到2023年的100亿元，增长5%: the two levels say another growth."""
    level = first_at.get(figure.of) if figure.of is not None else None
    if figure.kind != "change" or level is None:
        return
    base = next((earlier for earlier in near if _is_base(earlier, level)), None)
    if base is None or figure.unit not in (_PERCENT, level.unit):
        return
    if figure.unit == level.unit:
        yield from _difference(figure, level, base)
        return
    grown = (level.value - base.value) * 100 / base.value
    apart = abs(grown - figure.value)
    if apart > max(_AGREE_WITHIN, _AGREE_SHARE * abs(figure.value)):
        message = f"{base.span.quote} and {level.span.quote} differ by {grown:.1f} %"
        yield Finding(figure.span, "growth-contradicts", message)


def _difference(figure: Figure, level: Figure, base: Figure) -> Iterator[Finding]:
    """由80亿元增加到100亿元，增加5亿元: the two levels say another increase."""
    apart = abs(level.value - base.value - figure.value)
    if apart > _AGREE_LEVEL * max(level.value, base.value):
        message = f"{base.span.quote} and {level.span.quote} differ by {level.value - base.value:f}"
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
