"""Where a name begins: from its last word back over the words that belong to it."""

from __future__ import annotations

import re

from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import YEAR_ANYWHERE, YEAR_LEADING
from policygraph.ontology.vocabulary import word_cache

REACH = 40
_NAME = re.compile(r"[\u4e00-\u9fff0-9A-Za-z+·－—（）()-]*\Z")
_POINTED = (
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "我国",
    "我省",
    "我市",
    "我县",
    "我区",
    "我州",
)
# Verbs after 全省 that show it is the subject, not the first word of a meeting's name.
_HOLDING = re.compile(r"举办|举行|召开|组织|参加|开展|承办|性")
_JOINED = "和与及"


@word_cache
def _strong() -> re.Pattern[str]:
    """Fixed words first, so that 以工代赈 hides its 以; only the named group is an edge."""
    fixed = alternation(words("phrase-edges", "fixed"))
    edges = alternation(words("phrase-edges", "strong") | words("phrase-edges", "particle"))
    heads = alternation(
        words("programme-heads", "head")
        | words("platform-heads", "head")
        | words("event-heads", "head")
    )
    return re.compile(f"(?:{fixed})|(?P<edge>{edges}|(?:{heads})[{_JOINED}])")


@word_cache
def _opening() -> re.Pattern[str]:
    fixed = alternation(words("phrase-edges", "fixed"))
    opening = alternation(words("phrase-edges", "opening") | words("phrase-edges", "strong"))
    return re.compile(f"(?!{fixed})(?:{opening})")


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
            if before > floor and text[before - 1] in _JOINED and not _ends_list(text, before):
                return phrase_start(context, before - 1, floor, wide=wide)
            return before
        floor += quote + 1
    begin = _run(text, floor, head)
    if wide:
        if text[head] == "年" and text[head - 4 : head].isdigit():
            return head - 4
        pointed = text[begin] == "全" and text.startswith(_POINTED, begin)
        if pointed and not _HOLDING.search(text, begin, head):
            return begin
        dated = YEAR_ANYWHERE.search(text, begin, head)
        if dated:
            return dated.start()
    return _trim(text, _after_edges(context, begin, head), head, wide=wide)


def _ends_list(text: str, at: int) -> bool:
    """Whether 和 before ``at`` follows the last word of another name (…试点和“…”)."""
    return any(
        match.end() == at and match["edge"]
        for match in _strong().finditer(text, max(0, at - 8), at)
    )


def _run(text: str, floor: int, head: int) -> int:
    """Back over the characters that names are made of."""
    held = _NAME.search(text[floor:head])
    return floor + (held.start() if held else 0)


def _after_edges(context: MentionContext, begin: int, head: int) -> int:
    """Past the last verb that is never inside a name, and past the last counted number."""
    text = context.text
    for match in _strong().finditer(text, begin, head):
        if match["edge"]:
            begin = match.end()
    for at in range(head, begin, -1):
        number = context.ends.get(at)
        if (
            number is not None
            and text[number.start].isdigit()
            and text[at : at + 1] not in "级期强"
        ):
            return at
    return begin


def _trim(text: str, start: int, head: int, *, wide: bool) -> int:
    """Past the verbs and adverbs that stand before a name."""
    while start < head:
        if text.startswith(_POINTED, start):
            if wide and text[start] == "全":
                return start
            start += 2
            continue
        match = _opening().match(text, start, head)
        if match is None and not wide:
            match = YEAR_LEADING.match(text, start, head)
        if match is None:
            return start
        start = match.end()
    return start


def list_start(context: MentionContext, start: int, head: int) -> int:
    """疫情影响调度、通报和重要情况报告制度: one name where 、 and 和 share the last word."""
    text = context.text
    if text[start - 1 : start] != "、" or not set(text[start:head]) & set(_JOINED):
        return start
    floor = max(context.start, start - REACH)
    begin = floor
    for match in _strong().finditer(text, floor, start - 1):
        if match["edge"]:
            begin = match.end()
    stretch = text[begin : start - 1]
    return begin if begin > floor and re.fullmatch(r"[\u4e00-\u9fff、]{2,}", stretch) else start
