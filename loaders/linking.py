"""Which of the things a report mentions some words mean: objects, targets, scopes, a person's posts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygraph.graph.statements import Entity, Mention, Reference
from policygraph.loaders.entities import area_named, country, home_entity, named_entity
from policygraph.loaders.report_context import ReportContext
from policygraph.ontology.register import Register

NOTHING = Reference()
_BETWEEN_POSTS = "、 　"
# How many posts before a name are looked at: 省委副书记、省政府党组书记、省长王忠林.
_MOST_POSTS = 3


class Linker:
    """The mentions of one report, found by name, by their words and by place."""

    def __init__(self, mentions: Sequence[Mention], context: ReportContext) -> None:
        self.context = context
        self.mentions = sorted(mentions, key=lambda mention: mention.span.start)
        self.starts = [mention.span.start for mention in self.mentions]
        self.entities_by_name: dict[str, Entity] = {}
        self.entities_by_quote: dict[str, Entity] = {}
        for mention in self.mentions:
            self.entities_by_name.setdefault(mention.name, mention.entity)
            self.entities_by_quote.setdefault(mention.span.quote, mention.entity)
        self.home = home_entity(context)

    def part(self, words: str, start: int, end: int) -> Reference:
        """The object or target of the clause ``[start, end)``, with the things its words name."""
        if not words:
            return NOTHING
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        found = {
            mention.entity: None
            for mention in self.mentions[first:last]
            if mention.span.quote in words or mention.entity.name in words
        }
        # An object filled from the same sentence stands in another clause.
        if not found and words in self.entities_by_name:
            found = {self.entities_by_name[words]: None}
        return Reference(words, tuple(found))

    def scope(self, words: str, uncounted: str = "") -> Reference:
        """What a figure is taken over: a thing the report mentions, an area, else a group.

        ``uncounted`` are the words without the number before them: 28个国定脱贫县 → 国定脱贫县.
        """
        if not words:
            return NOTHING
        found = self._named(words) or self.entities_by_quote.get(words) or self._named(uncounted)
        return Reference(words, (found or self._unmentioned(words),))

    def _named(self, name: str) -> Entity | None:
        """The thing mentioned under a name; the report's own area and the country need no mention."""
        found = self.entities_by_name.get(name)
        if found is None and self.home is not None and name == self.home.name:
            return self.home
        return country() if found is None and name == country().name else found

    def _unmentioned(self, words: str) -> Entity:
        """What words mean that are no mention: an area by its full name, else a group."""
        candidates = Register.load().candidates(words, self.context.year)
        if any(area.name == words for area in candidates):
            return area_named(words, self.context)
        return named_entity("Group", words, self.context)


def with_posts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a report, in reading order, each person with the posts beside the name."""
    return [
        replace(mention, posts=tuple(_posts_beside(text, mentions, at)))
        if mention.type == "Person"
        else mention
        for at, mention in enumerate(mentions)
    ]


def _posts_beside(text: str, mentions: Sequence[Mention], at: int) -> Iterator[Entity]:
    """The posts that stand directly before or after a name: 省委副书记、省长王忠林."""
    edge = mentions[at].span.start
    for mention in reversed(mentions[max(0, at - _MOST_POSTS) : at]):
        if mention.type != "Post" or text[mention.span.end : edge].strip(_BETWEEN_POSTS):
            break
        yield mention.entity
        edge = mention.span.start
    after = mentions[at + 1] if at + 1 < len(mentions) else None
    if after is not None and after.type == "Post" and after.span.start == mentions[at].span.end:
        yield after.entity
