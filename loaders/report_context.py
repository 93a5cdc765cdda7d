"""Whose report it is and of when: area, reporting period, and the passages that look ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.graph.statements import Choice, Span
from policygraph.loaders.passages import Passage, Passages, Setting, heading_kinds, read_passages
from policygraph.loaders.report_time import GOVERNMENT_REPORT, plan_after, read_title
from policygraph.loaders.structure import Outline
from policygraph.loaders.time_expressions import last_year, with_digits
from policygraph.ontology.register import Area, Register

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_HAN_YEAR = re.compile(r"[一二][九〇○零０][〇○零一二三四五六七八九]{2}年")
_NATIONAL = re.compile(r"国务院|全国人民代表大会|中华人民共和国")
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = re.compile(f"{_DAY}(?:/{_DAY})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The document's area, reporting period and last year, and its passages in reading order.

    ``passages`` are its chapters, ``layers`` those with the finer stretches inside them; ``now`` is
    the year in which a report put before a congress speaks, None for others: from it
    去年 and 今年 are counted.
    """

    area: Area | None
    period: str
    year: int | None
    issuer: str = ""
    passages: tuple[Passage, ...] = ()
    area_choice: Choice | None = None
    period_choice: Choice | None = None
    now: int | None = None
    layers: Passages | None = None

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds the offset; the whole document where no chapter says more."""
        return self._layers().at(offset)

    def year_at(self, offset: int) -> int | None:
        """The last year of the paragraph that holds the offset, from which 去年 is counted."""
        return last_year(self._layers().at(offset, depth=2).period)

    def _layers(self) -> Passages:
        whole = Passage(0, 0, self.period, planned=False)
        return self.layers or Passages(whole, [self.passages])

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
    issuer = issuer or outline.header.issuer
    setting, timed = _setting(text, outline, period)
    found, chosen = _area_of(text, outline, area, issuer, setting.year)
    passages = read_passages(text, outline, setting, turns=setting.spoken)
    now = setting.now if setting.spoken else None
    chapters = tuple(passages.layers[0])
    return ReportContext(
        found, setting.period, setting.year, issuer, chapters, chosen, timed, now, passages
    )


def _area_of(
    text: str, outline: Outline, area: str, issuer: str, year: int | None
) -> tuple[Area | None, Choice | None]:
    header = outline.header
    head = text[: header.body_start]
    body = text[header.body_start : header.body_start + 3000]
    sources = [("title", header.title), ("issuer", issuer), ("header", head), ("body", body)]
    found, where, words = _area([("given", area)] if area else sources, year)
    if area and not found:
        raise SourceError(f"area {area}: not in the register; name a province, city or county")
    return found, Choice(where, _span_of(text, words)) if found else None


def _setting(text: str, outline: Outline, period: str) -> tuple[Setting, Choice | None]:
    """Of when the report is: what its title reviews and plans, else its headings or opening."""
    header = outline.header
    head = text[: header.body_start]
    body = text[header.body_start : header.body_start + 400]
    title = read_title(header.title)
    # A government work report of a year reviews the year before it.
    spoken = title.genre == GOVERNMENT_REPORT
    if spoken:
        said = _said((("title", header.title), ("header", head)))
        now = _first_year(said[1])
        reviewed = str(now - 1) if now else ""
        review = _review(outline)
        if _first_year(review):
            # 一、2023年工作回顾 says it itself, whatever year the title bears.
            said, reviewed = ("body", review), str(_first_year(review))
    else:
        said = ("title", header.title) if title.period else _said(
            (("body", _heading_text(outline)), ("body", body))
        )
        reviewed = title.period or str(_first_year(said[1]) or "")
        now = last_year(title.ahead) if title.draft and title.joined else None
    if period:
        chosen: Choice | None = Choice("given")
        reviewed_year = last_year(period)
        now = now if spoken and not reviewed_year else None
    else:
        words = _year_words(said[1])
        chosen = (
            Choice(said[0], _span_of(text, words, max(0, text.find(said[1])))) if reviewed else None
        )
    held = period or reviewed
    year = last_year(held)
    ahead = plan_after(reviewed) if spoken and reviewed else title.ahead or plan_after(held)
    planned = title.genre == "plan"
    speaks = spoken or now is not None
    return Setting(held, ahead, year, now or year and (year + 1 if spoken else year), planned, speaks), chosen


def _review(outline: Outline) -> str:
    """The heading of the chapter that looks back, empty where none says so."""
    headings = [section.heading.quote for section in outline.sections if section.level == 1]
    return next((h for h in headings if "review" in heading_kinds(h)), "")


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
    match = _YEAR.search(with_digits(text))
    return int(match[1]) if match else None


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
