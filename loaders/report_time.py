"""Of when a report is: the years its title joins (2023年工作总结和2024年工作安排), and its genre."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import (
    FIRST_HALF,
    FIRST_QUARTER,
    FIRST_QUARTER_ALONE,
    HALF_ALONE,
    last_year,
    read_plan,
    read_time,
    with_digits,
)
from policygraph.ontology.vocabulary import vocabulary, word_cache

GOVERNMENT_REPORT = "government-work-report"
REPORT = "report"
_REVIEWS = frozenset({"summary", "review", "bulletin"})
_FIRST_HALF = "-06-30"
_YEAR_ALONE = compiled(r"(?<!\d)((?:19|20)\d{2})(?:年|\s*年?度)?(?![\d号])")


@dataclass(frozen=True, slots=True)
class TitleTime:
    """What a title says: the genre, the period it reviews, the period it plans for.

    ``period`` and ``ahead`` are ISO 8601, empty where not said; ``joined`` tells that the title
    joins a review and a plan; ``draft`` that the plan is put before a congress.
    """

    genre: str = ""
    period: str = ""
    ahead: str = ""
    joined: bool = False
    draft: bool = False


# 2023年工作情况及|2024年重点工作: a year, and the next with what is to be done in it.
_TWO_YEARS = WordPattern(
    r"(?P<first>(?:19|20)\d{2})年[^\d]{2,24}?(?:{and}|暨|、){and}?(?P<second>(?:19|20)\d{2})年"
)


@word_cache
def _genres() -> dict[str, str]:
    return {label: c.key for c in vocabulary("genres") for label in c.labels}


@word_cache
def _genre_words() -> re.Pattern[str]:
    return compiled(alternation(_genres()))


def read_title(title: str) -> TitleTime:
    """The genre and the periods of a title; a word of plan that is carried out is no plan.

    2023年…计划执行情况与2024年…计划草案的报告 joins a review of 2023 and a plan for 2024.
    """
    title = with_digits(title)
    kinds: list[tuple[str, str]] = []
    begin, end = 0, -1
    for match in _genre_words().finditer(title):
        kind = _genres()[match[0]]
        if kind == GOVERNMENT_REPORT:
            return TitleTime(kind, _said(title))
        if kinds and match.start() == end and kind in _REVIEWS:
            # 计划|执行情况: what was planned is reviewed.
            kinds[-1] = (kind, kinds[-1][1] + match[0])
        else:
            kinds.append((kind, title[begin : match.end()]))
        begin = end = match.end()
    if two := _TWO_YEARS.search(title):
        first, second = int(two["first"]), int(two["second"])
        if second == first + 1 and all(kind != "plan" for kind, _ in kinds):
            return TitleTime(
                "summary", _said(title[: two.start("second")]), str(second), joined=True
            )
    if not kinds:
        return TitleTime("", _said(title))
    return _joined(title, kinds)


def _joined(title: str, kinds: list[tuple[str, str]]) -> TitleTime:
    """The parts of a title, each with its kind, as one."""
    reviews = [text for kind, text in kinds if kind in _REVIEWS]
    plans = [text for kind, text in kinds if kind == "plan"]
    if not (reviews and plans):
        genre = "plan" if plans else max(kinds, key=lambda kind: len(kind[1]))[0]
        if plans and kinds[-1][0] in _REVIEWS:
            genre = kinds[-1][0]
        return TitleTime(genre, _said(title), draft=_is_draft(title))
    period = _said(reviews[0])
    year = last_year(period)
    ahead = next(filter(None, (_said(text, year) for text in plans)), "")
    if not period and ahead:
        # 工作总结及2024年工作计划 reviews the year before.
        planned = last_year(ahead)
        period = str(planned - 1) if planned else ""
    return TitleTime("summary", period, ahead, joined=True, draft=_is_draft(title))


def _is_draft(title: str) -> bool:
    """Whether a plan is put before the congress of the year it is for: 计划（草案）."""
    return cue("draft").search(title) is not None


def _said(text: str, year: int | None = None) -> str:
    """The period a part of a title says; 2023年度 and 2023 alone are years too."""
    text = FIRST_QUARTER_ALONE.sub(FIRST_QUARTER, text)
    text = HALF_ALONE.sub(FIRST_HALF, re.sub("(?<=年)度", "", text))
    said = read_time(text, year)
    if _YEAR_ALONE.fullmatch(said):
        # 2024年某局上半年工作总结: the half stands apart from its year.
        said = read_time(text, int(said)) or said
    if said:
        return said
    alone = _YEAR_ALONE.search(text)
    return alone[1] if alone else read_plan(text)


def plan_after(period: str) -> str:
    """What a report on a period plans for: the second half after the first, else the next year."""
    year = last_year(period)
    if year is None:
        return ""
    if period.endswith(_FIRST_HALF):
        return f"{year}-07-01/{year}-12-31"
    return str(year + 1)
