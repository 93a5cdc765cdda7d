"""Whose report it is and of when: area, reporting period, and the passages that look ahead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.graph.statements import Choice, Span
from policygraph.loaders.structure import Outline
from policygraph.ontology.register import Area, Register
from policygraph.ontology.vocabulary import vocabulary, word_cache

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_HAN_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九]{2})年")
_HAN_DIGITS = {c: str(n % 10) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_FIVE_YEAR = re.compile(r"“?十([一二三四五六])五”?")
# 十一五 is 2006–2010, and so on.
_FIVE_YEAR_START = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_NATIONAL = re.compile(r"国务院|全国人民代表大会|中华人民共和国")
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = re.compile(f"{_DAY}(?:/{_DAY})?", re.ASCII)
_PLAN_GENRES = frozenset({"plan"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A chapter's stretch with its own period (ISO 8601) and whether it tells what will be."""

    start: int
    end: int
    period: str
    planned: bool


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The document's area, reporting period and year, and its passages in reading order."""

    area: Area | None
    period: str
    year: int | None
    issuer: str = ""
    passages: tuple[Passage, ...] = ()
    area_choice: Choice | None = None
    period_choice: Choice | None = None

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds the offset; the whole document where no chapter says more."""
        place = bisect_right(self.passages, offset, key=lambda passage: passage.start) - 1
        if place >= 0 and offset < self.passages[place].end:
            return self.passages[place]
        return Passage(0, 0, self.period, planned=False)

    @property
    def area_name(self) -> str:
        """The area's full name, empty where it is unknown."""
        return self.area.name if self.area else ""


def read_report_context(
    text: str, outline: Outline, *, area: str = "", period: str = "", issuer: str = ""
) -> ReportContext:
    """Area and period from title, issuer, header and body; what the caller says overrides.

    Raises SourceError where the caller's area or period is none.
    """
    if period and not _PERIOD.fullmatch(period):
        raise SourceError(f"period {period}: write it as 2022, 2022-12 or 2021-10-01/2022-05-31")
    header = outline.header
    head = text[: header.body_start]
    issuer = issuer or header.issuer
    body = text[header.body_start : header.body_start + 3000]
    heading = _heading_text(outline)
    genre = _genre(header.title)
    # A government work report of a year reviews the year before it.
    if genre == "government-work-report":
        said = _said((("title", header.title), ("header", head)))
        spoken = _first_year(said[1])
        reviewed = spoken - 1 if spoken else None
        review = _review(outline)
        if _first_year(review):
            # 一、2023年工作回顾 says it itself, whatever year the title bears.
            said, reviewed = ("body", review), _first_year(review)
    else:
        said = _said((("title", header.title), ("body", heading), ("body", body[:400])))
        reviewed = _first_year(said[1])
    year = int(period[:4]) if re.match(r"\d{4}", period) else reviewed
    sources = [("title", header.title), ("issuer", issuer), ("header", head), ("body", body)]
    found, where, words = _area([("given", area)] if area else sources, year)
    if area and not found:
        raise SourceError(f"area {area}: not in the register; name a province, city or county")
    chosen = Choice(where, _span_of(text, words)) if found else None
    timed = Choice("given") if period else None
    if not timed and year:
        timed = Choice(said[0], _span_of(text, _year_words(said[1]), max(0, text.find(said[1]))))
    period = period or (str(year) if year else "")
    passages = _passages(text, outline, period, reviewed, genre)
    return ReportContext(found, period, year, issuer, passages, chosen, timed)


def _review(outline: Outline) -> str:
    """The heading of the chapter that looks back, empty where none says so."""
    labels = [label for label, kind in _chapters() if kind == "review"]
    headings = [section.heading.quote for section in outline.sections if section.level == 1]
    return next((h for h in headings if any(label in h for label in labels)), "")


