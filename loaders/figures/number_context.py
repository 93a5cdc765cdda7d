"""A number in its clause: what stands before it, after it and between it and its neighbour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from policygraph.graph.statements import Mention
from policygraph.loaders.numbers import Number
from policygraph.loaders.structure import Clause
from policygraph.loaders.words.characters import DISPOSING, LOOSE
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.nouns import noun_before
from policygraph.loaders.words.time import (
    FIVE_YEAR_PLAN,
    SPAN_COUNTED,
    SPAN_NOUN,
    SPAN_UNIT,
    YEARS_AGO_ANYWHERE,
)
from policygraph.loaders.words.verbs import lexicon

_FEW_YEARS = 10
_LINE_OR_MARK = ("", "\n", "。", "；", "，")
_YEARS_LEAD = WordPattern(
    r"来|间|里|中|内|{cumulative|predicate-adverb|new|up|down|doubled}|翻[一二两]番"
)
WINDOW = 60  # characters on either side of a number that are looked at
_JOINT = WordPattern(
    r"[、，,]?\s*{and}?\s*{world}?$|\s*[:：∶]\s*$|(?:、|{and})(?:{per-person}|每[年月日])$"
)
# Note marks stand between a word and its number and say nothing: 生产总值[2]达到, GDP¹为.
_NOTE = r"[\[［〔]\d{1,3}[\]］〕]|[⁰¹²³⁴-⁹]+"
# The number of an item is no part of what it says: ②|改造学校, （2）|改建公路.
_MARKER = r"\s*(?:[①-⑳⑴-⒇]|[(（]\d{1,2}[)）]|\d{1,2}[.．)）、])\s*"
_NOTED = WordPattern(_NOTE)
# 连续33个榨季 and 近3年 say for how long, they do not part a noun from its number.
_COLOUR = WordPattern(
    rf"(?<![学比较])(?:已|均)?{{colour}}{SPAN_COUNTED}|{YEARS_AGO_ANYWHERE}|{_NOTE}|^{_MARKER}"
)
_BOUND = WordPattern(r"(?:及)?{over-after|under-after}(?:的)?(?=[^，,。；;、的左右])")
_BOUND_PEOPLE = WordPattern(
    r"{people-noun}及?{over-after|under-after}的?[\u4e00-\u9fff]{0,4}{measured-place}"
)
_MARK_NEXT = WordPattern(r"(?:{over-after})的?{passed-mark}(?=[，,。；;、]|$)")
_MARK = WordPattern(r"{passed-mark}")
_ONE_OF_MARKS = WordPattern("[一二两三四五六七八九十几数]{1,2}个$")
# 从2015年的|3.2万元, 由上年的|51%, 由|51%: the first of two levels.
_YEAR_SAID = "[0-9〇○零一二三四五六七八九]{4}年(?:底|末)?"
_AGED = WordPattern(
    r"(?:\s*[-—–~～至到]{1,2}\s*\d{1,3}{age-unit})?(?:及?{over-after|under-after})?的?(?:[\u4e00-\u9fff]{0,4}?{aged})"
)
_BOUND_PLACE = WordPattern(r"{over-after|under-after}的?[\u4e00-\u9fff]{0,4}{measured-place}")
_FROM = WordPattern(
    rf"(?:从|由|自)(?:{_YEAR_SAID}|{{base-time}}|{FIVE_YEAR_PLAN}[末期]{{0,2}}|[初年期当]{{1,2}})?的?(?:{{per-person}})?{{under|approx|over}}?$"
)
_TURNS = WordPattern(
    r"[^，,。；;、\d]{0,4}{turn-from-base}|[到至为]|[^，,。；;、\d]{1,4}[到至](?=[近约超逾每]?[\d一二三四五六七八九十百])"
)
_TO = WordPattern(
    rf"[^，,。；;、\d]{{0,4}}(?:{{turn-from-base}})?[^，,。；;、\d]{{0,2}}[到至为](?:{_YEAR_SAID}|{FIVE_YEAR_PLAN}末|{{now|base-time}})?的?(?:{{per-person}})?[近约超逾]?"
)
# 超过500万元|的家庭农场|150家, 5000平方米|以上的标准厂房有|30栋
_COUNTED_BOUND = WordPattern(
    r"(?:(?P<after>{over-after|under-after})的?|的)(?P<noun>[\u4e00-\u9fff]{1,10}?)(?:{link}|[已共]?有)?"
)
# 64个|预增产值过|10亿元的项目, 12个|500万元以上的项目
_LEADS_BOUND = WordPattern(
    r"{measure-prefix}{0,2}(?:{price|sum-noun|money-noun}|[\u4e00-\u9fff]{1,5}[额值])?(?P<over>{over|under|over-noun})?"
)
_NO_BOUND = ("", "count", "ratio", "points", "duration")  # what bounds no things by their size
_BOUND_TOLD = WordPattern(r"(?P<after>{over-after|under-after})?的?(?=[\u4e00-\u9fff])")
_OVER_BEFORE = WordPattern(r"{over|under|over-noun}$")
_COLOURED = WordPattern(r"{colour}(?:\d{1,3}[-—–~～至到]{1,2})?$")  # 历时|3年, 历时2到|3天
_COLOUR_REACH = 8
# What parts the two numbers of a range: 3—5个, 5%至6%; after 从 or 由 they are two levels.
_RANGE = WordPattern(r"\s*(?:[-—–~～]{1,3}|[至到])\s*")
_LEVEL_BEFORE = WordPattern("[从由自](?:[^，,。；;]{0,12}[的为])?$")
_OVER_NOUN = WordPattern(r"{over-noun}$")
_LIST_OF_BOUNDS = WordPattern(r"^(?:、[超过]?[百千万]?亿?元?级?)+")
# 省水利厅|对|引大济岷工程投入, 省财政厅|安排|资金: what shows that who stands before it acts.
ACTED = WordPattern(
    r"(?:{predicate-adverb|cumulative})*(?:(?P<whom>{targeting})|(?={granting|paying|counting-verb})(?!{guard}))"
)
_UNIT_TOO = WordPattern(r"[（(][\u4e00-\u9fff]{1,2}[）)]")  # 7万套（间）
_SHORT_LEAD = 2  # characters before a row of counts that name nothing: 抽审, 走遍
_ROW_ITEM = WordPattern(r"(\d[\d.]*[万千百]?[\u4e00-\u9fff])")
_BETWEEN = WordPattern(r"[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff、]{1,8}[)）])?")
_AFTER = WordPattern(r"{over-after|under-after|approx-after}|[多余]")


@dataclass(frozen=True, slots=True)
class NumberContext:
    """One number of a clause with the words around it.

    ``left`` reaches back to the number before, past durations that are only colour and past bounds
    that belong to the noun; ``gap`` is what stands between the two numbers; ``whole`` reaches back to
    where the clause begins, ``right`` on to its end; ``joined`` is set where only 、 or 和 stands
    between this number and the one before; ``noun_at`` is where a noun after it begins; ``group`` is the counted group that begins here;
    ``row`` is set in a row of counts each before its own noun: 涉及|3个县|15个镇|5.2万户.
    """

    text: str
    clause: Clause
    number: Number
    before: Number | None
    after: Number | None
    left: str
    left_start: int
    gap: str
    whole: str
    right: str
    joined: bool
    noun_at: int
    group: Mention | None
    row: bool = False

    @property
    def limit(self) -> int:
        """Where a noun after the number ends at the latest: at the next number or the clause's end."""
        return self.after.start if self.after else self.clause.end

    @property
    def adjacent(self) -> bool:
        """Whether the number before ends where this one begins: 577户1695人."""
        return self.before is not None and self.before.end == self.number.start

    @property
    def ends_range(self) -> bool:
        """Whether this number ends the range that the one before begins: 3—|5个, 5%至|6%."""
        return (
            self.before is not None
            and self.before.form == self.number.form
            and self.before.dimension == self.number.dimension
            and len(self.gap) < 7
            and _RANGE.fullmatch(self.gap) is not None
            and not _LEVEL_BEFORE.search(self.whole[: -(self.number.start - self.before.start)])
        )


