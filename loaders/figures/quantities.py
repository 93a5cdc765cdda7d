"""What a number does: counts, measures, tells a level, a change, a rank, a share of a target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import (
    NumberContext,
    before_path,
    begins_path,
    counted_past_bound,
    ends_path,
    is_bound,
)
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.characters import MINUS, PLUS, SCALES
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.nouns import noun_before, noun_end
from policygraph.loaders.words.time import FIVE_YEAR_PLAN, YEAR
from policygraph.loaders.words.verbs import lexicon

MONEY = "元"
_MORE, _LESS = compiled("[多高快]$"), compiled("[少低慢]$")
# 较上年|少开|37列, 比去年|多接待|8万人次; but 比上年多数…
_DONE_MORE = WordPattern(
    rf"(?:{{base}}|[较比]{YEAR})(?:[多]|(?P<fewer>[少]))(?!数)[\u4e00-\u9fff]{{1,3}}$"
)
_OF_EARLIER = WordPattern(
    r"(?:{completion-link|recovered})了?(?:[疫灾]前)?(?:\d{4}年|{base-time})[^，,、]{0,8}的$"
    r"|{recovered}(?![^，,]*(?:{share-tail|rate-noun}))(?:了|[^，,、。；;]{2,12})?$"
)
# 出口增速|由-3.2%转为|5.6%
_SPEED_PATH = WordPattern(r"{speed}(?:从|由|自)[^，,、；;]{1,20}$")
_FALL_PATH = WordPattern(r"{fall-speed}(?:从|由|自)[^，,、；;]{1,20}$")
_BRACKET = WordPattern(r"[（(][^（()）]*[)）]$")
_REACHED = WordPattern(r"[到至为达在]{nearly}?$")
# 降幅收窄至|2.5%: still a fall.
_FALL_REACHED = WordPattern(r"{fall-speed}[^，,、]{0,8}[到至为达在]{nearly}?$")
# 亿元GDP死亡率|0.038, 万台特种设备死亡率为|0.11: so many of so much, no percentage.
_PER_MANY_RATE = WordPattern(r"{per-many}[^，,、；;\d]{0,12}?{rate-of-harm}")
# 同比增减|-3.2%, 涨跌幅为|0.8%
_EITHER_WAY = WordPattern(r"{either-way}(?:{link})?{nearly}?$")
# 比2016年多|19天, 比常年低|0.6℃; but 比例, 同比
_THAN_EARLIER = WordPattern(
    rf"(?:{{base}}|(?:较|(?<![同环占对之])比|与|同)(?:{YEAR}[末底初]?|{{base-time}}|{FIVE_YEAR_PLAN}末?)){{base-time}}?{{compared-end}}?[，,]?[^，,、；;\d]{{0,6}}?(?:[多高快]|(?<!增)长|(?P<less>[少低慢短]))[出了]?{{nearly}}?$"
)
_THAN_EARLIER_TOLD = WordPattern(r"{base}[^，,、；;\d]{0,6}?(?:[多高快低慢]|少)[出了]?{nearly}?\d")
_DIFFERS_TOO = WordPattern(r"[\u4e00-\u9fff]{2}(?<![最至更许很差不])[多少高低快慢]$")
_COMMAS = ("，", ",", "；")
_BACK = 40  # characters before a clause in which the one before it compares
_CHANGED_FIRST = WordPattern(
    r"(?:[为对给向][^，,、；;]{2,20}?)?{leading}*(?:(?P<falls>{cutting})|{raising-by})(?P<what>[\u4e00-\u9fff“”]{2,16})(?:{nearly})?$"
)
# 国务院决定|压缩基建投资规模10%, 省财政厅|压减一般性支出5%: who cuts stands before.
_WHO_CUTS = WordPattern(
    r"^[^，,、；;的\d]{0,14}?(?:{deciding|demanding}|[厅局委部院府省市县区州国](?![\u4e00-\u9fff]?[级内域]))(?={leading}*{cutting})"
)
_NAMES_RATE = WordPattern(r"^[值率额幅度]|{rate-noun}(?:{link})*$|{link}$")
_BY = WordPattern(r"{turn-by}(?:了|{nearly}|{cumulative}{over|nearly}?)?$")
_NEW = WordPattern(r"{gain}(?:了|{nearly})?$")
_LOWER = WordPattern(r"{lower}[^，,]{0,12}$")
_NOUN_NEXT = WordPattern(
    r"(?!来[^源]|赴|[共计约达]\d)[^，,。；;、：:（(）)的以左上和与及至到\s0-9]"
)
# 参与人次超630万: the noun says in what.
_COUNTED = WordPattern(r"({counted-suffix})数?$")
# 增长|超过, 增幅|达: what may stand between a turn and its number.
_NEAR = WordPattern(r"{before-amount|over|under|approx|cumulative}+$")
# 增速为-5%: a speed of change is told as a level.
_SPEED_TOLD = WordPattern(r"(?:{speed}[^，,、]{0,3}[到至为达在]|{up|down}达[到]?){nearly}?$")
# 高于全国|0.7个百分点, 比全省平均水平高|1200元, 超过全国平均|2岁; 高于上年 is a change, 不低于每月|670元 a bound.
_DISTANCE = WordPattern(
    r"(?:(?<!不)(?P<word>{difference})(?P<other>{compared-area}[、和](?={compared-area})[^，,、；;]{0,12}?|[^，,、；;]{0,20}?)|超(?:过|出)?(?P<over>{compared-with}[^，,、；;]{0,10}?)"
    r"|(?:(?<![同环占对之])比(?![例重率值])|较(?={compared-area}|[^，,、；;\d]{0,8}?{average-level}))"
    r"(?P<than>{compared-area}[、和](?={compared-area})[^，,、；;]{0,12}?|(?!{turned}[高低快慢多少短长])[^，,、；;]{1,20}?)(?P<differs>{differs})出?){nearly}?了?$"
)
_EARLIER = WordPattern(rf"{{base-time}}|\d{{4}}年|{FIVE_YEAR_PLAN}|{{base}}")
_EACH = WordPattern(r"{per-person}")  # 低于|每人每月|700元
_GAIN = WordPattern(r"{gain-by}(?:了|{nearly}|{cumulative}{over|nearly}?)?$")
_OF_ANOTHER = WordPattern("[^，,、]{2,}的$")
# 超年度计划12% is 112% of it.
# 完成|市下达|任务的101.2%, 完成|自治区|目标任务的131%, 完成|县委县政府确定|任务的100%
_LEVELS = "[自治省市州盟县区旗乡镇上级国家委政府]"
_SET_BY = rf"(?:{_LEVELS}{{0,8}}{{assigned}}的?)?"
_BY_LEVEL = rf"{{completion-link}}了?{_LEVELS}{{2,8}}的?(?={{completion}})"
_EXCEEDED = WordPattern(
    rf"{{exceeding}}[过出]?了?{_SET_BY}{{completion}}{{1,3}}(?:[^，,]{{0,4}}的|的)?$"
)
_SHARE_OF_TARGET = WordPattern(
    rf"(?:{_BY_LEVEL}|(?:{{completion-link}}|{{exceeding}}过?)?了?{_SET_BY})"
    rf"{{completion}}{{1,3}}(?:[^，,]{{0,4}}的|的)?$"
)
# 是全国平均水平的|1.5倍
_MULTIPLE_OF = WordPattern(r"{completion-link}[^，,]{1,20}的$")
_COMPLETED_SUM = WordPattern(
    r"{completion-link}?(?:了)?{completion}[为的]?\d[\d.,]{0,12}[万亿]{0,2}[^\d，,、。；;]{1,4}的$"
)
_COMPLETED = WordPattern(
    rf"{{completion-link}}?(?:了)?{_SET_BY}{{completion}}(?:[^，,]{{0,4}}的|的)?$"
)
_AGAINST = WordPattern(r"{difference|compare}$")
_STANDARD_OF = WordPattern(r"的[\u4e00-\u9fff]{0,4}{standard-noun}")
_STANDARD_SET = WordPattern(r"{standard-set}(?:{under|over|approx})?$")
_STANDARD = WordPattern(r"(?:{over-after|under-after})?的{standard-noun}")
_VERB_WITHIN = (
    3  # characters after a number of people in which a verb tells what they do: 驻乡|帮扶
)
# 就业3126人，完成年度任务的104.2%；再就业612人，|完成|102%: of the task that was told before.
_COMPLETES = WordPattern(r"\s*{finishing}(?:了|{nearly})?")
_GOAL_BEFORE = WordPattern(r"{completion}[为的]{0,2}\d[\d.]*%[^。]*$")
_TOLD_BEFORE = 80
_SHARE_OF_SUM = WordPattern(r"占[^，,]{0,14}{sum-head}的?{share-tail}?[为达到近超约]{0,2}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A kind, whether the value is a decrease, and the unit: certain though dropped, or missing.

    ``beyond`` is set where a share of a target is told by how much it was exceeded.
    """

    kind: FigureKind
    falls: bool = False
    unit: str = ""
    missing: bool = False
    beyond: bool = False


