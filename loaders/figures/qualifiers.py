"""What qualifies a number: cumulative, new, total, planned, estimated, over, under, approx, part."""

from __future__ import annotations

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.disposal import looks_ahead
from policygraph.loaders.figures.number_context import NumberContext, begins_path
from policygraph.loaders.words.characters import LOOSE
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.nouns import EDGES
from policygraph.loaders.words.verbs import lexicon

# A new verb or link within a list begins anew: 新增16家、|总数达到98家.
_TOTAL = WordPattern(r"{total-noun}(?:已|将|均)?{total-link}?$")
_EACH = WordPattern(r"{per-person}$")
_PLANNED = WordPattern(
    r"(?:^|[年省市县区均还已，、]){intention}(?!{intention-noun})|{budget}(?={budgeted}|\d|$)|(?<![模虚])拟(?!定|态|人|合)"
    r"|{striving}|{seeking}(?![^，,、\d]{0,12}{obtained})[^，,]{0,20}{sought}"
    r"|原{intention}"
)
# 预期增长|6.5%; 经济增长预期目标|6.5%, but 低于预期目标|2.2个百分点
_EXPECTED = WordPattern(r"{expecting}(?:{up|down}|{attaining}|{link})$")
_NOT_DONE = WordPattern(r"[^，,。；;、\d]{1,30}?{not-done}")
_AT_TARGET = WordPattern(r"{target-label}(?:{link}|[:：])?$")
_MEASURED = WordPattern(r"{over|under|attaining|measured-against}")
# 完成年度任务3.35万人的101.8%: the first number is what was to be done.
_TASK = WordPattern(r"{task-noun}{task-count}?$")
_OF_TARGET = WordPattern(r"{over-after|approx-after}?的(?:{completion|target-label|target-told})")
_SHARE = compiled(r"的\d[\d.]*%")
_KEPT_AT = compiled("在$")
_AIMED = WordPattern(
    r"(?:[^，,。；;]{0,3}[、，,（(])?\s?[并但]?{aiming}(?:{attaining|link|up|over}|在){0,2}"
)
_OVER_ALONE = compiled("(?<![通经超不透渡难跨越度])过$")  # 产值过|10亿元
# 每村至少配备|3名, 每户最多补助|5000元
_BOUND_BEFORE_VERB = WordPattern(
    r"(?:(?P<over>{over-before-verb})|{under-before-verb})(?!的)[^，,、。；;\d]{0,8}$"
)
_PEOPLE = WordPattern(r"^{people-noun}")  # 5000人口|以上的村
_SUCH_AS = "等"  # 机台新建|等10处重点防洪工程
_RESTART = WordPattern(r"{restart}")


class Qualifiers:
    """The qualifiers that reach across 、 under one verb, and those of a number alone."""

    def __init__(self) -> None:
        self.run: tuple[str, ...] = ()
        self.shared: list[str] = []  # 分别突破|1600万人次、2800万人次: the bound of each
        self.clause = -1

    def read(
        self,
        number_context: NumberContext,
        kind: FigureKind,
        *,
        ahead: bool,
        part: bool,
        missing: bool,
        estimated: bool,
    ) -> tuple[str, ...]:
        """The qualifiers of a number_context's number in the order of the contract."""
        found = dict.fromkeys(self._reaching(number_context, estimated=estimated))
        if kind in ("change", "rank", "rate", "threshold"):
            found.pop("new", None)
        if kind == "change" and _says("new", number_context.gap):
            self.run = tuple(key for key in self.run if key != "new")  # 企业净增3193户、|超2.4万户
        own = _own(number_context)
        if not number_context.joined:
            self.shared = _bound_of_each(number_context.gap)
        own += self.shared
        if kind == "rank":
            found.pop("cumulative", None)
            own = [key for key in own if key != "over"]  # 登上|第3位
        if kind == "completion" and number_context.gap.startswith("的"):
            found.pop("planned", None)  # 占年初预算15.8亿元的|52.9%
        if _TOTAL.search(number_context.gap):
            found["total"] = None
        if ahead and not begins_path(number_context):
            found["planned"] = None
        found |= dict.fromkeys(own)
        if part:
            found["part"] = None
        if missing:
            found["unit-missing"] = None
        return tuple(key for key in ORDER if key in found)

    def _reaching(self, number_context: NumberContext, *, estimated: bool) -> tuple[str, ...]:
        """累计创建产业园15个、产业集群9个: what is said of the first holds for the list."""
        words = number_context.gap.lstrip(EDGES)
        if number_context.clause.start != self.clause:
            self.run = ("estimated",) if estimated else ()
        elif opening("counting-verb").match(words) or _RESTART.search(words):
            self.run = ()
        elif (done := lexicon().verbs.get(words)) and done.has("patient"):
            self.run = ()  # 新开工12个、|完工|9个
        self.clause = number_context.clause.start
        said = [key for key in ("cumulative", "new", "estimated") if _says(key, number_context.gap)]
        if "new" in said and _is_not_done(number_context.right):
            said.remove("new")
        gap = number_context.gap
        set_as_target = _AT_TARGET.search(gap) and not _MEASURED.search(gap)
        expected = _EXPECTED.search(gap) or set_as_target
        planned = _PLANNED.search(gap) or looks_ahead(gap)
        if expected or planned or is_aimed_at(number_context):
            said.append("planned")
        self.run = tuple(dict.fromkeys((*self.run, *said)))
        if is_target(number_context):
            return (*self.run, "planned")
        if _TASK.search(number_context.gap) and _SHARE.match(number_context.right):
            return (*self.run, "planned")
        return self.run


