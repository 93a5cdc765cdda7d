"""Every number of a stretch of text with its multiplier and unit, and why others are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from policygraph.loaders.not_numbers import Skipped, find_not_numbers
from policygraph.loaders.number_forms import ARABIC, Form, Number, read_forms
from policygraph.loaders.numerals import SCALE_VALUES, arabic_value, han_value
from policygraph.loaders.spelled_numbers import half_after, points_after, read_spelled
from policygraph.loaders.words.characters import (
    BARE_SCALES,
    BEFORE_SCALE,
    DIGITS,
    HAN_NUMERALS,
    HAN_PLACES,
    MEDALS,
    MINUS,
    ORDINALS,
    PLUS,
    POWERS,
    VAGUE,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, opening, words
from policygraph.loaders.words.nouns import noun_end
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.units import (
    compound_unit,
    listed_units,
    points,
    scaled_units,
    unit_dimensions,
    unlisted_unit,
)
from policygraph.ontology.vocabulary import vocabulary, word_cache

__all__ = ["Form", "Number", "Skipped", "find_numbers", "scan_numbers"]

_MULTIPLIER = "|".join(name for name in POWERS if name not in ("十",))
_SCALE_ALONE = "|".join(BARE_SCALES)
# 突破万亿元 | 超百亿、超千亿产业链.
_BARE = WordPattern(
    r"(?=[百千万亿十])(?:(?P<few>(?<=[近超破逾])(?:[百千]?万|[千百])(?={counted-unit}))"
    rf"|(?P<many>(?<![\d０-９{BEFORE_SCALE}每])[百千]万(?={{many-unit}}))"
    rf"|(?P<bare>{_SCALE_ALONE}|亿(?=元{{bound-after}}))"
    rf"(?={{bound-unit}}|(?:级?、超?(?:{_SCALE_ALONE}))*级?{{bounded}}))"
)
LONGEST_NOUN = 20
# A numeral before a bare scale counts it: 两千万.
_COUNTED_BEFORE = WordPattern(rf"[\d０-９{BEFORE_SCALE}{VAGUE}.]")
# 8金9银6铜
_MEDAL = WordPattern(rf"[{MEDALS}](?=[{DIGITS}，,、。；好等\s]|$)")
_GRADED = WordPattern("级")  # 百亿级园区: the bound is in 元
_REACHED_BETWEEN = WordPattern("[^，,、。；;\\d]{1,8}[到至为]")
_HAN = WordPattern("[\u4e00-\u9fff]")
_BOUND_ALONE = WordPattern(
    r"(?:{over-after}|{under-after}|{approx-after})(?=[，,、；;。]|的)|的[\u4e00-\u9fff]{0,4}(?:{standard-noun}|{completion})"
)
_BOUND_FROM = SCALE_VALUES["亿"]
_RANGE_AFTER = WordPattern("[）)以左]")
_YEAR_ALONE = WordPattern(r"(?:19|20)(?!00)\d{2}")
# What stands between numbers that share the unit of the last: 3—5万元, 15至20所, 20.9、36.2和54个百分点.
_SHARES = r"\s{0,3}(?:[-—–~～]{1,3}|[至到、和与及])\s{0,3}"
_SHARED = WordPattern(_SHARES)
_TURNS_BETWEEN = WordPattern(r"[、，,和与及]{1,2}[^，,。；;、\d]{0,4}{up|down}(?:了|{nearly})?")
_SHARES_NEXT = WordPattern(rf"{_SHARES}[{DIGITS}]")
_APART = (
    50  # times the last number, from which on the first has a multiplier of its own: 800、1.2万人
)
_BELOW_SCALE = "|".join(name for name, power in POWERS.items() if 1 < power < 8)
# 3万|4000元, 1亿|2000万元, 25万|6千元, 3万|零500元
_BELOW = WordPattern(rf"(?P<nought>零)?(?P<digits>[{DIGITS}]{{1,4}})(?P<scale>{_BELOW_SCALE})?")
_SPELLED = WordPattern(
    rf"(?<![{HAN_NUMERALS}{DIGITS}第几数])(?P<numeral>[{BEFORE_SCALE[:9]}两][{HAN_NUMERALS}]{{0,12}})"
    r"(?P<loose>[多余])?(?P<scale>(?<=[多余])[万亿])?(?<=[万亿多余])(?<=.{2})(?=[\u4e00-\u9fff])"
)
_PER_SO_MANY = WordPattern(r"[/／]10{0,6}[万千]")  # 发病率109.4/10万
_WHOLE = WordPattern(rf"[{DIGITS}]+")
_MONEY_PARTS = WordPattern(rf"[{DIGITS}]{{tenth-of-yuan}}(?:[{DIGITS}]{{hundredth-of-yuan}})?")
# A dash after a number and its unit leads to the end of a range, no minus: 3%-5%.
_RANGE_BEFORE = WordPattern(rf"[{DIGITS}][万亿千百]{{0,2}}[^\d\s，,。；;、：:（(和与及]{{0,3}}$")
_UNIT_TOO = WordPattern(r"[（(]([\u4e00-\u9fff]{1,2})[）)]")  # 7万套|（间）, 3458台|（套）
_MEASURED_NAME = WordPattern("[A-Z]{2,}$")
# A dash at the head of a line, and a number that runs on into a sentence.
_BULLETED = WordPattern(rf"(?<![^\n])[{MINUS[:-1]}][{DIGITS}.]{{1,12}}[\u4e00-\u9fff]{{4}}")
# 十亿|3000万元, 三千万零|5000元: what is told in characters above the digits.
_HAN_ABOVE = WordPattern(
    rf"(?<![{HAN_NUMERALS}{DIGITS}第])[{ORDINALS}两][{HAN_NUMERALS}]{{0,8}}(?P<scale>[万亿])零?$"
)
_HALF_BETWEEN = WordPattern("半(?P<unit>{halved-before})")  # 1个|半小时
_MARKED_AS_MONEY = WordPattern("[¥￥]$")  # ¥|1.2万
# 350|（万元）, 3.5|（亿元）: the unit in brackets.
_UNIT_BRACKETED = WordPattern(r"[（(](?P<scale>[万亿]{0,2})(?P<unit>[\u4e00-\u9fff]{1,4})[）)]")
# 发行总额（亿元）：|10.00, 面积（平方公里）|1796: the unit of what is named before the number.
_UNIT_OF_LABEL = WordPattern(
    r"[（(](?P<scale>[万亿]{0,2})(?P<unit>[\u4e00-\u9fff%‰]{1,6})[）)]\s?[:：]?\s?$"
)
_LABEL_REACH = 14
_BRACKETS, _LABEL_UNIT = tuple("（("), compiled(r"[\u4e00-\u9fff]{1,6}[）)]")  # 余额（|万元）
_RATE_AFTER = WordPattern(rf"[{DIGITS}.]{{1,12}}[%‰]")
_NEXT_COUNT = compiled(r"(?<=[\u4e00-\u9fff])(?=\d)")  # 3乡|12村|450户
_BURDEN = WordPattern(r"{burden}$")
# 5000人口|以上的村: what is bounded is no part of what counts.
_BOUND_WITHIN = WordPattern(r"(?<=[\u4e00-\u9fff]{2}){over-after|under-after}")


@word_cache
def _arabic() -> re.Pattern[str]:
    """An Arabic number with its multiplier; the 千 of 千瓦 is none."""
    below_zero = alternation(words("below-zero"))
    about = alternation([*words("approx-after"), *words("over-after"), *words("under-after")])
    return compiled(
        rf"(?=[{MINUS}{PLUS}{DIGITS}零])(?:(?P<plus>(?<![A-Za-z{DIGITS}])[{PLUS}](?=[{DIGITS}]))|(?P<sign>[{MINUS}](?=[{DIGITS}]))|(?:{below_zero})(?P<below>)(?=[{DIGITS}]))?"
        rf"(?P<digits>{ARABIC})(?:个(?=亿(?:[，,。；;、）)\s]|{about}|$)))?(?P<loose>[多余几])?(?P<multiplier>(?!{scaled_units()})(?:{_MULTIPLIER}))?(?P<more>[多余])?(?P<second>亿|万)?"
    )


@word_cache
def _counted_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {
        label: concept.value("countedIn")
        for concept in vocabulary("nouns")
        if concept.value("countedIn")
        for label in concept.labels
    }
    return compiled(alternation(table)), table


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers that count or measure in reading order; 千亿产业链 is left to its noun."""
    return [n for n in scan_numbers(text, start, end)[0] if n.form != "bound"]


