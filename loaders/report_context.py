"""Whose report it is and of when: area, reporting period, and the passages that look ahead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.graph.statements import Choice, Span
from policygraph.loaders.passage_times import (
    Passage,
    PassageTimes,
    TimeFrame,
    heading_kinds,
    read_passages,
    tells_plan,
)
from policygraph.loaders.report_area import read_area
from policygraph.loaders.report_time import GOVERNMENT_REPORT, REPORT, plan_after, read_title
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.time import (
    DATE,
    first_year,
    is_period,
    last_year,
    with_digits,
    year_words,
)
from policygraph.ontology.register import Area

_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_DATED = compiled(r"((?:19|20)\d{2})年\d{1,2}月\d{1,2}日")
_PUT_BEFORE = compiled(r"((?:19|20)\d{2})年\d{1,2}月\d{1,2}日[在于]")
_PERIOD = compiled(f"{_DAY}(?:/{_DAY})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The document's area, reporting period and last year, and its passages in reading order.

    ``passages`` are its chapters, ``layers`` those with the finer stretches inside them; ``now`` is
    the year in which a report put before a congress speaks, None for others: from it
    去年 and 今年 are counted. ``locality`` is the town or zone in ``area`` whose report it is;
    ``area_open`` is where the text leaves its area open, ``area_open_why`` what is doubtful there.
    """

    area: Area | None
    period: str
    year: int | None
    issuer: str = ""
    passages: tuple[Passage, ...] = ()
    area_choice: Choice | None = None
    period_choice: Choice | None = None
    now: int | None = None
    layers: PassageTimes | None = None
    locality: str = ""
    area_open: Span | None = None
    area_open_why: str = ""

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds the offset; the whole document where no chapter says more."""
        return self._layers().at(offset)

    def year_at(self, offset: int) -> int | None:
        """The last year of the paragraph that holds the offset, from which 去年 is counted."""
        return last_year(self._layers().at(offset, depth=2).period)

    def _layers(self) -> PassageTimes:
        if self.layers is not None:
            return self.layers
        return PassageTimes(Passage(0, 0, self.period, planned=False), [self.passages])

    @property
    def area_name(self) -> str:
        """The full name of the town or zone, else of the area; empty where it is unknown."""
        return self.locality or (self.area.name if self.area else "")


def read_report_context(
    text: str, outline: Outline, *, area: str = "", period: str = "", issuer: str = ""
) -> ReportContext:
    """Area and period from title, issuer, header and body; what the caller says overrides.

    Raises SourceError where the caller's area or period is none.
    """
    if period and not _PERIOD.fullmatch(period):
        raise SourceError(f"period {period}: write it as 2022, 2022-12 or 2021-10-01/2022-05-31")
    if period and not is_period(period):
        raise SourceError(f"period {period}: there is no such date, or it ends before it begins")
    issuer = issuer or outline.header.issuer
    frame, timed = _time_frame(text, outline, period)
    whose = read_area(text, outline, given=area, issuer=issuer, year=frame.year)
    passages = read_passages(text, outline, frame, turns=frame.spoken)
    now = frame.now if frame.spoken else None
    chapters = tuple(passages.layers[0])
    return ReportContext(
        whose.area,
        frame.period,
        frame.year,
        issuer,
        chapters,
        whose.choice,
        timed,
        now,
        passages,
        whose.locality,
        whose.open_at,
        whose.open_why,
    )


def _time_frame(text: str, outline: Outline, period: str) -> tuple[TimeFrame, Choice | None]:
    """Of when the report is: what its title reviews and plans, else its headings or opening."""
    header = outline.header
    head = text[: header.body_start]
    body = text[header.body_start : header.body_start + 400]
    title = read_title(header.title)
    # A government work report of a year reviews the year before it.
    delivered = _delivered_at(head)
    before_congress = delivered is not None and title.genre == REPORT and not title.period
    earlier = title.genre == REPORT and _tells_year_before(text, outline, last_year(title.period))
    spoken = title.genre == GOVERNMENT_REPORT or before_congress or earlier
    if spoken:
        said, reviewed, now = _spoken_of(text, outline)
    else:
        said = (
            ("title", header.title)
            if title.period
            else _said((("body", _heading_text(outline)), ("body", body)))
        )
        reviewed = title.period or str(first_year(said[1]) or "")
        now = last_year(title.ahead) if title.draft and title.joined else None
        if now is None and delivered and delivered - 1 == last_year(title.period):
            now = delivered  # 某县人民法院2021年工作报告, delivered in 2022
    chosen = Choice("given") if period else _told(text, said) if reviewed else None
    if period:
        now = now if spoken and not last_year(period) else None
    of_when = period or reviewed
    year = last_year(of_when)
    ahead = plan_after(reviewed) if spoken and reviewed else title.ahead or plan_after(of_when)
    if now is not None:
        speaks: int | None = now
    else:
        speaks = year + 1 if spoken and year else year
    as_speech = spoken or now is not None
    return TimeFrame(of_when, ahead, year, speaks, title.genre == "plan", as_speech), chosen


def _spoken_of(text: str, outline: Outline) -> tuple[tuple[str, str], str, int | None]:
    """Where a report that was delivered says its year, what it reviews, and the year it speaks in."""
    header = outline.header
    head = text[: header.body_start]
    said = _said((("title", header.title), ("header", head)))
    now = _delivered(head, first_year(said[1]))
    review = _review(outline)
    if first_year(review):
        # 一、2023年工作回顾 says it itself, whatever year the title bears.
        return ("body", review), str(first_year(review)), now
    if now and (_at_end_of(head, now) or _reviews_own_year(text, outline, now)):
        return ("body", text[header.body_start :]), str(now), now + 1
    return said, str(now - 1) if now else "", now


def _at_end_of(head: str, year: int) -> bool:
    """Whether a report was given in the last quarter of a year, which it reviews: ——2021年12月28日在…会议上."""
    said = DATE.search(with_digits(head))
    return said is not None and int(said[1]) == year and int(said[2]) > _THIRD_QUARTER


def _delivered_at(head: str) -> int | None:
    """The year in which a report was put before a meeting: ——2022年1月8日在…会议上."""
    said = _PUT_BEFORE.search(head)
    return int(said[1]) if said else None


_THIRD_QUARTER = 9  # its last month
_OPENING_SENTENCES = 4  # among which a report says the year that it reviews


def _reviews_own_year(text: str, outline: Outline, year: int) -> bool:
    """Whether a report of a year tells that year as done and the next as planned, and was not given in it.

    咸宁市2023年政府工作报告: 2023年，全市生产总值增长5.3%。… 2024年计划新增就业3万人。
    """
    dated = _DATED.search(text[: outline.header.body_start])
    if dated is not None and int(dated[1]) == year:
        return False
    told = [with_digits(text[start:end]).lstrip() for start, end in outline.sentences]
    opening = told[:_OPENING_SENTENCES]
    done = any(s.startswith(f"{year}年") and not tells_plan(s) for s in opening)
    ahead = f"{year + 1}年"
    return done and any(s.startswith(ahead) and tells_plan(s) for s in told)


def _tells_year_before(text: str, outline: Outline, year: int | None) -> bool:
    """Whether a report bears the year it was given in: 某高级人民法院工作报告（2010年） opens 2009年，….."""
    if year is None:
        return False
    told = [with_digits(text[start:end]).lstrip() for start, end in outline.sentences]
    dated = (s for s in told[:_OPENING_SENTENCES] if s.startswith((f"{year - 1}年", f"{year}年")))
    first = next(dated, "")
    return first.startswith(f"{year - 1}年") and not tells_plan(first)


def _delivered(head: str, year: int | None) -> int | None:
    """The year in which a report speaks: 1985年政府工作报告, given on 10 April 1986, speaks in 1986."""
    dated = _DATED.search(head)
    later = dated is not None and year is not None and int(dated[1]) == year + 1
    return year + 1 if year is not None and later else year


def _told(text: str, said: tuple[str, str]) -> Choice:
    """Where the period was told, and the words of the year in it."""
    source, words = said
    return Choice(source, _span_of(text, year_words(words), max(0, text.find(words))))


def _review(outline: Outline) -> str:
    """The heading of the chapter that looks back, empty where none says so."""
    headings = [section.heading.quote for section in outline.sections if section.level == 1]
    return next((h for h in headings if "review" in heading_kinds(h)), "")


def _said(texts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The first of some texts that names a year, and where it stands."""
    return next((each for each in texts if first_year(each[1])), ("", ""))


def _span_of(text: str, words: str, start: int = 0) -> Span | None:
    at = text.find(words, start) if words else -1
    return Span(at, at + len(words), words) if at >= 0 else None


def _heading_text(outline: Outline) -> str:
    return " ".join(section.heading.quote for section in outline.sections[:1])
