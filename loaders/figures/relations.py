"""Which figure another is about: the level of a change, the whole of a part, 分别 in pairs."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.graph.statements import Figure, FigureKind, Reference
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.figures.quantities import than_earlier
from policygraph.loaders.linking import NOTHING
from policygraph.loaders.words.characters import AREA_LEVELS, LISTED, ORDINALS
from policygraph.loaders.words.cues import WordPattern, closing, cue, words
from policygraph.loaders.words.nouns import noun_before, strip_leading, strip_links
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_of
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

KEPT = 60  # figures of a sentence that later ones may be about
LEVELS = frozenset({"count", "amount", "rate"})
SIGNED = frozenset({"change", "gap"})
ABOUT = frozenset({"change", "rank", "completion"})
_OF_SPEED = WordPattern(r"{speed}")
_STRUCTURE = WordPattern(r"{added-value}?{structure}{structure-change}?$")
_ITEMS = WordPattern(r"、|(?<![惠普涉遍波顾]){and}")  # 普及率 is one word
# 较“十三五”末的9323.1亿元 | 从1832户: a base is not what the change is of.
_BASE = WordPattern(
    r"(?:较|(?<![同环占对])比(?![例重率值由从缩扩降达为是分进]|$)|从|由)[^，,、]{0,16}$"
)
# 完成年度任务3.35万人的101.8%: the target is no level reached.
_TARGET = WordPattern(r"{completion}[为的]?$")
_DIFFERENCE = WordPattern(r"{difference}|超(?:过|出)?{compared-with}|比[^，,]{0,14}{differs}出?$")
ORDINAL_MARK = "第"
_ORDINAL = WordPattern(f"{ORDINAL_MARK}[{ORDINALS}]")
_NUMBERED = WordPattern(f"^[{ORDINALS}](?![{ORDINALS}])")  # 第一、|二、三产业
# 县、乡、|村三级服务站覆盖率; 春、|秋两季造林
_SUMMED_LAST = WordPattern(rf"(?P<first>\w)[两{ORDINALS}](?P<rest>[级季]\w{{2,}})")
_SHARED = WordPattern(r"{average-head}?{noun-head}$")
_MEASURED = WordPattern("[\\u4e00-\\u9fff]{2}[量额值率]$")
# 交通、能源分别完成|投资3252亿元: what stands between 分别 and the first number that all share.
_TOLD_OF_ALL = WordPattern(
    r"[\u4e00-\u9fff]{0,4}(?:{sum-name|noun-head|rate-noun|money-noun|sum-noun})"
)
_WITH_AREAS = WordPattern(r"{compared-area}[、和]{compared-area}")
_BODY = WordPattern(r"{signing-body}$")
_SHARE_TAIL = WordPattern(r"(?:{share}|{speed})$")
_BRACKETED = WordPattern("[（(][^（）()]*[）)]$")
_EACH = WordPattern(r"(?:各[约近超有建设]?|均(?:{attaining}|{link}|{over}|{up}|{down})?)$")


class Relations:
    """The figures of the sentence so far, ready to be pointed at."""

    def __init__(self) -> None:
        self.all: list[Figure] = []
        self.bases: set[int] = set()

    def reset(self) -> None:
        """A new sentence."""
        self.all, self.bases = [], set()

    def add(self, figure: Figure, number_context: NumberContext) -> None:
        """Keep a figure that later ones may be about."""
        is_base = _BASE.search(number_context.gap) or _TARGET.search(number_context.gap)
        if is_base and figure.kind in LEVELS:
            self.bases.add(figure.span.start)
        self.all.append(figure)
        if len(self.all) > KEPT:
            del self.all[0]

    def about(
        self,
        kind: FigureKind,
        number_context: NumberContext,
        indicator: str,
        source: str,
        named: Reference = NOTHING,
    ) -> int | None:
        """The start of the level (or, for the rank of a growth, of the change) that is meant.

        ``named`` is the area or group that the number's own words name: 成都市GDP突破2.3万亿元，增长5.7%,
        |绵阳市|增长6.8% is no growth of Chengdu's.
        """
        if kind not in ABOUT or source not in ("carried", "left", "whole"):
            return None
        falls = closing("up", "down").search(number_context.gap)
        other = not falls and than_earlier(number_context) is None  # than another, not than before
        if kind == "change" and other and _DIFFERENCE.search(number_context.gap):
            return None
        wanted = LEVELS
        if kind == "rank" and _OF_SPEED.search(number_context.gap):
            wanted = frozenset({"change"})
        candidates = [f for f in self.all if f.kind in wanted and f.span.start not in self.bases]
        if kind == "change" and number_context.number.dimension in ("count", "money"):
            candidates = [f for f in candidates if f.unit == number_context.number.unit]
        if named.text:
            candidates = [f for f in candidates if f.scope.text == named.text]
        same = [figure for figure in candidates if figure.indicator == indicator]
        if same:
            return _alike(same, number_context)[-1].span.start
        grown = [
            f
            for f in self.all
            if f.kind == "change" and f.indicator == indicator and named.text in ("", f.scope.text)
        ]
        if kind == "rank" and grown:
            return grown[-1].span.start  # 增加值增长12.7%，排全市|第三
        return candidates[-1].span.start if candidates and source != "left" else None

    def parent(self, whole: Sequence[Figure], unit: str, kind: FigureKind) -> int | None:
        """The figure that 其中 divides: the last of the same unit."""
        wanted = [f for f in whole if (f.kind in LEVELS) == (kind in LEVELS)]
        for figure in reversed(wanted):
            if figure.unit == unit:
                return figure.span.start
        # 实际使用外资152.7亿美元，其中制造业占比51%.
        if not wanted or unit != "%" or kind != "rate":
            return None
        # 在职干部263人，平均年龄46.8岁，其中本科以上占81%: a share is of what is counted.
        return next((f for f in reversed(wanted) if f.kind == "count"), wanted[-1]).span.start


def _alike(levels: Sequence[Figure], number_context: NumberContext) -> Sequence[Figure]:
    """生产总值7800亿元，占全市42%，增长|5.8%: points are of a rate, per cent of what is none, where both were told."""
    points = number_context.number.dimension == "points"
    if number_context.number.dimension not in ("points", "ratio"):
        return levels
    return [f for f in levels if (f.kind == "rate") == points] or levels


def paired_nouns(head: str, count: int) -> list[str]:
    """绿色食品企业和有机农产品企业分别达到406家、66家: each value with its own indicator.

    事故起数、死亡人数下降17.6%、11.6% pairs without 分别, when there are as many nouns as numbers.
    """
    if count < 2:
        return []
    marked = cue("respectively").search(head)
    said = strip_leading(strip_links(head[: marked.start()].strip("，, "))) if marked else ""
    if marked and not said and _WITH_AREAS.search(head, marked.end()):
        return []  # 增速分别比全国、全区|快1.2个和0.8个百分点
    said = said or noun_before(head)
    parts = _parts(said, count)
    if parts:
        return parts
    items = _items(said, head[: marked.start()].strip("，, ") if marked else "", count)
    if not items:
        return []
    bare = [item.removeprefix(ORDINAL_MARK) for item in items]
    if all(len(item) == 1 and item in ORDINALS for item in bare[:-1]) and bare[-1][0] in ORDINALS:
        # （第）一、二、三|产业贡献率分别为4.6%、50.3%、45.1%
        return [ORDINAL_MARK + item[0] + bare[-1][1:] for item in bare]
    if _ORDINAL.match(items[0]):
        items = [items[0], *(_NUMBERED.sub(ORDINAL_MARK + r"\g<0>", item) for item in items[1:])]
    told = _told_of_all(head[marked.end() :]) if marked else ""
    if told:
        return [told if _BODY.search(item) else _joined(item, told) for item in items]
    summed = _SUMMED_LAST.fullmatch(items[-1])
    if summed and all(len(item) == 1 for item in items[:-1]):
        return [item + summed["rest"] for item in (*items[:-1], summed["first"])]
    rest = _after_modifiers(items)
    if rest:
        return [*(item + rest for item in items[:-1]), items[-1]]
    return _of_places(items) or _with_tail(items)


def _items(said: str, before: str, count: int) -> list[str]:
    """The ``count`` nouns of a list: of ``said``, or of all that stands ``before`` 分别; empty where they are not as many."""
    # 集中和分散供养标准: an adverb elsewhere. 投资额、增幅|分别居…: an item that looks like a turn.
    for words_before in (said, strip_links(before), before):
        items = [item for item in _ITEMS.split(words_before) if item]
        if len(items) == count:
            return items
    return []


def _told_of_all(after: str) -> str:
    """一产、二产分别实现|增加值; 公安局、法院分别|办结案件: the noun after 分别 that a list shares, empty where none stands there."""
    noun = noun_before(after)
    return noun if _TOLD_OF_ALL.fullmatch(noun) else ""


def _with_tail(items: list[str]) -> list[str]:
    """光纤宽带、4G网络|覆盖率: every item of a list with the head that stands at its end."""
    if not items:
        return items
    if (told := _SHARE_TAIL.search(items[-1])) and told.start():
        return [_joined(item, told[0]) for item in items]  # 发电量、用电量|占比: a share is of each
    shared = _SHARED.search(items[-1])
    tail = shared[0] if shared else ""
    if len(tail) == 1 or (not tail and _MEASURED.search(items[-1])):
        tail = items[-1][-3:]  # 代表建议、政协提案|办复率, 氮氧化物、有机物|减排量
    whole = closing("noun-head")

    def is_whole(item: str) -> bool:
        bare = _BRACKETED.sub("", item)  # 固定资产投资（不含房地产）
        return whole.search(bare) is not None or _MEASURED.search(bare) is not None

    return [item if not tail or is_whole(item) else _joined(item, tail) for item in items]


def _joined(item: str, tail: str) -> str:
    """An item with the head it shares, what both hold told once: 第一产业, 产业增加值; 税收, 税收."""
    if item.endswith(tail):
        return item
    both = next((n for n in range(len(tail) - 1, 0, -1) if item.endswith(tail[:n])), 0)
    return item + tail[both:]


def _after_modifiers(items: Sequence[str]) -> str:
    """城镇、农村|居民人均可支配收入: what the modifiers of a list share."""
    modifiers = words("modifier")
    if not all(item in modifiers for item in items[:-1]):
        return ""
    own = next((word for word in modifiers if items[-1].startswith(word)), "")
    return items[-1].removeprefix(own) if own else ""


COUNTED_PLACES = WordPattern(
    rf"^[{ORDINALS}两\d]{{1,3}}个?(?:{'|'.join(AREA_LEVELS)})(?:[（(][市县区旗、]{{1,5}}[)）])?"
)


def _of_places(items: Sequence[str]) -> list[str]:
    """厦门、福州|机场旅客吞吐量; 武汉、宜昌两市|地区生产总值: each place with what the places of a list share."""
    register = Register.load()
    *others, last = items
    if not all(map(register.candidates, others)):
        return []
    ends = (end for end in range(len(last) - 1, 1, -1) if register.candidates(last[:end]))
    end = next(ends, 0)
    shared = COUNTED_PLACES.sub("", last[end:])
    return [place + shared for place in (*others, last[:end])] if end and shared else []


_BEFORE_ITEM = tuple(LISTED)


@word_cache
def _collectives() -> tuple[Concept, ...]:
    """Nouns that name several things at once: 三次产业, 城乡."""
    return tuple(concept for concept in vocabulary("nouns") if concept.value("parts"))


def _label_in(said: str, concept: Concept) -> str:
    """The label by which words name several things at once: 三产|结构; 二、三产业 names two of them."""
    for label in sorted(concept.labels, key=len, reverse=True):
        before, found, rest = said.partition(label)
        whole = not before.endswith(_BEFORE_ITEM) and concept.label[-1:] != rest[:1]
        if found and whole:
            return label
    return concept.label


def _parts(said: str, count: int) -> list[str]:
    """三次产业结构为8.7:48.5:42.8 | 城乡居民人均可支配收入分别达到34210元、17856元 | 金融机构|存贷款余额分别为…."""
    for concept in _collectives():
        parts = concept.value("parts").split("、")
        before, label, rest = said.partition(_label_in(said, concept))
        share = concept.value("partShare")
        if label and len(parts) == count:
            rest = _STRUCTURE.sub(share, rest) if share else rest
            before = "" if share else before
            return [before + part + rest for part in parts]
    return []


def paired_levels(figures: Sequence[Figure], count: int) -> Sequence[Figure]:
    """接待游客17.52亿人次、旅游花费1.27万亿元，分别增长32.9%、41.6%: each with its own level.

    成都市、绵阳市生产总值分别达到…、…，增长5.7%、6.8%: each of its own area.
    城镇、农村居民收入分别增长6.1%、7.2%，分别高于全国0.2个、0.5个百分点: each with its own growth, where no levels are told.
    """
    levels = [figure for figure in figures if figure.kind in LEVELS]
    changes = [figure for figure in figures if figure.kind == "change" and is_paired(figure)]
    # 生产总值362亿元，增长8%，财政收入43亿元，其中公共财政收入24亿元，分别增长10%和13%
    grown = {figure.of for figure in figures if figure.kind == "change"}
    fresh = [figure for figure in levels if figure.span.start not in grown]
    levels = fresh if len(fresh) >= count else levels
    # 新增岗位38万个，再就业27万人，其中大龄人员6万人，分别完成计划的|127%和107%: a part in passing is none of them.
    wholes = [figure for figure in levels if "part" not in figure.qualifier]
    passing = 1 < count == len(wholes) < len(levels) < 2 * count
    told = (wholes if passing else levels or changes)[-count:]
    if len(told) < count or len({(f.indicator, f.unit, f.scope.text) for f in told}) < count:
        return []
    return told


def is_paired(figure: Figure) -> bool:
    """Whether a figure was given its indicator by a list of as many nouns."""
    return rule_of(figure.rule).id == "figure-paired"


# 杜尔基、巴彦呼舒|两个苏木镇的|土地流转率均超过四成: a list that its count sums up is one.
_SUMMED_UP = WordPattern(
    r"^(?:[^，,]*?、[^，,]*?)?[一二两三四五六七八九十]{1,3}个(?:[^，,、的]{1,8}的|{measured-place}的?)(?=[\u4e00-\u9fff]{2})"
)


def past_summed_list(left: str) -> str:
    """东山、西岭两个村的|集体收入: what is told of a list that its count sums up; else ``left``."""
    return _SUMMED_UP.sub("", left)


def each_of(left: str) -> list[str]:
    """职业技术大学、高等职业学校各2所: one figure for each that the text names."""
    said = _EACH.search(left)
    if said is None or past_summed_list(left) != left:
        return []
    items = _with_tail([i for i in _ITEMS.split(noun_before(left[: said.start()])) if i])
    return items if len(items) > 1 and not cue("counting-verb").fullmatch(items[-1]) else []