def scan_numbers(
    text: str, start: int = 0, end: int | None = None
) -> tuple[list[Number], list[Skipped]]:
    """The numbers of ``text[start:end]``, and the digits that are none with their reasons."""
    stop = len(text) if end is None else end
    excluded = list(find_not_numbers(text, start, stop))
    spans = [(skipped.start, skipped.end) for skipped in excluded]
    found: list[Number] = []
    forms = ("rank", "doubling", "fraction", "tenths", "ratio")
    read = list(read_forms(text, start, stop))
    for form in forms:
        taken = _Taken(spans + [(n.start, n.end) for n in found])
        found += [n for n in read if n.form == form and taken.free(n.start, n.end)]
    taken = _Taken(spans + [(n.start, n.end) for n in found])
    found += [n for n in read_spelled(text, start, stop) if taken.free(n.start, n.end)]
    taken = _Taken(spans + [(n.start, n.end) for n in found])
    found += _read_plain(text, start, stop, taken)
    taken = _Taken(spans + [(n.start, n.end) for n in found])
    found += _read_spelled_nouns(text, start, stop, taken)
    found.sort(key=lambda number: (number.start, number.end))
    return _with_unit_before(text, _with_shared_units(text, found)), excluded


class _Taken:
    """Stretches that are spoken for; asks in logarithmic time whether another overlaps one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def free(self, start: int, end: int) -> bool:
        place = bisect_right(self.starts, start)
        if place and self.spans[place - 1][1] > start:
            return False
        return place == len(self.spans) or self.spans[place][0] >= end


def _read_plain(text: str, start: int, stop: int, taken: _Taken) -> list[Number]:
    """14705元 | 1.77万人 | 620多万套 | 26.75万脱贫户 | 突破万亿元."""
    found = []
    reach = start
    for match in _arabic().finditer(text, start, stop):
        if match.start("digits") >= reach and taken.free(
            match.start("digits"), match.start("digits") + 1
        ):
            number = _plain(text, stop, match)
            if number:
                found.append(number)
                reach = number.end
    for match in _BARE.finditer(text, start, stop):
        before = text[match.start() - 1] if match.start() else ""
        in_label = before in _BRACKETS and _LABEL_UNIT.match(text, match.end()) is not None
        free = taken.free(match.start(), match.end()) and not in_label
        if free and not _COUNTED_BEFORE.match(before):
            unit = (
                None
                if _GRADED.match(text, match.end())
                else listed_units().match(text, match.end(), stop)
            )
            label = unit[0] if unit else "元"
            end = unit.end() if unit else match.end()
            dimension = unit_dimensions()[label]
            form: Form = "plain" if unit else "bound"
            found.append(Number(match.start(), end, SCALE_VALUES[match[0]], label, dimension, form))
    return found


def _read_spelled_nouns(text: str, start: int, stop: int, taken: _Taken) -> Iterator[Number]:
    """一千一百万|农户, 六百多万|城镇职工: numerals of at least ten thousand before the noun they count."""
    nouns, table = _counted_nouns()
    for match in _SPELLED.finditer(text, start, stop):
        end = match.end()
        if not taken.free(match.start(), end) or listed_units().match(text, end, stop):
            continue
        following = text[end : noun_end(text, end, min(stop, end + LONGEST_NOUN))]
        noun = max(nouns.finditer(following), key=lambda m: m.end(), default=None)
        if noun is None:
            continue
        value = han_value(match["numeral"] + (match["scale"] or ""))
        over, unit = bool(match["loose"]), table[noun[0]]
        yield Number(match.start(), end, value, unit, "count", over=over, noun=True)


def _with_shared_units(text: str, numbers: Sequence[Number]) -> list[Number]:
    """20.9、36.2、54个百分点 | 3—5万元: each number has the unit of the last, and its multiplier where it has none."""
    found: list[Number] = []
    for number in reversed(numbers):
        after = found[-1] if found else None
        if (
            after
            and number.missing
            and number.form == after.form == "plain"
            and after.unit
            and not after.missing
            and _SHARED.fullmatch(text, number.end, after.start)
        ):
            number = _sharing(number, after)
        if after and after.dimension == "points" and _is_of_points(text, number, after):
            label, dimension = after.unit, after.dimension
            number = replace(number, unit=label, dimension=dimension)
        found.append(number)
    return found[::-1]


def _with_unit_before(text: str, numbers: Sequence[Number]) -> list[Number]:
    """由30个工作日压缩到|12个, 由3.2个百分点缩小到|1.2个: the level reached has the unit of the one before."""
    found: list[Number] = []
    for number in numbers:
        before = found[-1] if found else None
        if (
            before
            and len(before.unit) > len(number.unit) == 1
            and before.unit.startswith(number.unit)
            and _REACHED_BETWEEN.fullmatch(text, before.end, number.start)
            and not _HAN.match(text, number.end)
        ):
            number = replace(number, unit=before.unit, dimension=before.dimension)
        found.append(number)
    return found


def _is_of_points(text: str, number: Number, after: Number) -> bool:
    """分别上升|1.2个|和下降0.4个百分点, 分别提高|1个|、2个百分点: percentage points that the last number of a list names."""
    if number.unit != points()[0][:1]:
        return False
    if _SHARED.fullmatch(text, number.end, after.start):
        return True
    return (
        number.value % 1 != 0
        and _TURNS_BETWEEN.fullmatch(text, number.end, after.start) is not None
    )


def _sharing(number: Number, after: Number) -> Number:
    """A number with the unit of the one after it."""
    scale = number.scale
    if scale == 1 and number.value <= _APART * after.value / after.scale:
        scale = after.scale
    return replace(
        number,
        value=number.value * scale / number.scale,
        unit=after.unit,
        dimension=after.dimension,
        noun=after.noun,
        missing=False,
        scale=scale,
    )


def _is_minus(text: str, at: int) -> bool:
    """Whether the mark at an offset is a sign: 增长-5.6%, 下降—5.6%, 为负1.25‰; but 3%-5%, 肩负3项."""
    before = text[max(0, at - 12) : at]
    if text[at] == MINUS[-1]:
        return not _BURDEN.search(before + text[at])
    if _RANGE_BEFORE.search(before) and not closing("link", "up", "down").search(before):
        return False  # 3%-5%; but 由5%转为|-3%
    if _BULLETED.match(text, at):
        return False  # -420户农房完成改造: the mark of a list
    if text[at] in "-－":
        if _MEASURED_NAME.search(before) and _RATE_AFTER.match(text, at + 1):
            return True  # CPI-0.2%
        return not before[-1:].isalnum() or before[-1:] >= "\u4e00"
    if closing("base").search(before) and _RATE_AFTER.match(text, at + 1):
        return True  # 零售总额同比|—2.1%
    return (
        closing("up", "down", "speed", "link").search(before) is not None or before[-1:] in "（(："
    )


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The value of a match and its multiplier."""
    scale = Decimal(1)
    for name in (match["multiplier"], match["second"]):
        scale *= SCALE_VALUES[name] if name else 1
    return arabic_value(match["digits"]) * scale, scale


