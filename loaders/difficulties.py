"""What a report tells as a problem or difficulty: 有效需求不足, 帮扶车间规模偏小.

In a chapter of problems, and after words that announce them (存在的主要问题是…), every item is one; after words such
as 清醒认识到, what says that something is lacking; elsewhere only a clause that says so of itself (…矛盾仍然突出, …不及预期).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygraph.graph.statements import Difficulty, Measure, Section, Span
from policygraph.loaders.passage_times import DIFFICULTY, NOTES, Passage
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Clause, Outline
from policygraph.loaders.words.characters import COLONS, HAN_DIGITS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import either
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import vocabulary, word_cache

_STRONG = compiled("[；;]")
_SHORTEST = 4  # characters of what can be a difficulty
_ORDINAL = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:是|[)）、.．])|[①-⑳])"


@word_cache
def _words(role: str) -> str:
    labels = [
        w for c in vocabulary("difficulty-words") if c.value("role") == role for w in c.labels
    ]
    return f"(?:{alternation(labels)})"


@word_cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The words of each role as a pattern; ``alone`` is what tells a difficulty anywhere."""
    found = {role: compiled(_words(role)) for role in ("lacking", "opening", "remedy", "closing")}
    degree, lacking, certain = _words("still"), _words("lacking"), _words("certain")
    exists = either("problem-exists")
    found["alone"] = compiled(
        rf"(?:{certain}|{degree}(?:有|{exists})?[\u4e00-\u9fff]{{0,4}}{lacking}){either('problem-noun')}?$"
        rf"|{_words('undone')}[\u4e00-\u9fff]{{1,8}}$"
    )
    found["cause"] = compiled(_words("cause"))
    item, noun, facing, some = map(_words, ("item", "noun", "facing", "some"))
    found["lead"] = compiled(rf"(?:{_ORDINAL}|{item}|[：:，,、\s　])+")
    found["ordinal"] = compiled(_ORDINAL)
    found["led"] = compiled(rf"{_ORDINAL}|{item}")
    found["exposed"] = compiled(rf"{lacking}(?:等|的)+{some}*{noun}$")
    found["announcing"] = compiled(_announcement(facing, some, noun))
    found["named"] = compiled(f"{noun}|{_words('weakness')}|{_words('shortfall')}")
    found["tail"] = compiled(rf"[，、]?(?<![平中高初相同优])等+(?:{some}*{noun})?$")
    found["listed"] = compiled(rf"{noun}|{_words('listing')}")
    # 发展还面临不少困难和挑战: announces the list, and is no item of it.
    found["announced"] = compiled(rf"{facing}着?{some}*的?{some}?(?:{noun}[和与、]?)+$")
    return found


def _announcement(facing: str, some: str, noun: str) -> str:
    """存在的主要问题是… | 问题主要集中在三个方面：… | 还存在不少困难和问题, in a clause with the colon behind it."""
    some_of = rf"(?:{some}|[的几]|[{HAN_DIGITS}]个?)"
    lead = rf"(?:{facing}着?|{some_of})"
    named, shortfall = f"(?:{noun}|{_words('weakness')})", _words("shortfall")
    nouns = rf"{named}(?:[和与、及以]*(?:{some}|的)*{named})*"
    link = rf"(?:{_words('linking')}(?:[{HAN_DIGITS}几]个?{some})?[：:]?|[：:])"
    return (
        rf"(?P<before>.{{0,60}}?)(?:{lead}+{nouns}{link}|{lead}*{some_of}{nouns}[是有为]"
        rf"|{facing}着?{some}*的?{shortfall}{link}"
        rf"|(?P<there>{facing}着?{lead}*(?:{nouns}|{shortfall})(?:[：:]|$)))"
        rf"|[也但]*{nouns}{link}"
    )


def find_difficulties(text: str, outline: Outline, context: ReportContext) -> list[Difficulty]:
    """The difficulties of a report in reading order."""
    found: list[Difficulty] = []
    headings = [section.heading.start for section in outline.sections]
    ends = [section.heading.end for section in outline.sections]
    paragraphs = [paragraph.start for paragraph in outline.paragraphs]
    opened = -1  # the paragraph in which difficulties are being listed
    announced = -1  # the paragraph in which 存在以下问题。 or 存在的主要问题：一是… stands
    for clauses in _sentences(outline.clauses):
        passage = context.passage_at(start := clauses[0].start)
        head = bisect_left(headings, clauses[0].end) - 1
        if head >= 0 and ends[head] >= clauses[-1].end:
            found += _headed(text, clauses, passage, outline.sections[head])
            continue
        if passage.planned or passage.kind == NOTES:
            continue
        paragraph = bisect_right(paragraphs, start) - 1
        in_chapter = passage.kind == DIFFICULTY
        words = text[start : clauses[-1].end]
        opening = _patterns()["opening"].search(words)
        told = None if in_chapter or opened == paragraph or opening else _announced(text, clauses)
        if told is not None:
            announced = paragraph
        elif announced == paragraph and _patterns()["ordinal"].match(words):
            told = clauses
        if told:
            found += _items(text, _before_closing(text, told), passage.period, "announced")
            continue
        if opening and not in_chapter and opened != paragraph:
            opened = paragraph
            clauses = _after_opening(text, clauses)
        if in_chapter or opened == paragraph:
            kept = _before_closing(text, clauses)
            rule = "chapter" if in_chapter else "listed"
            found += _items(text, kept, passage.period, rule)
            if len(kept) < len(clauses):
                opened = -1
        else:
            found += _alone(text, clauses, passage.period)
    return found


def _headed(
    text: str, clauses: Sequence[Clause], passage: Passage, section: Section
) -> Iterator[Difficulty]:
    """What a heading by itself tells in a chapter of problems."""
    if passage.kind == DIFFICULTY and _is_item(text, section):
        yield from _difficulty(text, clauses[0].start, clauses[-1].end, passage.period, "chapter")


