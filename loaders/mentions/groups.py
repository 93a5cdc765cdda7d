"""Groups: people, bodies and areas taken together, with the count before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.area_forms import area_start, is_cut
from policygraph.loaders.mentions.mention_context import MentionContext, matches, unquoted, words
from policygraph.loaders.mentions.phrases import may_end_name
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.characters import (
    AREA_LEVELS,
    BODY_ENDS,
    BODY_LAST,
    CLOSING_BRACKETS,
    GROUP_UNITS,
    JOINTS,
    LEVELS_TOGETHER,
    LOOSE,
    ORDINALS,
    OWN_LEVELS,
    POINTING,
    SCALES,
    SYSTEM,
    TOWN_LEVELS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either, words_of
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.nouns import noun_end
from policygraph.loaders.words.patterns import WordList, alternation, firsts, guarded
from policygraph.loaders.words.verbs import acting, lexicon
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

REACH = 14
# 研发|骨干|人员: a verb and so many characters may tell what people do.
_LONGEST_TRADE = 4
# People, bodies and areas are counted in these; 项, 条, 场 and the like count other things.
_UNITS = GROUP_UNITS
NAME_EDGES = ("never-in-name", "before-name", "in-name", "name-break")
# China has no more of these: 1500个省级项目 counts something else.
# What is counted in these: persons in 名 and 位, households in 户, bodies in 家.
_COUNTING = _UNITS | {"人"}
_PEOPLE, _PLACE_ENDS = ("person", "人"), LEVELS_TOGETHER + "村"
_ROLES = {"名": "person", "位": "person", "户": "household", "家": "organisation", "所": "school"}
# 65名|基层水利员: persons by the last character of what they are.
_SOME = compiled(r"[\u4e00-\u9fff][员师生者民手匠](?![工活产命])")
_MOST = {"省": 34, "州": 30, "市": 700, "县": 3000}
_BREAK = compiled(r"[，,。；;：:、！!？?\s“”《》（()）0-9]")
_AGE = rf"\d{{1,3}}(?:[至到—-]\d{{1,3}})?{{years-old}}[{JOINTS}]?{{over-after|under-after}}?的?"
_AGED = WordPattern(_AGE)
_BEFORE_AGED = WordPattern(rf"(?:{_AGE})\Z")
# 287家|用地3亩以上|企业: a bound that tells which are counted.
_BOUNDED = WordPattern(
    r"{measure-prefix}{0,2}(?:{price|sum-noun|money-noun})?(?:{over|under})?"
    r"\d[\d.]*[十百千万亿]{0,2}[\u4e00-\u9fff%]{1,4}?(?:及?{over-after|under-after})的?"
)
_QUOTED = compiled(r"“[^“”\n]{1,10}”")
_LONGEST_FACILITY = 14
_FORMULA = 16
_PRAISED = WordPattern(r"“{praised}[\u4e00-\u9fff]*\Z")
_LONGEST_COUNT = 4
_LONGEST_AREA = 11
_SPELLED = compiled(rf"(?<![第{ORDINALS}])[{ORDINALS}两]{{1,3}}[个名户家位支所]\Z")
_SPELLED_BEFORE = compiled(
    rf"(?<![第{ORDINALS}])(?:[{ORDINALS}两]{{2,3}}|[两{ORDINALS[1:]}])[个名家位](?=[\u4e00-\u9fff])"
)
# 五县两区, 两镇一街: areas of several levels counted in characters.
_COUNTED_LEVELS = compiled(
    rf"(?<![第{ORDINALS}])(?=[{ORDINALS[1:]}两]|..[{ORDINALS[1:]}两])"
    rf"(?:[{ORDINALS}两]{{1,2}}[{OWN_LEVELS}{TOWN_LEVELS}街]){{2,3}}(?![级域内外品策园])"
)
_RANGED = compiled(r"(?<![\d.])\d{1,3}[-—–~～至到]\Z")
_PLAIN = compiled("[\u4e00-\u9fff]*")
_BOTH = WordPattern(r"(?:{own-bodies}?{both-bodies})(?:{leader-modifier}?{leader}(?!下))?")
# 36个|有集体经济收入的|村
_HAVING = WordPattern(r"{having}[\u4e00-\u9fff]{1,10}?的")
# 21个城市|更新项目, 30个城中村|改造项目 count projects.
_WORKS_ON = WordPattern(r"{works-on}?{counted-works}")
_SHARED = WordPattern(r"({shared-first})[\u4e00-\u9fff]{2,6}[和与、]\Z")
# “全国|卫生健康系统|先进工作者”: what stands in a title of honour is no group.
_IN_HONOUR = compiled(r"“全[国省市县区州][\u4e00-\u9fff]*\Z")
_MANY = WordPattern(r"{many-levels}")
# 6类重点对象, 三类人群: how many kinds there are is part of the name.
_KINDS = WordPattern(rf"(?:\d{{1,2}}|[{ORDINALS}两])类{{kinds-of-people}}")
_PROGRAMME = WordPattern(r"“[^”]*(?:{campaign-word}|{known-quoted})”")
# 县、乡、村三级河湖长: who holds an office at several levels.
_TIERS = WordPattern(
    rf"[{OWN_LEVELS}](?:、?[{OWN_LEVELS}{TOWN_LEVELS}]){{1,4}}(?:[（(]{{bracketed-kind}}[)）])?"
    rf"[{ORDINALS}两][级]{{of-levels}}"
)
# 驻巫部队, 驻地官兵: the troops that lie in a place.
_GARRISON = WordPattern(r"驻[\u4e00-\u9fff]{1,2}{troops}")
# 其|中小微企业 is 其中 and 小微企业.
_TORN = WordPattern(r"(?<=其)中|{torn-verb}")
_PLACE = WordPattern(
    r"(?P<told>(?:(?![到在为的和与及对将等以中])[\u4e00-\u9fff]){0,8}?){place-for-people}"
)


@word_cache
def _quoted_groups() -> re.Pattern[str]:
    """“散乱污”企业, “4050”人员: a group told by a word in quotation marks."""
    told = alternation(
        (*words("groups", "head"), *words("groups", "generic"), *words("groups", "person"))
    )
    whole = rf"“(?!{either('praised')})[^“”，。、\n]{{1,8}}?{either('quoted-people')}”(?![\u4e00-\u9fff“])"
    # 村|“两委”成员
    of_place = f"(?:{either('two-committees-of')}(?=“[两三]委))?"
    return compiled(rf"{of_place}“[^“”，。、\n]{{1,8}}”(?:{told})(?!节)|{whole}")


def _bracket() -> str:
    """脱贫县（市、区）: the kinds of areas that a group takes in."""
    return f"(?:[（(]{either('bracketed-kind')}[)）])"


@word_cache
def _heads() -> str:
    return alternation(words("groups", "head"))


@word_cache
def _bound() -> str:
    """Single words such as 县 and 村, where they are not the end of 农村 or the start of 县域."""
    bound = alternation(words("groups", "bound") - {"村"})
    return rf"(?:(?<![农乡])村|(?!户)(?:{bound})|(?<![门账客窗])户)(?![级域内外直场])"


@word_cache
def _counted() -> re.Pattern[str]:
    generic = alternation(words("groups", "generic"))
    # 5个革命老区|县: a level after an area's kind belongs to it.
    heads = f"(?:{_heads()})+(?:(?<=区)[县市](?![级域内外]))?|{either('countries')}|(?:{generic})(?![级域内外县])"
    # 25个省、自治区、直辖市
    listed = rf"(?:(?<=省){either('listed-provinces')})?"
    return compiled(rf"(?:{heads}|(?P<bound>{_bound()})){_bracket()}?{listed}")


@word_cache
def _uncounted() -> re.Pattern[str]:
    """Words before a head and the head: 省直相关行业部门 | 农村低收入人口."""
    departments, before = words("departments"), words("groups", "modifier")
    heads, generic = words("groups", "head"), words("groups", "generic")
    bodies = rf"{guarded(departments)}(?:局|委|厅)"
    members = rf"{either('members-of')}?(?={either('members')})"
    bracket = f"{_bracket()}?"
    return compiled(
        rf"(?:(?<![(（])(?:{members})?(?:{guarded(before)}|{bodies}){{0,6}}"
        rf"(?:{guarded(heads)}|(?<=[\u4e00-\u9fff])(?P<generic>{guarded(generic)})){bracket}"
        rf"|{either('all-levels')}{guarded(departments)}{either('department-last')}"
        rf"|(?<=全[{OWN_LEVELS}国]){guarded(departments)}{either('system')}"
        rf"|{guarded(departments)}{either('system')}(?=[\u4e00-\u9fff]{{0,2}}{either('system-after')}))"
    )


@word_cache
def _beginnings() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """The pairs of characters that the words of _uncounted begin with, and those of one character."""
    every = {
        *words("departments"),
        *(word for role in ("modifier", "head", "generic") for word in words("groups", role)),
        *words_of("members-of", "members", "all-levels"),
    }
    pairs = frozenset((word[0], word[1]) for word in every if len(word) > 1)
    return pairs, frozenset(word for word in every if len(word) == 1)


def _uncounted_in(context: MentionContext) -> Iterator[re.Match[str]]:
    """The matches of _uncounted, tried only where one of its words may begin."""
    text, start, pattern = context.text, context.start, _uncounted()
    held = {at for m in matches(_holding(), context) for at in range(*m.span())}
    pairs, single = _beginnings()
    both = zip(text[start:], text[start + 1 :] + "\n", strict=False)
    reach = start
    for at in [at for at, pair in enumerate(both, start) if pair in pairs or pair[0] in single]:
        found = pattern.match(text, at) if at >= reach else None
        if found is not None:
            reach = found.end()
            if at not in held and not is_cut(text, reach, text[reach - 1]):
                yield found


@word_cache
def _levels() -> re.Pattern[str]:
    return compiled(rf"(?:{alternation(words('groups', 'levels'))})(?!{either('levels-after')})")


_LISTED = 16  # departments after the first that share one last word, at most


@word_cache
def _listed_departments() -> re.Pattern[str]:
    """县发改、财政、审计等部门: departments that share the last word."""
    departments, levels = words("departments"), "|".join(AREA_LEVELS)
    one = alternation(departments)
    begins = firsts((*AREA_LEVELS, *words_of("pointed"), *departments))
    return compiled(
        rf"(?=[{begins}])(?:{levels}|{either('pointed')})?(?:{one})(?:[、{JOINTS}](?:{one})){{1,{_LISTED}}}(?:等(?:\d+个)?)?{either('leader-modifier')}?{either('listed-departments')}"
    )


@word_cache
def _after() -> re.Pattern[str]:
    fund = rf"{either('fund-kind')}{either('fund')}"  # 重度残疾人|护理补贴
    return compiled(
        rf"{alternation(words('groups', 'after'))}|{fund}|[\u4e00-\u9fff]{{1,5}}率(?!先)"
    )


_PARTICLE = compiled(r"[^\u4e00-\u9fff]|\Z|[和与及的在等获入农城居较占]")


@word_cache
def _following() -> WordList:
    return WordList((*lexicon().verbs, *words("adverbs"), *words_of(*NAME_EDGES, "group-follows")))


def _may_end(text: str, end: int) -> bool:
    """Whether a short word such as 县 may end there: before the end, a verb, an adverb, a particle."""
    return bool(_PARTICLE.match(text, end)) or _following().begins(text, end)


@word_cache
def _holding() -> re.Pattern[str]:
    return compiled(alternation(words("groups", "holding")))


@word_cache
def _last_words(role: str) -> re.Pattern[str]:
    """The last words of persons, households or bodies, found wherever they begin."""
    return compiled(f"(?=(?P<last>{alternation(words('groups', role))}))")


@word_cache
def _facility() -> re.Pattern[str]:
    return compiled(alternation(words("groups", "facility")))


@word_cache
def _facility_last() -> re.Pattern[str]:
    return compiled(alternation(words("groups", "facilityEnd")))


def ends_in_indicator(text: str, end: int) -> bool:
    """Whether what follows a group makes it part of an indicator or a fund: 脱贫人口|人均收入."""
    return bool(_after().match(text, end))


def _is_facility(text: str, at: int, role: str = "") -> bool:
    """Whether the count before a group is of a facility for it: 建设65个社区|微型消防站, 50个乡镇|级."""
    if _facility().match(text, at):
        return True
    if role in ("person", "household"):
        return False
    for last in _facility_last().finditer(text, at, at + _LONGEST_FACILITY):
        before = text[at : last.start()]
        if not _PLAIN.fullmatch(before) or _verbs().search(before):
            return False
        inside = lexicon().all_verbs(before).values()
        acts = any(len(verb.text) > 1 and not verb.has("nominal") for verb in inside)
        if not acts and may_end_name(text, last.end()):
            return True
    return False


@word_cache
def _verbs() -> re.Pattern[str]:
    return compiled(f"{either('never-in-name')}|[在将把均都已是到]|对(?!象)")


def _is_of_town(text: str, m: re.Match[str]) -> bool:
    """镇|党委、政府: a committee and a government after one town are two bodies."""
    town = text[m.start() - 1] in TOWN_LEVELS[:2] and text[m.start() - 2 : m.start()] not in words(
        "groups", "areas"
    )
    return town and m[0].startswith(class_words("town-party")) and bool(_BREAK.search(m[0]))


def _in_formula(text: str, start: int, end: int) -> bool:
    """“党支部+合作社+农户”模式: a formula in quotation marks names no group."""
    opened, closed = (
        text.rfind("“", max(0, start - _FORMULA), start),
        text.find("”", end, end + _FORMULA),
    )
    inside = text[opened + 1 : closed] if opened >= 0 and closed >= 0 else ""
    return "”" not in inside and bool(set(inside) & set("+＋"))


def find_groups(context: MentionContext) -> Iterator[Mention]:
    """28个国定脱贫县 | 26.75万脱贫户 | 省直相关行业部门 | 省委、省政府分管领导 | 三个乡镇."""
    for group in _groups(context):
        yield _with_spelled_count(context, group)


def _with_spelled_count(context: MentionContext, group: Mention) -> Mention:
    """两个|800人以上安置点, 三个|乡镇: a count in characters belongs to the group as one in figures does."""
    start, end = group.span.start, group.span.end
    ranged = _RANGED.search(context.text, max(context.start, start - _LONGEST_COUNT), start)
    if ranged is not None and group.count is not None:
        rule = group.rule  # 引进3至|5家龙头企业
        return context.mention_of(ranged.start(), end, group.entity, rule, count=group.count)
    spelled = _SPELLED.search(context.text, max(context.start, start - _LONGEST_COUNT), start)
    if spelled is None:
        return group
    return context.mention_of(spelled.start(), end, group.entity, group.rule, count=group.count)


def _groups(context: MentionContext) -> Iterator[Mention]:
    for number in context.numbers:
        found = _counted_group(context, number)
        if found is not None:
            yield found
    yield from _counted_in_characters(context)
    yield from _found_by_words(context)
    yield from _found_by_pattern(context)
    for m in matches(_quoted_groups(), context):
        programme = _PROGRAMME.match(m[0])  # “双高计划”|高职院校
        after = _after().match(context.text, m.end()) or is_place_for(context.text, m.end())
        if not programme and not after:
            yield _quoted(context, m)
    for m in matches(_BOTH, context):
        if _MANY.match(m[0]) or m[0].endswith(class_words("leader")):
            yield context.mention(m.start(), m.end(), "Group", m[0], rule_name("group-shared"))


def _counted_in_characters(context: MentionContext) -> Iterator[Mention]:
    """三个|民族乡, 两个|街道: a common noun with its count in characters."""
    text = context.text
    for m in matches(_SPELLED_BEFORE, context):
        if text[m.start() - 1 : m.start()] in tuple(BODY_ENDS + BODY_LAST):
            continue  # 省财政厅、省教育厅|两家单位
        head = _counted().match(text, m.end())
        if head is None or _counts_another(text, head.end()) or _after().match(text, head.end()):
            continue
        if not head["bound"] or _may_end(text, head.end()):
            rule = rule_name("group-counted")  # the count is put before it with those of all groups
            yield context.mention(m.end(), head.end(), "Group", head[0], rule)


def _quoted(context: MentionContext, m: re.Match[str]) -> Mention:
    """55个|“十三五”贫困村: a group told by a word in quotation marks, with the count before it."""
    number, name = context.ends.get(m.start()), unquoted(m[0])
    if number is None or number.dimension != "count" or number.unit not in _COUNTING:
        return context.mention(m.start(), m.end(), "Group", name, rule_name("group-head"))
    rule, count = rule_name("group-counted"), number.value
    return context.mention(number.start, m.end(), "Group", name, rule, count=count)


def _found_by_pattern(context: MentionContext) -> Iterator[Mention]:
    """The groups that a pattern tells whole: 驻鄂部队, 省市县三级."""
    patterns = (
        (_listed_departments(), "group-head"),
        (_TIERS, "group-levels"),
        (_GARRISON, "group-head"),
        (_KINDS, "group-head"),
        (_COUNTED_LEVELS, "group-levels"),
        (_levels(), "group-levels"),
    )
    for pattern, rule in patterns:
        for m in matches(pattern, context):
            yield context.mention(m.start(), m.end(), "Group", m[0], rule_name(rule))


def _begins_within(text: str, at: int) -> bool:
    """Whether a group would begin with the last character of 农村, 城乡 or 乡镇."""
    countryside = words("area-cautions", "countryside")
    return text[at : at + 1] in tuple(TOWN_LEVELS) and text[max(0, at - 1) : at + 1] in countryside


def _found_by_words(context: MentionContext) -> Iterator[Mention]:
    """The groups told by their words alone: 省直相关行业部门."""
    text = context.text
    for m in _uncounted_in(context):
        aged = _BEFORE_AGED.search(text, max(context.start, m.start() - 12), m.start())
        if m["generic"] and m.start("generic") == m.start() and not aged:
            continue
        if _in_formula(text, *m.span()) or _is_pointed(text, m.start()) or _is_of_town(text, m):
            continue
        if _begins_within(text, m.start()):
            continue  # 农|村医|疗救助
        if _PRAISED.search(text, max(context.start, m.start() - _FORMULA), m.start()):
            continue  # “最美|脱贫户”
        past = _with_persons(text, _with_offices(text, m.end()))
        of_people = _last_words("person").search(m[0], max(0, len(m[0]) - 3))
        if of_people and is_place_for(text, m.end()):
            continue
        if _after().match(text, past) or _is_system(text, past):
            continue
        counted = m.start() in context.ends and _is_facility(text, m.end())
        honour = _IN_HONOUR.search(text, max(context.start, m.start() - 12), m.start())
        if not (_after().match(text, m.end()) or counted or honour):
            yield _plain(context, m)


def _is_system(text: str, end: int) -> bool:
    """省级河湖长|制考核, but 河湖长|制定方案: whether 制 makes a system of those before it."""
    return text.startswith(SYSTEM, end) and lexicon().verb_at(text, end, len(text)) is None


def _is_pointed(text: str, at: int) -> bool:
    """全|村干部群众: the level belongs to 全 before it."""
    return text[at - 1] in POINTING and text[at] in OWN_LEVELS + TOWN_LEVELS


def is_place_for(text: str, at: int) -> bool:
    """残疾人|创业就业示范基地: a place or a facility is named after whom it is for."""
    place = _PLACE.match(text, at)
    verbs = lexicon().all_verbs(place["told"]).values() if place else ()
    return place is not None and not any(
        len(verb.text) > 1 and not verb.has("nominal") for verb in verbs
    )


def _plain(context: MentionContext, m: re.Match[str]) -> Mention:
    """“6类重点对象” takes its quotes; 驻村第一书记和工作队 share their first word."""
    text, (start, end), name = context.text, m.span(), m[0]
    if text[end : end + 1] == "”":
        opened = text.rfind("“", max(context.start, start - 8), start)
        if opened >= 0 and not _BREAK.search(re.sub("[0-9]", "", text[opened + 1 : start])):
            start, end = opened, end + 1
            name = text[start + 1 : end - 1]
    past = _with_persons(text, _with_offices(text, end))
    start, end = _past_help(text, start, end), past if may_end_name(text, past) else end
    name = text[start:end] if (start, end) != m.span() and name == m[0] else name
    shared = _SHARED.search(text[max(context.start, start - 10) : start])
    if shared and not name.startswith(shared[1]) and name.startswith(class_words("sharing-group")):
        name = shared[1] + name
    aged = _BEFORE_AGED.search(text, max(context.start, start - 12), start)
    if aged:
        start, name = aged.start(), aged[0] + name  # 65岁以上|老年人
    number = context.ends.get(start)
    if number is not None and number.dimension == "count" and text[start - 1] in _COUNTING:
        # 9750人因疫返乡脱贫人口: a word in the group that is a verb elsewhere hides no count.
        return context.mention(
            number.start, end, "Group", name, rule_name("group-counted"), count=number.value
        )
    owner = _owner_start(context, start)
    name = text[owner:end] if owner < start else name
    return context.mention(owner, end, "Group", name, rule_name("group-head"))


def _owner_start(context: MentionContext, at: int) -> int:
    """县|教育局主要领导: where the name of the body begins whose leaders are told."""
    text = context.text
    level = next((level for level in AREA_LEVELS if text.endswith(level, context.start, at)), "")
    if not level or not _department_body().match(text, at):
        return at
    start = area_start(context, at, _LONGEST_AREA)
    return at - len(level) if start is None else start


@word_cache
def _department_body() -> re.Pattern[str]:
    return compiled(rf"{guarded(words('departments'))}(?:局|委|厅)")


def _past_help(text: str, start: int, end: int) -> int:
    """帮扶|就业困难人员, 让|各类人才, 其|中小微企业: past a verb that takes a group with a modifier of its own."""
    helps = (*acting("helps"), *class_words("causing"))
    verb = next((w for w in helps if text.startswith(w, start, end)), "")
    if torn := _TORN.match(text, start):
        return start + len(torn[0])
    rest = text[start + len(verb) : end]
    inner = _uncounted().fullmatch(rest)
    whole = inner is not None and (not inner["generic"] or inner.start("generic") > 0)
    return start + len(verb) if verb and whole else start


def _with_offices(text: str, end: int) -> int:
    """各乡镇|水利站: the offices that each town has, after the towns."""
    if not text.endswith(class_words("countryside-towns"), 0, end):
        return end
    offices = (w for w in words("institutions", "ofTown") if text.startswith(w, end))
    return end + len(max(offices, key=len, default=""))


def _with_persons(text: str, end: int) -> int:
    """事业单位|工作人员: the persons of a group of bodies, where a name may end after them."""
    persons = (w for w in class_words("person-kind") if text.startswith(w, end))
    return end + len(max(persons, key=len, default=""))


def _counted_in(context: MentionContext, number: Number) -> Mention | None:
    """7.6万名学前大班儿童 | 310万户家庭 | 16家医疗机构: to the last word for those it counts."""
    text, begin = context.text, number.end
    counted = text[begin - 1]
    scaled = counted in SCALES and (number.noun or not number.unit)
    role = "person" if scaled else _ROLES.get(counted)
    if role is None:
        return None
    past = _past_age(text, begin)
    stop = noun_end(text, past, min(len(text), past + REACH + 12))
    mark = _BREAK.search(text, past, stop) or _verbs().search(text, past, stop)
    stop = mark.start() if mark else stop
    ends = [m.end("last") for m in _last_words(role).finditer(text, past, stop)]
    if role == "person" and not ends and not scaled:
        ends = [m.end() for m in _SOME.finditer(text, past, stop) if may_end_name(text, m.end())]
    ends = _before_verb(text, ends)
    listed = next((end for end in sorted(ends) if text[end : end + 1] in tuple(JOINTS)), stop)
    end = max((end for end in ends if end <= min(stop, listed)), default=begin)
    if end == begin or _is_facility(text, end, role):
        return None
    if role == "school" and (number.value == 1 or _is_built(context, number.start, end)):
        return None
    name, start = unquoted(text[begin:end]), number.start
    households = context.ends.get(start)
    if households is not None and households.unit in _ROLES:
        start = households.start  # 3256户1.42万名搬迁群众
    return context.mention(
        start, end, "Group", name, rule_name("group-counted"), count=number.value
    )


def _is_built(context: MentionContext, at: int, stop: int) -> bool:
    """新建|68所中小学, 100所达到二级医院: what is built or described by a verb acts not."""
    built = context.text.endswith(acting("builds"), max(context.start, at - 6), at)
    verbs = lexicon().all_verbs(context.text[at:stop]).values()
    return built or any(len(verb.text) > 1 and not verb.has("nominal") for verb in verbs)


def _past_age(text: str, at: int) -> int:
    """Past an age, a bound or a quoted word that begins the name: 2.3万名|60岁以上老年人, 60名|“三支一扶”人员."""
    lead = _AGED.match(text, at) or _BOUNDED.match(text, at) or _QUOTED.match(text, at)
    return lead.end() if lead else at


def _before_verb(text: str, ends: list[int]) -> list[int]:
    """The last words up to the first that a verb follows: 36家企业|创建示范企业."""
    ordered = sorted(ends)
    pairs = zip(ordered, (*ordered[1:], 0), strict=False)
    first = next((end for end, to in pairs if _acts(text, end) or _takes(text, end, to)), None)
    return ends if first is None else [end for end in ends if end <= first]


def _takes(text: str, at: int, to: int) -> bool:
    """Whether a verb with an object of its own stands between: 5家企业|建设世界一流|企业."""
    verb = lexicon().verb_at(text, at, len(text))
    return verb is not None and len(verb.text) > 1 and to - at > len(verb.text) + _LONGEST_TRADE


def _acts(text: str, at: int) -> bool:
    verb = lexicon().verb_at(text, at, len(text))
    return verb is not None and len(verb.text) > 1 and not verb.has("nominal")


def _counts_another(text: str, end: int) -> bool:
    """Whether what is counted stands after a head, or the head is half a word."""
    return bool(
        is_cut(text, end, text[end - 1]) or _is_facility(text, end) or _WORKS_ON.match(text, end)
    )


def _is_counted_area(text: str, number: Number, begin: int, head: re.Match[str]) -> bool:
    """Whether a number counts the areas or people of a short word: 12个盟市|达标, but not 12个盟市|空气质量."""
    few = _MOST.get(head["bound"], number.value)
    levels = len(head["bound"]) > 1 and set(head["bound"]) <= set(LEVELS_TOGETHER)
    verb = lexicon().verb_at(text, begin, head.start())
    if verb is not None and len(verb.text) > 1 and begin + len(verb.text) < head.start():
        return False  # 86名|支援揭阳市
    counted = text[number.end - 1]
    if head["bound"][-1] in _PLACE_ENDS and _ROLES.get(counted, counted) in _PEOPLE:
        return False  # 120人驻|村, 32人返|乡
    closed = text[head.end() - 1] in CLOSING_BRACKETS  # 31个村（社区）|基础设施
    torn = not levels and not closed and not _may_end(text, head.end())
    return not (number.value > few or torn or _after().match(text, head.end()))


def _may_count(text: str, number: Number, begin: int, head: re.Match[str]) -> bool:
    """Whether a number has a word that counts a group: 28个|县, 80万|人; no large number of no unit."""
    counted = text[number.end - 1 : number.end]
    if not number.noun:
        return counted in _UNITS
    return counted in SCALES + LOOSE or (head.start() == begin and number.value < 1000)


def _counted_group(context: MentionContext, number: Number) -> Mention | None:
    found = _counted_in(context, number)
    if found is not None:
        return found
    if number.dimension != "count" and not number.noun:
        return None
    text, begin = context.text, number.end
    having = _HAVING.match(text, begin)
    begin = having.end() if having else begin
    limit = min(len(text), begin + REACH + 12)
    head = _counted().search(text, begin, limit)
    if head is None or head.start() - begin > REACH:
        return None
    stretch = text[begin : head.start()]
    if _BREAK.search(stretch) or _verbs().search(stretch):
        return None
    if _counts_another(text, head.end()) or not _may_count(text, number, begin, head):
        return None
    if head["bound"] and not _is_counted_area(text, number, begin, head):
        return None
    bounded = text.startswith(words_of("over-after", "under-after"), begin)
    name = text[number.start if bounded else number.end : head.end()]
    count = None if bounded else number.value
    start = number.start
    if bounded and (whole := context.ends.get(start)) is not None:
        start = whole.start  # 两个|800人以上安置点
    return context.mention(
        start, head.end(), "Group", name, rule_name("group-counted"), count=count
    )