# 发行总额|（亿元）：|10.00, 人口|：|56.3万人: what parts a label from its number.
_LABEL_END = WordPattern(
    r"(?<=[\u4e00-\u9fff])(?:[（(][万亿]{0,2}[\u4e00-\u9fff%‰]{1,6}[）)]\s?[:：]?|[:：])\s?$"
)


def _slot(
    text: str,
    clause: Clause,
    number: Number,
    neighbours: tuple[Number | None, Number | None],
    parted: Number | None,
    group: Mention | None,
) -> NumberContext:
    """The number_context of a number; ``parted`` is the last one before it that ends a noun."""
    before, after = neighbours
    bracket = _UNIT_TOO.match(text, number.end, clause.end) or _NOTED.match(
        text, number.end, clause.end
    )
    begin = max(clause.start, number.start - 2 * WINDOW)
    left_start = max(parted.end if parted else clause.start, begin)
    after_bound = _AFTER.match(text, left_start) if parted else None
    if after_bound:
        left_start = after_bound.end()
    label = _LABEL_END.search(text[left_start : number.start])
    end = left_start + label.start() if label and clause.start == left_start else number.start
    gap = text[before.end : end] if before else text[begin:end]
    return NumberContext(
        text,
        clause,
        number,
        before,
        after,
        _COLOUR.sub("", text[left_start:end]),
        left_start,
        gap,
        text[begin:end],
        text[number.end : min(clause.end, number.end + WINDOW)],
        before is not None and len(gap) < 7 and _JOINT.fullmatch(gap) is not None,
        bracket.end() if bracket else _past_loose(text, number),
        group,
    )


