"""Titles of honour, which hold no area, no body and no group: 获评“四川省优秀法官”, 评为优秀公安基层单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, matches
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words_of as words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import acting
from policygraph.ontology.vocabulary import word_cache

_WINNING = "win"  # the action of those who are honoured
_TITLE = r"“[^“”\n]{2,30}”"
# Of a longer list the last fifty: no start looks further, or a line of titles would take quadratic time.
_TITLES = rf"{_TITLE}(?:、?{_TITLE}){{0,49}}+"
_CALLED = WordPattern(rf"(?P<titles>{_TITLES})等?{{title-noun}}")
# What a title in quotation marks holds as part of its name.
_WITHIN = ("Area", "Group", "Organization")


@word_cache
def _quoted() -> re.Pattern[str]:
    """Titles in quotation marks after a verb of honours: 获评“四川省优秀法官”“最美法官”."""
    verbs = alternation((*acting(_WINNING), *words("title-verb", "awarded")))
    return re.compile(rf"(?:{verbs})[\u4e00-\u9fff0-9]{{0,10}}?(?P<titles>{_TITLES})")


@word_cache
def _plain() -> re.Pattern[str]:
    """A title without marks after a verb that only takes one: 评为优秀公安基层单位."""
    sure = (verb for verb in acting(_WINNING) if verb not in words("loose-award"))
    verbs = alternation((*sure, *words("title-verb")))
    return re.compile(rf"(?:{verbs})(?P<titles>[\u4e00-\u9fff（）()、]{{2,40}})")


def outside_honours(context: MentionContext, found: Sequence[Mention]) -> list[Mention]:
    """The mentions that are no part of a title of honour."""
    quoted = [*_spans(context, _quoted()), *_spans(context, _CALLED)]
    plain = list(_spans(context, _plain()))
    return [
        mention
        for mention in found
        if not (mention.type in _WITHIN and _lies_in(mention, quoted))
        and not (mention.type == "Group" and mention.count is None and _lies_in(mention, plain))
    ]


def _spans(
    context: MentionContext, pattern: re.Pattern[str] | WordPattern
) -> Iterator[tuple[int, int]]:
    for m in matches(pattern, context):
        yield m.span("titles")


def _lies_in(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.span.start and mention.span.end <= end for start, end in spans)
