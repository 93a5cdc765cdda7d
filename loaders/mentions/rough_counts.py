"""Groups whose count only says about how many: 几十家企业, 上千名群众, 六县（区）. It belongs to them, and not to their name."""

from __future__ import annotations

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext
from policygraph.loaders.words.characters import ORDINALS, OWN_LEVELS, TOWN_LEVELS, VAGUE
from policygraph.loaders.words.compiled import compiled

_REACH = 6
_UNIT = "[个名户家位支所]"
# 几十家, 上千名, 二十来户, 百名
_ABOUT = (
    rf"(?<![第{ORDINALS}\d])(?:上[百千万]|好?[{VAGUE}][十百千万]{{0,2}}|[{ORDINALS}两百千]{{1,3}}来|[百千万](?=[名家户]))"
    rf"[多余]?{_UNIT}"
)
_ABOUT_BEFORE = compiled(rf"{_ABOUT}\Z")
_ABOUT_FIRST = compiled(rf"(?P<near>[近约逾超])?{_ABOUT}(?=[\u4e00-\u9fff]{{2}})")
# 几|十家企业: the rest of a numeral that 几 begins.
_REST = compiled(rf"[十百千万]{{1,2}}[多余]?{_UNIT}")
_LEVELS_COUNTED = compiled(rf"(?<![第{ORDINALS}])[{ORDINALS[1:]}两]\Z")
_LEVELS = compiled(rf"[{OWN_LEVELS}{TOWN_LEVELS}][（(]")


def with_rough_count(context: MentionContext, mention: Mention) -> Mention:
    """A group with the words before it that say about how many it has, and a name without them; any other mention as it is."""
    if mention.type != "Group":
        return mention
    text, start, end = context.text, mention.span.start, mention.span.end
    first = _ABOUT_FIRST.match(mention.span.quote)
    if first is not None:
        name = mention.span.quote[first.end() :]
        return _named(context, start + (first["near"] is not None), mention, name)
    rest = _REST.match(mention.span.quote)
    if rest is not None and text[start - 1 : start] in tuple(VAGUE):
        return _named(context, start - 1, mention, mention.span.quote[rest.end() :])
    head = text[max(context.start, start - _REACH) : start]
    before = _ABOUT_BEFORE.search(head)
    if before is None and _LEVELS.match(mention.name):
        before = _LEVELS_COUNTED.search(head)
    if before is None or mention.count is not None:
        return mention
    return context.mention_of(start - len(before[0]), end, mention.entity, mention.rule)


def _named(context: MentionContext, start: int, mention: Mention, name: str) -> Mention:
    """A group from an offset on by another name, without an exact count."""
    if mention.name != mention.span.quote:
        return context.mention_of(start, mention.span.end, mention.entity, mention.rule)
    return context.mention(start, mention.span.end, "Group", name, mention.rule)