def _lower(text: str, stop: int, match: re.Match[str], scale: Decimal) -> tuple[Decimal, int]:
    """3万|4000元, 1亿|2000万元: what a further numeral adds, and where it ends."""
    below = None
    if (
        scale >= 1000
        and not match["loose"]
        and not match["more"]
        and _WHOLE.fullmatch(match["digits"])
    ):
        below = _BELOW.match(text, match.end(), stop)
    if below is None or not (below["scale"] or below["nought"] or len(below["digits"]) > 2):
        return Decimal(0), match.end()
    value = arabic_value(below["digits"]) * SCALE_VALUES.get(below["scale"] or "", Decimal(1))
    unit = listed_units().match(text, below.end(), stop)
    if value >= scale or unit is None or unit_dimensions()[unit[0]] in ("duration", "ratio"):
        return Decimal(0), match.end()
    return value, below.end()


def _signed(text: str, match: re.Match[str], value: Decimal) -> tuple[Decimal, int]:
    """The value of a match with its sign, and where the number begins."""
    if match["sign"] and _is_minus(text, match.start()):
        return -value, match.start()
    if match["below"] is not None:
        return -value, match.start("digits")
    return value, match.start() if match["plus"] else match.start("digits")


def _with_han_above(text: str, value: Decimal, start: int, scale: Decimal) -> tuple[Decimal, int]:
    """十亿|3000万元: the value with what stands in characters before the digits, and where the number begins."""
    above = _HAN_ABOVE.search(text[max(0, start - 12) : start])
    if above is None or SCALE_VALUES[above["scale"]] <= max(scale, value):
        return value, start
    return value + han_value(above[0].rstrip(HAN_PLACES[0])), start - len(above[0])


