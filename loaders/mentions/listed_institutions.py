"""Enterprises and schools that only their place tells: 正大集团、步步高等12家企业, 长河药业获评…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.area_forms import is_near, resolve
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.mentions.mention_context import lexicon as lexicon_of
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.words.characters import (
    AFTER_TOWN,
    AGENT,
    AREA_LEVELS,
    BEFORE_OWNER,
    CLOSING_BRACKETS,
    DISPOSING,
    LISTED,
    LOOSE,
    NEVER_IN_INSTITUTION,
    NO_LIST_END,
    ORDINALS,
    SIZES,
    TOWN_LEVELS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_REACH = 60
_SHORTEST, _LONGEST = 2, 8
_HAN = "[\u4e00-\u9fff]"
_LIST = WordPattern(r"[\u4e00-\u9fffA-Za-z·（）()、]+\Z")
_NAME = WordPattern(rf"[\u4e00-\u9fffA-Za-z（）()]{{3,14}}(?<![{NEVER_IN_INSTITUTION}])")
_WHOLE = WordPattern(r"{pointed}[现共已]?有?")
# 沈大工业母机、大盘绿色石化|3个集群: firms are counted in 家.
_SUMMED = WordPattern(r"[0-9]+[个大类]")
_ZONE = WordPattern(r"{zone-head}")
_LONGEST_ZONE = 5
_OPENED = WordPattern(
    rf"(?!{{in-name}})(?:{{leading|before-name|never-in-name}}|[{BEFORE_OWNER}])+"
)
_BARRED = WordPattern(f"[{NEVER_IN_INSTITUTION}]")


@word_cache
def _closing() -> re.Pattern[str]:
    """等12家企业 | 等知名高校 after a list."""
    kinds = alternation(words("institutions", "listKind"))
    famous = alternation(words("institutions", "listFamous"))
    count = rf"(?:[0-9]+|[{ORDINALS}]+)[{LOOSE}]?[家户]"
    return compiled(
        rf"(?<![{NO_LIST_END}])等(?:{count}{_HAN}{{0,6}}?|{_HAN}{{0,4}}?(?:{famous}){_HAN}{{0,4}}?)(?:{kinds})"
        rf"|(?<![{NO_LIST_END}])等(?:{kinds})(?=[0-9])|(?P<plain>(?<![{NO_LIST_END}])等{_HAN}{{0,4}}?(?:{kinds}))"
    )


@word_cache
def _suffixed() -> re.Pattern[str]:
    return compiled(alternation(words("institutions", "companySuffix")))


_PART = WordPattern(r"{part}")
_WORKS = WordPattern(r"(?<=[\u4e00-\u9fff]{2}){works-kept}$")


@word_cache
def _no_name() -> re.Pattern[str]:
    """What ends a kind of things: 龙头企业, 高新技术, 世界500强."""
    return compiled(rf"(?:{alternation(words('institutions', 'listBarred'))})\Z")


def find_listed(context: MentionContext) -> Iterator[Mention]:
    """正大集团、温氏股份、步步高等企业 | 长河药业获评…."""
    for m in matches(_closing(), context):
        counted = any(char.isdigit() or char in ORDINALS for char in m[0])
        known = m["plain"] is not None
        yield from _members(context, m.start(), known=known, counted=counted)
    for m in matches(_suffixed(), context):
        yield from _short(context, m)


def _members(context: MentionContext, end: int, *, known: bool, counted: bool) -> Iterator[Mention]:
    """The members of a list of at least two before 等; ``known`` lists hold one that is known."""
    text = context.text
    run = _LIST.search(text[max(context.start, end - _REACH) : end])
    if run is None or "、" not in run[0]:
        return
    members = run[0].split("、")
    if known and not _is_known(members):
        return
    at = end - len(run[0])
    if not counted and not _mostly_names(members):
        return
    for place, member in enumerate(members):
        start = at if place else at + _lead(member)
        name = text[start : at + len(member)]
        if is_name(name) or (not known and is_counted_name(name)):
            entity = organization_entity(name, context.context)
            yield context.mention_of(
                start, at + len(member), entity, rule_name("institution-listed")
            )
        at += len(member) + 1


def _is_placed(members: list[str]) -> bool:
    """超聚变、郑州合晶、华为安驰: all may be names, and one begins with a place or a known firm."""
    first = members[0][_lead(members[0]) :]
    names = (first, *members[1:])
    known = (*words("institutions", "known"), *Register.load().forms())
    placed = any(name.startswith(known) and name not in known for name in names)
    return placed and all(is_name(name) for name in names)


def _mostly_names(members: list[str]) -> bool:
    """Whether more than half of a list may be names: not of 高新数字、建筑材料等企业."""
    first = members[0][_lead(members[0]) :]
    may_be = [is_name(name) or is_counted_name(name) for name in (first, *members[1:])]
    return 2 * sum(may_be) > len(members)


def is_counted_name(name: str) -> bool:
    """威壮养殖, 龙海实业 in a list that 等4家企业 counts: a trade may end the name."""
    core = _without_trades(name)
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(core).values())
    kind = _kinds().search(core) or core in lexicon_of("nouns") or core in lexicon_of("indicators")
    named = len(core) < len(name) or name.endswith(tuple(words("institutions", "companySuffix")))
    return bool(_NAME.fullmatch(name)) and named and not (_BARRED.search(name) or acting or kind)


def _without_trades(name: str) -> str:
    """昌辉 of 昌辉汽车电子: what stands before the trades that end a name."""
    core = name
    while (shorter := _trade().sub("", core)) != core:
        core = shorter
    return core


def _is_known(members: list[str]) -> bool:
    """Whether one is a known enterprise, or half of them end as schools and hospitals do."""
    last = tuple(words("institutions", "ofArea"))
    ending = sum(member.endswith(last) for member in members)
    first = {member.partition("（")[0] for member in members}
    known = words("institutions", "known")
    return bool(known & first) or 2 * ending >= len(members) or _is_placed(members)


def _lead(member: str) -> int:
    """How many characters before the first name are a verb's or a particle's: 引进|正大集团."""
    whole = _WHOLE.match(member)  # 全市有|湖北科技学院
    lead = whole.end() if whole else 0
    for at, verb in lexicon().all_verbs(member).items():
        if len(verb.text) > 1 and len(member) - at - len(verb.text) >= 2:
            lead = max(lead, at + len(verb.text))
    for joint in LISTED:
        lead = max(lead, member.rfind(joint) + 1)
    return lead


def is_name(name: str) -> bool:
    """Whether a member may be a name: neither an area nor a kind of things."""
    if not _NAME.fullmatch(name) or _BARRED.search(name) or _no_name().search(name):
        return False
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(name).values())
    return not acting and name not in Register.load().forms()


def _short(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """A name of two to six characters before 集团, 公司 and the like, between marks and verbs."""
    text, end = context.text, m.end()
    station = m[0].endswith(class_words("station-last"))
    summed = not station and _SUMMED.match(text, end)
    told = lexicon().adverb_at(text, end, len(text))  # 管理局|科学|调度
    going_on = not told and text.startswith(class_words("after-unit"), end)
    if text.startswith("化", end) or summed or (going_on and not _may_end(text, end)):
        return
    project = (*words("institutions", "companyWord"), *class_words("station-last"))
    if m[0] not in project and text.startswith(class_words("kind-of-works"), end):
        return  # 王峰煤矿|项目, 中超石化|项目
    for length in range(_SHORTEST, _LONGEST + 1):
        start = m.start() - length
        stem = text[start : m.start()]
        if start < context.start or not re.fullmatch(f"{_HAN}+", stem):
            return
        if text[start - 1 : start] in tuple(CLOSING_BRACKETS):
            return  # 乡镇（街道）|应急消防管理站
        if text[start - 1 : start + 1] in class_words("over-after"):
            return  # 50%以|上村卫生室
        firm = (*words("institutions", "companyWord"), *class_words("firm-last"))
        company = m[0] in firm and len(stem) == _SHORTEST
        sure = company or station
        marked = not re.match(_HAN, text[start - 1 : start])
        kept = _WORKS.search(stem) is not None and m[0] not in firm
        whole = station or kept or m[0] in words("institutions", "companyWord")
        if not _may_end(text, end) and not (whole and marked):
            continue  # 桃花山中学|教学质量
        # 紫金|铜业 in a report of another province than that of 紫金县
        away = stem in Register.load().forms() and not _is_here(context, stem)
        torn = is_torn(text, start) or _is_built(stem, firm=m[0] in firm)
        if not torn and may_begin_name(text, start) and _is_short_name(stem, placed=sure or away):
            start = _with_size(text, start, context.start)
            entity = organization_entity(text[start:end], context.context)
            yield context.mention_of(start, end, entity, rule_name("institution-listed"))
            return


def _with_size(text: str, start: int, floor: int) -> int:
    """新|凤鸣集团: a character such as 新 after a mark begins the name."""
    sized = start - 1 >= floor and text[start - 1] in SIZES
    return start - 1 if sized and not re.match(_HAN, text[start - 2 : start - 1]) else start


def is_torn(text: str, at: int) -> bool:
    """新|增农牧民专业合作社, 新|能源汽车: whether the character before makes a word with the first."""
    pair = text[at - 1 : at + 1]
    trades = tuple(word for word in words("institutions", "listBarred") if len(word) > 1)
    zones = _ZONE.finditer(text, max(0, at - _LONGEST_ZONE), at + _LONGEST_ZONE)
    if any(zone.start() < at < zone.end() for zone in zones):
        return True  # 高新|区第三幼儿园
    return (
        text[at - 1 : at].isdigit()
        or text.startswith(trades, max(0, at - 1))
        or pair in lexicon().verbs
        or pair in lexicon_of("nouns")
        or pair in class_words("money-noun")
    )


def _is_built(stem: str, *, firm: bool) -> bool:
    """麟游县|建设寄宿制|学校: whether an area builds what is no name; 罗田县建设投资公司 is one."""
    area = next((n for n in range(6, 1, -1) if Register.load().is_full(stem[:n])), 0)
    verb = lexicon().verb_at(stem, area, len(stem)) if area else None
    return not firm and verb is not None and "builds" in verb.facets and len(verb.text) > 1


def _is_here(context: MentionContext, form: str) -> bool:
    """Whether a form may be an area of the report's own province, or of no report at all."""
    area = resolve(context, form, context.context.area)
    return area is None or area.level == "province" or is_near(context, area)


