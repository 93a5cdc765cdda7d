"""Groups with their count after them: 转移受威胁群众1.2万人, 组建专业救援队伍18支."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, unquoted, words
from policygraph.loaders.mentions.phrases import phrase_start
from policygraph.loaders.mentions.villages import begins_word_of_village, is_kind_of_town
from policygraph.loaders.words.characters import (
    BODY_LAST,
    OWN_LEVELS,
    PEOPLE_UNITS,
    POINTING,
    TOWN_LEVELS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import acting, lexicon
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_REACH = 16
_SHORTEST, _LONGEST = 3, 12
_HAN = compiled(r"[\u4e00-\u9fff（）“”]+")
# 常住人口320万人, 在岗职工平均人数6万人: indicators, no groups.
_INDICATOR = WordPattern(r"{no-trailing-group}")
_ZONE = WordPattern(r"{zone-head}(?!.*{told-by-work})")
_PROGRAMME = WordPattern(r"“[^“”]{1,12}{campaign-word}”")
_TOTAL = WordPattern(r"{counted-total}\Z")
_OF_NAMED = compiled("“[^“”]{1,12}”[\u4e00-\u9fff]{4,}")
_AGE_REACH = 10
_SCHOOLING = WordPattern(r"{schooling}")  # 义务教育|阶段学生 holds no verb
_TYPED = compiled(r"(?<![0-9.])[0-9][型类](?=\Z)")
_AGED = WordPattern(r"\d{1,3}(?:[至到—-]\d{1,3})?{years-old}(?P<over>{over-after|under-after}?)的?")
_LEAD = WordPattern(
    rf"(?!{{in-name}})(?:[{POINTING}][{OWN_LEVELS}{TOWN_LEVELS}]|{{leading|before-name}})+"
)


@word_cache
def _last() -> re.Pattern[str]:
    found = words("groups", "person") | words("groups", "trailing")
    return compiled(rf"(?:{alternation(found)})\Z")


@word_cache
def _taking() -> re.Pattern[str]:
    """Verbs that take people, with one more word before the last: 集聚|科研人员."""
    verbs = (*acting("to-people"), *class_words("group-verb"))
    return compiled(f"(?:{alternation(verb for verb in verbs if len(verb) > 1)})")


def find_trailing_groups(context: MentionContext) -> Iterator[Mention]:
    """转移受威胁群众1.2万人 | 组建专业救援队伍18支."""
    for number in context.numbers:
        end = number.start
        counted = number.dimension == "count" and number.unit in PEOPLE_UNITS
        if counted:
            end = _before_total(context.text, end)
        head = _last().search(context.text, max(context.start, end - 6), end) if counted else None
        start = group_start(context, head.start(), end) if head is not None else None
        if start is not None:
            if _PROGRAMME.match(context.text, start, end) or _OF_NAMED.match(
                context.text, start, end
            ):
                continue  # “丁香人才计划”|人才, “豫超”联赛|观众
            name = unquoted(context.text[start:end])
            yield context.mention(start, end, "Group", name, rule_name("group-trailing"))


def _before_total(text: str, at: int) -> int:
    """一级建造师|达1200人: before the words between those counted and their number."""
    total = _TOTAL.search(text, max(0, at - 4), at)
    if total:
        return total.start()
    stating = (verb for n in (2, 1) if (verb := lexicon().verbs.get(text[at - n : at])) is not None)
    state = next((verb for verb in stating if verb.has("state")), None)
    return at - len(state.text) if state is not None else at


def group_start(context: MentionContext, head: int, end: int) -> int | None:
    """Where the group begins; None where its last word stands alone or an indicator is told."""
    text = context.text
    start = phrase_start(context, head, max(context.start, end - _REACH))
    start = _after_verb(text, start, head, end)
    held = [m.span() for m in _SCHOOLING.finditer(text, start, head)]
    taken = [m.span() for m in _taking().finditer(text, start, head)]
    taken = [(at, to) for at, to in taken if not any(a < at and to <= b for a, b in held)]
    past = (to for at, to in taken if at == start or not _tells_body(text, head, end, to))
    start = max(past, default=start)
    lead = _LEAD.match(text, start, head)
    start = _past_verbs(text, lead.end() if lead else start, head, end)
    start = _past_villages(text, start, head)
    if text[start:head] in class_words("manages") and not _tells_body(text, head, end, head):
        start = head  # 管理|患者, 补偿|患者: they are what is managed, and no kind of them
    single = lexicon().verbs.get(text[start : start + 1])
    start += single is not None and single.has("state")  # 有|建档立卡贫困户
    aged = _AGED.search(text, max(context.start, start - _AGE_REACH), end)
    typed = _TYPED.search(text, max(context.start, start - 3), start + 1)
    start = typed.start() if typed else start  # 2型|糖尿病患者
    named = start
    if aged and aged.end() >= start >= aged.start("over"):
        start, named = aged.start(), aged.end()  # 80岁以上|老人39人
    if text[start] in "（(" and not {"）", ")"} & set(text[start:end]):
        start, named = start + 1, named + 1  # 教师236人|（研究生41人
    name = text[named + 1 if typed else named : end]
    if (
        not _SHORTEST <= end - start <= _LONGEST
        or not _HAN.fullmatch(name)
        or _INDICATOR.search(name)
        or _ZONE.search(name)  # 东湖高新区|企业
        or (name[0] in BODY_LAST and _HAN.match(text, start - 1))  # 县审计|局检查单位
    ):
        return None
    return start


def _is_someone(text: str, start: int, at: int) -> bool:
    """县领导|联系企业, 督导组|检查企业: whether those who act stand right before a verb."""
    teams = (word for word in class_words("team-head") if text.endswith(word, start, at))
    team = any(text[at - len(word) - 2 : at - len(word)] in lexicon().verbs for word in teams)
    return team or text.endswith(tuple(words("groups", "person")), start, at)


def _past_villages(text: str, start: int, head: int) -> int:
    """杨集镇曹桥村|低收入农户: past the town and the village where people live."""
    while (place := _village().match(text, start, head)) and _is_place(text, start, place[0]):
        if begins_word_of_village(text, place.end()):
            return start  # 选出村|委会成员
        start = place.end()
    return start


def _is_place(text: str, at: int, name: str) -> bool:
    """曹桥村, and after a town 王村 too."""
    after_town = text.endswith(tuple(words("institutions", "townWord")), 0, at)
    return not is_kind_of_town(name) or (len(name) == _SHORTEST - 1 and after_town)


@word_cache
def _village() -> re.Pattern[str]:
    last = alternation((*words("institutions", "townWord"), *words("institutions", "villageWord")))
    return compiled(rf"[\u4e00-\u9fff]{{1,4}}?(?:{last})")


def _past_verbs(text: str, start: int, head: int, end: int) -> int:
    """Past the verbs that begin here: 救助|受灾群众."""
    while (verb := lexicon().verb_at(text, start, head)) is not None and len(verb.text) > 1:
        after = start + len(verb.text)
        if _is_led(text, start) and _tells_body(text, head, end, after):
            return start  # 约谈|运输企业
        start = after
    return start


def _is_led(text: str, at: int) -> bool:
    """Whether a verb that takes people stands right before: 约谈|, 培训|."""
    verbs = (lexicon().verbs.get(text[at - n : at]) for n in (2, 3, 4) if at >= n)
    return any(verb is not None and "to-people" in verb.facets for verb in verbs)


def _tells_body(text: str, head: int, end: int, at: int) -> bool:
    """房地产开发|企业, 安全监管|人员: a verb right before tells what they do; 发展|党员 takes its object."""
    last = text[head:end]
    told = last in words("groups", "organisation") or last.endswith(class_words("told-by-work"))
    return at == head and told


def _after_verb(text: str, start: int, head: int, end: int) -> int:
    """Past the last verb that stands before the group: 招聘|事业单位人员, but 房地产开发企业."""
    found = start
    for at, verb in lexicon().all_verbs(text[start:head]).items():
        after = start + at + len(verb.text)
        acted = _is_someone(text, start, start + at)
        if at and not acted and _tells_body(text, head, end, after):
            continue
        if (acted or (verb.has("strong") and not verb.has("nominal"))) and len(verb.text) > 1:
            found = max(found, after)
    return found
