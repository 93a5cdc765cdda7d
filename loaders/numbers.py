"""Every number of a stretch of text with its multiplier and unit, and why others are none."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policygraph.loaders.words.characters import (
    BARE_SCALES,
    BEFORE_SCALE,
    DIGIT_VALUES,
    DIGITS,
    FRACTION_MARK,
    HAN_DIGITS,
    MEDALS,
    ORDINALS,
    POWERS,
)
from policygraph.loaders.words.cues import WordPattern, opening
from policygraph.loaders.words.nouns import noun_end
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import (
    ANNIVERSARY,
    CENTURY,
    DATE_NOT_COUNTED,
    YEAR_NOT_COUNTED,
)
from policygraph.ontology.vocabulary import vocabulary, word_cache

Form = Literal["plain", "rank", "doubling", "ratio", "fraction", "tenths", "bound"]

_DIGITS = DIGITS
_POWERS = {name: Decimal(10**power) for name, power in POWERS.items()}
_MULTIPLIER = "|".join(name for name in POWERS if name not in ("十",))
# No quantity has more than forty digits: a longer run, which is no number, is read piece by piece.
_ARABIC = rf"(?:[{_DIGITS}]{{1,3}}(?:,[{_DIGITS}]{{3}}){{1,12}}(?![{_DIGITS}])|[{_DIGITS}]{{1,40}})(?:[.．][{_DIGITS}]{{1,40}})?"
_HAN = f"[{HAN_DIGITS}]"

# What looks like a number and is none; the group's name is the reason.
_EXCLUDED = WordPattern(
    rf"(?=[《“‘\"〔\[［(（{_DIGITS}A-Za-z＋+第{{^road}}])(?:(?P<title>《[^》\n]{{1,80}}》)"
    rf"|(?P<name>[“‘\"][^”’\"\n，。；]{{0,15}}[”’\"])"
    rf"|(?P<reference>[〔\[［(（](?:19|20)?\d{{1,4}}[〕\]］)）](?:\d+号)?)"
    rf"|(?P<year>{YEAR_NOT_COUNTED})|(?P<date>{DATE_NOT_COUNTED})"
    rf"|(?P<code>(?<![A-Za-z＋+])[A-Za-z＋+]{{1,12}}[-－]?[{_DIGITS}]{{1,12}}(?:[.．][{_DIGITS}]{{1,12}})?[A-Za-z]{{0,12}}"
    rf"|(?<![{_DIGITS}.．])[{_DIGITS}]{{1,12}}(?:[GDKgdkA]{{1,4}}(?![B-Zb-z])|\+[{_DIGITS}A-ZN]{{1,12}})"
    r"|1[23]\d{3}(?=[”\"]?[\u4e00-\u9fff]{0,6}{hotline}))"
    rf"|(?P<grade>(?<![{_DIGITS}.])[{_DIGITS}.]{{1,12}}[万亿]?\w{{1,2}}级{{graded}})"
    rf"|(?P<ordinal>第[{_DIGITS}{ORDINALS}百]{{1,8}}{{ordinal-noun}})"
    rf"|(?P<numbered>(?<![{_DIGITS}])[{_DIGITS}]{{1,6}}(?:[-—–~～至、和][{_DIGITS}]{{1,6}}){{0,8}}号(?!召|称)|{{road}}[{_DIGITS}]{{1,6}})"
    rf"|(?P<version>(?<![{_DIGITS}])[{_DIGITS}]{{1,4}}[.．][{_DIGITS}]{{1,4}}版)"
    rf"|(?P<century>(?<![{_DIGITS}])[{_DIGITS}]{{1,2}}{CENTURY})"
    rf"|(?P<list>(?<![前{_DIGITS}])[{_DIGITS}]{{1,5}}强(?![度化制大劲]))"
    rf"|(?P<anniversary>(?<![{_DIGITS}])[{_DIGITS}]{{1,4}}{ANNIVERSARY}))"
)
_REASONS = {"numbered": "ordinal", "version": "code", "century": "year", "list": "proper"}
_RANK = WordPattern(
    rf"第(?P<rank>[{_DIGITS}]{{1,8}}|[{ORDINALS}]{{1,8}})(?P<place>位|名)?"
    r"|{!placed}(?P<first>{first-place})"
    rf"|前(?P<top>[{_DIGITS}]{{1,8}}|[{ORDINALS}]{{1,8}})(?P<topplace>位|名|强)?(?=$|[，,。；;、）)\n])"
)
_AFTER_RANK = re.compile(r"$|[，,。；;、）)：:\s]|的|大|和|以")
_DOUBLING = WordPattern(r"翻(?P<times>[一二两三四])番|{!doubling-not}{doubled}(?!{doubling-name})")
_TENTHS = re.compile(
    rf"(?P<tenths>[一二两三四五六七八九]|[{_DIGITS}])成(?P<half>半)?(?=$|[以左，,。；;、的多]|多)"
)
_FRACTION = re.compile(
    rf"(?=[{HAN_DIGITS}{_DIGITS}])(?:(?<!{_HAN})(?P<below>{_HAN}{{1,8}}){FRACTION_MARK}(?P<above>{_HAN}{{1,8}})|(?<![{_DIGITS}/.])(?P<top>[{_DIGITS}]{{1,2}})/(?P<bottom>[{_DIGITS}]{{1,3}})(?![{_DIGITS}/]))"
)
_RATIO = re.compile(
    rf"(?=[{_DIGITS}])(?<![{_DIGITS}.．]){_ARABIC}(?:\s{{0,3}}[:：∶]\s{{0,3}}{_ARABIC})+"
)
_PLAIN = re.compile(
    rf"(?=[-－{_DIGITS}])(?P<sign>(?<![{_DIGITS}])[-－](?=[{_DIGITS}]))?(?P<digits>{_ARABIC})"
    rf"(?P<loose>多|余|几)?(?P<multiplier>{_MULTIPLIER})?(?P<more>多|余)?(?P<second>亿|万)?"
)
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
_COUNTED_BEFORE = re.compile(rf"[\d０-９{BEFORE_SCALE}.]")
# 8金9银6铜
_MEDAL = re.compile(rf"[{MEDALS}](?=[{_DIGITS}，,、。；好等\s]|$)")
_RANGE_AFTER = re.compile("[）)以左]")
_YEAR_ALONE = re.compile(r"(?:19|20)(?!00)\d{2}")
_RANGE = re.compile(rf"\s{{0,3}}[-—–~～至到]{{1,3}}\s{{0,3}}(?=[{_DIGITS}])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number ``[start, end)`` with its value in ``unit`` (multiplier applied).

    ``form`` tells ranks, doublings, ratios, fractions, tenths (成) and bare bounds (千亿产业链) from
    plain numbers;
    ``over`` is set for 多 and 余 inside it and ``under`` for 前N; ``noun`` is set where the unit comes from
    the noun that follows, ``missing`` where neither unit nor noun follows.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    dimension: str
    form: Form = "plain"
    over: bool = False
    under: bool = False
    noun: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Digits ``[start, end)`` that are no number to read, and the reason (year, title, ordinal …)."""

    start: int
    end: int
    reason: str