def _past_loose(text: str, number: Number) -> int:
    """13亿|多|人口: where the noun that a number counts begins."""
    loose = number.over and number.noun and text[number.end : number.end + 1] in tuple(LOOSE)
    return number.end + loose


def is_colour(text: str, number: Number) -> bool:
    """Whether a duration only colours what is said: 连续33个榨季排全国第一 | 近3年提升."""
    if number.form != "plain" or not (
        SPAN_UNIT.search(number.unit) or (number.unit == "个" and SPAN_NOUN.match(text, number.end))
    ):
        return False
    if number.unit == "年" and text.startswith(("前", "来，", "来,"), number.end):
        return True
    opens = number.unit == "年" and text[number.start - 1 : number.start] in _LINE_OR_MARK
    if opens and number.value <= _FEW_YEARS and _YEARS_LEAD.match(text, number.end):
        return True  # 5年|累计完成
    return _COLOURED.search(text[max(0, number.start - _COLOUR_REACH) : number.start]) is not None


def begins_path(context: NumberContext) -> bool:
    """Whether a level leads to another: 从2015年的|3.2万元|提高到2020年的5.1万元."""
    return _FROM.search(context.left) is not None and _TURNS.match(context.right) is not None


def before_path(left: str) -> str:
    """What stands before the words that lead to the first of two levels: 城镇化率|从2015年的51%提高到56%."""
    return _FROM.sub("", left)


_AGE_COUNTED = WordPattern(
    r"(?:[-—–~～至到]{1,2}\d{1,3}{age-unit})?(?:及?{over-after|under-after})?的?\d[\d.]*[万千]?{people-unit}"
)


def ends_path(context: NumberContext) -> bool:
    """Whether a number is the level that the one before led to: 提高到2020年的|5.1万元."""
    return (
        context.before is not None
        and _TO.fullmatch(context.gap) is not None
        and _FROM.search(context.whole[: context.before.start - context.number.start]) is not None
    )


def counts_marks(words: str) -> bool:
    """再上一个|万亿元台阶, 连跨两个|千亿元台阶: a count that is no figure, before a mark."""
    return _ONE_OF_MARKS.search(words) is not None


def is_bound(context: NumberContext) -> bool:
    """800人以上安置区 | 超200亿元县（区） | 超百亿、超千亿产业链; but 85%以上农户 is a rate."""
    number = context.number
    if number.form == "bound":
        return True
    counted = context.adjacent or counts_marks(context.gap)
    if number.dimension == "money" and counted and _MARK.match(context.right):
        return True  # 连跨6个|千亿元|台阶, 再上一个|万亿元|台阶
    if number.form != "plain" or number.dimension in ("ratio", "points"):
        return False
    if number.unit in words("age-unit") and (
        _AGED.match(context.right) or _AGE_COUNTED.match(context.text, number.end)
    ):
        return True  # 0—6岁儿童, 40岁～49岁23人
    if number.noun and _BOUND_PEOPLE.match(context.right):
        return True  # 5000人口以上的村
    if _bounds_counted(context) or _bounds_what_is_counted(context):
        return True
    if _BOUND.match(context.right):
        return _bounds_noun(context)
    return (
        number.dimension == "money"
        and opening("bounded").match(_LIST_OF_BOUNDS.sub("", context.right).removeprefix("的"))
        is not None
        and _OVER_NOUN.search(context.gap) is not None
    )


def _bounds_counted(context: NumberContext) -> bool:
    """建成|5000平方米以上的|厂房30栋, 产值超过|500万元的|农场150家: a measure that says which things are counted after it."""
    number, after = context.number, context.after
    if after is None or after.dimension != "count" or after.noun or number.dimension == "count":
        return False
    said = _COUNTED_BOUND.fullmatch(context.text[number.end : after.start])
    if said is None or (said["after"] is None and not _OVER_BEFORE.search(context.gap)):
        return False
    noun = said["noun"]
    return not any(noun[at:] in lexicon().verbs for at in range(1, len(noun)))