def is_completion(number_context: NumberContext) -> bool:
    """完成年度计划112%, 完成年度任务3.35万人的101.8%; but 占一般公共预算收入的64.5% is a share."""
    if number_context.before is None and _COMPLETES.fullmatch(number_context.left) is not None:
        return _GOAL_BEFORE.search(_sentence_before(number_context)) is not None
    return _SHARE_OF_SUM.search(number_context.left[-24:]) is None and (
        _COMPLETED.search(number_context.left[-20:]) is not None
        or _COMPLETED_SUM.search(number_context.whole[-30:]) is not None
    )


def _sentence_before(number_context: NumberContext) -> str:
    """What its sentence says before the clause of a number."""
    start = number_context.clause.start
    return number_context.text[max(0, start - _TOLD_BEFORE) : start].rpartition("。")[2]


def multiple_of() -> WordPattern:
    """是全国平均水平的1.5倍."""
    return _MULTIPLE_OF


def of_earlier() -> WordPattern:
    """恢复至2019年同期的|1.1倍, 相当于上年的|110%."""
    return _OF_EARLIER


def completed() -> WordPattern:
    """达到年度目标的103.7% | 完成年度计划112% | 为预算的102.5%."""
    return _SHARE_OF_TARGET


def read_quantity(number_context: NumberContext) -> Quantity:
    """The kind of a number_context's number."""
    number = number_context.number
    if number.form == "rank":
        return Quantity("rank")
    if number.form == "doubling":
        return Quantity("change")
    if is_bound(number_context):
        return Quantity("threshold")
    tail = (
        number_context.gap[-12:]
        if not cue("part").search(number_context.gap[-12:])
        else number_context.gap[-6:]
    )
    distance = read_distance(number_context)
    if distance:
        return distance
    if number.dimension != "ratio" and _EXCEEDED.search(number_context.gap[-20:]):
        return Quantity("gap")  # 超年度计划|4.7亿元
    than = than_earlier(number_context)
    if than and number.form == "plain" and not number.missing:
        return Quantity("change", than["less"] is not None)
    if _is_standard(number_context):
        return Quantity("threshold")  # 高于省定55%的标准
    reached = bool(_REACHED.search(tail)) and not _SPEED_TOLD.search(tail)
    turn = _NEAR.sub("", tail)
    falls = closing("down").search(turn) is not None and not reached
    falls = falls or _FALL_REACHED.search(tail) is not None
    falls = falls and _EITHER_WAY.search(tail) is None  # its sign says it
    rises = closing("up").search(turn) is not None and not reached
    compares = bool(cue("base").search(number_context.whole[-20:])) and not reached
    if number.missing and _is_population(number_context) and not (rises or falls):
        return Quantity("count", unit=words("person-unit")[0])  # 贫困人口由|8000万|减少到5000万
    if number.missing:
        return _unitless(number_context, falls=falls, changes=rises or falls)
    if number.dimension == "points":
        return Quantity("change", falls or bool(_LOWER.search(number_context.whole)))
    if number.dimension == "ratio":
        return _ratio(number_context, rises=rises, falls=falls, compares=compares)
    return _in_a_unit(number_context, tail, rises=rises, falls=falls, compares=compares)