def is_aimed_at(number_context: NumberContext) -> bool:
    """Whether a rate is only striven for: 增长6%，力争|7%, 争取达到|7%."""
    ratio = number_context.number.dimension in ("ratio", "points")
    if ratio and is_target(number_context):
        return True
    return ratio and _AIMED.fullmatch(number_context.gap) is not None


def is_target(number_context: NumberContext) -> bool:
    """超额完成|110万人的年度目标, 为实现|5.5%的目标打下基础: a number that is the target itself."""
    return _OF_TARGET.match(number_context.right) is not None


ORDER = (
    "cumulative",
    "new",
    "total",
    "planned",
    "estimated",
    "over",
    "under",
    "approx",
    "part",
    "unit-missing",
)


def _is_not_done(right: str) -> bool:
    """新建的|2个空气自动站因选址问题未能建成: whether what stands after a number says that it was not done."""
    found = _NOT_DONE.match(right)
    return found is not None and lexicon().verb_at(right, found.end(), len(right)) is not None


def _says(key: str, words: str) -> bool:
    """Whether a word of a class stands there and is no part of a longer noun: 新建商品住宅."""
    said = [m.start() for m in cue(key).finditer(words) if not words.startswith(_SUCH_AS, m.end())]
    if not said:
        return False
    guards = [(match.start(), match.end()) for match in cue("guard").finditer(words)]
    return any(all(not first <= at < last for first, last in guards) for at in said)


def _bound_of_each(left: str) -> list[str]:
    """分别突破, 分别不低于: the bound that a word before a list sets for each of its numbers."""
    bound = closing("over", "under").search(left)
    if bound is None or not cue("respectively").search(left):
        return []
    return ["over" if bound[0] in words("over") else "under"]


def _own(number_context: NumberContext) -> list[str]:
    """Words at the number itself: 超, 近, 约, 以上, 以内, 左右, 多."""
    number, left, right = number_context.number, number_context.gap, number_context.right
    right = _PEOPLE.sub("", right) if number.noun else right
    found = []
    # 不少于 ends in 少于: the longer word tells; 不低于|每人每月|670元.
    bound = closing("over", "under").search(_EACH.sub("", left))
    over = bound is not None and bound[0] in words("over")
    of_verb = _BOUND_BEFORE_VERB.search(left) if bound is None else None
    more = number.unit in words("times") and right.startswith(tuple(LOOSE))  # 增长12倍|多
    over = (
        over
        or _OVER_ALONE.search(left) is not None
        or (of_verb is not None and of_verb["over"] is not None)
    )
    if number.over or over or more or opening("over-after").match(right):
        found.append("over")
    under = (bound is not None or of_verb is not None) and not over
    if number.under or under or opening("under-after").match(right):
        found.append("under")
    about = closing("approx").search(left) and not closing("guard").search(left)
    if about or opening("approx-after").match(right):
        if bound and _KEPT_AT.search(left):
            found = [key for key in found if key != "under"]  # 控制在|4%左右
        found.append("approx")
    return found
