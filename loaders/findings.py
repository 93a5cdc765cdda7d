"""Doubtful readings: marks, units, namesakes, subjects and sentences that want a second look."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Exclusion, Figure, Finding, Measure, Mention, Span
from policygraph.loaders.figure_checks import doubtful_figures
from policygraph.loaders.indicator_checks import actors_in_indicators
from policygraph.loaders.measures.measure_extractor import LONGEST_CLAUSE
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import vocabulary, word_cache

_MARKS = compiled("[《》（）()“”\n]")
_PAIRS = {"》": "《", "）": "（", ")": "(", "”": "“"}
_OPENING = frozenset(_PAIRS.values())
_AREA_END = compiled("[市县区旗州盟]")
_LONGEST_AREA = 9
_BODIES = frozenset({"Organization", "Group"})

_DELIVERED = WordPattern("{asked-to-review}")


def find_findings(
    text: str,
    outline: Outline,
    context: ReportContext,
    mentions: Sequence[Mention],
    measures: Sequence[Measure],
    figures: Sequence[Figure],
    exclusions: Sequence[Exclusion],
) -> list[Finding]:
    """The findings of a report in reading order."""
    found = [
        *_unbalanced(text),
        *_of_figures(figures),
        *doubtful_figures(figures),
        *actors_in_indicators(figures, mentions, context),
        *_unread(exclusions),
        *_namesakes(text, outline.body_start, context, mentions),
        *_subjects(text, outline),
        *_empty(text, outline, mentions, measures, figures),
        *_skipped(text, outline),
        *_open_area(context),
    ]
    return sorted(found, key=lambda finding: (finding.span.start, finding.code))


def _unbalanced(text: str) -> Iterator[Finding]:
    """二)坚决落实 lacks its opening bracket, 《…管理办法, its closing 》."""
    waiting: list[re.Match[str]] = []
    opened = Counter[str]()
    for match in [*_MARKS.finditer(text), None]:
        if match is None or match[0] == "\n":
            yield from (_mark(mark, "is not closed") for mark in waiting)
            waiting = []
            opened.clear()
        elif match[0] in _OPENING:
            waiting.append(match)
            opened[match[0]] += 1
        elif not opened[_PAIRS[match[0]]]:
            yield _mark(match, "is not opened")
        else:
            while (mark := waiting.pop())[0] != _PAIRS[match[0]]:
                opened[mark[0]] -= 1
                yield _mark(mark, "is not closed")
            opened[mark[0]] -= 1


def _mark(mark: re.Match[str], what: str) -> Finding:
    span = Span(mark.start(), mark.end(), mark[0])
    return Finding(span, "unbalanced-mark", f"{mark[0]} {what} in its paragraph")


_SAYING_NOTHING = ("finishing", "attaining", "up", "down", "degree", "base-time", "leading", "base")


def _names_nothing(figure: Figure) -> bool:
    """实际完成3.2万亩, 同期增长3%: whether all that is said of a number is a verb or a word of time."""
    said = figure.indicator
    mark = len(said) == 1 and not said.isalnum()
    nothing = any(said in words(name) for name in _SAYING_NOTHING)
    return mark or (nothing and said not in words("spent"))


def _of_figures(figures: Sequence[Figure]) -> Iterator[Finding]:
    """改造农村危房8612 says no unit; some numbers stand beside nothing that says what they count."""
    for figure in figures:
        if "unit-missing" in figure.qualifier:
            said = f"read as {figure.unit}" if figure.unit else "left empty"
            yield Finding(figure.span, "unit-missing", f"the unit was dropped; {said}")
        if not figure.indicator:
            yield Finding(figure.span, "indicator-missing", "what it counts could not be read")
        elif figure.indicator in (*words("bare-head"), *words("share")) or _names_nothing(figure):
            message = f"only {figure.indicator} is said; of what could not be read"
            yield Finding(figure.span, "indicator-missing", message)


def _unread(exclusions: Sequence[Exclusion]) -> Iterator[Finding]:
    for exclusion in exclusions:
        if exclusion.reason == "bare":
            message = "neither a unit nor a thing counted; no figure was made of it"
            yield Finding(exclusion.span, "number-unread", message)


def _namesakes(
    text: str, start: int, context: ReportContext, mentions: Sequence[Mention]
) -> Iterator[Finding]:
    """朝阳区 in a national report may be Beijing's or Changchun's."""
    register = Register.load()
    forms = register.forms()
    covered = sorted((m.span.start, m.span.end) for m in mentions)
    starts = [begin for begin, _ in covered]
    for match in _AREA_END.finditer(text, start):
        end = match.end()
        for length in range(min(_LONGEST_AREA, end - start), 2, -1):
            form = text[end - length : end]
            if form not in forms or not register.is_full(form):
                continue
            place = bisect_left(starts, end) - 1
            inside = place >= 0 and covered[place][1] >= end
            candidates = register.candidates(form, context.year)
            live = [area for area in candidates if area.valid(context.year)]
            if len(live) < 2 or inside:
                break
            if register.resolve(form, within=context.area, year=context.year) is None:
                named = "、".join(sorted(_place(area.code) + area.name for area in live)[:4])
                span = Span(end - length, end, form)
                yield Finding(span, "namesake-open", f"may be {named}")
            break


@word_cache
def _place(code: str) -> str:
    above = Register.load().by_code(code[:2] + "0000")
    return above.name if above else ""


@word_cache
def _open_subjects() -> re.Pattern[str]:
    labels = [label for concept in vocabulary("open-subjects") for label in concept.labels]
    return compiled(rf"[\s、和]*(?:省|市|县)?({alternation(labels)})")


def _subjects(text: str, outline: Outline) -> Iterator[Finding]:
    """有关部门出台实施细则: which, the sentence does not say."""
    for clause in outline.clauses:
        match = _open_subjects().match(text, clause.start, clause.end)
        if match and _acts(text, match.end(), clause.end):
            span = Span(match.start(1), match.end(1), match[1])
            yield Finding(span, "subject-unresolved", f"{match[1]} names no one body")


@word_cache
def _verbs() -> re.Pattern[str]:
    return compiled(alternation(verb for verb in lexicon().verbs if len(verb) > 1))


def _empty(
    text: str,
    outline: Outline,
    mentions: Sequence[Mention],
    measures: Sequence[Measure],
    figures: Sequence[Figure],
) -> Iterator[Finding]:
    """A sentence with a body and a verb of action in which nothing was found; no heading."""
    told = sorted([m.span.start for m in measures] + [f.span.start for f in figures])
    bodies = [m for m in mentions if m.type in _BODIES]
    starts = [m.span.start for m in bodies]
    headings = {section.heading.start for section in outline.sections}
    for start, end in outline.sentences:
        if bisect_left(told, start) != bisect_left(told, end) or start in headings:
            continue
        actors = bodies[bisect_left(starts, start) : bisect_left(starts, end)]
        if _DELIVERED.search(text, start, end):
            continue  # 现在，我代表市人民政府，向大会报告工作，请予审议
        if actors and text[end - 1] in "。！!" and _acts(text, actors[0].span.end, end):
            span = Span(start, end, text[start:end])
            message = f"names {actors[0].name} and a verb of action, yet nothing was read"
            yield Finding(span, "nothing-found", message)


def _acts(text: str, start: int, end: int) -> bool:
    return _verbs().search(text, start, end) is not None


def _skipped(text: str, outline: Outline) -> Iterator[Finding]:
    for clause in outline.clauses:
        if clause.end - clause.start > LONGEST_CLAUSE:
            span = Span(clause.start, clause.start + 20, text[clause.start : clause.start + 20])
            message = f"{clause.end - clause.start} characters without a mark; no measures read"
            yield Finding(span, "clause-skipped", message)


def _open_area(context: ReportContext) -> Iterator[Finding]:
    """xx县2022年工作总结: whose report it is, the text leaves open."""
    if context.area_open is not None:
        message = f"whose report it is stays open: {context.area_open_why}"
        yield Finding(context.area_open, "area-open", message)