def _in_a_unit(
    number_context: NumberContext, tail: str, *, rises: bool, falls: bool, compares: bool
) -> Quantity:
    """The quantity of a number with a counting word or a unit: 增加1.2万户, 较上年提升5位, 达3亿元."""
    number, turn = number_context.number, _NEAR.sub("", tail)
    moved = _moved(number_context, turn, rises=rises, falls=falls)
    if moved:
        return moved
    done = _DONE_MORE.search(number_context.gap[-16:])
    if done:
        return Quantity("change", done["fewer"] is not None)
    compares = compares or _goes_on_comparing(number_context, turn)
    fewer = compares and _LESS.search(turn) is not None
    turned = rises or falls or fewer or (compares and _MORE.search(turn) is not None)
    if turned and _is_by_how_much(number_context, tail, compares=compares):
        return Quantity("change", falls or fewer)
    if _is_population(number_context):
        return Quantity("count", unit=words("person-unit")[0])
    return Quantity("count" if number.dimension in ("count", "") else "amount")


def _goes_on_comparing(number_context: NumberContext, turn: str) -> bool:
    """重污染天数比上年少12天，优良天数多|15天: a difference from the time that the clause before compares with."""
    if not _DIFFERS_TOO.search(turn):
        return False
    start = number_context.clause.start
    before = number_context.text[max(0, start - _BACK) : start].rpartition("。")[2]
    return before.endswith(_COMMAS) and _THAN_EARLIER_TOLD.search(before) is not None


