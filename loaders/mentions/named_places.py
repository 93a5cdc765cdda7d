"""Zones, regions and works with a name of their own: 兰州新区, 粤港澳大湾区, 西延高铁, 古贤水利枢纽."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches, unquoted
from policygraph.loaders.mentions.mention_context import words as class_words
from policygraph.loaders.mentions.phrases import may_begin_name, phrase_start
from policygraph.loaders.words.characters import JOINTS, ORDINALS, OWN_LEVELS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name

_REACH = 18
_LONGEST = {"zone": 8, "works": 8, "pilot": 18}
_SHORTEST = 2
_SUCH = "等"
_LONGEST_SHARING = 6
_SHORT = 4  # a stem of so many characters is a name where it holds no verb and no place
_REGION = WordPattern(r"{!region-part}{region-name}(?!{after-region})")
# 长江流域|等重点防护林体系工程, 东北地区|等老工业基地战略: a region that is part of a programme's name
_AMONG = WordPattern(
    r"等(?![\u4e00-\u9fff]{0,3}{no-programme-of-regions})[\u4e00-\u9fff]{3,10}?{programme-of-regions}"
)
_HEAD = WordPattern(r"(?P<pilot>{pilot-zone-last})|(?P<zone>{zone-last})|(?P<works>{works-last})")
_PLAIN = compiled(r"[\u4e00-\u9fffA-Za-z0-9“”（）()·—－-]+")
_PLAN_PERIOD = WordPattern(
    r"“{plan-period}”(?:(?P<title>{plan-title})(?![\u4e00-\u9fff]{0,2}{document-head})|(?!{plan-after}))"
)
_GENERAL = WordPattern(rf"^(?:{{unnamed-zone}})|[各等每]|第[{ORDINALS}]|(?:{{unnamed-zone-last}})$")
# 引领|沈阳都市圈, 厦门打造成|…示范区
_LED = WordPattern(r"{before-zone}")
_TOWN = compiled(r"(?<=[\u4e00-\u9fff]{2})镇")
_GROWING = ("state", "develop", "promote", "transport")
# 西延、西康、西十|等5条高铁
_COUNTED = WordPattern(
    rf"等[0-9{ORDINALS}]{{1,3}}[条座][\u4e00-\u9fff]{{0,4}}?(?P<head>{{works-last}})"
)
_LEVELLED = WordPattern(r"^{zone-level}[\u4e00-\u9fff（）]{4,}")
_AFTER = {
    "zone": WordPattern(r"{no-zone-after}"),
    "pilot": WordPattern(r"{no-zone-after}"),
    "works": WordPattern(r"{no-works-after}"),
}
_SECTION = compiled(
    rf"(?:[\u4e00-\u9fff]{{1,4}}(?:至|—|－|-)[\u4e00-\u9fff]{{1,4}}段)?(?:[{ORDINALS}]{{1,2}}期(?!间))?"
)
_TYPES = {"zone": "Area", "works": "Programme", "pilot": "Programme"}


def find_named_places(context: MentionContext) -> Iterator[Mention]:
    """长江经济带 | 西安都市圈 | 国家知识产权保护示范区 | 沿江高铁武汉至宜昌段 | “十四五”."""
    for m in matches(_REGION, context):
        programme = _AMONG.match(context.text, m.end())
        if programme:
            start = phrase_start(context, m.start(), max(context.start, m.start() - _REACH))
            name = context.text[start : programme.end()]
            yield context.mention(
                start, programme.end(), "Programme", name, rule_name("works-named")
            )
            continue
        yield context.mention(m.start(), m.end(), "Area", m[0], rule_name("area-region"))
    for m in matches(_PLAN_PERIOD, context):
        kind = "Document" if m["title"] else "Programme"
        yield context.mention(*m.span(), kind, unquoted(m[0]), rule_name("plan-period"))
    for m in matches(_HEAD, context):
        kind = m.lastgroup or ""
        found = _named(context, m, kind)
        if found is not None:
            start, end = found
            name = unquoted(context.text[start:end])
            rule = rule_name("zone-named" if kind == "zone" else "works-named")
            yield context.mention(start, end, _TYPES[kind], name, rule)
            if kind == "works":
                yield from _sharing(context, start, m[0])
    for m in matches(_COUNTED, context):
        yield from _sharing(context, m.start() + 1, m["head"])


def _named(context: MentionContext, head: re.Match[str], kind: str) -> tuple[int, int] | None:
    """Where the name begins and ends that has this last word; None where it is none."""
    text, end = context.text, head.end()
    if _AFTER[kind].match(text, end) or _is_other_word(text, head):
        return None
    start = phrase_start(context, head.start(), max(context.start, head.start() - _REACH))
    start = _past_joint(text, start, head.start())
    begins = _past_leading(text, start, head.start())
    stem = text[begins : head.start()]
    if begins in context.ends or not _is_name(text, begins, stem, kind, led=begins > start):
        return None
    start = begins
    if kind == "works":
        if head[0] in words("works-of-area") and stem in Register.load().forms():
            return None  # 镇安|抽水蓄能电站
        section = _SECTION.match(text, end)
        end = section.end() if section else end
    if text[start - 1 : start] + text[end : end + 1] == "“”":
        start, end = start - 1, end + 1
    return start, end


def _is_other_word(text: str, head: re.Match[str]) -> bool:
    """高速|增长, and 长江|经济带, which is read as a region."""
    verb = lexicon().verb_at(text, head.end(), len(text))
    growing = verb is not None and head[0] in words("fast") and verb.act in _GROWING
    return growing or text.endswith(words("region-name"), 0, head.end())


def _past_leading(text: str, start: int, head: int) -> int:
    """引领|沈阳都市圈, 镇|水库: past what leads to a name, and past the town where works stand."""
    led = [m.end() for m in _LED.finditer(text, start, head)]
    start = led[-1] if led else start
    found = lexicon().all_verbs(text[start:head])
    ends = [start + at + len(verb.text) for at, verb in found.items() if len(verb.text) > 1]
    placed = [at for at in ends if _placed(text[at:head])]
    start = placed[-1] if placed else start
    town = [m.end() for m in _TOWN.finditer(text, start, head)]
    start = town[-1] if town else start
    return _past_full_area(text, start, head)


def _past_full_area(text: str, start: int, head: int) -> int:
    """海东市平安区|工业园区: past areas by their full names, which are named by themselves."""
    register = Register.load()
    for end in range(head, start + 2, -1):
        if text[end - 1] in OWN_LEVELS and any(
            register.is_full(text[at:end]) for at in range(start, end - 2)
        ):
            return end
    return start


def _sharing(context: MentionContext, start: int, head: str) -> Iterator[Mention]:
    """西延、西康、|西十高铁: the names of a list that share the last word, each as it stands."""
    text = context.text
    while text[start - 1 : start] in ("、", _SUCH):
        at = start - 1
        start = phrase_start(context, at, max(context.start, at - _REACH))
        stem = text[start:at]
        if not (_SHORTEST <= len(stem) <= _LONGEST_SHARING and _is_own(text, start, stem)):
            return
        yield context.mention(start, at, "Programme", stem + head, rule_name("works-named"))


def _is_own(text: str, start: int, stem: str) -> bool:
    """Whether an item of a list is a name without a last word of its own, and no area."""
    named = _HEAD.search(stem) or _GENERAL.search(stem) or stem in Register.load().forms()
    plain = _PLAIN.fullmatch(stem) and may_begin_name(text, start)
    acts = any(len(verb.text) > 1 for verb in lexicon().all_verbs(stem).values())
    return bool(plain and not named and not acts)


def _past_joint(text: str, start: int, head: int) -> int:
    """关中平原城市群和|西安都市圈: past the joint before a name."""
    joint = max(text.rfind(char, start, head) for char in JOINTS)
    return joint + 1 if joint >= start and may_begin_name(text, joint + 1) else start


def _is_name(text: str, start: int, stem: str, kind: str, *, led: bool) -> bool:
    """Whether the words before the last one are a name: a place, or a short word that tells no kind."""
    if not _SHORTEST <= len(stem) <= _LONGEST[kind] or not _PLAIN.fullmatch(stem):
        return False
    begins = led or may_begin_name(text, start) or text[start] == "“"
    if not begins or _GENERAL.search(unquoted(stem)):
        return False
    if stem.startswith(LEVELS) and len(stem) <= _SHORT:
        return False
    if kind == "pilot":
        area = Register.load().begins_with_area(stem) and not _builds(stem)
        return area or bool(_LEVELLED.match(stem)) or "”" in stem
    verbs = [verb for verb in lexicon().all_verbs(stem).values() if len(verb.text) > 1]
    if _placed(stem):
        return not any(verb.has("strong") for verb in verbs)
    return len(stem) <= _SHORT + 2 and not verbs


def _builds(stem: str) -> bool:
    """宁夏|建设|先行区: whether a verb follows the area that words begin with."""
    forms = Register.load().forms()
    ends = [length for length in (2, 3, 4) if stem[:length] in forms]
    verb = lexicon().verb_at(stem, ends[-1], len(stem)) if ends else None
    return verb is not None and "builds" in verb.facets


def _placed(stem: str) -> bool:
    """Whether words begin with an area, and no word that is spelled like one: 合作|产业园."""
    common = stem[:2] in class_words("area-cautions", "common")
    return Register.load().begins_with_area(stem) and not common
