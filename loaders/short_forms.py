"""Years and numerals that a text writes short, in full: 21年 is 2021年, 次年 after 2022年 is 2023年, 廿一 is 二十一.

What is written in full stands in the reading copy alone; every offset is put back to the text as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.loaders.words.characters import (
    BEFORE_YEAR,
    HAN_NUMERALS,
    HAN_PLACES,
    LOOSE,
    ORDINALS,
    SCALES,
    TENS_IN_FULL,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import (
    DAY_IN_FIGURES,
    MONTH,
    QUARTER,
    QUARTER_IN_FIGURES,
    QUARTER_WORD,
    SHORT_SPAN,
    SHORT_YEARS,
    SPAN_WORDS,
    UNTIL,
    YEAR_AFTER,
    YEAR_DIGITS,
    YEAR_NAMED,
    is_period,
    nth_year,
    with_digits,
)
from policygraph.loaders.words.units import unit_dimensions
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.vocabulary import word_cache

_CENTURY = 2000
_NEAR = 5  # years between a year written short and one the text names, at most
_COMMAS = ("，", ",")
_ROUND = 10  # 20年 and 30年 are spans more often than years
# 21年底, 22年度, 23年上半年, 21年是, 21年全县: what only a year has after it.
_SURELY = WordPattern(rf"{{after-year}}|{MONTH}|第?{QUARTER}|前{QUARTER}")
# 21年来, 21年党龄, 21年，: what a span of years has after it.
_SPAN = WordPattern(r"[，,。；;、：:）)的]|$|[^，,。；;]{0,6}?{after-span}")
# 干了21年, 租期20年: a year is at the head of its clause or after a word of time.
_BEFORE_BARE = WordPattern(r"(?:^|[\s，,。；;：:、（()）]|{before-bare-year})$")
_BEFORE = WordPattern(r"(?:^|[\s，,。；;：:、（()）]|{before-year})$")
_COMPARED = compiled("[比较]$")  # 比|20年增长30%
_BRACKETS = tuple("（("), tuple("）)")
# 当年开工、次年投产, 每年11月至|次年3月: the year after no year of its own; but 2022年11月至|次年3月.
_NO_YEAR = WordPattern(r"{no-year-of-its-own}|[，,。；;].*月[^，,；;]{0,6}[至到]$")
# 到25年，森林覆盖率…: by when.
_UNTIL = compiled(rf"(?:^|[\s，,。；;：:])(?:{UNTIL}|[到至])$")
_TITLE = compiled(r"\s*[^\n。；！？]*(?:\n|$)")
_TENS_HINT = compiled(f"[{''.join(TENS_IN_FULL)}]")
_SENTENCES = compiled(r"[。！？\n]")
_REACH = 300  # characters in which the year stands that the next one is counted from
# 《次年工作计划》, “次年攻坚”: what stands so is a name.
_NAMES = compiled("《[^》\n]{1,80}》|“[^”\n]{1,40}”")
_HAN = compiled("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The characters ``[start, end)`` of a text and how they are written in full."""

    start: int
    end: int
    text: str


def write_in_full(text: str, told: str) -> list[Rewritten]:
    """What to write in full in running text, in order; ``told`` is what the caller says of the period.

    A first line that is no sentence is left as it is, for it is the title.
    """
    title = _TITLE.match(text)
    start = title.end() if title else 0
    named = _years(told, text)
    short = sorted(
        [*_short_years(text, start, named), *_short_spans(text, start, named)],
        key=lambda each: each.start,
    )
    found = [
        *short,
        *_years_after(text, start, short),
        *_tens(text, start),
        *_quarters(text, start),
        *_dates(text, start),
    ]
    return sorted(found, key=lambda each: each.start)


def _years(told: str, text: str) -> set[int]:
    """The years that the caller and the text name in full."""
    named = [match[1] for match in YEAR_NAMED.finditer(with_digits(text))]
    return {int(year) for year in (*re.findall(YEAR_DIGITS, told), *named)}


def _short_years(text: str, start: int, named: set[int]) -> Iterator[Rewritten]:
    """21年完成投资3亿元, 截至22年底, 19年、20年分别; none in 干了21年 and 21年来."""
    for match in SHORT_YEARS.finditer(text, start):
        before = text[max(start, match.start() - 6) : match.start()]
        if not _BEFORE.search(before):
            continue
        years = [int(digits) for digits in re.findall(r"\d\d", match[0])]
        near = all(any(abs(_CENTURY + y - each) <= _NEAR for each in named) for y in years)
        after = text[match.end() : match.end() + 8]
        by_then = _UNTIL.search(before) is not None and after[:1] in _COMMAS
        alone = before.endswith(_BRACKETS[0]) and after.startswith(_BRACKETS[1])
        surely = len(years) > 1 or by_then or alone or _SURELY.match(after) is not None
        bare = _BEFORE_BARE.search(before) is not None and _SPAN.match(after) is None
        bare = bare and (_COMPARED.search(before) is not None or all(y % _ROUND for y in years))
        if near and (surely or bare):
            for each in re.finditer(r"\d\d", match[0]):
                at = match.start() + each.start()
                yield Rewritten(at, at + 2, f"{_CENTURY + int(each[0])}")