def _moved(
    number_context: NumberContext, turn: str, *, rises: bool, falls: bool
) -> Quantity | None:
    """较上年提升5位, 后退3位: places in a ranking; 同比+2.3亿元: a sign."""
    number = number_context.number
    if number.unit in words("rank-unit"):
        moves = closing("moves-up", "moves-down").search(turn)
        back = moves is not None and moves[0] in words("moves-down")
        return Quantity("change", falls or back) if rises or falls or moves else None
    return Quantity("change") if number_context.text[number.start] in PLUS else None


def _is_by_how_much(number_context: NumberContext, tail: str, *, compares: bool) -> bool:
    """比上年增加|12所 and 企业净增|12家 are how much more, 新增|12所 how many there are new."""
    new = _NEW.search(tail) is not None and _GAIN.search(tail) is None
    told = (compares or not new) and (_BY.search(tail) is not None or (compares and new))
    return told and not is_counted(number_context)


def _is_population(number_context: NumberContext) -> bool:
    """人口控制在|13亿以内: people without their counting word."""
    number = number_context.number
    large = number_context.text[number.end - 1] in SCALES
    people = closing("people-noun").search(noun_before(number_context.left))
    return not number.unit and large and people is not None


def _is_standard(number_context: NumberContext) -> bool:
    """高于省定|55%的标准, 低于|3%的国家标准: what a result is held against."""
    gap, right = number_context.gap, number_context.right
    set_by_rule = _STANDARD_SET.search(gap) and _STANDARD.match(right)
    return bool(set_by_rule or (_AGAINST.search(gap) and _STANDARD_OF.match(right)))


