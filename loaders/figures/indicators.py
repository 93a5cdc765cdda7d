"""The words of the text that say what a number counts or measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.disposal import acted_on
from policygraph.loaders.figures.number_context import (
    NumberContext,
    before_path,
    begins_path,
    counted_past_bound,
    counts_marks,
)
from policygraph.loaders.figures.qualifiers import is_target
from policygraph.loaders.figures.quantities import (
    compared,
    completed,
    is_counted,
    multiple_of,
    of_earlier,
)
from policygraph.loaders.words.characters import LISTED, LOOSE, MEDALS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.nouns import (
    EDGES,
    WITHIN,
    after_turn,
    last_item,
    noun_after,
    noun_before,
    noun_end,
    phrase_after,
    strip_leading,
    strip_rank,
    thing_end,
)
from policygraph.loaders.words.verbs import acting, lexicon

_ABOUT_ANOTHER = ("change", "rank", "completion", "gap")
_BOUND = WordPattern(r"(?:、超?[百千万十]*亿?元?)*(?:及)?{over-after|under-after}?级?的?")
_EXCEEDS = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2}){price}(?:超|过|破|{over}).*$"
)  # 8家企业|纳税过亿元
_PEOPLE = WordPattern(r"{people-noun}")
_PLACE = WordPattern(r"[\u4e00-\u9fff]{0,4}?{measured-place}(?![域级])")
# 50个|投资超亿元的|重大项目
_PRICED = WordPattern(r"(?:{price}|总?{sum-noun}){over|under}?[\d.百千万亿]+元{over-after}?的")
_BOUND_BEFORE = WordPattern(r"^.*(?:{over-after}|{under-after})的?(?=[\u4e00-\u9fff])")
_STILL = WordPattern("(?<=[\u4e00-\u9fff])[仍还尚已][有达占]?$")  # 收入10万元以下的村|仍有|86个
_TRADED_WITH = WordPattern("对[\u4e00-\u9fff“”]{2,10}(?<!口)")
_TRADE = WordPattern("进?出?口[总额值量]*$")
# 原副局长张某受贿案等|职务犯罪案件5件, 《…细则》等|制度7项: what long names are; 护林员等岗位 is short.
# 投资|降幅|收窄1.2个百分点, 工业增加值|增速|同比加快0.8个百分点: points by which a speed itself changed.
_SPEED_TURNED = WordPattern(
    r"(?P<speed>{speed})(?:{base}|[较比][^，,、；;]{1,10})?(?:{up|down|speeding})(?:了|{nearly})?$"
)
_LISTED_FIRST = WordPattern(
    r"^.{12,}(?<=[\u4e00-\u9fff》”）])等(?![级于奖功待候])(?=[\u4e00-\u9fff]{2})"
)
_GIVEN_EACH = WordPattern("^[为给向对].*每[人户名]")  # 为孤儿每人发放|1万元助学金
_AT_PLACE = WordPattern(r"在[\u4e00-\u9fff]{2,10}?(?={counting-verb})")
_GOES_ON = WordPattern(r"的[\u4e00-\u9fff]|\d")  # 18家卫生院|参加的医共体2个
_MANNER = 4  # characters of an adverb unknown and a verb: 驻点|帮扶
_STEP = WordPattern(r"[十百千万亿]*[元吨斤]?{passed-mark}")  # 跨越5个千亿元台阶、|达到1.8万亿元
# 牲畜存栏71.5万头，|出栏|64.3万头: what a total alone is of was said before.
_BARE_TOTAL = WordPattern(r"{bare-total}")
_TOLD_TOTAL = WordPattern(r"(?P<what>[\u4e00-\u9fff]{2,6}?)(?:{bare-total}|{planted-area})")
_VALUE_ADDED = WordPattern(r"{value-added}")
_OUTPUT = WordPattern(r"(?P<what>[\u4e00-\u9fff]{2,8}?){output-value}")
_SHORT = 3  # characters of what only says where in a list of parts
_COUNT = WordPattern(r"\d.*$")  # 项目|102个
_COUNT_FIRST = compiled(r"[0-9.万亿]+(?:个|项|座|家|条|处)?")  # 实施|79个|项目
_LONGEST_VERB = 4  # characters of a verb before those who are paid
# 因灾|纳入监测对象: the cause says which are meant.
_FOR_CAUSE = WordPattern(r"因[\u4e00-\u9fff]{1,3}?(?:{put-in-place|new|counting-verb}|[致返受])")
_RISE_EACH = WordPattern(
    r"(?P<rise>(?!{each-time|each-year}){per-person}{gain-by})(?:了|{nearly})?$"
)  # 每亩|增收|800元
_AT_A_TIME = WordPattern(r"{each-time}")  # 每天|接待游客, 每次|发放补贴
_THING_NEXT = WordPattern(
    r"(?![一二两三四五六七八九十]个)级?[\u4e00-\u9fff“](?<![左以多余的和与及至到、])"
)
# 85%以上农户参与… | 八成左右的财政支出用于民生: the share of what follows.
_SHARED_OUT = WordPattern(r"{over-after|approx-after}?的?(?![左以])[\u4e00-\u9fff]{4}")
_TO_ONE_WORD = "比"
_TO_ONE = WordPattern(r"(?<!占)比(?:{link}){0,2}$")  # 城乡居民收入比为2.3:1
_LEVEL = WordPattern(r"[\u4e00-\u9fff]{1,3}级")
_EXCEEDED = WordPattern(
    r"{exceeding}[^，,、]{0,8}{completion}"
)  # 播种21.6万亩，|超市定任务|0.3万亩
_GRADE = WordPattern(
    r"^(?:[\u4e00-\u9fff]{1,3}级{over-after}?)?各[级类]|^[\u4e00-\u9fff]{1,3}级{over-after}?"
)
_PER_MANY = WordPattern(r"每[百千万]{1,2}{many-people}{owning}?")
_SHARED_HEAD = WordPattern(
    r"(?:(?:[、，,]|[和与及])[\d.]+[万千百]?[\u4e00-\u9fff]{1,2}?[\u4e00-\u9fff]{1,3}?级)+(?=[\u4e00-\u9fff]{2})"
)
_SUBJECT = WordPattern(r"(?:^|[。；;\n])([^，,。；;、\n]{2,30})[，,]\s{0,2}$")
_TROUBLE = WordPattern(
    r"(?:[\d.]{1,9}[万千]?{people-unit}){0,2}的(?P<what>[\u4e00-\u9fff]{2,12}{trouble})"
)
_AGED_NOUN = WordPattern(
    r"(?:\s*[-—–~～至到]{1,2}\s*\d{1,3}{age-unit})?(?:及?{over-after|under-after})?的?(?P<who>[\u4e00-\u9fff]{0,4}?{aged})"
)
# 为3—6周岁儿童|接种疫苗
_FOR_AGED = WordPattern(
    r"^[为给对向]\d{1,3}(?:{age-unit})?(?:[-—–~～至到]{1,2}\d{1,3})?{age-unit}[^，,、]{0,10}?{aged}(?=[\u4e00-\u9fff]{3})"
)
# 2个空气自动站|因选址问题未能|建成
_CAUSE = r"(?<![原基病起成诱])因(?![素子果])[\u4e00-\u9fff]{2,14}?"
_BY_WHEN = WordPattern(r"(?<=[\u4e00-\u9fff]){by-when}")
_FAILED = WordPattern(rf"(?:{_CAUSE})?{{not-done}}$|{_CAUSE}$")
_WITH_RATIO = WordPattern(r"^[与和同][^，,、]{2,16}?{ratio-tail}")
MEDAL, MEDAL_NAME = "枚", "牌"
_IN_BRACKET = WordPattern("[）)][\u4e00-\u9fff]")
_SENTENCE_BEFORE = 120  # characters before a clause in which its sentence said the same verb
_MARKS = "，,、。；; "
_TOLD_PEOPLE = WordPattern(r"(?:{people-noun|person})$")
_ITEM_ENDS = "，,、；;"
_AND = WordPattern("[和与及]$")
_SERVED = WordPattern("[为给向对让](?:全[省市县区乡镇])?$")
_HEAD_ONLY = WordPattern(
    "(?:[将把对让使有共为]|[尚仍还]有|[尚仍还]差|(?:[^，,。；;]{0,12}[，,：:]))?[将把]?"
)
_DOES = WordPattern(r"(?!的)[\u4e00-\u9fff]{2}")
_NOT_DONE_BY = WordPattern(r"[\u4e00-\u9fff]{0,8}?(?:{person}|{trouble})")
_GIVEN_TO = WordPattern("^[为给向对让将把](?=[\u4e00-\u9fff]{2})")
_STILL_LEFT = WordPattern("[尚仍还](?:有|差|剩)")
_TOLD_OF = WordPattern(r"的?[\u4e00-\u9fff]{3}")
_AFTER_PEOPLE = WordPattern(r"(?:{over-after|approx-after}|的)?(?:、[\d.]+[\u4e00-\u9fff]{1,3})*")


@dataclass(frozen=True, slots=True)
class Indicator:
    """The words, and how they were found (which makes the figure's rule)."""

    words: str
    source: str


def read_indicator(
    number_context: NumberContext,
    kind: FigureKind,
    left: str,
    said_before: str,
    objects: Sequence[str],
    *,
    part: bool,
    counted: str = "",
    whole: str = "",
) -> Indicator:
    """The indicator of a number.

    ``left`` is what stands before it without its scope, ``said_before`` the indicator said before it
    in the sentence, ``objects`` what the clause's actions are done to, ``counted`` what the sentence
    counted last in the same unit, ``whole`` what 其中 divides.
    """
    if kind == "threshold":
        return _bounded(number_context, left, whole or said_before, objects)
    beside = _beside(number_context, kind, left, objects)
    if beside is not None:
        return beside
    path = begins_path(number_context)
    following = _counted(number_context) if is_counted(number_context) and not path else ""
    if following:
        return _of_counted(number_context, left, following)
    left = _without_links(left, number_context, kind, path=bool(path))
    if kind == "gap":
        return _compared(left, number_context, said_before)
    noun = _noun(number_context, kind, left, objects)
    if path:
        return _of_path(number_context, noun, said_before)
    if kind == "amount" and (measured := _measured(number_context, left, noun)):
        return measured
    noun = _with_its_verb(number_context, left, noun)
    if _is_verb_alone(number_context, left, noun):
        return _of_verb(noun, counted)
    said = (said_before, counted, whole)
    return _from_left(number_context, kind, (left, noun), said, part=part)


def _who_act(number_context: NumberContext, left: str, objects: Sequence[str]) -> str:
    """培训|农民|3200人持证上岗: people named before their number, of whom what follows tells what they do."""
    right = number_context.text[number_context.noun_at : number_context.limit]
    people = _GIVEN_TO.sub("", noun_before(left))
    if (
        number_context.number.unit not in words("people-unit")
        or number_context.number.noun
        or not (people and left.endswith(people) and closing("person").search(people))
        or not _DOES.match(right)
        or _NOT_DONE_BY.match(right)
        or opening("up", "down", "over-after", "under-after", "approx-after").match(right)
    ):
        return ""
    verb = lexicon().verb_at(people, 0, len(people))
    if verb is None:
        return people
    rest = people[len(verb.text) :]
    sent = "to-people" in verb.facets and not verb.has("nominal")
    return rest if sent or any(rest and thing.startswith(rest) for thing in objects) else people


def _of_verb(verb: str, counted: str) -> Indicator:
    """受理案件56件，|办结|48件: the verb with what was counted before; 破案|523起 after 刑事案件 has its noun."""
    thing = opening("counting-verb").sub("", counted)
    if closing("guard").search(thing) is None:  # 已处理|（投诉举报）3420件
        thing = closing("counting-verb").sub("", thing)
    thing = "" if verb[-1] in thing else thing
    return Indicator(verb + thing, "carried" if thing else "left")


def _of_counted(number_context: NumberContext, left: str, noun: str) -> Indicator:
    """43个|经济强市县; 总人口60万|人口 has its name before it, 5所|学校没有食堂 lacks what it is counted for."""
    lacking = _LACKING.match(number_context.right)
    told = lacking and (number_context.after is None or lacking.end() < len(number_context.right))
    if lacking and told and lacking[0].startswith(noun):
        return Indicator(lacking[0], "right")
    named = noun_before(left) if _PEOPLE.fullmatch(noun) else ""
    if closing("people-noun").search(named):
        return Indicator(named, "left")
    if number_context.row and number_context.number.noun:
        return Indicator(noun, "right")  # 解决2镇|9村
    return Indicator(_with_verb(number_context, noun), "right")


# 5所|学校没有食堂, 3个|乡镇缺少卫生院: those counted are the ones without.
_LACKING = WordPattern(
    r"[\u4e00-\u9fff（）]{1,10}?{lacks}[\u4e00-\u9fff“”A-Z]{2,12}?(?=[，,。；;、）)\n]|$)"
)
_DIFFERS = WordPattern(r"(?<=[\u4e00-\u9fff]{3})[多少高低快慢]$")  # 重污染天数少|5天
# 50岁以上|18人, 40岁～49岁|23人: those of an age, counted by it alone.
_AGES = WordPattern(
    r"(?:\d{1,3}{age-unit}?[-—–~～至到]{1,2})?\d{1,3}{age-unit}(?:及?{over-after|under-after})?的?\Z"
)
_AGES_WITHIN = 16  # characters in which an age group stands
# 按每人每月|300元标准发放补贴: a standard a head, then what is given.
_EACH_BY = WordPattern(r"{by-standard}(?P<each>{per-person}+)$")
# 300元|标准|发放补贴1200人, 4500元|的标准|资助学生35名
_OF_STANDARD = WordPattern(r"^的?{standard-noun}(?={giving|counting-verb|granting})")
_NUMBER_NEXT = compiled(r"[约近超达共]?\d")
_GIVEN_BY = WordPattern(r"的?(?:{standard-noun})?(?P<verb>{giving|counting-verb|granting})")


def _beside(
    number_context: NumberContext, kind: FigureKind, left: str, objects: Sequence[str]
) -> Indicator | None:
    """What the characters right beside a number say it is of."""
    shared_trouble = _TROUBLE.match(number_context.text, number_context.number.end)
    if shared_trouble and number_context.number.unit in words("people-unit"):
        return Indicator(shared_trouble["what"], "right")  # 解决4.38万人的饮水问题
    medal = number_context.text[number_context.number.end : number_context.number.end + 1]
    if number_context.number.unit == MEDAL and medal in MEDALS:
        return Indicator(medal + MEDAL_NAME, "right")  # 获得5|金3银4铜
    each = _EACH_BY.search(number_context.left)
    given = _GIVEN_BY.match(number_context.right) if each else None
    if each and given:
        at, limit = number_context.number.end + given.end(), number_context.limit
        served = given["verb"] in words("keeps-verb")  # 资助|学生35名
        thing = "" if served else noun_after(number_context.text, at, limit)
        counted = _NUMBER_NEXT.match(number_context.text, at + len(thing)) is not None
        thing = "" if counted else thing  # 补贴|农户126户
        return Indicator(each["each"] + (thing or given["verb"]), "left")
    if _IN_BRACKET.match(number_context.right) and number_context.gap.endswith(("（", "(")):
        named = noun_before(number_context.left.rstrip("（("))
        if named and kind == "amount":
            return Indicator(named, "left")  # 寿山至甘棠段（|12.6公里）路基工程
    who = _who_act(number_context, left, objects) if kind == "count" else ""
    return Indicator(who, "left") if who else None


_JUDGED_IN = WordPattern(
    r"在(?:\d{4}年[度]?)?(?:{rank-area})?(?P<what>[\u4e00-\u9fff]{3,20}?)[中里](?:{rank-verb|rank-link})?(?:{rank-area})?[\u4e00-\u9fff]{0,4}$"
)
_AMONG_COUNTED = WordPattern(r"(?P<what>[\u4e00-\u9fff]{2,8})中[有]?")
_COUNTED_SET = compiled(r"[一二两三四五六七八九十百]{1,4}个")


def ages_before(number_context: NumberContext) -> str:
    """40岁～49岁|23人: the age of those that a number counts, right before it; empty where none stands there."""
    if number_context.number.unit not in words("people-unit"):
        return ""
    start = number_context.number.start
    ages = _AGES.search(number_context.text, max(0, start - _AGES_WITHIN), start)
    return ages[0] if ages else ""


def _noun(
    number_context: NumberContext, kind: FigureKind, left: str, objects: Sequence[str]
) -> str:
    """The noun before a number; 城乡居民收入|比 where a ratio to one follows."""
    among = _AMONG_COUNTED.fullmatch(number_context.gap) if number_context.before else None
    if among:
        return str(among["what"])  # 341件|纠纷|中340件
    said = noun_before(left)
    said = _LISTED_FIRST.sub("", said) if kind in ("count", "amount") else said
    noun = _object_in(last_item(said), objects)
    noun = closing("expecting").sub("", noun)  # 地区生产总值|预期 增长6.5%
    noun = "" if _STEP.fullmatch(noun) else noun
    ratio = number_context.number.form == "ratio" and _TO_ONE.search(left)
    if ratio and not noun.endswith(_TO_ONE_WORD):
        noun += _TO_ONE_WORD
    speed = _SPEED_TURNED.search(left) if number_context.number.dimension == "points" else None
    if kind == "change" and speed:
        return noun_before(left[: speed.start()]) + speed["speed"]
    if kind == "change":
        noun = _DIFFERS.sub("", after_turn(noun))
    if kind == "rank" and (not noun or noun.endswith(WITHIN)):
        held = _JUDGED_IN.search(number_context.whole)
        among = held and _COUNTED_SET.match(held["what"])  # 满意率97%，在全市|十个区|中排第一
        return str(held["what"]) if held and not among else ""  # 在全市|教育质量评价|中居第二位
    # One character is what is left of 提|前三年, 比|前三年.
    return "" if len(noun) == 1 and kind in _ABOUT_ANOTHER else noun


def _is_verb_alone(number_context: NumberContext, left: str, noun: str) -> bool:
    """受理案件56件，|办结48件: whether nothing but a verb stands before a number."""
    words = left.strip(EDGES)
    alone = words.endswith(noun) and strip_leading(words) == noun
    return noun in lexicon().verbs and _is_bare(number_context) and alone


def _measured(number_context: NumberContext, left: str, noun: str) -> Indicator | None:
    """What an amount is of where it is named beside it: what is built for it, or the thing after it."""
    event = opening("scaled-event").match(number_context.right)
    if event and number_context.number.unit in words("scale-unit"):
        return Indicator(event[0], "right")  # 积石山县6.2级|地震
    built = _built(number_context)
    if built:
        return Indicator(built, "left")
    after = _may_stand_after(number_context, left, noun)
    thing = _thing_measured(number_context, noun) if after else ""
    return Indicator(thing, "right") if thing else None


def _built(number_context: NumberContext) -> str:
    """晋煤集团60万吨|甲醇制烯烃项目: what is built for a capacity, empty where none follows."""
    if number_context.number.dimension in ("money", "ratio", "points", "duration"):
        return ""
    thing = noun_after(number_context.text, number_context.noun_at, number_context.limit)
    return thing if closing("built").search(thing) else ""


def _is_bare(number_context: NumberContext) -> bool:
    """Whether nothing follows a number that counts pieces of work: 办结|48件."""
    right = opening("over-after").sub("", number_context.right)
    ends = not right.strip(_MARKS) or right[0] in _ITEM_ENDS  # 改扩建|5所|、撤并3所
    return number_context.number.unit in words("work-unit") and ends


def _with_its_verb(number_context: NumberContext, left: str, noun: str) -> str:
    """消除|风险62户, 参加|养老保险9.36万人: people counted by what they are no name for."""
    handed = closing("hands-over").search(left.rpartition(noun)[0]) if noun else None
    if handed:
        return handed[0] + noun  # 移送司法机关|56件
    if number_context.number.dimension == "money" and closing("person").search(noun):
        return _paid_to(left, noun)
    if (
        not noun
        or number_context.number.unit not in words("people-unit")
        or closing("person").search(noun)
    ):
        return noun
    before, said, _ = left.rpartition(noun)
    verb = closing("counting-verb", "keeps-verb").search(before.rstrip("了")) if said else None
    plain = verb is None or verb[0] in words("attaining") or verb[0] in words("new")
    done = verb is not None and verb[0] in acting("conducts")
    plain = plain or (done and any(noun[at:] in lexicon().verbs for at in range(2, len(noun) - 1)))
    return noun if plain or verb is None else verb[0] + noun


def _paid_to(left: str, people: str) -> str:
    """补贴农户|300万元, 让利群众|1200万元, 农户增收|1200万元: what a sum is that people are paid or earn."""
    before, _, after = left.rpartition(people)
    earned = opening("gain-by").match(after)
    if earned:
        return people + earned[0]
    return lexicon().verb_before(before, len(before), _LONGEST_VERB) + people


def _without_links(
    left: str, number_context: NumberContext, kind: FigureKind, *, path: bool
) -> str:
    """What stands before a number without the words that only link it: 完成…的, 是…的, 居."""
    if path:
        left = before_path(left)
    left = acted_on(_FOR_AGED.sub("", _OF_STANDARD.sub("", left)))
    if number_context.number.dimension in ("ratio", "points"):
        left = closing("better", "aiming").sub("", left.rstrip("了"))
    if kind == "completion":
        left = completed().sub("", left)
    if kind == "rate" and number_context.number.unit in words("times"):
        left = multiple_of().sub("", left)
    if kind == "rate":
        left = of_earlier().sub("", left)
    return strip_rank(left) if kind == "rank" else left


def _may_stand_after(number_context: NumberContext, left: str, noun: str) -> bool:
    """Whether what an amount measures may stand after it: 投入5亿元的项目."""
    return (
        not noun
        or number_context.before is None
        or number_context.right.startswith("级")
        or cue("counting-verb").match(noun) is not None
        or left.endswith("的")
    )


def _of_path(number_context: NumberContext, noun: str, said_before: str) -> Indicator:
    """研究经费，|从2002年1288亿元增加到…, |占生产总值比重从1.07%提高到…: the subject may be a clause of its own."""
    if noun and said_before and (noun in words("share") or noun.startswith("占")):
        return Indicator(said_before + noun, "share")
    if noun or said_before:
        return Indicator(noun or said_before, "left" if noun else "carried")
    subject = _SUBJECT.search(
        number_context.text, max(0, number_context.clause.start - 40), number_context.clause.start
    )
    if subject is None or cue("counting-verb", "link", "up", "down").search(subject[1]):
        return Indicator("", "carried")
    return Indicator(noun_before(subject[1]), "left")


def _compared(left: str, number_context: NumberContext, said_before: str) -> Indicator:
    """县域经济增速|高于全省1个百分点: what is compared, with the word for its speed."""
    left = compared(left, number_context)
    noun = last_item(noun_before(left))
    speed = closing("speed").search(left.rstrip(EDGES))
    if not noun or noun in words("whole"):
        return Indicator(said_before, "carried")
    return Indicator(noun + (speed[0] if speed and not noun.endswith(speed[0]) else ""), "left")


def speed_ranked(number_context: NumberContext, indicator: Indicator) -> str:
    """GDP总量居全省第4位，|增速|居全省第2位: the word for the speed that holds a rank, empty where none does."""
    speed = closing("speed").search(strip_rank(number_context.whole).rstrip(EDGES))
    if speed is None or indicator.source == "paired" or indicator.words.endswith(speed[0]):
        return ""
    return speed[0]


def _bounded(
    number_context: NumberContext, left: str, said_before: str, objects: Sequence[str]
) -> Indicator:
    """200亿元以上|企业: the noun that a bound defines."""
    text, start = number_context.text, number_context.noun_at
    aged = _AGED_NOUN.match(text, start, number_context.clause.end)
    if aged and number_context.number.unit in words("age-unit"):
        return Indicator(aged["who"], "bound")
    if said_before and number_context.number.dimension == "ratio":
        return Indicator(said_before, "bound")  # 占比78%，高于省定|55%的标准
    people = _PEOPLE.match(text, start) if number_context.number.noun else None
    bound = _BOUND.match(text, people.end() if people else start)
    noun = noun_after(text, bound.end() if bound else start, number_context.clause.end)
    noun = _of_place(_STILL.sub("", _COUNT.sub("", noun)))
    noun = closing("share", "rate-noun").sub("", noun) or noun
    # 将2000元以下的|小额救助审批权限|下放: what is told of it is no part of its name.
    noun = next((thing for thing in objects if noun.startswith(thing)), noun)
    if noun in words("passed-mark"):
        noun = _stepped(number_context, left, objects)  # 跨越5个|千亿元台阶
    return Indicator(noun or _BOUND_BEFORE.sub("", said_before), "bound")


def _stepped(number_context: NumberContext, left: str, objects: Sequence[str]) -> str:
    """地区生产总值|连跨两个万亿元台阶: what passes marks that are counted but are no figure."""
    noun = _noun(number_context, "threshold", left, objects) if counts_marks(left) else ""
    return "" if counts_marks(noun) else noun


def _of_place(noun: str) -> str:
    """5000人口以上的|村|配备村医: a place without what is done there."""
    place = _PLACE.match(noun)
    acts = place is not None and lexicon().verb_at(noun, place.end(), len(noun)) is not None
    return place[0] if place is not None and acts else noun


def _counted(number_context: NumberContext) -> str:
    """43个|经济强市县: the noun counted, empty where none follows."""
    if number_context.group:
        if bounded := _past_inner_bound(number_context):
            return bounded
        named = _group_noun(number_context)
        return named[1:] if number_context.number.over and named[0] in LOOSE else named
    start, limit = number_context.noun_at, number_context.limit
    noun = noun_after(number_context.text, start, thing_end(number_context.text, start, limit))
    noun = noun.removeprefix("级")  # 3个100亿级|产业名镇
    if _STEP.fullmatch(noun):
        return ""  # 经济总量跨越|5个千亿元台阶, 跨越|4个千亿台阶
    priced = _PRICED.match(number_context.text, start, number_context.clause.end)
    if priced:
        noun = noun_after(number_context.text, priced.end(), number_context.clause.end)
    past = counted_past_bound(number_context)
    noun = noun_after(number_context.text, past, number_context.clause.end) if past else noun
    people = _PEOPLE.match(noun)
    if people and noun[people.end() :].startswith("的"):
        noun = people[0]  # 拥有13亿人口的|大国
    noun = _EXCEEDS.sub("", closing("told-next").sub("", noun)) or noun  # 5个项目|未开工
    noun = _without_term(_FAILED.sub("", noun) or noun)
    noun = _before_manner(_before_next(number_context, noun))
    served = _SERVED.search(number_context.gap)
    given = cue("counting-verb").search(noun, 2) if served else None
    guards = [(m.start(), m.end()) for m in cue("guard").finditer(noun)]
    if given and not any(first <= given.start() < last for first, last in guards):
        return noun[: given.start()]  # 为1216名贫困生|发放助学金
    if _LEVEL.fullmatch(noun):
        return noun + _shared_head(number_context, noun)
    return _among_alike(number_context, noun) or noun


def _among_alike(number_context: NumberContext, noun: str) -> str:
    """15个国控、省控、市控|断面: what short words that end alike are told of; empty where there are none."""
    if len(noun) not in (2, 3):
        return ""
    alike = compiled(rf"(?:[、和及][\u4e00-\u9fff]{{1,2}}{noun[-1]})+(?=[\u4e00-\u9fff]{{2}})")
    found = alike.match(number_context.text, number_context.noun_at + len(noun))
    if found is None:
        return ""
    return noun_after(number_context.text, found.end(), number_context.clause.end)


def _without_term(noun: str) -> str:
    """3个|项目|年底前完工, 12个|村|年底前|通自来水: what is counted without the term, and the verb that ends with it."""
    term = _BY_WHEN.search(noun)
    before, rest = (noun[: term.start()], noun[term.end() :]) if term else (noun, "")
    return before if rest in lexicon().verbs else before + rest


def _before_next(number_context: NumberContext, noun: str) -> str:
    """2126个重建项目|完工|2098个: what is counted, before the verb that leads to the next number."""
    after, start = number_context.after, number_context.noun_at
    if (
        after is None
        or start + len(noun) != after.start
        or after.unit != number_context.number.unit
    ):
        return noun
    cut = next((at for at in range(2, len(noun) - 1) if noun[at:] in lexicon().verbs), len(noun))
    return noun[:cut]


def _before_manner(noun: str) -> str:
    """11.6万名老年人|免费体检: what is counted, before an adverb and the verb that ends the clause."""
    known = lexicon()
    for at in range(2, len(noun) - 3):
        adverb = known.adverb_at(noun, at, len(noun))
        if len(adverb) > 1 and known.adverbs[adverb] == "plain":
            verb = known.verb_at(noun, at + len(adverb), len(noun))
            if verb and at + len(adverb) + len(verb.text) == len(noun):
                return noun[:at]
    return noun


def _shared_head(number_context: NumberContext, level: str) -> str:
    """3个国家级、12个省级|示范基地: the noun that levels with numbers of their own share."""
    start = number_context.noun_at + len(level)
    found = _SHARED_HEAD.match(number_context.text, start, number_context.clause.end)
    if found is None:
        return ""
    return noun_after(number_context.text, found.end(), number_context.clause.end)


def _object_in(noun: str, objects: Sequence[str]) -> str:
    """科技特派团助力企业攻克|关键技术难题: where the clause's object ends the noun, it is the noun."""
    firsts = (thing.partition("、")[0] for thing in objects if "、" in thing)
    # 改造|棚户区4.2万套、老旧小区; but 投资项目3669个、…
    bare = (f for f in firsts if not closing("money-noun").search(noun.removesuffix(f)))
    for thing in (*objects, *bare):
        if (
            (len(noun) / 3 <= len(thing) or len(thing) >= 4)
            and thing not in words("bare-head")
            and len(thing) < len(noun)
            and noun.endswith(thing)
            and thing not in words("whole")
            and not _FOR_CAUSE.match(noun)
        ):
            return noun if _AT_A_TIME.match(noun) else thing
    verb = lexicon().verb_at(noun, 0, len(noun))
    new = opening("new").match(noun) is not None
    thing = noun[len(verb.text) :] if verb is not None and (new or verb.has("strong")) else ""
    # 培育|国家级企业|9户、省级企业12户: the first of a list that is the object of the verb.
    long = len(thing) > (1 if new else _SHORT)
    listed = long and any(thing + "、" == o[: len(thing) + 1] for o in objects)
    return thing if listed else noun


def _from_left(
    number_context: NumberContext,
    kind: FigureKind,
    words_before: tuple[str, str],
    said: tuple[str, str, str],
    *,
    part: bool,
) -> Indicator:
    noun = words_before[1]
    said_before, counted, whole = said
    each = _RISE_EACH.search(words_before[0]) if kind in ("amount", "change") else None
    if each:
        return Indicator(noun_before(words_before[0][: each.start()]) + each["rise"], "left")
    goes_on = _going_on(number_context, kind, words_before, said_before)
    if goes_on is not None:
        return goes_on
    if _is_told_after(number_context, kind, words_before):
        return _from_right(number_context)
    if said_before and _EXCEEDED.fullmatch(noun):
        return Indicator(said_before, "carried")
    if said_before and (_only_links(noun, number_context) or noun in words("passed-mark")):
        return Indicator(counted or said_before if kind == "count" else said_before, "carried")
    if noun and cue("counting-verb").fullmatch(noun):
        return _from_counting_verb(number_context, noun, said_before)
    divided = _of_divided(kind, words_before, said_before, whole) if part else None
    if divided is not None:
        return divided
    shares = _shared_in_list(number_context, noun, said_before)
    if shares:
        return Indicator(shares, "carried")
    if noun and not cue("up", "down", "base").fullmatch(noun):
        return Indicator(noun, "left")
    return _from_verb(number_context, kind, noun, (said_before, counted))


def _going_on(
    number_context: NumberContext, kind: FigureKind, words_before: tuple[str, str], said_before: str
) -> Indicator | None:
    """What was said before, where the noun shares it, is its whole, or is left out before a target."""
    noun = words_before[1]
    points = number_context.number.dimension == "points"
    if kind == "change" and points and noun in words("speed"):
        return Indicator(said_before + noun, "left")  # 增长6.8%，|增速|加快1.1个百分点
    paid = number_context.number.dimension == "money" and opening("per").match(noun)
    if paid and words_before[0].strip(EDGES) == noun and _TOLD_PEOPLE.search(said_before):
        return Indicator(noun, "left")  # 惠及学生1.9万名，人均每天|5元
    shared = _shared(kind, words_before, said_before)
    if shared is not None or not said_before:
        return shared
    if noun in words("whole"):
        return Indicator(said_before, "whole")
    if not noun and is_target(number_context):
        return Indicator(said_before, "carried")  # 为实现|5.5%的目标打下基础
    return None


def _from_counting_verb(number_context: NumberContext, verb: str, said_before: str) -> Indicator:
    """救助|9.1万人, 投入|12亿元: the indicator is the verb, unless it says again what was said before."""
    if said_before and _is_said_again(number_context, verb + said_before):
        return Indicator(said_before, "carried")
    served = verb in words("keeps-verb") and number_context.number.unit in words("people-unit")
    people = number_context.number.unit if served else ""
    return Indicator(_spent_on(number_context, verb) + people, "verb")


def _from_verb(
    number_context: NumberContext, kind: FigureKind, noun: str, said: tuple[str, str]
) -> Indicator:
    """The indicator where no noun stands before the number: what was said before goes on, or one follows."""
    said_before, counted = said
    if not noun and _opens_with_people(number_context, kind):
        return _from_right(number_context)
    if said_before and (kind in _ABOUT_ANOTHER or _goes_on(number_context, kind, counted)):
        money = number_context.number.dimension == "money" and kind == "amount"
        spent = closing("physical-head").sub("", said_before) if money else ""
        if kind == "count" and counted and closing("rate-noun").search(said_before):
            spent = counted  # 已整改1.1万个，整改率93.5%，尚有|760个
        return Indicator(spent or said_before, "carried")  # 补贴|面积3.5万亩，共350万元
    found = _from_right(number_context)
    alone = kind == "count" and counted and found.words in lexicon().verbs
    return Indicator(counted, "carried") if alone else found  # 参保人数达12万人，力争新增|5万人


def _goes_on(number_context: NumberContext, kind: FigureKind, counted: str) -> bool:
    """Whether no verb of its own stands before a number, so that it is of what was said before."""
    verb = _verb_before(number_context.left)
    return not verb or _passes(verb, number_context) or _repeats(verb, kind, counted)


def _repeats(verb: str, kind: FigureKind, counted: str) -> bool:
    """Whether a verb alone tells of what was said before: 计划投资7.8亿元，实际完成|8.32亿元."""
    finishes = verb in words("finishing") and (kind != "count" or bool(counted))
    return finishes or verb in words("over")


def _is_said_again(number_context: NumberContext, said: str) -> bool:
    """向通城县拨付衔接资金1.2亿元，向崇阳县拨付|8600万元: whether a verb is repeated without its object."""
    begin = max(0, number_context.clause.start - _SENTENCE_BEFORE)
    before = number_context.text[begin : number_context.clause.start].rpartition("。")[2]
    return said in before and not number_context.right.strip(_MARKS)


def _of_divided(
    kind: FigureKind, words_before: tuple[str, str], said_before: str, whole: str
) -> Indicator | None:
    """其中省级|2个, 其中上调486项、下调|126项, 其中城镇居民|28745元: what the whole adds to the words of a part."""
    left, noun = words_before
    turn = left.strip(EDGES)
    if not noun and kind == "count" and cue("up", "down").fullmatch(turn):
        return Indicator(turn + whole, "left")
    if noun and said_before and (noun in words("modifier") or noun.endswith("级")):
        return Indicator(_of_whole(noun, whole or said_before), "part")
    listed = left.startswith("、") and len(noun) <= _SHORT and kind == "count"
    if noun and listed and whole and said_before.endswith("级" + whole):
        return Indicator(noun + whole, "part")  # 其中县级40名、|乡镇|20名
    partner = _TRADED_WITH.fullmatch(noun) and _TRADE.search(said_before)
    if partner:
        return Indicator(noun + partner[0], "part")  # 进出口总值…，其中对中亚五国|增长48%
    average = cue("per").search(whole) if kind == "amount" else None
    if average and closing("person").search(noun) and not cue("per").search(noun):
        return Indicator(noun + whole[average.start() :], "part")
    return None


def _is_told_after(
    number_context: NumberContext, kind: FigureKind, words_before: tuple[str, str]
) -> bool:
    """八成左右的财政支出用于民生, 尚有|320万人没有脱贫: whether what follows says what a number is of."""
    left, noun = words_before
    if kind == "count":
        right = number_context.text[number_context.noun_at : number_context.clause.end]
        left_over = _STILL_LEFT.fullmatch(left.strip(EDGES)) is not None
        return left_over and opening("told-next").match(right) is not None
    shared = kind == "rate" and _SHARED_OUT.match(number_context.right) is not None
    return shared and (not noun or _AND.search(left) is not None)


def _opens_with_people(number_context: NumberContext, kind: FigureKind) -> bool:
    """贫困村12个，|2836户8412人稳定脱贫: people at the head of a clause, of whom something is told."""
    right = number_context.text[number_context.noun_at : number_context.clause.end]
    return (
        kind == "count"
        and number_context.number.unit in words("people-unit")
        and _HEAD_ONLY.fullmatch(number_context.left.strip(EDGES)) is not None
        and _TOLD_OF.match(right) is not None
        and not opening("up", "down", "over-after", "under-after", "approx-after").match(right)
    )


def _only_links(noun: str, number_context: NumberContext) -> bool:
    """Whether the word before a number names nothing: 新增|…, 完成|…, 达到|3亿元."""
    if not noun:
        return False
    attains = noun in words("attaining") and not number_context.right.strip(_MARKS)
    return (
        noun in words("new")
        or noun in words("finishing")
        or noun in words("degree")
        or noun in words("sum-alone")
        or cue("completion").fullmatch(noun) is not None
        or attains
    )


def _passes(verb: str, number_context: NumberContext) -> bool:
    """增长6%、突破|2.6万亿元: what was said before passed a mark, and nothing else is named."""
    rest = opening("over-after", "passed-mark").sub("", number_context.right).strip(_MARKS)
    return verb in words("passing") and (not rest or number_context.after is not None)


def _shared(kind: FigureKind, said: tuple[str, str], said_before: str) -> Indicator | None:
    """A share of what was said before, or so much of it a head: 占比|12%, 人均|3.2亩, 人均增收|1200元."""
    left, noun = said
    if said_before and noun.startswith("占") and cue("completion").match(noun, 1):
        return Indicator(said_before, "carried")  # 占年计划|52亿元的112.7%
    if opening("occupying").match(noun):
        return None  # 规范|占道经营
    if kind == "amount" and noun.startswith("占"):
        return Indicator(noun[1:], "left")  # 占总投资|2.3亿元的67.8%
    if said_before and (noun in words("share") or noun.startswith("占")):
        return Indicator(said_before + noun, "share")
    ratio = _WITH_RATIO.match(left.strip(EDGES))
    if said_before and ratio:
        return Indicator(said_before + ratio[0], "share")  # 与国内生产总值之比
    average = closing("per").search(noun)
    rise = closing("up", "down").search(left.rstrip(EDGES)) if kind == "amount" else None
    if average and rise and 1 < len(noun) - len(average[0]) < 5:
        return Indicator(noun + rise[0], "left")  # 带动农民人均增收|5000元
    if said_before and average and 1 < len(noun) - len(average[0]) < 5:
        # 公用经费2815万元，小学|生均265元
        return Indicator(noun + _past_average(said_before), "share")
    bred = _BARE_TOTAL.fullmatch(noun) and _TOLD_TOTAL.fullmatch(said_before)
    if bred:
        return Indicator(bred["what"] + noun, "share")  # 粮食播种面积39.8万亩，总产|15.6万吨
    added = _VALUE_ADDED.fullmatch(noun) and _OUTPUT.fullmatch(said_before)
    if added:
        return Indicator(added["what"] + noun, "share")  # 工业总产值50亿元，增加值|20亿元
    if noun in words("per") and (rise or said_before):  # 人均增收|1200元
        return Indicator(noun + (rise[0] if rise else said_before), "left" if rise else "share")
    return None


def _shared_in_list(number_context: NumberContext, noun: str, said_before: str) -> str:
    """创建市级示范村2个、|区级3个 | 每千人口拥有床位6.4张、|医师2.3人: what the items of a list share."""
    if not noun or not number_context.gap.startswith(("、", "，")):
        return ""
    level = _LEVEL.match(said_before)
    if level and _LEVEL.fullmatch(noun):
        return noun + said_before[level.end() :]
    if _PER_MANY.fullmatch(noun):
        return noun + said_before  # 5G基站18.6万个、每万人拥有|48个
    each = _PER_MANY.match(said_before)
    return each[0] + noun if each and not _PER_MANY.match(noun) else ""


def _past_average(indicator: str) -> str:
    """小学生均|公用经费: what of an indicator other averages share."""
    average = cue("per").search(indicator)
    return indicator[average.end() :] if average and average.end() < len(indicator) else indicator


def _of_whole(modifier: str, whole: str) -> str:
    """其中省级2个、|市级3个 of 省级示范村; 进出口总额…，其中|出口 says all by itself."""
    if opening("counting-verb").match(whole) and not opening("guard").match(whole):
        return modifier
    head = _GRADE.sub("", whole)
    if head == whole:
        head = opening("modifier").sub("", whole)
        return modifier if set(modifier) <= set(whole) else modifier + head  # 进口 of 进出口
    return modifier + head


def _from_right(number_context: NumberContext) -> Indicator:
    """7.8万户、22.9万人|稳定消除返贫致贫风险: what follows says what is counted."""
    action = _verb_before(number_context.left)
    limit = number_context.clause.end
    number = number_context.number
    if number.unit in words("people-unit") or number.dimension == "ratio":
        after = _AFTER_PEOPLE.match(number_context.text, number_context.noun_at, limit)
        start = after.end() if after else number_context.noun_at
        said = phrase_after(number_context.text, start, limit)
    elif opening("range-after").match(number_context.text[number_context.noun_at : limit]):
        said = ""  # 300元至800元|不等
    else:
        said = noun_after(number_context.text, number_context.noun_at, limit)
    # 5亿元|左右, 5亿元|人民币: what belongs to a number after its unit.
    said = opening(
        "over-after", "under-after", "approx-after", "range-after", "currency-after"
    ).sub("", said)
    if said[:1] in LISTED:
        turn = closing("up", "down").search(number_context.left)
        said = turn[0] if turn and not action else ""  # 一季度、上半年分别增长|4.5%、5.2%
    return Indicator(action + said if action and len(said) < 3 else said or action, "right")


def _group_noun(number_context: NumberContext) -> str:
    """脱贫县, or the longer noun it begins: 标准化社区|食堂, when nothing follows that."""
    assert number_context.group is not None
    end = number_context.group.span.end
    reach = noun_end(number_context.text, number_context.noun_at, number_context.limit)
    rest = number_context.text[end:reach]
    closes = (
        reach == number_context.clause.end
        or number_context.text[reach : reach + 1] in "，,；;。" + LISTED
    )
    if (
        0 < len(rest) <= 8
        and closes
        and not _SERVED.search(number_context.gap)  # 为|124名重度残疾儿童|送教上门
        and not opening("counting-verb", "link", "up", "down").match(rest)
        and not _is_told(rest)
    ):
        return _EXCEEDS.sub("", number_context.group.name + rest)
    return number_context.group.name


def _is_told(rest: str) -> bool:
    """12名专家|驻点帮扶, 18家卫生院|参加的医共体: whether what follows those counted tells what they do."""
    known = lexicon()
    adverb = known.adverb_at(rest, 0, len(rest))
    verb = known.verb_at(rest, len(adverb), len(rest))
    acts = verb is not None and len(verb.text) > 1 and not verb.has("nominal")
    manner = any(rest[at:] in known.verbs for at in (0, 2)) and len(rest) == _MANNER
    return rest.startswith("的") or acts or manner


def _with_verb(number_context: NumberContext, noun: str) -> str:
    """资助|学生, 惠及|县: the verb without which the noun would name another total."""
    verb = closing("keeps-verb").search(number_context.left.rstrip(EDGES + "了"))
    if verb and len(noun) <= 8:
        return verb[0] + noun
    end = number_context.noun_at + len(noun)
    narrowed = opening("joins").match(number_context.text[end : end + 4])
    told = number_context.text[end : number_context.clause.end].rstrip(EDGES)
    if narrowed and not (re.search(r"[将把]$", number_context.left) or _GOES_ON.search(told)):
        return noun + told
    return noun


def _thing_measured(number_context: NumberContext, noun: str) -> str:
    """发放5亿元|贷款, 超40吨|金矿, 总投资410亿元的|项目."""
    right = number_context.right
    if cue("counting-verb").fullmatch(noun) and _verb_on_things(right):
        return ""  # 投资1200万元|整修渠道
    price = closing("price").search(noun)
    if right.startswith("的") and price and len(noun) <= len(price[0]) + 2:
        thing = noun_after(number_context.text, number_context.noun_at, number_context.limit)
        return thing + price[0] if thing else ""
    if not _THING_NEXT.match(right) or opening(
        "stop",
        "up",
        "down",
        "counting-verb",
        "approx-after",
        "over-after",
        "under-after",
        "currency-after",
    ).match(right):
        return ""
    stays = (
        noun
        and not cue("counting-verb").match(noun)
        and not closing("founding").search(noun)
        and "、" not in number_context.left
        and len(noun) > 2
        and not _is_done(noun)
        and not (_GIVEN_EACH.search(noun) and closing("counting-verb").search(noun))
    )
    if stays and not number_context.left.endswith("的"):
        return ""
    thing = noun_after(
        number_context.text, number_context.noun_at, number_context.limit
    ).removeprefix("级")
    return thing if len(thing) > 1 and thing not in words("passed-mark") else ""


def _is_done(noun: str) -> bool:
    """高标准|建成, 新|开工: an adverb with its verb, which has its object after the number."""
    told = lexicon()
    return any(noun[:at] in told.adverbs and noun[at:] in told.verbs for at in range(1, len(noun)))


def _past_inner_bound(number_context: NumberContext) -> str:
    """3万名65岁以上|老年人体检, 287家用地3亩以上|企业: the noun after a bound within a group, with what is done for them."""
    group, after = number_context.group, number_context.after
    if group is None or after is None or not group.span.start < after.start < group.span.end:
        return ""
    text, end = number_context.text, number_context.clause.end
    bound = opening("over-after", "under-after").match(text[after.end : end])
    start = after.end + (bound.end() if bound else 0)
    told = noun_after(text, start, end)
    served = told[group.span.end - start :] in lexicon().verbs  # 老年人|体检
    return (told if served else text[start : group.span.end]) if bound else ""


_NO_NOUN = "，,、。（(+"  # what begins no noun after a sum: 完成投资3亿元|（+2.1%）


def _spent_on(number_context: NumberContext, verb: str) -> str:
    """投入49亿元实施79个农村饮水提标升级项目: what the money went to, then the verb."""
    text, limit = number_context.text, number_context.clause.end
    at = number_context.noun_at
    bound = opening("over-after", "under-after", "approx-after", "currency-after").match(
        number_context.right
    )
    at += bound.end() if bound else 0
    placed = _AT_PLACE.match(text, at, limit)  # 投资1800万元|在流河渡社区|新建生产线
    at = placed.end() if placed else at
    rest = text[at:limit]
    second = opening("counting-verb").match(rest)
    summed = number_context.number.dimension == "money" and _verb_on_things(rest)
    if second is None and not summed:  # 新增100所|达到二级标准的医院
        noun = "" if not rest or rest[0] in _NO_NOUN else noun_after(text, at, limit)
        return verb + noun
    whole = lexicon().verb_at(rest, 0, len(rest))
    ends = (second.end() if second else 0, len(whole.text) if whole else 0)
    start = at + max(ends)  # 修缮|敬老院, 整修|渠道
    counted = _COUNT_FIRST.match(text, start, limit)
    bought = noun_after(text, counted.end() if counted else start, limit)
    return _COUNT.sub("", bought) + verb  # 建成执法办案中心|1600平方米


def _verb_on_things(words: str) -> str:
    """整修|渠道: the verb that words begin with, where it is no noun and done to no people (慰问|群众)."""
    verb = lexicon().verb_at(words, 0, len(words))
    plain = verb is not None and not verb.has("nominal") and "to-people" not in verb.facets
    return verb.text if verb is not None and plain and len(verb.text) > 1 else ""


def _verb_before(left: str) -> str:
    match = closing("counting-verb").search(left.rstrip(EDGES))
    return match[0] if match else ""