def _is_item(text: str, section: Section) -> bool:
    """（一）基础设施薄弱: whether a heading with nothing under it says that something is lacking."""
    under = text[section.heading.end : section.span_end].strip("。；;，, \u3000\n")
    heading = section.heading.quote
    return not under and bool(section.parent) and bool(_patterns()["lacking"].search(heading))


def _announced(text: str, clauses: Sequence[Clause]) -> list[Clause] | None:
    """What follows 存在的主要问题是 in its sentence, None where none are announced.

    What is done about problems (针对存在的问题：…) or was found by others announces none.
    """
    for place, clause in enumerate(clauses):
        mark = clause.end + (text[clause.end : clause.end + 1] in COLONS)
        named = _patterns()["named"].search(text, clause.start, mark)
        said = _patterns()["announcing"].match(text[clause.start : mark]) if named else None
        if said is None or _patterns()["remedy"].search(said["before"] or ""):
            continue
        rest = list(clauses[place + 1 :])
        if said["there"] and not _leads_on(text, rest, colon=mark > clause.end):
            continue
        start = clause.start + said.end()
        return [replace(clause, start=start), *rest] if start < clause.end else rest
    return None


def _leads_on(text: str, rest: Sequence[Clause], *, colon: bool) -> bool:
    """Whether items follow where problems are only said to be there: in the sentence (主要是…, 一是…) or after it."""
    return colon or not rest or _patterns()["led"].match(text, rest[0].start) is not None


def _sentences(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """The clauses sentence by sentence."""
    sentence: list[Clause] = []
    for clause in clauses:
        if sentence and sentence[0].sentence != clause.sentence:
            yield sentence
            sentence = []
        sentence.append(clause)
    if sentence:
        yield sentence


def _after_opening(text: str, clauses: list[Clause]) -> list[Clause]:
    """What follows 我们清醒认识到…主要是: the opening itself names no difficulty of its own."""
    place = next(
        at for at, c in enumerate(clauses)
        if _patterns()["opening"].search(text, c.start, c.end)
    )  # fmt: skip
    # …仍面临不少困难和挑战，主要是：what follows the colon is the list.
    lists = [
        at
        for at, clause in enumerate(clauses)
        if text[clause.end : clause.end + 1] in COLONS
        and _patterns()["listed"].search(_quote(text, clause))
    ]
    return clauses[max([place, *lists[:1]]) + 1 :]


def _quote(text: str, clause: Clause) -> str:
    return text[clause.start : clause.end]


def _before_closing(text: str, clauses: list[Clause]) -> list[Clause]:
    """The clauses before the one with which the report turns to what it will do."""
    closing = _patterns()["closing"]
    for place, clause in enumerate(clauses):
        if closing.search(text, clause.start, clause.end):
            return clauses[:place]
    return clauses


def _items(text: str, clauses: list[Clause], period: str, rule: str) -> Iterator[Difficulty]:
    """The items of a list: between ；, else as many clauses as it takes to say what is lacking."""
    if not clauses:
        return
    parts = _STRONG.search(text, clauses[0].start, clauses[-1].end) is not None
    item: list[Clause] = []
    for place, clause in enumerate(clauses):
        item.append(clause)
        done = place + 1 == len(clauses)
        if parts:
            done = done or _STRONG.match(text, clause.end) is not None
        elif not done:
            done = (
                _patterns()["lacking"].search(text, item[0].start, clause.end) is not None
                or _patterns()["ordinal"].match(text, clauses[place + 1].start) is not None
            )
        if done:
            yield from _difficulty(text, item[0].start, clause.end, period, rule)
            item = []


def _difficulty(text: str, start: int, end: int, period: str, rule: str) -> Iterator[Difficulty]:
    """A difficulty without its ordinal, where it says that something is lacking or hard."""
    lead = _patterns()["lead"].match(text, start, end)
    begin = lead.end() if lead else start
    if rule != "clause" and (tail := _patterns()["tail"].search(text[begin:end])):
        end = begin + tail.start()
    lacks = _patterns()["lacking"].search(text, begin, end) is not None
    met = _patterns()["remedy"].search(text, begin, end) is not None
    told = rule in ("chapter", "clause") or lacks or (rule == "announced" and not met)
    if rule == "listed" and _patterns()["announced"].search(text[begin:end]):
        return
    if end - begin >= _SHORTEST and told:
        yield Difficulty(Span(begin, end, text[begin:end]), period, f"difficulty/{rule}")


def _alone(text: str, clauses: Sequence[Clause], period: str) -> Iterator[Difficulty]:
    """…结构性矛盾仍然突出: a clause that tells a difficulty wherever it stands."""
    for place, clause in enumerate(clauses):
        words = _quote(text, clause)
        told = _patterns()["alone"].search(words) or _patterns()["exposed"].search(words)
        if told and not _patterns()["remedy"].search(words):
            # 因征地受阻，|环城路建设进展缓慢: why belongs to it.
            first = clauses[place - 1] if place else clause
            caused = _patterns()["cause"].match(text, first.start, first.end) is not None
            start = first.start if caused else clause.start
            yield from _difficulty(text, start, clause.end, period, "clause")


def without_difficulties(
    measures: Sequence[Measure], difficulties: Sequence[Difficulty]
) -> list[Measure]:
    """The measures outside all difficulties: what is told as a problem is none."""
    starts = [difficulty.span.start for difficulty in difficulties]
    kept = []
    for measure in measures:
        place = bisect_right(starts, measure.span.end - 1) - 1
        if place < 0 or difficulties[place].span.end <= measure.span.start:
            kept.append(measure)
    return kept