def read_distance(number_context: NumberContext) -> Quantity | None:
    """高于全国0.7个百分点, 比全省平均高1200元: a gap to another area, group or average; 低于 is negative."""
    number = number_context.number
    said = _distance(number_context)
    if said is None or number.form not in ("plain", "fraction"):
        return None
    other = said["other"] or said["over"] or said["than"] or ""
    of_a_bound = number.dimension != "points" and number_context.right.startswith("的")
    if (
        of_a_bound
        or _EARLIER.search(other)
        or _EACH.fullmatch(other)
        or (number.dimension != "points" and len(other) < 2)
    ):
        return None
    word = said["word"] or said["differs"] or ""
    return Quantity("gap", word in words("lower"))


def _distance(number_context: NumberContext) -> re.Match[str] | None:
    return _DISTANCE.search(number_context.gap[-32:])


def compared(left: str, number_context: NumberContext) -> str:
    """What stands before the comparison: 县域经济增速|高于全省1个百分点, 投资|超年度计划4.7亿元."""
    said = _distance(number_context) or _EXCEEDED.search(left)
    return left[: max(0, len(left) - len(said[0]))] if said else left


def follows_at_once(number_context: NumberContext) -> bool:
    """Whether a comparison begins right after the number before: 增长4.7%、|低于全国0.3个百分点."""
    said = _distance(number_context)
    return said is not None and not number_context.gap[-32:][: said.start()].strip("、，, （(")


def than_earlier(number_context: NumberContext) -> re.Match[str] | None:
    """比2016年多|19天, 同比少|3天: a difference from an earlier time, ``less`` where it is a fall."""
    return _THAN_EARLIER.search(number_context.gap[-24:])


def is_gain(number_context: NumberContext) -> bool:
    """增产1.2万吨, 增收3亿元."""
    return _GAIN.search(number_context.gap) is not None


def stated_value(number: Number, quantity: Quantity) -> Decimal:
    """The value in the unit of the quantity: a fall is negative, 完成计划的2.1倍 is 210 %."""
    if quantity.kind == "completion":
        value = number.value * 100 if number.unit in words("times") else number.value
        return value + 100 if quantity.beyond else value
    return -abs(number.value) if quantity.falls else number.value


def _unitless(number_context: NumberContext, *, falls: bool, changes: bool) -> Quantity:
    """同比增长9.2, is %; 收入倍差缩小至1.83 and 指数达91.2 have no unit; 危房8612 lacks one."""
    noun = noun_before(number_context.left)
    counted = _COUNTED.search(noun)
    if counted:
        return Quantity("count", unit=counted[1])
    number = number_context.number
    if number_context.text[number.end - 1] in SCALES and closing("money-noun").search(noun):
        return Quantity("amount", unit=MONEY, missing=True)  # 财政收入3.4亿, 中央资金8000万
    if closing("quotient").search(noun):
        return Quantity("change", falls) if changes else Quantity("rate")  # 收入比缩小|0.04
    if closing("index").search(_BRACKET.sub("", noun)):
        return Quantity("change", falls) if changes else Quantity("amount")
    if _PER_MANY_RATE.search(number_context.left):
        return Quantity("change", falls) if changes else Quantity("rate")
    if changes:
        return Quantity("change", falls, "%", missing=True)
    if noun.endswith(words("rate-noun")):
        return Quantity("rate", unit="%", missing=True)
    return Quantity("count", missing=True)


