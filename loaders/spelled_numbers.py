"""Numbers in Chinese numerals that measure or count more than ten: 五千万元, 三个百分点, 一百零五家.

Smaller counts (三项措施), rounded numbers (数百家) and durations (五年) mostly colour what is said;
the exclusions list them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policygraph.loaders.number_forms import Number
from policygraph.loaders.numerals import SCALE_VALUES, han_value
from policygraph.loaders.words.characters import (
    AFTER_LOOSE,
    ATTRIBUTIVE,
    DIGITS,
    HAN_NUMERALS,
    HAN_PLACES,
    POINT,
    TOTALLED,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.time import DASH
from policygraph.loaders.words.units import (
    compound_unit,
    listed_units,
    points,
    scaled_units,
    unit_dimensions,
)
from policygraph.ontology.vocabulary import word_cache

_FIRST = HAN_PLACES[2:] + "两" + "十"
_RATIOS = ("ratio", "points")
# 三四个 and 三五十 say about how many.
_ABOUT = compiled(f"[{_FIRST[:-1]}]{{2}}")
# 两倍|半; but 一倍|半数以上.
_HALF = WordPattern(r"半(?=$|[^\u4e00-\u9fff]|{half-before})")
_HALF_AT_END = compiled(r"半(?![个载数日月夜天以年价])")
_NEVER_HALVED = ("月", "日")  # 3月半 and 5日半 are days of a calendar
# 三十二元|七角, 八十五元|六角四分
_MONEY_PARTS = WordPattern(
    rf"(?<=元)([{_FIRST[:-1]}])(?:{{tenth-of-yuan}})(?:([{_FIRST[:-1]}])(?:{{hundredth-of-yuan}}))?"
)
_DIFFERS_BEFORE = WordPattern(
    r"(?:{up|down|differs}[出了近约超]{0,2}|(?:{difference}|超[过出]?全)[^，,、；;]{0,10})$"
)
_NAMES_PLACE = WordPattern("{point-differs}[位上多]")
_BELOW_ZERO = WordPattern(r"{below-zero}$")  # 零下|十二度
# 两千亿|两个台阶: two numerals, for ones right after 万 or 亿 are told with 零.
_TWO_NUMERALS = compiled(f"[万亿][{HAN_PLACES[2:]}两]$")
_WHOLE = ("count", "duration", "points", None)
_FEWEST_COUNTED = 10
_FEWEST_MONEY = 10
_LONG = 5  # characters of a numeral that only counts


@word_cache
def _spelled() -> re.Pattern[str]:
    scales = "|".join(AFTER_LOOSE)
    return compiled(
        rf"(?<![{HAN_NUMERALS}{DIGITS}几第])(?<!(?<![{TOTALLED}])数)(?<![{HAN_PLACES}]{POINT})"
        rf"(?P<numeral>(?:[{_FIRST}](?:(?!{scaled_units()})[{HAN_NUMERALS}]){{0,20}}|[{HAN_PLACES[:2]}](?={POINT}))"
        rf"(?:{POINT}[{HAN_PLACES}]{{1,8}}(?:(?!{scaled_units()})(?P<points>{scales}))?)?)"
        rf"(?P<loose>[多余几])?(?P<scale>(?<=[多余几])(?:{scales}))?"
        rf"(?={listed_units().pattern}|{DASH}{{1,2}}(?P<last>[{_FIRST}][{HAN_NUMERALS}]{{0,20}})(?P<unit>{listed_units().pattern}))"
    )


def read_spelled(text: str, start: int, stop: int) -> Iterator[Number]:
    """The numbers in Chinese numerals of ``text[start:stop]``, each with its unit."""
    for match in _spelled().finditer(text, start, stop):
        if match["last"]:
            yield from _begins_range(match)
            continue
        unit = listed_units().match(text, match.end(), stop)
        below_zero = _BELOW_ZERO.search(text[max(0, match.start() - 4) : match.start()])
        if unit is None or _is_no_number(text, match, unit, below_zero):
            continue
        scale = SCALE_VALUES.get(match["scale"] or match["points"] or "", Decimal(1))
        value = han_value(match["numeral"]) * SCALE_VALUES.get(match["scale"] or "", Decimal(1))
        dimension = unit_dimensions()[unit[0]]
        pointed = _is_pointed(match["numeral"], unit[0])
        pointed = pointed or points_after(text, match.start(), unit.start())
        parts = _MONEY_PARTS.match(text, unit.end(), stop) if dimension == "money" else None
        if (
            parts is None
            and not pointed
            and not _states(value, dimension, loose=bool(match["loose"]))
        ):
            continue
        end = compound_unit(text, unit.start(), unit.end(), stop)
        label = text[unit.start() : end]
        if points_after(text, match.start(), unit.start()):
            label, end = points()[0], end + 1
            dimension = unit_dimensions()[label]
        half = half_after(text, end, stop, label)
        if half:
            value, end = value + scale / 2, half
        if parts:
            value += han_value(parts[1]) / 10 + han_value(parts[2] or HAN_PLACES[0]) / 100
            end = parts.end()
        over = bool(match["loose"])
        value = -value if below_zero else value
        yield Number(match.start(), end, value, label, dimension, over=over, scale=scale)


def _is_no_number(
    text: str, match: re.Match[str], unit: re.Match[str], below_zero: re.Match[str] | None
) -> bool:
    """Whether a numeral and its unit are words: 三四个 say about how many, 党的|十九大、 is a congress."""
    if below_zero is None and _is_word(text, unit.end(), unit[0], match["numeral"]):
        return True
    congress = unit[0] in words("congress-unit") and text[match.start() - 1] in ATTRIBUTIVE
    about = _ABOUT.search(match["numeral"].partition(POINT)[0])
    return congress or about is not None or _TWO_NUMERALS.search(match["numeral"]) is not None


def _is_pointed(numeral: str, unit: str) -> bool:
    """Whether a numeral with a decimal point measures: 十三点五|亿元, 七十八点五|岁; 三点五|天 may be a time of day."""
    measures = unit_dimensions()[unit] not in ("duration", "count") or unit in words("age-unit")
    return POINT in numeral and measures


def _begins_range(match: re.Match[str]) -> Iterator[Number]:
    """八百|至一千美元, 三|到五千元: the first number of a range, which has the unit of the last."""
    first, last = match["numeral"], match["last"]
    value, scale = han_value(first), SCALE_VALUES.get(last[-1], Decimal(1))
    if len(first) == 1 and len(last) == 2 and value < _FEWEST_COUNTED:
        value *= scale
    if _states(han_value(last), unit_dimensions()[match["unit"]], loose=False):
        yield Number(match.start(), match.end(), value, "", "", missing=True)


def half_after(text: str, end: int, stop: int, unit: str) -> int:
    """Where the half after a unit ends: 两倍|半, 一亩|半; 0 where none follows."""
    dimension = unit_dimensions().get(unit)
    if dimension == "duration" and unit not in _NEVER_HALVED:
        half = _HALF_AT_END.match(text, end)  # 工期1年|半。
    else:
        half = _HALF.match(text, end, stop) if dimension not in _WHOLE else None
    return half.end() if half else 0


def points_after(text: str, start: int, end: int) -> bool:
    """Whether the points after a number are percentage points: 高出全国1.5|个点; but 建成3|个点."""
    return text.startswith(words("point-differs"), end) and (
        _DIFFERS_BEFORE.search(text[max(0, start - 24) : start]) is not None
        and _NAMES_PLACE.match(text, end) is None
    )


def _is_word(text: str, end: int, unit: str, numeral: str) -> bool:
    """Whether a unit that ends at ``end`` is the beginning of a word: 一|度, 三|方; but 一千八百六十万|度, 打井十二|口。"""
    if unit not in words("never-spelled") or len(numeral) >= _LONG:
        return False
    return len(numeral) == 1 or "\u4e00" <= text[end : end + 1] <= "\u9fff"


def _states(value: Decimal, dimension: str, *, loose: bool) -> bool:
    """Whether a numeral measures (三亩, 五十元) or counts more than ten; 一亩三分地 does neither."""
    if dimension in _RATIOS:
        return True
    if dimension == "duration":
        return False
    if dimension == "count":
        return value > _FEWEST_COUNTED or (loose and value == _FEWEST_COUNTED)
    if dimension == "money":
        return value >= _FEWEST_MONEY
    return value > 1
