"""What looks like a number and states none: years, dates, codes, ordinals, list and section numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.loaders.words.characters import DIGITS, ORDINALS, PLUS, POWERS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.time import (
    ANNIVERSARY,
    CENTURY,
    CLOCK_TOLD,
    DATE_IN_FIGURES,
    DATE_NOT_COUNTED,
    DAY_NOT_COUNTED,
    HOUR,
    REACH_UNITS,
    YEAR_NOT_COUNTED,
)
from policygraph.loaders.words.units import listed_units, unit_dimensions

_ORDINAL = f"第[{DIGITS}{ORDINALS}百]{{1,8}}"
# 第一、二、三产业 | 第一和第三产业 | 第2至第5次
_ORDINALS = rf"{_ORDINAL}(?:[、和与及至—-]第?[{DIGITS}{ORDINALS}百]{{1,8}}){{0,8}}"
# A list number stands at the head of a line or of an item inside it: 1.加强… | ；10.改造… | 2）完善….
_ITEM_BEFORE = r"(?<![^\s。；;：:，,！？])"
_SECTION_BEFORE = r"(?<![^\n\u3000])"
# 增长|+6%, 同比|+2.3亿元, ，+3.5%: a sign; but 5G+8K, 党建+3项.
_PLUS_SIGN = (
    rf"(?=[{PLUS}])(?:(?<![A-Za-z{DIGITS}])[{PLUS}](?=[{DIGITS}.,]{{1,12}}(?:[%％‰]|{{points|times}}))"
    rf"|{{*base|up|down}}[{PLUS}](?=[{DIGITS}]))"
)
_SHEETS = "[份张个页套篇种类本册幅]"  # 附件3份: how many there are, no number of one
# The group's name is the reason.
_PATTERN = WordPattern(
    rf"(?=[《“‘\"〔\[［(（{DIGITS}A-Za-z＋+第{{^road}}{{^contact}}])(?:"
    rf"(?P<address>(?:https?://|www\.)[^\s，。；、）)》”\u4e00-\u9fff]{{1,200}}|(?<![A-Za-z0-9])[A-Za-z0-9][\w.-]{{0,40}}@[A-Za-z0-9][A-Za-z0-9.-]{{1,40}})"
    rf"|(?P<lettered>(?<![A-Za-z＋+])(?!{_PLUS_SIGN})[A-Za-z＋+]{{1,12}}[-－]?[{DIGITS}]{{1,12}}(?:[.．][{DIGITS}]{{1,12}})?[A-Za-z]{{0,12}})"
    # No other begins with a letter.
    rf"|(?![A-Za-z])(?:(?P<title>《[^》\n]{{1,80}}》)"
    rf"|(?P<name>[“‘\"][^”’\"\n，。；]{{0,15}}[”’\"])"
    rf"|(?P<reference>[〔\[［(（]\^?(?:19|20)?\d{{1,4}}[〕\]］)）](?:\d+号)?)"
    rf"|(?P<heading>{_ITEM_BEFORE}[{DIGITS}]{{1,3}}(?:[.．)）]|、(?=[\u4e00-\u9fff“《]))(?![{DIGITS}])"
    rf"|{_SECTION_BEFORE}[{DIGITS}]{{1,2}}(?=[ \u3000]{{1,2}}[\u4e00-\u9fff“《])"
    rf"|{_SECTION_BEFORE}[{DIGITS}]{{1,2}}[.．](?=(?:19|20)\d{{2}}年)"
    rf"|{_SECTION_BEFORE}[{DIGITS}]{{1,2}}[)）](?=[{DIGITS}])|{_ITEM_BEFORE}[{DIGITS}](?={{list-being}})"
    rf"|(?<![^\n。；;]){_ORDINAL}(?=[，,、：:]))"
    rf"|(?P<section>{_SECTION_BEFORE}[{DIGITS}]{{1,2}}(?:[.．][{DIGITS}]{{1,2}}){{1,3}}(?=[ 、.．]{{0,2}}[\u4e00-\u9fff“《]))"
    rf"|(?P<page>(?<![^\n—–-])[{DIGITS}]{{1,4}}(?=[—–-](?![^\n])))"
    rf"|(?P<clock>{CLOCK_TOLD})"
    rf"|(?P<isodate>{DATE_IN_FIGURES})"
    # 3·15消费维权站点, 12·4国家宪法日
    rf"|(?P<dotted>(?<![{DIGITS}.．·])(?:1[0-2]|[1-9])·(?:3[01]|[12][0-9]|[1-9])(?![{DIGITS}.·]|{{counted-unit}}))"
    rf"|(?P<year>{YEAR_NOT_COUNTED})|(?P<date>{DATE_NOT_COUNTED}|{DAY_NOT_COUNTED})"
    rf"|(?P<code>(?<![{DIGITS}.．])[{DIGITS}]{{1,12}}(?:[GDKgdkA]{{1,4}}(?![A-Za-z/²³])|\+[{DIGITS}A-ZN]{{1,12}})"
    r"|(?<!\d)(?:1[23]|9[56])\d{3}(?!{counted-unit})(?=[”\"]?[\u4e00-\u9fff]{0,6}{hotline})|(?<!\d)1(?:1[09]|2[02])(?={emergency})"
    r"|(?<!\d)(?:0\d{2,3}[-—–－]\d{7,8}|1[3-9]\d{9})(?!\d)"
    rf"|{{contact}}(?:[：:]\s{{0,2}}|[为是])?[{DIGITS}][-—–－{DIGITS}]{{3,19}}(?![{DIGITS}.．,]|\s?{{counted-unit}}))"
    rf"|(?P<grade>(?<![{DIGITS}.])[{DIGITS}.]{{1,12}}[万亿]?\w{{1,2}}级{{graded}})"
    rf"|(?P<ordinal>{_ORDINALS}{{ordinal-noun}})"
    rf"|(?P<numbered>(?<![{DIGITS}])[{DIGITS}]{{1,6}}(?:[-—–~～至、和][{DIGITS}]{{1,6}}){{0,8}}号(?!召|称)|{{road}}[{DIGITS}]{{1,6}}(?![{DIGITS}.．]|{{road-length}})|(?<![{DIGITS}.．])[{DIGITS}]{{3}}(?={{road}}))"
    rf"|(?P<base>(?:(?<=每)[{DIGITS}]{{1,4}}[万千百]?{{many-people}}|(?<=[员口])10万[人](?={{accident-rate}})))"
    rf"|(?P<captioned>(?:(?<=\n[表图])|(?<=附[表图]))[{DIGITS}]{{1,3}}(?=[ \u3000]?[\u4e00-\u9fff：:])(?!{_SHEETS})"
    rf"|(?<=[如见据按和、][表图])[{DIGITS}]{{1,3}}(?:[-—–.．][{DIGITS}]{{1,3}})?(?:(?={{shown-in}})|(?![{DIGITS}.．万亿]|{_SHEETS}|{{counted-unit}}))"
    rf"|(?<=附[表图件])[{DIGITS}]{{1,3}}(?:[-—–.．][{DIGITS}]{{1,3}})?(?![{DIGITS}.．万亿]|{_SHEETS}|{{counted-unit}}))"
    rf"|(?P<named>(?<![{DIGITS}.．])(?:985|211)(?:[、和及与/](?:985|211))?(?={{school-of-rank}}))"
    rf"|(?P<version>(?<![{DIGITS}])[{DIGITS}]{{1,4}}[.．][{DIGITS}]{{1,4}}版)"
    rf"|(?P<numberless>(?<=[\u4e00-\u9fff])[1-9][.．]0(?![{DIGITS}.．]))"
    rf"|(?P<reach>(?<![{DIGITS}.．])(?:[{DIGITS}]{{1,2}}[×xX*✕])?24(?:个?{HOUR})?(?=[”\"’]?(?:全[天时年])?{{round-the-clock}})|(?<![{DIGITS}.．])[{DIGITS}]{{1,2}}[×xX*✕]24(?:个?{HOUR})?"
    rf"|(?<![{DIGITS}.．])[{DIGITS}]{{1,3}}(?:[-—–~～至][{DIGITS}]{{1,3}})?(?:{REACH_UNITS})(?=[”\"’]?(?![\u4e00-\u9fff]{{0,6}}[的了到至内])[\u4e00-\u9fff]{{0,6}}?{{reach-circle}}))"
    rf"|(?P<century>(?<![{DIGITS}])[{DIGITS}]{{1,2}}{CENTURY})"
    rf"|(?P<list>(?<![前{DIGITS}])[{DIGITS}]{{1,5}}强(?![度化制大劲]))"
    rf"|(?P<anniversary>(?<![{DIGITS}])[{DIGITS}]{{1,4}}{ANNIVERSARY})))"
)
_REASONS = {
    "numbered": "ordinal",
    "version": "code",
    "named": "proper",
    "captioned": "heading",
    "base": "summing",
    "century": "year",
    "list": "proper",
    "reach": "proper",
    "section": "heading",
    "numberless": "code",
    "page": "heading",
    "isodate": "date",
    "dotted": "date",
    "clock": "date",
    "address": "code",
    "lettered": "code",
}
# GDP1.2万亿元, CPI2.1%, PPI-2.2%: letters that name what is measured.
_MEASURED_NAME = compiled(rf"[A-Z][A-Za-z&]+-?[{DIGITS}.．]+$")
_RATIOS_AND_SCALES = ("万", "亿", "%", "‰")
_LIST_NUMBER = compiled(rf"[{DIGITS}]{{1,2}}[.．]")
# 12.5万亩…, 2023.12万元 and 达到3.0米 measure; 教育信息化2.0 does not.
_MEASURED = frozenset({"section", "isodate", "numberless"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """Digits ``[start, end)`` that are no number to read, and the reason (year, title, ordinal …)."""

    start: int
    end: int
    reason: str


def find_not_numbers(text: str, start: int, stop: int) -> Iterator[Skipped]:
    """Such stretches of ``text[start:stop]`` in reading order."""
    for match in _PATTERN.finditer(text, start, stop):
        group = match.lastgroup or ""
        if group == "lettered" and _MEASURED_NAME.match(match[0]) and _scaled(text, match.end()):
            continue
        if group in _MEASURED and _measures(text, match.end(), stop):
            listed = _LIST_NUMBER.match(match[0])
            if listed and group == "section" and _counts(text, match.end(), stop):
                yield Skipped(match.start(), match.start() + listed.end(), "heading")
            continue
        yield Skipped(match.start(), match.end(), _REASONS.get(group, group))


def _scaled(text: str, end: int) -> bool:
    return text.startswith(_RATIOS_AND_SCALES, end)


def _counts(text: str, end: int, stop: int) -> bool:
    """Whether whole things are counted: 3.10种有色金属 is item 3, and ten kinds."""
    unit = listed_units().match(text, end, stop)
    return unit is not None and unit_dimensions()[unit[0]] == "count"


def _measures(text: str, end: int, stop: int) -> bool:
    return text.startswith(tuple(POWERS), end) or bool(listed_units().match(text, end, stop))