def _ratio(number_context: NumberContext, *, rises: bool, falls: bool, compares: bool) -> Quantity:
    number = number_context.number
    if _EXCEEDED.search(number_context.gap[-20:]):
        return Quantity("completion", beyond=True)
    if is_completion(number_context) and not rises and not falls:
        return Quantity("completion", unit="%" if number.unit in words("times") else "")
    cut = _CHANGED_FIRST.match(_WHO_CUTS.sub("", number_context.whole))
    if cut and number.form in ("plain", "fraction") and not _NAMES_RATE.search(cut["what"]):
        return Quantity("change", cut["falls"] is not None)  # 压减一般性支出|10%
    if number.form in ("ratio", "fraction", "tenths") and not rises and not falls:
        return Quantity("rate")
    if number.unit in words("times"):
        share = not rises and not falls and not compares and _OF_ANOTHER.search(number_context.left)
        return Quantity("rate" if share else "change", falls)
    if rises or falls or compares or _is_signed(number_context) or _is_speed(number_context):
        return Quantity("change", falls or _is_speed(number_context, "fall-speed"))
    # 涨幅控制在|3%以内: the level of a speed is a change.
    return Quantity("change" if _SPEED_TOLD.search(number_context.left) else "rate")


def _is_signed(number_context: NumberContext) -> bool:
    """，+3.5%, 地区生产总值-1.2%: a sign says a change, unless what is told is a rate by name."""
    sign = number_context.text[number_context.number.start]
    if sign in PLUS:
        return True
    return sign in MINUS and not noun_before(number_context.left).endswith(words("rate-noun"))


def _is_speed(number_context: NumberContext, *which: str) -> bool:
    """增速由上年的5%|转为-3%, 降幅由5.2%|收窄至2.1%: both levels of a speed are changes, those of a fall are falls."""
    if begins_path(number_context):
        named = closing(*which or ("speed",)).search(before_path(number_context.left))
        return named is not None
    path = _FALL_PATH if which else _SPEED_PATH
    return (
        ends_path(number_context)
        and number_context.before is not None
        and number_context.before.unit == number_context.number.unit
        and path.search(number_context.whole) is not None
    )


def is_counted(number_context: NumberContext) -> bool:
    """Whether the counted noun follows the number: 43个经济强市县."""
    number = number_context.number
    right = number_context.text[number_context.noun_at : number_context.noun_at + 20]
    if number.form != "plain" or number.dimension not in ("count", ""):
        return False
    after, group = number_context.after, number_context.group
    if counted_past_bound(number_context) or (
        # 13200名|65岁以上|老人
        group is not None
        and after is not None
        and after.start < group.span.end
        and not after.noun
        and after.start - number.end < group.span.end - after.end
    ):
        return True
    if (
        after
        and number_context.left
        and not number_context.left.endswith("的")
        and (number_context.group is None or number_context.group.span.end == after.start)
        and noun_end(number_context.text, number_context.noun_at, number_context.clause.end)
        >= after.start
        and not closing("link", "up", "down").search(
            number_context.text[number_context.noun_at : after.start]
        )
    ):
        # 创建国家现代农业产业园15个优势特色产业集群9个 lacks its 、 and goes on noun first.
        if closing("covering").search(number_context.left):
            return True  # 垃圾分类覆盖|32个小区2.1万户
        first = not noun_before(number_context.left) or number_context.row
        return first and after.start > number.end
    if number.noun or _is_over_limit(number_context, right):
        return True
    if _names_people(number_context, right):
        return False  # 选派县级医院医生423人|驻乡帮扶
    return bool(_NOUN_NEXT.match(right)) and bool(
        opening("guard").match(right)
        or not opening("stop", "up", "down", "told-next").match(right)  # 39人|未消除
    )


def _is_over_limit(number_context: NumberContext, right: str) -> bool:
    """12个|超限超载源头企业: whether those counted begin with a word that bounds a number elsewhere."""
    counted = number_context.group is not None and number_context.group.count is not None
    return counted and opening("over").match(right) is not None


def _names_people(number_context: NumberContext, right: str) -> bool:
    """Whether people are named before their number, and what follows tells what they do."""
    people = number_context.number.unit in words("people-unit")
    named = people and closing("person").search(noun_before(number_context.left)) is not None
    return named and any(lexicon().verb_at(right, at, len(right)) for at in range(_VERB_WITHIN))
