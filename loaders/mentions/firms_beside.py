"""Firms that only their neighbours in a list tell: 天润曲轴、华东数控入选…, where one of them is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.listed_institutions import is_counted_name, is_name, is_torn
from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.words.characters import JOINTS, NO_FIRM
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.rules import rule_name

_LONGEST = 7
_BEFORE = WordPattern(rf"(?P<name>[\u4e00-\u9fffA-Za-z]{{3,{_LONGEST}}})[、{JOINTS}]\Z")
_AFTER = WordPattern(rf"[、{JOINTS}](?P<name>[\u4e00-\u9fffA-Za-z]{{3,{_LONGEST}}})")
_ENDS = WordPattern(rf"[、{JOINTS}]|等|{{firm-verb}}")
_RULES = (
    "mention/institution/listed",
    "mention/institution/known",
    "mention/institution/full-name",
)


def find_firms_beside(context: MentionContext, kept: Sequence[Mention]) -> Iterator[Mention]:
    """天润曲轴 before and 科达制造 after a firm that is told by its own name."""
    taken = {at for m in kept for at in range(m.span.start, m.span.end)}
    firms = [m for m in kept if m.rule in _RULES and m.span.quote not in class_words("sure-name")]
    for firm in firms:
        for start, end in (_left(context, firm.span.start), _right(context, firm.span.end)):
            name = context.text[start:end]
            place = range(start, end)
            if name and taken.isdisjoint(place) and (_is_firm(name) or is_counted_name(name)):
                taken.update(place)
                entity = organization_entity(name, context.context)
                yield context.mention_of(start, end, entity, rule_name("institution-listed"))


def _left(context: MentionContext, at: int) -> tuple[int, int]:
    """The member before a firm: from a mark or a verb to the 、 before it."""
    m = _BEFORE.search(context.text, max(context.start, at - _LONGEST - 1), at)
    if m is None:
        return 0, 0
    for start in range(m.start("name"), m.end("name") - 2):
        if may_begin_name(context.text, start) and not is_torn(context.text, start):
            return start, m.end("name")
    return 0, 0


def _right(context: MentionContext, at: int) -> tuple[int, int]:
    """The member after a firm: to the next 、, to 等 or to what firms do."""
    m = _AFTER.match(context.text, at)
    if m is None:
        return 0, 0
    start = m.start("name")
    for end in range(start + 3, m.end("name") + 1):
        verb = lexicon().verb_at(context.text, end, len(context.text))
        if _ENDS.match(context.text, end) or (verb is not None and "of-firm" in verb.facets):
            return start, end
    return 0, 0


def _is_firm(name: str) -> bool:
    """Whether characters may be a firm's name: no kind of things and no words of the lexicon."""
    common = (
        name[-1] in NO_FIRM
        or name.endswith(tuple(words("institutions", "ofArea")))
        or name in lexicon().verbs
    )
    return is_name(name) and not common