def _beside(text: str, stop: int, number: Number) -> Number | None:
    """350|（万元）, 12|（所）, ¥|1.2万: a number with its unit in brackets after it, or a sign of money before it."""
    found = _UNIT_BRACKETED.match(text, number.end, stop)
    if found and found["unit"] in unit_dimensions():
        scale, unit = SCALE_VALUES.get(found["scale"], Decimal(1)), found["unit"]
        return replace(
            number,
            end=found.end(),
            value=number.value * scale,
            unit=unit,
            dimension=unit_dimensions()[unit],
        )
    labelled = _UNIT_OF_LABEL.search(text[max(0, number.start - _LABEL_REACH) : number.start])
    if (
        labelled
        and labelled["unit"] in unit_dimensions()
        and not text[number.end : number.end + 1].isalpha()
    ):
        scale, unit = SCALE_VALUES.get(labelled["scale"], Decimal(1)), labelled["unit"]
        return replace(
            number,
            value=number.value * scale,
            unit=unit,
            dimension=unit_dimensions()[unit],
            scale=scale,
        )
    if _MARKED_AS_MONEY.search(text[max(0, number.start - 1) : number.start]):
        return replace(number, unit="元", dimension="money")
    return None


def _plain(text: str, stop: int, match: re.Match[str]) -> Number | None:
    """The number of a match with its unit."""
    value, scale = _value(match)
    added, end = _lower(text, stop, match, scale)
    value, start = _signed(text, match, value + added)
    value, start = _with_han_above(text, value, start, scale)
    over = bool(match["loose"] or match["more"])
    unit = (
        None
        if _GRADED.match(text, end) and scale >= _BOUND_FROM
        else listed_units().match(text, end, stop)
    )
    if unit is None:
        plain = Number(start, end, value, "", "", over=over, scale=scale)
        return _beside(text, stop, plain) or _told_otherwise(text, stop, match, plain)
    if scale > 1 and unit[0] in words("few-unit"):
        plain = Number(start, end, value, "", "", over=over, scale=scale)
        return _told_otherwise(text, stop, match, plain)  # 800万|大学毕业生
    if points_after(text, start, end):
        label = points()[0]
        end = unit.end() + 1
        return Number(start, end, value, label, unit_dimensions()[label], over=over)
    return _measured(text, stop, Number(start, end, value, unit[0], "", over=over, scale=scale))


