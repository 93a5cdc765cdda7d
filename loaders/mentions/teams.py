"""Teams named by their campaign or sent to help another area: “清风行动”工作专班, 福建省援宁工作队."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.area_forms import area_start
from policygraph.loaders.mentions.mention_context import MentionContext, matches, unquoted
from policygraph.loaders.words.cues import WordPattern
from policygraph.ontology.rules import rule_name

_QUOTED = WordPattern(r"“[^“”，。、\n]{2,20}”{team}")
_SENT = WordPattern(r"[对口]{0,2}支?援[\u4e00-\u9fff]{1,3}?{team}")
_LONGEST_AREA = 10


def find_teams(context: MentionContext) -> Iterator[Mention]:
    """“清风行动”工作专班 | 福建省援宁工作队."""
    for m in matches(_QUOTED, context):
        yield _team(context, m.start(), m.end())
    for m in matches(_SENT, context):
        start = area_start(context, m.start(), _LONGEST_AREA)  # 福建省|援宁工作队: who sends it
        if start is not None:
            yield _team(context, start, m.end())


def _team(context: MentionContext, start: int, end: int) -> Mention:
    entity = organization_entity(unquoted(context.text[start:end]), context.context)
    return context.mention_of(start, end, entity, rule_name("institution-local"))
