"""Firms of another province, told by it, a short name and their trade: 江苏德邦化工投资…, 浙江|吉利汽车."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policygraph.graph.statements import Mention, Span
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.area_forms import is_near, resolve
from policygraph.loaders.mentions.mention_context import MentionContext, matches
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.words.characters import LISTED
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name

_PLACES = range(4, 1, -1)  # characters of a province's or a city's short name
_FIRM = WordPattern(r"(?P<stem>[\u4e00-\u9fff]{2}){firm-trade}{1,2}")
_MARK = re.compile(rf"[，,、。；;：:（“{LISTED}\n]|等|\Z")


def find_placed_firms(context: MentionContext) -> Iterator[Mention]:
    """江苏|德邦|化工 before a verb or a mark, in the report of another province."""
    for m in matches(_FIRM, context):
        start = _place_before(context, m.start())
        if start is None or not _is_own_word(m["stem"]) or not _ends(context.text, m.end()):
            continue
        entity = organization_entity(context.text[start : m.end()], context.context)
        yield context.mention_of(start, m.end(), entity, rule_name("institution-listed"))


def with_place(context: MentionContext, firm: Mention) -> Mention:
    """浙江|吉利汽车: a firm that is known, with the province of its seat, where something of it is told."""
    start = _place_before(context, firm.span.start)
    if start is None or firm.rule != rule_name("institution-known"):
        return firm
    end = firm.span.end
    return replace(firm, span=Span(start, end, context.text[start:end]))


def _place_before(context: MentionContext, at: int) -> int | None:
    """Where the short name of a province or a city of another province stands right before."""
    for length in _PLACES:
        start = at - length
        form = context.text[max(context.start, start) : at]
        if start < context.start:
            continue
        area = resolve(context, form, context.context.area) if len(form) == length else None
        far = area is not None and area.level in ("province", "prefecture")
        if area is not None and area.name != form and far and not is_near(context, area):
            begins = may_begin_name(context.text, start) or _ends_verb(context.text, start)
            return start if begins else None
    return None


def _ends_verb(text: str, at: int) -> bool:
    """引进|江苏德邦化工."""
    return any(text[at - n : at] in lexicon().verbs for n in (2, 3))


def _is_own_word(stem: str) -> bool:
    """德邦, not 石油, 现代 or 沿海: no word of the language stands before the trade."""
    acts = any(len(verb.text) > 1 for verb in lexicon().all_verbs(stem).values())
    return not acts and not _KIND.search(stem) and stem not in Register.load().forms()


_KIND = WordPattern(r"{firm-kind}")


def _ends(text: str, at: int) -> bool:
    """Whether a mark, a verb or an adverb follows."""
    follows = lexicon().verb_at(text, at, len(text)) or lexicon().adverb_at(text, at, len(text))
    return bool(follows) or _MARK.match(text, at) is not None
