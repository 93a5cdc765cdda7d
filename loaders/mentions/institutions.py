"""Universities, companies, banks and associations whose names begin with a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.home_towns import home_town_stems
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, heads, matches
from policygraph.loaders.mentions.phrases import may_begin_name, phrase_start
from policygraph.loaders.words.characters import COMPANION, JOINTS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import Concept, word_cache

_PLAIN = compiled(r"[\u4e00-\u9fff（）()]{2,14}")
# Kinds of schools and firms are no names: 湖北高水平大学, 上海上市公司.
_CLINIC = WordPattern(r"[\u4e00-\u9fff]{0,6}?{clinic}")
_CAMPUS = WordPattern(
    r"（[\u4e00-\u9fff]{2,4}）|[\u4e00-\u9fff]{2,4}{campus}"
    r"|{affiliated}[\u4e00-\u9fff]{0,6}?{affiliated-school}"
)
_PART_OF_HOSPITAL = WordPattern(
    r"{clinic}(?:[\u4e00-\u9fff]{1,3}?{hospital-part}|[东西南北]院(?!区))"
)
_HOSPITAL_REACH = 10
_SHORTEST_RESEARCH = 4
_LONGEST_VERB = 3  # characters of a verb before a place
_RESEARCH_KIND = WordPattern(r"^{research-kind}|{university}|[级个家省市县让的了、]|型$")
_KIND = WordPattern(r"{institution-kind}\Z")
_ZONE_BODY = WordPattern(r"{zone-head}{zone-body}")
_ZONE_REACH = 14
_HAN = compiled("[\u4e00-\u9fff]*")
# 武汉光电国家|实验室
_STATE = WordPattern(r"[\u4e00-\u9fff]{4,}{state}")


@word_cache
def _heads() -> re.Pattern[str]:
    return compiled(alternation(heads("Organization")))


def find_institutions(context: MentionContext) -> Iterator[Mention]:
    """武汉大学 | 中国移动通信集团 | 湖北银行 | 苏皖合作示范区管委会."""
    yield from _zones(context)
    yield from _hospital_parts(context)
    text = context.text
    for m in matches(_heads(), context):
        concept = heads("Organization")[m[0]]
        if text.startswith(concept.properties.get("notBefore", ()), m.end()):
            continue
        if concept.has("research") and text[m.end() : m.end() + 1].isdigit():
            continue  # 产品检测实验室|34487个
        start = phrase_start(context, m.start(), max(context.start, m.start() - 16))
        start = _place_from(text, _past_joint(text, start, m.start(), concept), m.start())
        stem = text[start : m.start()]
        national = concept.has("research") and _STATE.fullmatch(stem)
        plain = _PLAIN.fullmatch(stem) and (national or not _KIND.search(stem))
        named = _is_university(stem, m[0]) or _is_research(context, start, stem, concept)
        if plain and (_placed(stem) or named):
            end = _with_part(text, m.end(), concept) if concept.has("with-branches") else m.end()
            entity = organization_entity(text[start:end], context.context)
            yield context.mention_of(
                start, end, entity, rule_name("institution", concept=concept.key)
            )


def _with_part(text: str, end: int, concept: Concept) -> int:
    """中南大学|湘雅医院, 山东大学|威海校区, 哈尔滨工业大学|（威海）, but 清华大学|启用新校区."""
    clinic = _CLINIC.match(text, end) if concept.has("with-hospitals") else None
    part = clinic or _CAMPUS.match(text, end)
    if part is None:
        return end
    acts = any(len(verb.text) > 1 for verb in lexicon().all_verbs(part[0]).values())
    return end if acts else part.end()


def _hospital_parts(context: MentionContext) -> Iterator[Mention]:
    """安贞医院|通州院区, 朝阳医院|东院: a part of a hospital, whose name needs no place before it."""
    for m in matches(_PART_OF_HOSPITAL, context):
        start = phrase_start(context, m.start(), max(context.start, m.start() - _HOSPITAL_REACH))
        stem = context.text[start : m.start()]
        plain = _PLAIN.fullmatch(stem) and not _KIND.search(stem) and start not in context.ends
        acts = any(verb.has("strong") for verb in lexicon().all_verbs(stem).values())
        if plain and not acts and may_begin_name(context.text, start):
            entity = organization_entity(context.text[start : m.end()], context.context)
            yield context.mention_of(start, m.end(), entity, rule_name("institution-local"))


def _zones(context: MentionContext) -> Iterator[Mention]:
    """苏皖合作示范区管委会 | 高新区管委会: the committee of a zone with its name."""
    text = context.text
    for m in matches(_ZONE_BODY, context):
        start = phrase_start(context, m.start(), max(context.start, m.start() - _ZONE_REACH))
        verb = lexicon().verb_at(text, start, m.start())
        start += len(verb.text) if verb is not None and verb.has("strong") else 0  # 成立|苏皖…
        start -= any(text.startswith(stem, start - 1) for stem in home_town_stems(context))  # 新惠
        name = text[start : m.start()]
        plain = _HAN.fullmatch(name) and may_begin_name(text, start)
        area = context.area_of(name) if name in LEVELS else None
        if plain and lexicon().verb_at(name, 0, len(name)) is None:
            full = area.name + text[m.start() : m.end()] if area else text[start : m.end()]
            entity = organization_entity(full, context.context)
            yield context.mention_of(start, m.end(), entity, rule_name("institution-local"))


def _past_joint(text: str, start: int, head: int, concept: Concept) -> int:
    """威海港与|青岛港集团, 国家医学中心和|区域医疗中心: past the joint after which another place or name begins.

    青岛生物能源与过程研究所 holds 与: after it stands too little for the name of an institute.
    """
    joint = max(text.rfind(char, start, head) for char in JOINTS)
    placed, after = _placed(text[joint + 1 : head]), head - joint - 1
    held = concept.has("research") and after <= _SHORTEST_RESEARCH and _placed(text[start:joint])
    several = concept.has("research") and text.endswith(tuple(heads("Organization")), start, joint)
    apart = placed or several or (text[joint] == COMPANION and not held)
    return joint + 1 if joint > start and apart else start


def _place_from(text: str, start: int, head: int) -> int:
    """Where a place begins after what no name holds: 支援|武汉协和医院; ``start`` where none does."""
    for at in range(start + 1, head - 1):
        if may_begin_name(text, at) and _placed(text[at:head]):
            led = lexicon().verb_before(text, at, _LONGEST_VERB, start + 1)
            return start if _placed(text[start:head]) and not led else at
    return start


def _is_university(stem: str, head: str) -> bool:
    """清华大学, 同济大学: a name of two to five characters that is no kind of universities."""
    verbs = any(len(verb.text) > 1 for verb in lexicon().all_verbs(stem).values())
    return head.endswith(words("university")) and 2 <= len(stem) <= 5 and not verbs


def _is_research(context: MentionContext, start: int, stem: str, concept: Concept) -> bool:
    """天目湖先进储能技术|研究院, 燕赵钢铁|实验室: a name of its own, and no kind of institutes."""
    begins = may_begin_name(context.text, start) and start not in context.ends
    acts = any(
        verb.has("strong") for verb in lexicon().all_verbs(stem).values() if len(verb.text) > 1
    )
    sure = (
        concept.has("research")
        and len(stem) >= _SHORTEST_RESEARCH
        and not _RESEARCH_KIND.search(stem)
    )
    return sure and begins and not acts


def _placed(stem: str) -> bool:
    """Whether the name begins with a place of the register or a word for the nation."""
    return stem.startswith(words("nation")) or Register.load().begins_with_area(stem)
