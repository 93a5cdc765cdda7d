"""What each number says: its kind, indicator, scope, period, and the figure it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from policygraph.graph.statements import Figure, FigureKind, Mention, Span
from policygraph.loaders.numbers import Number
from policygraph.loaders.setting import Setting
from policygraph.loaders.structure import Clause, Outline
from policygraph.ontology.vocabulary import vocabulary

WINDOW = 60  # characters of context on either side of a number that are looked at
_YEAR_BEFORE = re.compile(r"((?:19|20)\d{2})年")
_MONTH_END = re.compile(r"截[至止](?:\d{4}年)?(\d{1,2})月")
_PLAN_END = re.compile(r"“?十([一二三四五])五”?末")
_PLAN_YEAR = {"一": "2010", "二": "2015", "三": "2020", "四": "2025", "五": "2030"}
# 较上年末 | 比2020年 at the end of a noun, but not the 比 of 同比, 环比, 占比, 比例 and 比重.
_COMPARISON = re.compile(
    r"(?<![同环占])(?:较|比(?![例重率值]))[^，]{0,8}$|(?:在|占|居)?(?:全国|全省|全球|世界|中部|西部)$|[从由]$"
)
# 截至12月底, 2022年 and what stands before them.
_DATED = re.compile(r"^.*(?:截[至止][^，]{0,8}[月年日](?:底|末)?|\d{4}年(?:底|末)?)")
_TARGET = re.compile(
    r"(?:达到|完成|占)?(?:年度|全年|预期|计划)?(?:目标任务|目标|任务|计划|预算)的?$"
)
_TOTALS = frozenset(("总数", "总量", "总额", "合计", "新", "再", "比例"))
_EDGES = '、和与及 　,，：:;；。“”"—-\n\t'


@cache
def words(key: str) -> tuple[str, ...]:
    """The words of one class of figure-words.ttl, longest first."""
    held = next(c for c in vocabulary("figure-words") if c.key == key)
    return tuple(sorted(held.labels, key=lambda label: (-len(label), label)))


@cache
def pattern(*keys: str, anchored: str = "") -> re.Pattern[str]:
    """An alternation of one or more classes; anchored '^' or '$' ties it to that end."""
    labels = sorted({w for key in keys for w in words(key)}, key=lambda w: (-len(w), w))
    body = "(?:" + "|".join(map(re.escape, labels)) + ")"
    if anchored == "^":
        return re.compile("^" + body)
    if anchored == "$":
        return re.compile(body + "$")
    return re.compile(body)


@dataclass(slots=True)
class Reading:
    """What is carried from number to number through one sentence."""

    sentence: int = -1
    scope: str = ""
    scope_end: int = -1
    indicator: str = ""
    period: str = ""
    parent: int | None = None
    in_part: bool = False
    pairs: dict[int, int] = field(default_factory=dict)


def find_figures(
    text: str,
    outline: Outline,
    setting: Setting,
    mentions: Sequence[Mention],
    numbers: Sequence[Number],
) -> list[Figure]:
    """The figures of a report in reading order, one for each number that states something."""
    return _Figures(text, outline, setting, mentions).read(numbers)


class _Figures:
    """One pass over the numbers of a document, clause by clause."""

    def __init__(
        self, text: str, outline: Outline, setting: Setting, mentions: Sequence[Mention]
    ) -> None:
        self.text = text
        self.clauses = outline.clauses
        self.clause_starts = [clause.start for clause in outline.clauses]
        self.setting = setting
        self.mentions = mentions
        self.mention_starts = [mention.span.start for mention in mentions]
        self.held = Reading()
        self.figures: list[Figure] = []

    def read(self, numbers: Sequence[Number]) -> list[Figure]:
        """All figures; numbers of one clause are read together so that 分别 can pair them."""
        for clause, group in self._by_clause(numbers):
            if clause.sentence != self.held.sentence:
                self.held = Reading(sentence=clause.sentence)
            self._open_clause(clause, group[0])
            paired = self._paired(clause, group) or self._paired_before(group)
            for place, number in enumerate(group):
                before = group[place - 1] if place else None
                self._add(clause, number, before, paired.get(place, ""))
        return self.figures

    def _by_clause(self, numbers: Sequence[Number]) -> Iterator[tuple[Clause, list[Number]]]:
        group: list[Number] = []
        place = -1
        for number in numbers:
            at = bisect_right(self.clause_starts, number.start) - 1
            if at < 0 or number.start >= self.clauses[at].end:
                continue
            if at != place and group:
                yield self.clauses[place], group
                group = []
            place = at
            group.append(number)
        if group:
            yield self.clauses[place], group

    def _mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        return self.mentions[
            bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)
        ]

    # -- what the clause sets -----------------------------------------------------------------

    def _open_clause(self, clause: Clause, first: Number) -> None:
        """Take scope, period and 其中 from the clause before its first number."""
        head = self.text[clause.start : first.start]
        for mention in self._mentions_in(clause.start, first.start + 1):
            if mention.span.end > clause.end:
                continue
            if mention.type == "Area" and not self._is_compared(mention):
                self._set_scope(mention.name, mention.span.end)
            elif (
                mention.type == "Group"
                and mention.count is not None
                and mention.span.start == clause.start
                and self.text[mention.span.end : clause.end]
            ):
                self._set_scope(mention.span.quote, mention.span.end)
        if pattern("part").match(head):
            self.held.in_part = True
            last = next(
                (
                    f
                    for f in reversed(self.figures)
                    if f.unit == first.unit and self._same_sentence(f)
                ),
                None,
            )
            self.held.parent = last.span.start if last else None

    def _same_sentence(self, figure: Figure) -> bool:
        at = bisect_right(self.clause_starts, figure.span.start) - 1
        return self.clauses[at].sentence == self.held.sentence

    def _set_scope(self, scope: str, end: int) -> None:
        self.held.scope, self.held.scope_end = scope, end

    def _is_compared(self, mention: Mention) -> bool:
        """居全国第1, 高于全国平均: the area compared with is not the area the figure is of."""
        before = self.text[max(0, mention.span.start - 4) : mention.span.start]
        after = self.text[mention.span.end : mention.span.end + 3]
        if re.match(r"第|首|前|平均|最|率先|唯一", after):
            return True
        return bool(
            re.search(r"[居列位在占于比入选为超评]$|[快高低慢]于$|入选$|获批$|获评$", before)
        )

    # -- one number ---------------------------------------------------------------------------

    def _add(self, clause: Clause, number: Number, before: Number | None, paired: str) -> None:
        left_start = before.end if before else clause.start
        left = self.text[max(left_start, number.start - WINDOW) : number.start]
        whole = self.text[max(clause.start, number.start - 2 * WINDOW) : number.start]
        right = self.text[number.end : min(clause.end, number.end + WINDOW)]
        if number.start >= clause.end:
            return
        adjacent = before is not None and before.end == number.start
        kind, negative, missing_unit = self._kind(number, left, whole, right)
        indicator, source = self._indicator(clause, number, left, right, kind, paired, adjacent)
        unit = missing_unit or number.unit
        of = self._about(kind, number, left, source)
        value = -abs(number.value) if negative else number.value
        figure = Figure(
            span=Span(number.start, number.end, self.text[number.start : number.end]),
            value=value,
            unit=unit,
            kind=kind,
            indicator=indicator,
            scope=self._scope(number),
            period=self._period(whole, number, kind),
            of=of,
            qualifier=self._qualifiers(number, left, whole, right),
            rule=f"figure/{kind}/{source}",
            clause=(clause.start, clause.end),
        )
        if self._is_dropped(figure, number, left, right):
            return
        self.figures.append(figure)
        if indicator and kind != "threshold":
            self.held.indicator = indicator

    def _is_dropped(self, figure: Figure, number: Number, left: str, right: str) -> bool:
        """A lone digit with neither unit nor noun nor a mark behind it states nothing."""
        return not figure.unit and not number.missing and number.form == "plain"

    def _kind(
        self, number: Number, left: str, whole: str, right: str
    ) -> tuple[FigureKind, bool, str]:
        """Kind, whether the value is a decrease, and the unit that is certain though dropped."""
        if number.form == "rank":
            return "rank", False, ""
        if number.form == "doubling":
            return "change", False, ""
        if re.match(r"(?:及)?(?:以上|以下|以内)(?:的)?[^，,。；;、的左右]", right) and not pattern(
            "link", anchored="$"
        ).search(left):
            return "threshold", False, ""
        tail = left[-12:] if not pattern("part").search(left[-12:]) else left[-6:]
        reached = bool(re.search(r"(?:到|至|为|达|在)$", tail.rstrip("约近超")))
        falls = bool(pattern("down").search(tail)) and not reached
        rises = bool(pattern("up").search(tail)) and not reached
        compares = bool(pattern("base").search(whole[-20:])) and not reached
        if number.missing and (rises or falls):
            return "change", falls, "%"
        if number.dimension == "points":
            return "change", falls or bool(re.search("低于|慢于", whole)), ""
        if number.dimension == "ratio":
            if re.search("(?:" + "|".join(words("target")) + r")[^，,]{0,4}的$", left):
                return "completion", False, ""
            if number.form in ("ratio", "fraction", "tenths") and not rises and not falls:
                return "rate", False, ""
            if number.unit == "倍":
                return "change", False, ""
            if rises or falls or compares:
                return "change", falls, ""
            return "rate", False, ""
        if (
            (rises or falls)
            and re.search(
                r"(?:增加|增长|减少|提高|下降|降低|上升|缩短|缩小|增|减)(?:了|约|近|超|超过)?$",
                tail,
            )
            and not re.search(r"(?:新增|净增)$", tail)
            and not self._is_post(number, left, right)
        ):
            return "change", falls, ""
        return ("count" if number.dimension in ("count", "") else "amount"), False, ""

    # -- indicator ----------------------------------------------------------------------------

    def _is_post(self, number: Number, left: str, right: str) -> bool:
        """Whether the counted noun follows the number: 43个经济强市县."""
        if number.form != "plain" or number.dimension not in ("count", ""):
            return False
        if number.noun:
            return True
        return bool(re.match(r"[^，,。；;、：:）)的以左上和与及至到\s0-9]", right)) and not pattern(
            "stop", "up", "down", anchored="^"
        ).match(right)

    def _indicator(
        self,
        clause: Clause,
        number: Number,
        left: str,
        right: str,
        kind: FigureKind,
        paired: str,
        adjacent: bool,
    ) -> tuple[str, str]:
        """The indicator's words, and how they were found."""
        if paired:
            return paired, "paired"
        if adjacent and self.figures:
            return self.figures[-1].indicator, "adjacent"
        if kind == "threshold":
            return self._right_noun(
                re.sub(r"^(?:及)?(?:以上|以下|以内)的?", "", right)
            ), "threshold"
        if self._is_post(number, left, right):
            noun = self._group_name(number) or self._right_noun(right)
            if noun:
                verb = pattern("verb", anchored="$").search(left)
                if verb and len(noun) > 1 and len(noun) + len(verb[0]) <= 8:
                    return verb[0] + noun, "right"
                return noun, "right"
        noun = self._left_noun(number, left)
        if kind == "completion":
            noun = self._strip_leading(_TARGET.sub("", noun))
        if noun and pattern("verb").fullmatch(noun):
            return self._spent_on(clause, number, noun), "verb"
        if noun and self.held.in_part and len(noun) <= 3 and self.held.indicator:
            return noun + self.held.indicator, "part"
        if noun:
            return noun, "left"
        if kind in ("change", "rank", "completion") and self.held.indicator:
            return self.held.indicator, "carried"
        if self.held.indicator and not self._verb_before(left):
            return self.held.indicator, "carried"
        action = self._verb_before(left)
        after = self._right_noun(right.lstrip("的"))
        return (action + after if action and len(after) < 3 else after or action), "verb"

    def _spent_on(self, clause: Clause, number: Number, verb: str) -> str:
        """投入49亿元实施79个农村饮水提标升级项目: what the money went to, then the verb."""
        rest = self.text[number.end : min(clause.end, number.end + WINDOW)]
        second = pattern("verb", anchored="^").match(rest)
        if second is None:
            noun = self._right_noun(rest.lstrip("的"))
            return verb + noun if noun and not rest.startswith(tuple("，,、。")) else verb
        noun = re.sub(r"^[0-9.万亿]+(?:个|项|座|家|条|处)?", "", rest[second.end() :])
        return self._right_noun(noun) + verb

    def _verb_before(self, left: str) -> str:
        match = pattern("verb", anchored="$").search(left.rstrip(_EDGES))
        return match[0] if match else ""

    def _group_name(self, number: Number) -> str:
        at = bisect_left(self.mention_starts, number.start)
        if at < len(self.mentions) and self.mention_starts[at] == number.start:
            mention = self.mentions[at]
            if mention.type == "Group":
                return mention.name
        return ""

    def _right_noun(self, right: str) -> str:
        """The noun after a number, up to a mark or the verb of the next phrase."""
        stretch = re.match(r"[^，,。；;、：:\n]*", right)
        noun = stretch[0] if stretch else ""
        stop = pattern("stop").search(noun, 1)
        if stop and stop.start() >= 1:
            noun = noun[: stop.start()]
        return noun.strip(_EDGES).removeprefix("的")

    def _left_noun(self, number: Number, left: str) -> str:
        """The noun before a number, without link words, scope, adverbs and the verb."""
        offset = number.start - len(left)
        start = 0
        if self.held.scope_end > offset:
            start = self.held.scope_end - offset
        for mention in self._mentions_in(offset, number.start):
            if (
                mention.type == "Area"
                and mention.span.end <= number.start
                and not self._is_compared(mention)
            ):
                start = max(start, mention.span.end - offset)
        noun = left[start:].strip(_EDGES)
        noun = _DATED.sub("", noun)
        noun = re.sub(r"[（(][^（()）]*$", "", noun)
        noun = self._strip_links(noun)
        noun = self._strip_leading(noun)
        if noun.startswith("在") or "”平台" in noun:
            verbs = list(pattern("verb").finditer(noun))
            noun = noun[verbs[-1].start() :] if verbs else noun
        if noun in _TOTALS or pattern("up", "down", "base").fullmatch(noun):
            return ""
        return noun.strip(_EDGES)

    def _strip_links(self, noun: str) -> str:
        while noun:
            shorter = (
                pattern("link", "up", "down", "base", anchored="$").sub("", noun).rstrip(_EDGES)
            )
            shorter = _COMPARISON.sub("", shorter).rstrip(_EDGES)
            if shorter == noun:
                return noun
            noun = shorter
        return noun

    def _strip_leading(self, noun: str) -> str:
        while noun:
            shorter = pattern("leading", anchored="^").sub("", noun).lstrip(_EDGES)
            verb = pattern("verb", anchored="^").match(shorter)
            if verb and len(shorter) - len(verb[0]) >= 4:
                shorter = shorter[verb.end() :].lstrip(_EDGES)
            if shorter == noun:
                return noun
            noun = shorter
        return noun

    def _paired(self, clause: Clause, group: list[Number]) -> dict[int, str]:
        """绿色食品企业和有机农产品企业分别达到406家、66家: each value with its own indicator."""
        if len(group) < 2:
            return {}
        head = self.text[clause.start : group[0].start]
        at = head.find("分别")
        if at < 0:
            return {}
        items = [
            i for i in re.split(r"[、和与及]", self._strip_leading(_DATED.sub("", head[:at]))) if i
        ]
        if len(items) != len(group):
            return {}
        shared = re.search(r"(?:年?人均|年均)?(?:" + "|".join(words("noun-head")) + ")$", items[-1])
        tail = shared[0] if shared else ""
        return {
            place: item if not tail or item.endswith(tail) else item + tail
            for place, item in enumerate(items)
        }

    def _paired_before(self, group: list[Number]) -> dict[int, str]:
        """分别达到6266元、12072元,比上年提高9.1%、11.7%: each change with its own level."""
        count = len(group)
        levels = self.figures[-count:]
        if (
            count < 2
            or len(levels) < count
            or len({level.indicator for level in levels}) < count
            or any(self.text[a.end : b.start] != "、" for a, b in pairwise(group))
            or not all(
                level.rule.endswith("paired") and self._same_sentence(level) for level in levels
            )
        ):
            return {}
        self.held.pairs = {
            n.start: level.span.start for n, level in zip(group, levels, strict=True)
        }
        return {place: level.indicator for place, level in enumerate(levels)}

    # -- scope, period, relation, qualifiers --------------------------------------------------

    def _scope(self, number: Number) -> str:
        if self.held.scope and self.held.scope_end <= number.start:
            return self.held.scope
        return self.setting.area_name

    def _period(self, whole: str, number: Number, kind: FigureKind) -> str:
        passage = self.setting.passage_at(number.start).period
        month = _MONTH_END.search(whole)
        if month and passage:
            return f"{passage[:4]}-{int(month[1]):02d}"
        plan = _PLAN_END.search(whole[-15:])
        if plan:
            return _PLAN_YEAR[plan[1]]
        year = _YEAR_BEFORE.search(whole)
        if year and "/" not in passage:
            return year[1]
        # A level told of five years is that at their end; what was done took all of them.
        if (
            "/" in passage
            and kind in ("amount", "rate")
            and not pattern("cumulative", "new").search(whole)
        ):
            return passage.rpartition("/")[2]
        return passage

    def _about(self, kind: FigureKind, number: Number, left: str, source: str) -> int | None:
        """The start of the figure this one is about or part of."""
        if self.held.in_part and kind not in ("change", "rank", "completion"):
            return self.held.parent
        if kind not in ("change", "rank", "completion") or source not in ("carried", "paired"):
            return None
        if re.search("(?:快于|高于|低于|慢于)", left):
            return None
        if source == "paired":
            return self.held.pairs.get(number.start)
        wanted = {"count", "amount", "rate"}
        if kind == "rank" and re.search("增速|增幅|涨幅", left):
            wanted = {"change"}
        for figure in reversed(self.figures[-6:]):
            if not self._same_sentence(figure):
                return None
            if figure.kind in wanted and figure.indicator == self.held.indicator:
                return figure.span.start
        return None

    def _qualifiers(self, number: Number, left: str, whole: str, right: str) -> tuple[str, ...]:
        found = []
        ahead = self.setting.passage_at(number.start).planned
        for key in ("cumulative", "new"):
            if pattern(key).search(whole):
                found.append(key)
        if re.search(r"(?:总数|总量|总额|合计|总计|共计)(?:已|将)?(?:达|达到|为|超|突破)?$", left):
            found.append("total")
        if ahead or re.search(
            r"计划(?!的)|预算|拟|力争|(?<=[\u4e00-\u9fff])(?<!即)将(?!军)", whole
        ):
            found.append("planned")
        if pattern("estimated").search(whole):
            found.append("estimated")
        if (
            number.over
            or pattern("over", anchored="$").search(left)
            or pattern("over-after", anchored="^").match(right)
        ):
            found.append("over")
        if (
            number.under
            or pattern("under", anchored="$").search(left)
            or pattern("under-after", anchored="^").match(right)
        ):
            found.append("under")
        if pattern("approx", anchored="$").search(left) or pattern(
            "approx-after", anchored="^"
        ).match(right):
            found.append("approx")
        if self.held.in_part:
            found.append("part")
        if number.missing:
            found.append("unit-missing")
        return tuple(found)
