"""Titles of honour, which hold no area, no body and no group: 获评“四川省优秀法官”, 评为优秀公安基层单位."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, matches
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words_of as words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import acting
from policygraph.ontology.vocabulary import word_cache

_TITLE = r"“[^“”\n]{2,30}”"
# Of a longer list the last fifty: no start looks further, or a line of titles would take quadratic time.
_TITLES = rf"{_TITLE}(?:、?{_TITLE}){{0,49}}+"
_CALLED = WordPattern(rf"(?P<titles>{_TITLES})等?{{title-noun}}")
# What a title in quotation marks holds as part of its name.
_WITHIN = ("Area", "Group", "Organization")


@word_cache
def _quoted() -> re.Pattern[str]:
    """Titles in quotation marks after a verb of honours: 获评“四川省优秀法官”“最美法官”."""
    verbs = alternation((*acting("wins"), *words("title-verb", "awarded")))
    return compiled(rf"(?:{verbs})[\u4e00-\u9fff0-9]{{0,10}}?(?P<titles>{_TITLES})")


@word_cache
def _plain() -> re.Pattern[str]:
    """A title without marks after a verb that only takes one: 评为优秀公安基层单位."""
    sure = (verb for verb in acting("wins") if verb not in words("loose-award"))
    verbs = alternation((*sure, *words("title-verb")))
    return compiled(rf"(?:{verbs})(?P<titles>[\u4e00-\u9fff（）()、]{{2,40}})")


def outside_honours(context: MentionContext, found: Sequence[Mention]) -> list[Mention]:
    """The mentions that are no part of a title of honour."""
    quoted = _Stretches([*_spans(context, _quoted()), *_spans(context, _CALLED)])
    plain = _Stretches(_spans(context, _plain()))
    return [
        mention
        for mention in found
        if not (mention.type in _WITHIN and quoted.hold(mention))
        and not (mention.type == "Group" and mention.count is None and plain.hold(mention))
    ]


def _spans(
    context: MentionContext, pattern: re.Pattern[str] | WordPattern
) -> Iterator[tuple[int, int]]:
    for m in matches(pattern, context):
        yield m.span("titles")


class _Stretches:
    """Stretches of a text; asks in logarithmic time whether one holds a mention."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.reach = list(accumulate((end for _, end in ordered), max))  # the furthest end so far

    def hold(self, mention: Mention) -> bool:
        """Whether a mention lies in one of the stretches."""
        place = bisect_right(self.starts, mention.span.start)
        return place > 0 and mention.span.end <= self.reach[place - 1]
