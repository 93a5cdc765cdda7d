"""The numbers that are no figures, each with the reason: with the figures, every number is accounted for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Exclusion, Figure, Mention, Span
from policygraph.loaders.numbers import Skipped
from policygraph.loaders.words.characters import DIGITS, HAN_NUMERALS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import CLOCK, SEASONS, SPAN_WORDS, YEAR_ALONE
from policygraph.loaders.words.units import unit_dimensions
from policygraph.ontology.vocabulary import word_cache

_DIGITS = compiled(rf"[{DIGITS}]+(?:[.．,][{DIGITS}]+)*")
_HAN = f"(?<![{HAN_NUMERALS}])[{HAN_NUMERALS}]{{1,12}}"
_ITEM = compiled(
    r"(?:^|(?<=[\n\t　。；：，]))[ 　(（]{0,4}[0-9０-９]{1,3}(?=[.．、)）](?![0-9]))", re.MULTILINE
)
_CIRCLED = compiled(r"[①-⑳⑴-⒇]")
_DURATION = compiled(
    rf"(?:[-—–~～至到]{{1,2}}[{DIGITS}]{{1,3}})?[多余几]?个?(?:{SEASONS}|[年月天日季])"
)
_FIXED = WordPattern(r"{first-place|first|doubled|over-half}|翻[一两]番")
_VAGUE = compiled("(?<![以之年月路线])[数几上][十百千万亿]{1,4}(?![方分])")  # 惠及|数十万|群众


@word_cache
def _numerals() -> re.Pattern[str]:
    """A Chinese numeral with a counting word: 三项, 五年, 一批."""
    units = alternation(unit for unit in unit_dimensions() if unit != "方")
    return compiled(rf"(?:第[{HAN_NUMERALS}]{{1,12}}|{_HAN})[多余几来]?(?P<unit>{units})")


def find_exclusions(
    text: str,
    body_start: int,
    notes_start: int,
    figures: Sequence[Figure],
    skipped: Sequence[Skipped],
    mentions: Sequence[Mention],
) -> list[Exclusion]:
    """The exclusions of a report in reading order: with its figures they hold every number."""
    taken = _Spans([(f.span.start, f.span.end) for f in figures])
    found = [
        (s.start, s.end, s.reason)
        for s in skipped
        if not taken.holds(s.start, s.end) and _holds_number(text, s.start, s.end)
    ]
    taken = _Spans([*taken.spans, *((start, end) for start, end, _ in found)])
    named = _Spans([(m.span.start, m.span.end) for m in mentions if m.type != "Group"])
    for start, end, reason in _others(text, body_start, named):
        if not taken.holds(start, end):
            found.append((start, end, "note" if start >= notes_start else reason))
    return [
        Exclusion(Span(start, end, text[start:end]), reason)
        for start, end, reason in sorted(set(found))
    ]


def _holds_number(text: str, start: int, end: int) -> bool:
    """Whether a name or a title holds a number at all: “832”平台 does, “一带一路” does not."""
    return any(p.search(text, start, end) for p in (_DIGITS, _numerals(), _FIXED))


def _others(text: str, body_start: int, named: _Spans) -> Iterator[tuple[int, int, str]]:
    """What the reader of numbers passed over, and why."""
    yield from _other_digits(text, body_start, named)
    for match in _CIRCLED.finditer(text):
        yield *match.span(), "heading"
    yield from _other_numerals(text, body_start, named)
    vague = (
        m for m in _VAGUE.finditer(text) if not _numerals().search(text, m.start(), m.end() + 2)
    )
    for match in (*_FIXED.finditer(text), *vague):
        yield *match.span(), "header" if match.start() < body_start else "summing"


def _other_digits(text: str, body_start: int, named: _Spans) -> Iterator[tuple[int, int, str]]:
    """Runs of digits, and why each is no figure."""
    items = _Spans([m.span() for m in _ITEM.finditer(text)])
    times = _Spans([m.span() for m in CLOCK.finditer(text)])
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if start < body_start:
            yield start, end, "header"
        elif items.holds(start, end):
            yield start, end, "heading"
        elif named.holds(start, end):
            yield start, end, "proper"
        elif times.holds(start, end):
            yield start, end, "date"
        elif YEAR_ALONE.fullmatch(match[0]):
            yield start, end, "year"
        elif _DURATION.match(text, end):
            yield start, end, "duration"
        else:
            yield start, end, "bare"


def _other_numerals(text: str, body_start: int, named: _Spans) -> Iterator[tuple[int, int, str]]:
    """Chinese numerals with a counting word, and why each is no figure."""
    for match in _numerals().finditer(text):
        start, end = match.span()
        if start < body_start:
            yield start, end, "header"
        elif named.holds(start, end):
            yield start, end, "proper"
        elif text[start] == "第" or (match["unit"] == "大" and end - start > 2):  # 二十大
            yield start, end, "ordinal"
        elif match["unit"][0] in SPAN_WORDS:
            yield start, end, "duration"
        else:
            yield start, end, "summing"


class _Spans:
    """Stretches of a text; asks in logarithmic time whether one holds another."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]
        self.reach: list[int] = []
        far = 0
        for _, end in self.spans:
            far = max(far, end)
            self.reach.append(far)

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch that begins at or before ``start`` reaches to ``end``."""
        place = bisect_right(self.starts, start) - 1
        return place >= 0 and self.reach[place] >= end