def _is_short_name(stem: str, *, placed: bool) -> bool:
    """Whether words before 公司 name one, and do not only tell of a kind or a place: 国有物业, 茶叶, 河南县|牧业."""
    if stem[0] in AGENT + "".join(DISPOSING) or _PART.match(stem) or _is_led(stem):
        return False  # 由|县看守所, 其中|幼儿园, 与|县人民医院
    if _BARRED.search(stem) or (stem in Register.load().forms() and not placed):
        return False
    core = _without_trades(stem)
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(core).values())
    kept = _WORKS.search(stem) is not None  # 引丹工程|管理局, 张河枢纽|管理处
    return not (acting or (_kinds().search(core) and not kept) or _kinds().fullmatch(stem))


def _is_led(stem: str) -> bool:
    """与|县人民医院, 邀请|县第一中学: whether a particle or an opening verb stands before an area."""
    opened = _OPENED.match(stem)
    rest = stem[opened.end() :] if opened else ""
    placed = Register.load().begins_with_area(rest)
    return placed or rest.startswith(
        (*AREA_LEVELS, *TOWN_LEVELS[:2], *words("institutions", "brand"))
    )


@word_cache
def _trade() -> re.Pattern[str]:
    """兴农|种植 专业合作社: a trade at the end of a name, which may be a verb elsewhere."""
    trades = (
        words("institutions", "goods")
        | words("institutions", "kind")
        | words("institutions", "listBarred")
    )
    return compiled(rf"(?<={_HAN}{{2}})(?:{alternation(w for w in trades if len(w) > 1)})\Z")


@word_cache
def _kinds() -> re.Pattern[str]:
    """Words that only tell of a kind of firms or schools: 国有, 普惠性; those of one character at the beginning."""
    roles = ("kind", "listBarred", "goods")
    kinds = {word for role in roles for word in words("institutions", role)}
    short = alternation(kind for kind in kinds if len(kind) == 1 and kind not in SIZES)
    return compiled(rf"{alternation(kind for kind in kinds if len(kind) > 1)}|^(?:{short})")


def _may_end(text: str, at: int) -> bool:
    after = text[at : at + 1]
    if not re.fullmatch(_HAN, after) or after in AFTER_TOWN:
        return True
    if text.startswith(class_words("after-name-noun"), at):
        return True  # 海螺集团|主营业务收入
    if len(lexicon().adverb_at(text, at, len(text))) > 1:
        return True  # 江苏德邦化工|主导|制定行业标准
    return lexicon().verb_at(text, at, len(text)) is not None