def _short_spans(text: str, start: int, named: set[int]) -> Iterator[Rewritten]:
    """2019至21年, 19-21年: the years of a span, near those the text names where neither is told in full."""
    for match in SHORT_SPAN.finditer(text, start):
        first = int(match["first"] or _CENTURY + int(match["short"]))
        last = _CENTURY + int(match["last"])
        near = all(any(abs(year - each) <= _NEAR for each in named) for year in (first, last))
        if first < last and (near or match["first"]):
            for group, year in (("short", first), ("last", last)):
                if match[group]:
                    yield Rewritten(*match.span(group), f"{year}")


def _tens(text: str, start: int) -> Iterator[Rewritten]:
    """廿一家, 卅多所: twenty and thirty in one character before a counting word."""
    if not _TENS_HINT.search(text, start):
        return
    for match in _tens_told().finditer(text, start):
        at = match.start("tens")
        yield Rewritten(at, at + 1, TENS_IN_FULL[match["tens"]])


def _quarters(text: str, start: int) -> Iterator[Rewritten]:
    """2023年Q3完成投资: the third quarter."""
    for match in QUARTER_IN_FIGURES.finditer(text, start):
        yield Rewritten(*match.span(), f"{ORDINALS[int(match[0][1]) - 1]}{QUARTER_WORD}")


def _dates(text: str, start: int) -> Iterator[Rewritten]:
    """2022/6/30前完成整改, 2023-03-15召开会议: a day in figures."""
    for match in DAY_IN_FIGURES.finditer(text, start):
        if is_period(f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"):
            told = f"{match['year']}年{match['month']}月{match['day']}日"
            yield Rewritten(*match.span(), told)


@word_cache
def _tens_told() -> re.Pattern[str]:
    units = alternation(
        unit for unit in unit_dimensions() if unit not in (*words("never-spelled"), *SPAN_WORDS)
    )
    after = f"[{HAN_PLACES[2:]}]?[{LOOSE}]?(?:[{SCALES}]{{1,2}})?(?:{units})"
    return compiled(f"(?<![{HAN_NUMERALS}第])(?P<tens>[{''.join(TENS_IN_FULL)}])(?={after})")


def _years_after(text: str, start: int, short: Sequence[Rewritten]) -> Iterator[Rewritten]:
    """2022年…，次年…: the year after the one the sentence, or the one before it, names."""
    last: tuple[int, int] = (-1, 0)  # where the last of these years is told, and the year
    names = _NAMES.finditer(text, start)
    name = next(names, None)
    for match in YEAR_AFTER.finditer(text, start):
        while name is not None and name.end() <= match.start():
            name = next(names, None)
        named = _named_before(text, start, match.start(), short)
        within = name is not None and name.start() < match.start()
        if named is None or within or not _tells_when(text, match):
            continue
        told, at = named
        if match["next"]:
            year = last[1] + 1 if at < last[0] else told + 1
        else:
            year = told + nth_year(match["nth"])
        last = match.start(), year
        yield Rewritten(match.start(), match.end(), f"{year}年")


def _tells_when(text: str, match: re.Match[str]) -> bool:
    """，|次年完工, but 编制|次年预算: whether a year stands where a time does."""
    before = text[match.start() - 1 : match.start()]
    if not _HAN.match(before) or before in tuple(BEFORE_YEAR):
        return True
    return lexicon().verb_at(text, match.end(), match.end() + 4) is not None


def _named_before(
    text: str, start: int, end: int, short: Sequence[Rewritten]
) -> tuple[int, int] | None:
    """The year named last before ``end`` in its sentence or the one before, and where; None where 每年 or 今年 comes between."""
    line = max(start, end - _REACH, text.rfind("\n", max(0, end - _REACH), end) + 1)
    ends = [match.end() for match in _SENTENCES.finditer(text, line, end)]
    begin = ends[-2] if len(ends) > 1 else line
    found = [
        (int(match[1]), match.start())
        for match in YEAR_NAMED.finditer(with_digits(text[begin:end]))
    ]
    found = [(year, begin + at) for year, at in found]
    first = bisect_left(short, begin, key=lambda each: each.start)
    until = bisect_left(short, end, key=lambda each: each.start)
    found += [(int(each.text), each.start) for each in short[first:until]]
    if not found:
        return None
    year, at = max(found, key=lambda pair: pair[1])
    return None if _NO_YEAR.search(text[at + 4 : end]) else (year, at)
