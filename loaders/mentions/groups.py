"""Groups: people, bodies and areas taken together, with the count before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.patterns import alternation, firsts, guarded
from policygraph.ontology.vocabulary import word_cache

REACH = 14
# People, bodies and areas are counted in these; 项, 条, 场 and the like count other things.
_UNITS = frozenset("个家户名位人所支对批")
# China has no more of these: 1500个省级项目 counts something else.
_MOST = {"省": 34, "州": 30, "市": 700, "县": 3000}
_BREAK = re.compile(r"[，,。；;：:、！!？?\s“”《》（()）0-9]")
_BRACKET = re.compile(r"[（(](?:屯|市|市区|市、区|区|社区|街道|组|镇)[)）]")
_BOTH = re.compile(
    r"(?:(?:各级|省市县|市县乡|市县|县乡|各地)?党委(?:、|和|与)?政府|省委、省政府|市委、市政府|县委、县政府"
    r"|区党委、政府|党中央、国务院)"
    r"(?:(?:相关|有关)?(?:分管负责人|分管领导|主要领导|主要负责人|领导同志|领导|负责人))?"
)
_SHARED = re.compile(r"(驻村)[\u4e00-\u9fff]{2,6}[和与、]\Z")
_MANY = re.compile(r"各级|市县|县乡|省市县|市县乡|各地")


@word_cache
def _heads() -> str:
    return alternation(words("groups", "head"))


@word_cache
def _bound() -> str:
    """Single words such as 县 and 村, where they are not the end of 农村 or the start of 县域."""
    bound = alternation(words("groups", "bound") - {"村"})
    return rf"(?:(?<![农乡])村|{bound})(?![级域内外直场])"


@word_cache
def _counted() -> re.Pattern[str]:
    generic = alternation(words("groups", "generic"))
    heads = f"(?:{_heads()})+|(?:{generic})(?![级域内外])"
    return re.compile(rf"(?:{heads}|(?P<bound>{_bound()}))(?:{_BRACKET.pattern})?")


@word_cache
def _uncounted() -> re.Pattern[str]:
    """Words before a head and the head: 省直相关行业部门 | 农村低收入人口."""
    departments, before = words("departments"), words("groups", "modifier")
    heads, generic = words("groups", "head"), words("groups", "generic")
    bodies = rf"{guarded(departments)}(?:局|委|厅)"
    members = r"(?:全国|自治区|省|市|县|区)?(?=政协|人大)"
    bracket = f"(?:{_BRACKET.pattern})?"
    # Most places are left at once: no word that counts here begins with their character.
    begins = firsts((*departments, *before, *heads, *generic, *"全自省市县区政人"))
    return re.compile(
        rf"(?=[{begins}])(?:"
        rf"(?<![(（])(?:{members})?(?:{guarded(before)}|{bodies}){{0,6}}"
        rf"(?:{guarded(heads)}|(?<=[\u4e00-\u9fff])(?P<generic>{guarded(generic)})){bracket}"
        rf"|{guarded(departments)}系统(?=[\u4e00-\u9fff]{{0,2}}(?:坚持|干部|要|认真|全体|各)))"
    )


@word_cache
def _levels() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(words('groups', 'levels'))})(?![级委]|村振兴|三级|两级|各级)"
    )


@word_cache
def _after() -> re.Pattern[str]:
    return re.compile(alternation(words("groups", "after")))


@word_cache
def _next() -> re.Pattern[str]:
    """What may follow a short word such as 县: the end, a verb, an adverb, a particle."""
    following = alternation(words("actions") | words("adverbs") | words("phrase-edges"))
    return re.compile(rf"(?:[^\u4e00-\u9fff]|\Z|[和与及的在等获入农城居较占]|{following})")


@word_cache
def _facility() -> re.Pattern[str]:
    return re.compile(alternation(words("groups", "facility")))


@word_cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('phrase-edges', 'strong'))}|[在将对把均都已是]")


def find_groups(context: MentionContext) -> Iterator[Mention]:
    """28个国定脱贫县 | 26.75万脱贫户 | 省直相关行业部门 | 省委、省政府分管领导."""
    for number in context.numbers:
        found = _counted_group(context, number)
        if found is not None:
            yield found
    for m in matches(_uncounted(), context):
        if m["generic"] and m.start("generic") == m.start():
            continue
        if not _after().match(context.text, m.end()):
            yield _plain(context, m)
    for m in matches(_levels(), context):
        yield context.mention(m.start(), m.end(), "Group", m[0], "group/levels")
    for m in matches(_BOTH, context):
        if _MANY.match(m[0]) or m[0][-1] in "导人志":
            yield context.mention(m.start(), m.end(), "Group", m[0], "group/shared-head")


def _plain(context: MentionContext, m: re.Match[str]) -> Mention:
    """“6类重点对象” takes its quotes; 驻村第一书记和工作队 share their first word."""
    text, (start, end), name = context.text, m.span(), m[0]
    if text[end : end + 1] == "”":
        opened = text.rfind("“", max(context.start, start - 8), start)
        if opened >= 0 and not _BREAK.search(re.sub("[0-9]", "", text[opened + 1 : start])):
            start, end = opened, end + 1
            name = text[start + 1 : end - 1]
    shared = _SHARED.search(text[max(context.start, start - 10) : start])
    if shared and not name.startswith(shared[1]) and name.startswith(("工作队", "干部")):
        name = shared[1] + name
    return context.mention(start, end, "Group", name, "group/head")


def _counted_group(context: MentionContext, number: Number) -> Mention | None:
    if number.dimension != "count" and not number.noun:
        return None
    text, begin = context.text, number.end
    limit = min(len(text), begin + REACH + 12)
    head = _counted().search(text, begin, limit)
    if head is None or head.start() - begin > REACH:
        return None
    stretch = text[begin : head.start()]
    if _BREAK.search(stretch) or _verbs().search(stretch):
        return None
    if _facility().match(text, head.end()):
        return None
    counted = text[begin - 1 : begin]
    if number.noun:
        if counted not in "万亿千百多余" and (head.start() > begin or number.value >= 1000):
            return None
    elif counted not in _UNITS:
        return None
    if head["bound"]:
        few = _MOST.get(head["bound"], number.value)
        if number.value > few or not _next().match(text, head.end()):
            return None
    bounded = text.startswith(("以上", "以下"), begin)
    name = text[number.start if bounded else begin : head.end()]
    count = None if bounded else number.value
    return context.mention(number.start, head.end(), "Group", name, "group/counted", count=count)
