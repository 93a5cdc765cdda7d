"""Firms of another province, told by it, a short name and their trade: 江苏德邦化工投资…, 浙江|吉利汽车."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygraph.graph.statements import Mention, Span
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.area_forms import is_near, resolve
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.words.characters import LISTED
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name

_PLACES = range(4, 1, -1)  # characters of a province's or a city's short name
_FIRM = WordPattern(r"(?P<stem>[\u4e00-\u9fff]{2}){firm-trade}{1,2}")
# 广东|白云山|投资2亿元, 浙江|荣晟|落户我县: who invests a sum or settles is a firm.
_INVESTS = WordPattern(r"{invests}[约近超]?\d|{settles}")
_LONGEST_VERB = 3  # characters of a verb before a place
_STEMS, _HAN = range(2, 5), compiled("[\u4e00-\u9fff]+")
_MARK = compiled(rf"[，,、。；;：:（“{LISTED}\n]|等|\Z")


def find_placed_firms(context: MentionContext) -> Iterator[Mention]:
    """江苏|德邦|化工 before a verb or a mark, 深圳|华为 before 投资3亿元, in the report of another province."""
    told = [(m.start(), m.end(), m["stem"]) for m in matches(_FIRM, context)]
    for m in matches(_INVESTS, context):
        stems = (context.text[m.start() - n : m.start()] for n in _STEMS)
        told += [(m.start() - len(stem), m.start(), stem) for stem in stems if _HAN.fullmatch(stem)]
    for begin, end, stem in told:
        start = _place_before(context, begin)
        if start is not None and _is_own_word(stem) and _ends(context.text, end):
            entity = organization_entity(context.text[start:end], context.context)
            yield context.mention_of(start, end, entity, rule_name("institution-listed"))


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
            # 引进|江苏德邦化工
            after_verb = lexicon().verb_before(context.text, start, _LONGEST_VERB)
            return start if after_verb or may_begin_name(context.text, start) else None
    return None


def _is_own_word(stem: str) -> bool:
    """德邦, not 石油, 现代 or 沿海: no word of the language stands before the trade."""
    acts = any(len(verb.text) > 1 for verb in lexicon().all_verbs(stem).values())
    known = (*words("groups", "head"), *words("groups", "person"))
    kind = _KIND.search(stem) or stem.endswith(known) or closing("person", "noun-head").search(stem)
    return not acts and not kind and stem not in Register.load().forms()


_KIND = WordPattern(r"{firm-kind}")


def _ends(text: str, at: int) -> bool:
    """Whether a mark, a verb or an adverb follows."""
    follows = lexicon().verb_at(text, at, len(text)) or lexicon().adverb_at(text, at, len(text))
    return bool(follows) or _MARK.match(text, at) is not None