def _said(texts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The first of some texts that names a year, and where it stands."""
    return next((held for held in texts if _first_year(held[1])), ("", ""))


def _year_words(text: str) -> str:
    match = _YEAR.search(text) or _HAN_YEAR.search(text)
    return match[0].strip() if match else ""


def _span_of(text: str, words: str, start: int = 0) -> Span | None:
    at = text.find(words, start) if words else -1
    return Span(at, at + len(words), words) if at >= 0 else None


def _heading_text(outline: Outline) -> str:
    return " ".join(section.heading.quote for section in outline.sections[:1])


def _first_year(text: str) -> int | None:
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    spelled = _HAN_YEAR.search(text)
    return int("20" + "".join(_HAN_DIGITS[c] for c in spelled[1])) if spelled else None


@word_cache
def _genres() -> tuple[tuple[str, str], ...]:
    pairs = [(label, c.key) for c in vocabulary("genres") for label in c.labels]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _genre(title: str) -> str:
    return next((key for label, key in _genres() if label in title), "")


@word_cache
def _chapters() -> tuple[tuple[str, str], ...]:
    pairs = [(label, c.value("chapter")) for c in vocabulary("chapters") for label in c.labels]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _passages(
    text: str, outline: Outline, period: str, reviewed: int | None, genre: str
) -> tuple[Passage, ...]:
    """One passage a chapter: 一、2024年工作回顾 | 二、2025年工作安排 | “十四五”时期工作回顾."""
    passages: list[Passage] = []
    planned = genre in _PLAN_GENRES
    for section in outline.sections:
        if section.level != 1:
            continue
        heading = section.heading.quote
        kind = next((kind for label, kind in _chapters() if label in heading), "")
        ahead = planned or kind == "plan" or bool(passages and passages[-1].planned)
        if kind == "review":
            ahead = False
        own = _first_year(heading)
        plan = _FIVE_YEAR.search(heading)
        if own:
            said = str(own)
        elif plan and not own:
            first = _FIVE_YEAR_START[plan[1]]
            said = f"{first}/{first + 4}"
        elif ahead and reviewed and not planned:
            said = str(reviewed + 1)
        else:
            said = period
        passages.append(Passage(section.span_start, section.span_end, said, ahead))
    if genre == "government-work-report" and reviewed and not any(p.planned for p in passages):
        return _turned(text, outline, passages, period, reviewed)
    if not passages and planned:
        return (Passage(0, 1 << 60, period, planned=True),)
    return tuple(passages)


CHAPTER_OPENING = 1500  # characters within which a chapter says that it looks ahead


def _turned(
    text: str, outline: Outline, passages: list[Passage], period: str, reviewed: int
) -> tuple[Passage, ...]:
    """Where no heading tells, what follows 今年经济社会发展主要预期目标 is to be done.

    The turn is at the head of the chapter that says so, else of the paragraph.
    """
    labels = [label for label, kind in _chapters() if kind == "turn"]
    found = [text.find(label, outline.body_start) for label in labels]
    first = min((at for at in found if at >= 0), default=-1)
    if first < 0:
        return tuple(passages)
    # The first chapter looks back, whatever it says of the year to come.
    chapters = [p.start for p in passages[1:] if p.start <= first < p.start + CHAPTER_OPENING]
    paragraphs = [p.start for p in outline.paragraphs if p.start <= first]
    turn = max(chapters or paragraphs or [first])
    ahead = str(reviewed + 1)
    before = Passage(outline.body_start, turn, period, planned=False)
    return (before, Passage(turn, len(text), ahead, planned=True))


LONGEST_FORM = 15


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Area names in full form in reading order, the longest at each place."""
    register = Register.load()
    forms = register.forms()
    at = 0
    while at < len(text) - 1:
        for length in range(min(LONGEST_FORM, len(text) - at), 1, -1):
            form = text[at : at + length]
            if form in forms and register.is_full(form):
                yield at, form
                at += length
                break
        else:
            at += 1


def _area(texts: list[tuple[str, str]], year: int | None) -> tuple[Area | None, str, str]:
    """The area that title, issuer, header or opening name, which of them, and in what words."""
    register = Register.load()
    for source, text in texts:
        if source == "given":
            return register.resolve(text, within=None, year=year), source, ""
        found = _narrowed(text, year)
        whole = _NATIONAL.search(text)
        if whole and (found is None or whole.start() < text.find(found.name[:2])):
            return register.by_code("000000"), source, whole[0]
        if found:
            return found, source, found.name if found.name in text else found.name[:2]
    return None, "", ""


def _narrowed(text: str, year: int | None) -> Area | None:
    """The first area named; 湖北省黄冈市红安县 narrows it down as long as names follow at once."""
    register = Register.load()
    found: Area | None = None
    expected = -1
    for at, form in _places(text):
        if found is not None and at != expected:
            break
        place = register.resolve(form, within=found, year=year)
        if place is not None and (found is None or found in register.ancestors(place, year)):
            found = place
            expected = at + len(form)
        elif found is not None:
            break
    return found