def counted_past_bound(context: NumberContext) -> int:
    """64个|预增产值过10亿元的|项目: where the noun counted begins after a bound that defines it, 0 where none does."""
    if context.after is None:
        return 0
    return _past_bound(context, context.noun_at, context.after)


def _past_bound(context: NumberContext, start: int, number: Number) -> int:
    """Where a noun begins after a bound that is led to from ``start``; 0 where it is none."""
    if number.dimension in _NO_BOUND:
        return 0
    led = _LEADS_BOUND.fullmatch(context.text, start, number.start)
    bound = _BOUND_TOLD.match(context.text, number.end, context.clause.end)
    if led is None or bound is None or (led["over"] is None and bound["after"] is None):
        return 0
    return bound.end()


def _bounds_what_is_counted(context: NumberContext) -> bool:
    """50个|投资超|亿元的重大项目: the bound of what a count before it counts."""
    before = context.before
    counts = before is not None and before.form == "plain" and before.dimension == "count"
    if before is None or not counts:
        return False
    return context.right.startswith("的") and _past_bound(context, before.end, context.number) > 0


def _bounds_noun(context: NumberContext) -> bool:
    """Whether 以上 and its kind bound the noun after them: 总投资10亿元以上|项目, but not 实施10个以上重大项目."""
    number = context.number
    if _MARK_NEXT.match(context.right):
        return False  # 经济规模进入|5万亿元以上的新阶段: a level, told by the mark it passed
    if number.dimension == "money":
        linked = closing("link").search(context.gap)
        if context.gap.endswith(DISPOSING):
            return True  # 将|2000元以下的小额救助审批权限下放
        return not linked or closing("guard").search(context.gap) is not None
    if number.unit in words("people-unit") and _BOUND_PLACE.match(context.right):
        return True  # 实现|500人以上行政村全覆盖
    generic = number.unit in words("generic-unit")
    return not (
        closing("link", "counting-verb", "new").search(context.gap) or (generic and context.gap)
    )


def _in_row(context: NumberContext, before: NumberContext | None) -> bool:
    """Whether a number counts the noun after it because nothing but a verb leads to the row: 涉及|3个县|15个镇."""
    number = context.number
    if number.dimension not in ("count", "") or number.form != "plain" or is_bound(context):
        return False
    if before is not None and before.row:
        return _names_thing(context.gap) or context.adjacent
    after = context.after
    between = context.text[number.end : after.start] if after else ""
    if not _names_thing(between):
        return False
    noun = noun_before(context.left).removesuffix("了")  # 解决了|2镇9村
    if not noun:
        # 3个县15个镇受灾; but 64个县市人口30万人.
        return len(between) < 4 and closing("measured-place").search(between) is not None
    leads = noun in lexicon().verbs or closing("leads-row").search(noun) is not None
    return leads or (len(noun) <= _SHORT_LEAD and _last_has_noun(context))


def _last_has_noun(context: NumberContext) -> bool:
    """抽审|7个镇|28个村|46个项目: whether the last of a row of counts has its noun after it, which the clause ends with."""
    rest = context.text[context.number.end : context.clause.end]
    items = _ROW_ITEM.split(rest)
    return len(items) > 2 and all(_names_thing(item) for item in items[::2])


def _names_thing(words: str) -> bool:
    """Whether what stands between two numbers is a noun: 县, 村（社区）; but 开工3个|竣工|5个."""
    if not _BETWEEN.fullmatch(words) or words in lexicon().verbs:
        return False
    if opening("over-after", "under-after", "approx-after").match(words):
        return False
    inside = lexicon().all_verbs(words).items()
    if any(verb.has("strong") and 0 < at < len(words) - len(verb.text) > 1 for at, verb in inside):
        return False  # 36家|企业申报专利|120件
    turns = cue("counting-verb", "new", "link", "up", "down").search(words)
    return turns is None or cue("guard").search(words) is not None


def number_contexts(
    text: str, clause: Clause, numbers: Sequence[Number], groups: Mapping[int, Mention]
) -> list[NumberContext]:
    """The number_contexts of one clause's numbers; colours and bounds do not part a noun from its number."""
    found: list[NumberContext] = []
    parted: Number | None = None
    before: Number | None = None
    for place, number in enumerate(numbers):
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        group = groups.get(number.start)
        context = _slot(text, clause, number, (before, after), parted, group)
        if _in_row(context, found[-1] if found else None):
            context = replace(context, row=True)
        found.append(context)
        before = number
        if not is_colour(text, number) and not is_bound(context):
            parted = number
    return found