def _told_otherwise(text: str, stop: int, match: re.Match[str], number: Number) -> Number | None:
    """A number whose listed unit does not follow: 100亿级, 8金, 109.4/10万, 35 kvar, the first of a range."""
    start, end, value, scale = number.start, number.end, number.value, number.scale
    over = number.over
    if scale >= _BOUND_FROM and _GRADED.match(text, end):
        # 3个100亿级产业名镇 says which towns, in 元.
        return Number(start, end, value, "元", "money", "bound", over=over)
    if text[end : end + 1] in MEDALS and _MEDAL.match(text, end):
        return Number(start, end, value, "枚", "count", noun=True)
    rate = _PER_SO_MANY.match(text, end, stop)
    if rate:
        return Number(start, rate.end(), value, rate[0], "ratio", over=over)
    unlisted = unlisted_unit(text, end, stop)
    if unlisted:
        label = text[end : compound_unit(text, end, unlisted.end(), stop)]
        return Number(start, end + len(label), value, label, "amount", over=over, scale=scale)
    if _SHARES_NEXT.match(text, end, stop):
        if _YEAR_ALONE.fullmatch(match[0]) and _YEAR_ALONE.match(text, end + 1):
            return None  # 2021、2022年
        return Number(start, end, value, "", "", over=over, missing=True, scale=scale)
    return (
        replace(without, start=start)
        if (without := _without_unit(text, stop, match, value, over=over))
        else None
    )


