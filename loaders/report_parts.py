"""The parts of a report's file that are not the report: notes and glossaries after its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import vocabulary, word_cache

_LONGEST_HEADING = 40
_FEWEST_NOTES = 2
_LAST_PART = 0.4  # of the text, before which 注： stands under a table
# [1]粮食产量：指… | ① “三高四新”：… | 1.“双一流”：是指…
_NOTE = WordPattern(
    r"[ 　]*(?:[\[［【〔(（]\d{1,3}[\]］】〕)）]|[①-⑳]|\d{1,3}[.．、 ])[ 　]*[“\"《]?[^。\n]{1,60}?"
    r"(?:[：:]|，指|{gloss})"
)
_CHAPTER = compiled(r"[ 　]*[一二三四五六七八九十]{1,3}、")
_SHORT = WordPattern(r"[ 　]*{remark}[ 　]*[：:]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph ``[start, end)`` without the white space around it."""

    start: int
    end: int


@word_cache
def _heading() -> re.Pattern[str]:
    """A line that heads a glossary: 名词解释 | 附件：《政府工作报告》有关名词解释 | 注释："""
    labels = [
        label
        for concept in vocabulary("chapters")
        if concept.value("chapter") == "notes"
        for label in concept.labels
    ]
    return compiled(
        rf"[ 　]*(?:[一二三四五六七八九十]{{1,3}}、|{either('appendix')}[\d一二三四]?[：:、 　]*)?[^。；;，,\n]{{0,24}}?"
        rf"(?:{alternation(labels)})[）)》】\]]?[ 　]*(?P<mark>[：:]?)[ 　]*"
    )


def find_notes(text: str, paragraphs: tuple[Paragraph, ...]) -> int:
    """Where the notes or glossary at the end begin, beyond any text where there are none.

    They begin at their heading in the last part of the text, else where only notes follow.
    """
    if not paragraphs:
        return 1 << 60
    first = paragraphs[0].start + _LAST_PART * (paragraphs[-1].end - paragraphs[0].start)
    chaptered = max((p.start for p in paragraphs if _CHAPTER.match(text, p.start)), default=-1)
    for place, paragraph in enumerate(paragraphs):
        rest = paragraphs[place + 1 :]
        noted = rest and all(_NOTE.match(text, each.start, each.end) for each in rest)
        if (noted or paragraph.start >= first) and _is_heading(text, paragraph, chaptered):
            return paragraph.start
    trailing = 0
    for paragraph in reversed(paragraphs):
        if not _NOTE.match(text, paragraph.start, paragraph.end):
            break
        trailing += 1
    if trailing >= _FEWEST_NOTES and trailing < len(paragraphs):
        start = paragraphs[-trailing].start
        # A list of measures ends many a report; notes say what a word means.
        meant = text.count("指", start) >= trailing
        return start if meant else 1 << 60
    return 1 << 60


def _is_heading(text: str, paragraph: Paragraph, chaptered: int) -> bool:
    """Whether the notes begin here; 注： does so only after the last numbered chapter."""
    match = _heading().match(text, paragraph.start, paragraph.end)
    if match and (match.end() == paragraph.end or match["mark"]):
        return paragraph.end - paragraph.start <= _LONGEST_HEADING or bool(match["mark"])
    short = _SHORT.match(text, paragraph.start, paragraph.end)
    return short is not None and paragraph.start > chaptered


def notes_heading_end(text: str, paragraph: Paragraph) -> int:
    """Where the heading of the notes ends: at its colon, else with its line or its first mark."""
    for pattern in (_heading(), _SHORT):
        match = pattern.match(text, paragraph.start, paragraph.end)
        if match:
            return match.end()
    mark = compiled(r"[\[［【〔(（]?\d{1,3}[\]］】〕)）.．、]?|[①-⑳]").match(text, paragraph.start)
    return mark.end() if mark else paragraph.end
