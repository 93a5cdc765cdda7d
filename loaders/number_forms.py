"""Numbers that are told otherwise than by digits and a unit: ranks, doublings, fractions, tenths, ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policygraph.loaders.numerals import arabic_value, han_value, numeral_value
from policygraph.loaders.words.characters import (
    DIGITS,
    FRACTION_MARK,
    HAN_DIGITS,
    HAN_PLACES,
    ORDINALS,
    POINT,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.units import listed_units

Form = Literal["plain", "rank", "doubling", "ratio", "fraction", "tenths", "bound"]

# No quantity has more than forty digits: a longer run, which is no number, is read piece by piece.
ARABIC = rf"(?:[{DIGITS}]{{1,3}}(?:,[{DIGITS}]{{3}}){{1,12}}(?![{DIGITS}])|[{DIGITS}]{{1,40}})(?:[.．][{DIGITS}]{{1,40}})?"
_HAN = f"[{HAN_DIGITS}]"
_RANK = WordPattern(
    rf"第(?P<rank>[{DIGITS}]{{1,8}}|[{ORDINALS}]{{1,8}})(?P<place>位|名)?"
    r"|{!placed}(?P<first>{first-place})"
    rf"|前(?P<top>[{DIGITS}]{{1,8}}|[{ORDINALS}]{{1,8}})(?P<topplace>位|名|强)?(?=$|[，,。；;、）)\n])"
)
_COUNTED_BACK = WordPattern(r"{counted-back}$")
_BELOW_NOTHING = WordPattern(r"{link|speed|up|down}[到至为达]?负$")  # 增速为负|百分之二点一
_AFTER_RANK = compiled(r"$|[，,。；;、）)：:\s]|的|大|和|以")
_DOUBLING = WordPattern(
    r"翻[了]?(?P<times>[一二两三四])番(?P<more>多)?|{!doubling-not}{doubled}(?!{doubling-name})|(?P<half>{halved})(?!{halved-rate})"
)
_TENTHS = WordPattern(
    rf"(?<![{HAN_DIGITS}{DIGITS}.])(?P<tenths>[一二两三四五六七八九]|[{DIGITS}])成(?P<half>半)?"
    rf"(?:(?P<tenth>[{HAN_PLACES[2:]}{DIGITS}])(?![{HAN_DIGITS}{DIGITS}.万亿成分点]|{{after-numeral}}))?(?P<more>[多余](?![^\u4e00-\u9fff]))?(?:(?={{tenths-noun}})|(?!{{tenths-not}}))"
)
_FRACTION = WordPattern(
    rf"(?=[{HAN_DIGITS}{DIGITS}万{{^half-told}}])(?:(?<![{HAN_DIGITS}万])(?P<below>[{HAN_DIGITS}万]{{1,8}}){FRACTION_MARK}"
    rf"(?P<above>{_HAN}{{1,8}}(?:{POINT}[{HAN_PLACES}]{{1,8}})?|{ARABIC})"
    rf"|{{!half-guard}}(?P<half>{{half-told}})"
    rf"|(?<![{DIGITS}/.])(?P<top>[{DIGITS}]{{1,2}})/(?P<bottom>[{DIGITS}]{{1,3}})(?![{DIGITS}/]))"
)
_HALF = (Decimal(1), Decimal(2))
_EXACT = (100, 1000, 10000)  # shares of these are told to the last digit
_RATIO = compiled(rf"(?=[{DIGITS}])(?<![{DIGITS}.．]){ARABIC}(?:\s{{0,3}}[:：∶]\s{{0,3}}{ARABIC})+")
_CLOCK = compiled(r"[0-9０-９]{1,2}[:：∶][0-5０-５][0-9０-９]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number ``[start, end)`` with its value in ``unit`` (multiplier applied).

    ``form`` tells ranks, doublings, ratios, fractions, tenths (成) and bare bounds (千亿产业链) from
    plain numbers;
    ``over`` is set for 多 and 余 inside it and ``under`` for 前N; ``noun`` is set where the unit comes from
    the noun that follows, ``missing`` where neither unit nor noun follows; ``scale`` is the multiplier.
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
    scale: Decimal = Decimal(1)


def read_forms(text: str, start: int, stop: int) -> Iterator[Number]:
    """All of them, those of one form after those of another; the first that takes a stretch is right."""
    for reader in (_read_ranks, _read_doublings, _read_fractions, _read_tenths, _read_ratios):
        yield from reader(text, start, stop)


def _share(start: int, end: int, value: Decimal, form: Form, *, over: bool = False) -> Number:
    return Number(start, end, value, "%", "ratio", form, over=over)


def _read_ranks(text: str, start: int, stop: int) -> Iterator[Number]:
    """居全国第1 | 位列第七位 | 居全国首位 | 稳居前十."""
    for match in _RANK.finditer(text, start, stop):
        numeral = match["rank"] or match["top"]
        placed = match["place"] or match["topplace"]
        if not placed and not _AFTER_RANK.match(text, match.end()):
            continue
        if _COUNTED_BACK.search(text[: match.start()][-4:]):
            continue  # 倒数第二 is no second place
        value = Decimal(1) if numeral is None else numeral_value(numeral)
        yield Number(match.start(), match.end(), value, "", "", "rank", under=bool(match["top"]))


def _read_doublings(text: str, start: int, stop: int) -> Iterator[Number]:
    """规模翻一番 | 产值实现倍增 | 审批时间减半."""
    for m in _DOUBLING.finditer(text, start, stop):
        value = Decimal(-50) if m["half"] else 100 * (2 ** han_value(m["times"] or ORDINALS[0]) - 1)
        yield _share(m.start(), m.end(), value, "doubling", over=bool(m["more"]))


def _read_fractions(text: str, start: int, stop: int) -> Iterator[Number]:
    """占全国的四分之一 | 约占1/4 | 增长百分之十一点八."""
    for m in _FRACTION.finditer(text, start, stop):
        if m["half"]:
            above, below = _HALF
        elif m["below"]:
            above, below = numeral_value(m["above"]), han_value(m["below"])
        else:
            above, below = arabic_value(m["top"]), arabic_value(m["bottom"])
        if m["below"] and _BELOW_NOTHING.search(text[max(0, m.start() - 10) : m.start()]):
            yield _share(m.start() - 1, m.end(), -above * 100 / below, "fraction")
        elif below:
            share = above * 100 / below
            if below not in _EXACT:
                share = share.quantize(Decimal("0.01"))
            yield _share(m.start(), m.end(), Decimal(f"{share.normalize():f}"), "fraction")


def _read_tenths(text: str, start: int, stop: int) -> Iterator[Number]:
    """八成左右的财政支出 | 七成农户 | 三成五 | 六成八."""
    for m in _TENTHS.finditer(text, start, stop):
        counts = m["tenth"] and listed_units().match(text, m.end(), stop)  # 近七成|三类水体
        tenth = m["tenth"] if not counts else None
        value = numeral_value(m["tenths"]) * 10
        value += 5 if m["half"] else numeral_value(tenth) if tenth else 0
        end = m.start("tenth") if counts else m.end()
        yield _share(m.start(), end, value, "tenths", over=bool(m["more"]))


def _read_ratios(text: str, start: int, stop: int) -> Iterator[Number]:
    """三次产业结构为8.7:48.5:42.8 | 城乡居民收入比2.31:1."""
    for match in _RATIO.finditer(text, start, stop):
        parts = list(re.finditer(ARABIC, match[0]))
        values = [arabic_value(part[0]) for part in parts]
        if len(values) == 2:
            # 2.31:1 and 1∶3.4 are ratios to one, 5.3:4.7 are two parts; others are times and codes.
            if 1 in values:
                value = values[0] if values[1] == 1 else values[1]
                yield Number(match.start(), match.end(), value, "", "ratio", "ratio")
                continue
            if sum(values) not in (10, 100) or _CLOCK.fullmatch(match[0]):
                continue
        unit = "%" if abs(sum(values, Decimal(-100))) <= 1 else ""
        for part, value in zip(parts, values, strict=True):
            begin, end = match.start() + part.start(), match.start() + part.end()
            yield Number(begin, end, value, unit, "ratio", "ratio")