def _measured(text: str, stop: int, number: Number) -> Number:
    """A number whose listed unit follows, with what that is taken per: 1分/千瓦时, 56元8角."""
    end = number.end + len(number.unit)
    reach = compound_unit(text, number.end, end, stop)
    if reach > end:
        counted = text[reach - 1] not in "/／" and reach == end + 1
        dimension = "count" if counted else "amount"
        return replace(number, end=reach, unit=text[number.end : reach], dimension=dimension)
    label = "%" if number.unit == "％" else number.unit
    value, dimension = number.value, unit_dimensions()[number.unit]
    parts = _MONEY_PARTS.match(text, end, stop) if dimension == "money" else None
    if parts:
        tenths, *hundredths = re.findall(rf"[{DIGITS}]", parts[0])
        value += arabic_value(tenths) / 10 + sum(arabic_value(n) / 100 for n in hundredths)
        end = parts.end()
    between = _HALF_BETWEEN.match(text, end, stop) if label == "个" else None
    half = half_after(text, end, stop, number.unit)
    if between:
        value, end, dimension = value + number.scale / 2, between.end(), "duration"
        label = between["unit"]
    elif half:
        value, end = value + number.scale / 2, half
    also = _UNIT_TOO.match(text, end, stop) if dimension == "count" else None
    if also and also[1] in unit_dimensions():
        end = also.end()
    return replace(number, end=end, unit=label, value=value, dimension=dimension)


def _without_unit(
    text: str, stop: int, match: re.Match[str], value: Decimal, *, over: bool
) -> Number | None:
    """26.75万脱贫户 takes its counting word from the noun; 危房8612 lacks one."""
    multiplied, end = bool(match["multiplier"] or match["second"]), match.end()
    if over and match["more"] and not match["second"]:
        end = match.end("multiplier") if multiplied else match.end("digits")
    nouns, table = _counted_nouns()
    following = text[end : noun_end(text, end, min(stop, end + LONGEST_NOUN))]
    bound = _BOUND_WITHIN.search(following)
    following = following[: bound.start()] if bound else following
    # The head of 农村低收入人口纳入数据库 is the noun that ends last, not the 村 inside it.
    first, *others = _NEXT_COUNT.split(following, maxsplit=1)
    noun = max(nouns.finditer(first), key=lambda m: m.end(), default=None)
    noun = noun or (nouns.search(following) if others else None)  # 3乡 as 12村
    if noun:
        if _YEAR_ALONE.fullmatch(match["digits"]) and not multiplied:
            return None  # 2024县域重点产业链发展白皮书
        return Number(match.start(), end, value, table[noun[0]], "count", over=over, noun=True)
    if len(following) == 1 and "\u4e00" <= following < "\u9fff":
        # 开行专列9趟, with a counting word that no vocabulary holds.
        return Number(match.start(), end + 1, value, following, "count", over=over)
    if opening("up", "down").match(following) or _is_bound_alone(text, match["digits"], end, stop):
        # 指数从6.32下降至6.08.
        return Number(match.start(), end, value, "", "", over=over, missing=True)
    if following and not following[0].isalnum() and not _RANGE_AFTER.match(following):
        return Number(match.start(), end, value, "", "", over=over, missing=True)
    return Number(match.start(), end, value, "", "", over=over, missing=not following)


def _is_bound_alone(text: str, digits: str, end: int, stop: int) -> bool:
    """死亡率控制在|0.15以内, 低于|0.15的控制指标: a decimal that no unit can follow."""
    return (
        re.search("[.．]", digits) is not None and _BOUND_ALONE.match(text, end, stop) is not None
    )
