"""Where a name begins: from its last word back over the words that belong to it."""

from __future__ import annotations

import re

from policygraph.loaders.mentions.mention_context import MentionContext, heads
from policygraph.loaders.words.characters import GRADES, JOINTS
from policygraph.loaders.words.cues import WordPattern, either, words_of
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import YEAR_ANYWHERE, YEAR_LEADING
from policygraph.ontology.vocabulary import word_cache

REACH = 40
_NAME = re.compile(r"[\u4e00-\u9fff0-9A-Za-z+·－—（）()-]*\Z")
# Verbs after 全省 that show it is the subject, not the first word of a meeting's name.
_HOLDING = WordPattern(r"{holding}")
_OPENING = WordPattern(r"(?!{in-name}){before-name|never-in-name}")


@word_cache
def _edges() -> re.Pattern[str]:
    """Words of names first, so that 以工代赈 hides its 以; only the named group is an edge."""
    edges = alternation(words_of("never-in-name", "name-break"))
    ends = alternation(head for kind in ("Programme", "Platform", "Event") for head in heads(kind))
    return re.compile(f"{either('in-name')}|(?P<edge>{edges}|(?:{ends})[{JOINTS}])")


def phrase_start(context: MentionContext, head: int, floor: int, *, wide: bool = False) -> int:
    """The offset where the name that ends in the word at ``head`` begins.

    ``floor`` is the earliest place looked at. ``wide`` names (events, platforms) keep 全国, 全省
    and a year before them; other names leave these outside.
    """
    text = context.text
    floor = max(floor, head - REACH)
    window = text[floor:head]
    quote = window.rfind("”")
    opened = window.rfind("“")
    if quote > opened:
        begin = window.rfind("“", 0, quote)
        tail = _after_edges(context, floor + quote + 1, head)
        before = floor + begin
        if begin >= 0 and tail == floor + quote + 1 and _NAME.fullmatch(window[quote + 1 :]):
            if before > floor and text[before - 1] in JOINTS and not _ends_list(text, before):
                return phrase_start(context, before - 1, floor, wide=wide)
            return before
        floor += quote + 1
    begin = _run(text, floor, head)
    if wide:
        if text[head] == "年" and text[head - 4 : head].isdigit():
            return head - 4
        pointed = text[begin] == "全" and text.startswith(class_words("pointed"), begin)
        if pointed and not _HOLDING.search(text, begin, head):
            return begin
        dated = YEAR_ANYWHERE.search(text, begin, head)
        if dated:
            return dated.start()
    return _trim(text, _after_edges(context, begin, head), head, wide=wide)


def _ends_list(text: str, at: int) -> bool:
    """Whether 和 before ``at`` follows the last word of another name (…试点和“…”)."""
    return any(
        match.end() == at and match["edge"] for match in _edges().finditer(text, max(0, at - 8), at)
    )


def _run(text: str, floor: int, head: int) -> int:
    """Back over the characters that names are made of."""
    name = _NAME.search(text[floor:head])
    return floor + (name.start() if name else 0)


def _after_edges(context: MentionContext, begin: int, head: int) -> int:
    """Past the last verb that is never inside a name, and past the last counted number."""
    text = context.text
    for match in _edges().finditer(text, begin, head):
        if match["edge"]:
            begin = match.end()
    for at in range(head, begin, -1):
        number = context.ends.get(at)
        if number is not None and text[number.start].isdigit() and text[at : at + 1] not in GRADES:
            return at
    return begin


def _trim(text: str, start: int, head: int, *, wide: bool) -> int:
    """Past the verbs and adverbs that stand before a name."""
    while start < head:
        if text.startswith(class_words("pointed"), start):
            if wide and text[start] == "全":
                return start
            start += 2
            continue
        match = _OPENING.match(text, start, head)
        if match is None and not wide:
            match = YEAR_LEADING.match(text, start, head)
        if match is None:
            return start
        start = match.end()
    return start


def list_start(context: MentionContext, start: int, head: int) -> int:
    """疫情影响调度、通报和重要情况报告制度: one name where 、 and 和 share the last word."""
    text = context.text
    if text[start - 1 : start] != "、" or not set(text[start:head]) & set(JOINTS):
        return start
    floor = max(context.start, start - REACH)
    begin = floor
    for match in _edges().finditer(text, floor, start - 1):
        if match["edge"]:
            begin = match.end()
    stretch = text[begin : start - 1]
    return begin if begin > floor and re.fullmatch(r"[\u4e00-\u9fff、]{2,}", stretch) else start