@word_cache
def unit_dimensions() -> dict[str, str]:
    """Every unit label → its dimension (money, mass, count, ratio …)."""
    return {
        label: concept.value("dimension", "count")
        for concept in vocabulary("units")
        for label in concept.labels
    }


@word_cache
def _units() -> re.Pattern[str]:
    return re.compile(alternation(unit_dimensions()))


@word_cache
def _counted_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {
        label: concept.value("countedIn")
        for concept in vocabulary("nouns")
        if concept.value("countedIn")
        for label in concept.labels
    }
    return re.compile(alternation(table)), table


def han_value(text: str) -> Decimal:
    """The value of a Chinese numeral below 10,000: 二十三 is 23, 两 is 2, 百 is 100."""
    total, digit = 0, 0
    for char in text:
        if char in DIGIT_VALUES:
            digit = (
                digit * 10 + DIGIT_VALUES[char]
                if digit and "十" not in text
                else DIGIT_VALUES[char]
            )
        else:
            total += (digit or 1) * int(_POWERS[char])
            digit = 0
    return Decimal(total + digit)


def arabic_value(text: str) -> Decimal:
    """The value of Arabic digits of any width with thousands separators."""
    return Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers that count or measure in reading order; 千亿产业链 is left to its noun."""
    return [n for n in scan_numbers(text, start, end)[0] if n.form != "bound"]


def scan_numbers(
    text: str, start: int = 0, end: int | None = None
) -> tuple[list[Number], list[Skipped]]:
    """The numbers of ``text[start:end]``, and the digits that are none with their reasons."""
    stop = len(text) if end is None else end
    excluded = [
        Skipped(m.start(), m.end(), _REASONS.get(m.lastgroup or "", m.lastgroup or ""))
        for m in _EXCLUDED.finditer(text, start, stop)
    ]
    taken = _Taken([(e.start, e.end) for e in excluded])
    found: list[Number] = []
    for reader in (_read_ranks, _read_doublings, _read_fractions, _read_tenths, _read_ratios):
        for number in reader(text, start, stop):
            if taken.free(number.start, number.end):
                found.append(number)
        taken = _Taken([(e.start, e.end) for e in excluded] + [(n.start, n.end) for n in found])
    for number in _read_plain(text, start, stop, taken):
        found.append(number)
    found.sort(key=lambda number: (number.start, number.end))
    return found, excluded


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


def _read_ranks(text: str, start: int, stop: int) -> list[Number]:
    """居全国第1 | 位列第七位 | 居全国首位 | 稳居前十."""
    found = []
    for match in _RANK.finditer(text, start, stop):
        numeral = match["rank"] or match["top"]
        placed = match["place"] or match["topplace"]
        if not placed and not _AFTER_RANK.match(text, match.end()):
            continue
        value = Decimal(1) if numeral is None else _either(numeral)
        found.append(
            Number(match.start(), match.end(), value, "", "", "rank", under=bool(match["top"]))
        )
    return found


def _either(numeral: str) -> Decimal:
    return (
        arabic_value(numeral)
        if numeral[0] not in DIGIT_VALUES and numeral[0] != "十"
        else han_value(numeral)
    )


def _read_doublings(text: str, start: int, stop: int) -> list[Number]:
    """规模翻一番 | 产值实现倍增."""
    return [
        Number(
            m.start(),
            m.end(),
            100 * (2 ** han_value(m["times"] or "一") - 1),
            "%",
            "ratio",
            "doubling",
        )
        for m in _DOUBLING.finditer(text, start, stop)
    ]


def _read_fractions(text: str, start: int, stop: int) -> list[Number]:
    """占全国的四分之一 | 约占1/4."""
    found = []
    for m in _FRACTION.finditer(text, start, stop):
        if m["below"]:
            above, below = han_value(m["above"]), han_value(m["below"])
        else:
            above, below = arabic_value(m["top"]), arabic_value(m["bottom"])
        if below:
            share = (above * 100 / below).quantize(Decimal("0.01")).normalize()
            found.append(Number(m.start(), m.end(), share, "%", "ratio", "fraction"))
    return found


def _read_tenths(text: str, start: int, stop: int) -> list[Number]:
    """八成左右的财政支出."""
    return [
        Number(
            m.start(),
            m.end(),
            _either(m["tenths"]) * 10 + (5 if m["half"] else 0),
            "%",
            "ratio",
            "tenths",
        )
        for m in _TENTHS.finditer(text, start, stop)
    ]


def _read_ratios(text: str, start: int, stop: int) -> list[Number]:
    """三次产业结构为8.7:48.5:42.8 | 城乡居民收入比2.31:1."""
    found = []
    for match in _RATIO.finditer(text, start, stop):
        parts = list(re.finditer(_ARABIC, match[0]))
        values = [arabic_value(part[0]) for part in parts]
        if len(values) == 2:
            # 2.31:1 and 1∶3.4 are ratios to one; others are no ratios but times and codes.
            if 1 in values:
                value = values[0] if values[1] == 1 else values[1]
                found.append(Number(match.start(), match.end(), value, "", "ratio", "ratio"))
            continue
        unit = "%" if abs(sum(values, Decimal(-100))) <= 1 else ""
        found += [
            Number(
                match.start() + part.start(),
                match.start() + part.end(),
                value,
                unit,
                "ratio",
                "ratio",
            )
            for part, value in zip(parts, values, strict=True)
        ]
    return found


def _read_plain(text: str, start: int, stop: int, taken: _Taken) -> list[Number]:
    """14705元 | 1.77万人 | 620多万套 | 26.75万脱贫户 | 突破万亿元."""
    found = []
    for match in _PLAIN.finditer(text, start, stop):
        if taken.free(match.start(), match.start("digits") + 1):
            number = _plain(text, stop, match)
            if number:
                found.append(number)
    for match in _BARE.finditer(text, start, stop):
        before = text[match.start() - 1] if match.start() else ""
        if taken.free(match.start(), match.end()) and not _COUNTED_BEFORE.match(before):
            unit = _units().match(text, match.end(), stop)
            label = unit[0] if unit else "元"
            end = unit.end() if unit else match.end()
            dimension = unit_dimensions()[label]
            form: Form = "plain" if unit else "bound"
            found.append(Number(match.start(), end, _POWERS[match[0]], label, dimension, form))
    return found


def _measured(
    text: str, stop: int, start: int, value: Decimal, label: str, end: int, *, over: bool
) -> Number:
    """With what the unit is taken per: 1分/千瓦时, 200元/吨."""
    below = None
    if text[end : end + 1] in ("/", "／"):
        below = _units().match(text, end + 1, stop) or _units().match(text, end + 2, stop)
    if below:
        return Number(
            start, below.end(), value, text[end - len(label) : below.end()], "amount", over=over
        )
    return Number(start, end, value, label, unit_dimensions()[label], over=over)


def _plain(text: str, stop: int, match: re.Match[str], *, first: bool = True) -> Number | None:
    """The number of a match with its unit; ``first`` is unset for the second of a range."""
    value = arabic_value(match["digits"])
    multiplier = (match["multiplier"] or "") + (match["second"] or "")
    for scale in (match["multiplier"], match["second"]):
        value *= _POWERS[scale] if scale else 1
    if match["sign"]:
        value = -value
    end = match.end()
    over = bool(match["loose"] or match["more"])
    unit = _units().match(text, end, stop)
    if unit:
        label = "%" if unit[0] == "％" else unit[0]
        return _measured(text, stop, match.start(), value, label, unit.end(), over=over)
    if "亿" in multiplier and text.startswith("级", end):
        # 3个100亿级产业名镇 says which towns, in 元.
        return Number(match.start(), end, value, "元", "money", "bound", over=over)
    if text[end : end + 1] in MEDALS and _MEDAL.match(text, end):
        return Number(match.start(), end, value, "枚", "count", noun=True)
    ranged = _RANGE.match(text, end, stop) if first and not multiplier else None
    if ranged:
        # 3—5个: the first has the unit of the second.
        second = _PLAIN.match(text, ranged.end(), stop)
        rest = _plain(text, stop, second, first=False) if second else None
        if rest and not rest.missing:
            return Number(match.start(), end, value, rest.unit, rest.dimension, noun=rest.noun)
    return _without_unit(text, stop, match, value, over=over)


def _without_unit(
    text: str, stop: int, match: re.Match[str], value: Decimal, *, over: bool
) -> Number | None:
    """26.75万脱贫户 takes its counting word from the noun; 危房8612 lacks one."""
    multiplied, end = bool(match["multiplier"] or match["second"]), match.end()
    if over and match["more"] and not match["second"]:
        end = match.end("multiplier") if multiplied else match.end("digits")
    nouns, table = _counted_nouns()
    following = text[end : noun_end(text, end, min(stop, end + LONGEST_NOUN))]
    # The head of 农村低收入人口纳入数据库 is the noun that ends last, not the 村 inside it.
    noun = max(nouns.finditer(following), key=lambda m: m.end(), default=None)
    if noun:
        if _YEAR_ALONE.fullmatch(match["digits"]) and not multiplied:
            return None  # 2024县域重点产业链发展白皮书
        return Number(match.start(), end, value, table[noun[0]], "count", over=over, noun=True)
    if len(following) == 1 and "\u4e00" <= following < "\u9fff":
        # 开行专列9趟, with a counting word that no vocabulary holds.
        return Number(match.start(), end + 1, value, following, "count", over=over)
    if opening("up", "down").match(following):
        # 指数从6.32下降至6.08.
        return Number(match.start(), end, value, "", "", over=over, missing=True)
    if following and not following[0].isalnum() and not _RANGE_AFTER.match(following):
        return Number(match.start(), end, value, "", "", over=over, missing=True)
    return Number(match.start(), end, value, "", "", over=over, missing=not following)
