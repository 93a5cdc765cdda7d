"""What is carried from clause to clause of a sentence: indicator, time, the whole that 其中 divides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from policygraph.graph.statements import Figure, FigureKind
from policygraph.loaders.figures.number_context import NumberContext, is_bound
from policygraph.loaders.figures.relations import Relations
from policygraph.loaders.figures.scopes import Scopes
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Clause
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue, opening, words
from policygraph.loaders.words.nouns import (
    EDGES,
    after_turn,
    noun_before,
    strip_leading,
    strip_links,
    strip_rank,
)
from policygraph.loaders.words.time import (
    TIME_CLAUSE,
    TIME_ONLY,
    YEAR_DIGITS,
    read_time,
    with_digits,
)


class SentenceState:
    """The state of one sentence while its numbers are read in order."""

    def __init__(
        self, text: str, clauses: Sequence[Clause], context: ReportContext, scopes: Scopes
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.context = context
        self.scopes = scopes
        self.relations = Relations()
        self.indicator = ""
        self.time = ""
        self.base = ""  # when the first of two levels held: 由2014年的…减少到…
        self.since = ""  # the year that the sentence compares with: 比1982年增长52.3%
        self.estimated = False
        self.whole: list[Figure] | None = None  # what 其中 divides, once it has been said
        self._bracket = False  # whether a bracket after a figure is open
        self._parted: list[Figure] = []
        self._outer: list[Figure] | None = None  # what 其中 divided when the bracket opened
        self._total = ""  # what the figure before it counts or measures
        self._read_to = -1
        self._listed: list[Figure] | None = None  # what 其中 divided before a ；
        self._opens = False  # whether 其中 opens a list that ； goes on with
        self._sentence = -1
        self._start = self._looked = 0  # of the sentence; how far it was searched for a target
        self._set: re.Match[str] | None = None
        self._last = -1
        self._due = False  # whether the time is that by which something is to be done

    def open(self, place: int, first_number: int) -> None:
        """Go on to a clause: forget what has ended, take in clauses before it without a number."""
        clause = self.clauses[place]
        if clause.sentence != self._sentence:
            first = place
            while first and self.clauses[first - 1].sentence == clause.sentence:
                first -= 1
            self._new_sentence(self.clauses[first].start, first_number)
            self._sentence = clause.sentence
            self._subject(self.clauses[first:place])
        else:
            first = self._last + 1
            if _closes(self.text[self._read_to : clause.start]):
                self._close_bracket()
            self._go_on(self.text[clause.start : first_number], self.text[clause.start - 1])
            # 职工59人（其中：|50岁以上18人: 其中 may end the clause before.
            self._open_part(self.text[max(self._read_to, self._start) : clause.start])
            passed = self.clauses[first:place]
            # 如皋、启东建成站点12个；|国家医保平台顺利切换，日均结算量18.6万笔.
            if any(self.text[c.start - 1] in "；;" or self._has_own_subject(c) for c in passed):
                self.scopes.reset()
            self._subject(self.clauses[first:place])
        self._last = place
        self._take_in(self.clauses[first : place + 1], clause)

    def in_part(self, number_context: NumberContext) -> bool:
        """Whether a number stands under 其中, which may stand right before it."""
        gap, outer = number_context.gap, self.whole
        opened = (
            number_context.before is not None
            and gap[:1] in _BRACKETS
            and not _balanced(gap)
            and not _SAME_AGAIN.match(gap, 1)
        )
        if self._open_part(gap) and not opened:
            self._bracket = False
        elif re.search("[）)]", _WITHIN_NAME.sub("", gap)):
            self._close_bracket()
        elif opened and number_context.before is not None:
            self.whole = outer  # 受理举报23件|（其中转办9件），比上年下降14.8%
            self._open_bracket(number_context.before.end)
        if self.whole is None and self._goes_on_listing(number_context):
            self.whole = self._listed
        if self._bracket:
            # The rates in a bracket are no parts: 7个（市级1个，人员配备率100%）.
            self.indicator = self._total
            self.whole = None if number_context.number.dimension == "ratio" else self._parted
        elif (
            _STOPPED.search(gap)
            or self._is_other(number_context)
            or self._begins_anew(number_context)
        ):
            self.whole = None
        self._read_to = number_context.number.end
        return self.whole is not None

    def _goes_on_listing(self, number_context: NumberContext) -> bool:
        """其中猪肉产量15.2万吨，增长4%；|牛肉产量2.1万吨: an item after ； that is told like the part before it."""
        number, listed = number_context.number, self._listed
        if not listed or number_context.before is not None:
            return False
        told = [f for f in self.relations.all if "part" in f.qualifier and f.unit == number.unit]
        noun = noun_before(number_context.left)
        alike = bool(told) and noun[-2:] == told[-1].indicator[-2:] and len(noun) > 2
        wholes = [figure for figure in listed if figure.unit == number.unit]
        shared_out = any(sum(f.value for f in told) >= _WHOLE * whole.value for whole in wholes)
        return alike and noun != told[-1].indicator and bool(wholes) and not shared_out

    def _begins_anew(self, number_context: NumberContext) -> bool:
        """其中企业2316户；|截至12月底，市场主体总量7.62万户; 其中城镇18万人；|全年出生4260人: a total or a time of its own after ；."""
        start = number_context.clause.start
        before = self.text[max(0, start - _BACK) : start]
        fresh = before.rpartition("；")[2] if "；" in before else None
        if fresh is None or self.whole is None:
            return False
        timed = TIME_ONLY.fullmatch(fresh) is not None and bool(fresh.strip())
        own = not fresh.strip() and opening("whole-year").match(number_context.whole) is not None
        return timed or own

    def _is_other(self, number_context: NumberContext) -> bool:
        """其中国家级2家，|经营收入3.2亿元: a clause of another unit than the whole and its parts tells no part."""
        number = number_context.number
        if self.whole is None or number.missing or number.dimension in ("points", ""):
            return False
        if is_bound(number_context):
            return False
        last = self.relations.all[-1:]
        if number.dimension == "ratio":
            # 其中职工36万人，|参保率98%: a rate of its own.
            own = _RATE.search(number_context.gap) is not None and number_context.before is None
            return own and bool(last) and last[0].unit != "%"
        if cue("part").search(number_context.whole) or number_context.before is not None:
            return False
        told = (*self.whole, *(f for f in last if "part" in f.qualifier))
        return all(figure.unit != number.unit for figure in told)

    def _open_bracket(self, end: int) -> None:
        """示范村10个|（省级2个、县级8个）: the bracket right after a figure tells its parts."""
        whole: list[Figure] = []
        for figure in reversed(self.relations.all):
            if figure.span.end != end:
                break
            whole.append(figure)
            end = figure.span.start
        if whole and whole[0].kind in ("count", "amount"):
            self._parted, self._bracket = whole[::-1], True
            self._total, self._outer = whole[0].indicator, self.whole

    def _close_bracket(self) -> None:
        self.whole = None
        if self._bracket:
            self.indicator, self._bracket = self._total, False
            self.whole, self._outer = self._outer, None
            parted = {figure.span.start for figure in self._parted}
            # What follows the bracket is about the figure before it.
            rest = [f for f in self.relations.all if f.span.start not in parted]
            self.relations.all = rest + self._parted

    def is_set(self, number_context: NumberContext, kind: FigureKind) -> bool:
        """提出8项指标，其中失业率|5.5%左右; but 目标是6%，实际增长|6.1%: a value that a target is set at."""
        start = number_context.number.start
        if self._set is None:
            looked, self._looked = max(self._start, self._looked - _SETS_WITHIN), start
            self._set = _SETS.search(self.text, looked, start)
        if self._set is None or _ACTUAL.search(self.text, self._set.end(), start):
            return False
        return self._set["listed"] is not None or kind in ("change", "rate")

    def divided(self, unit: str) -> str:
        """The indicator of what 其中 divides, of the unit of a part."""
        units = words("people-unit") if unit in words("age-unit") else (unit,)
        same = [figure.indicator for figure in self.whole or () if figure.unit in units]
        return same[-1] if same else ""

    def is_whole(self, level: Figure) -> bool:
        """Whether a level is what 其中 divides: 游客1268万人次，其中过夜312万人次，分别增长|12.8%和15.3%."""
        return any(figure.span.start == level.span.start for figure in self.whole or ())

    def divides(self, of: int | None) -> bool:
        """Whether a figure under 其中 is itself a part, not the change of one."""
        return of is None or any(f.span.start == of for f in self.whole or ())

    def _new_sentence(self, start: int, first_number: int) -> None:
        head = self.text[start:first_number].lstrip(EDGES)
        self._opens = opening("part").match(head) is not None
        self.whole = list(self.relations.all) if self._opens else None
        if not self._opens:
            self.relations.reset()
        self.indicator, self.time, self.base, self.since = "", "", "", ""
        self._start = self._looked = start
        self._set = None
        self._listed = None
        self._bracket = self._due = False
        self.scopes.reset()

    def _go_on(self, head: str, mark: str) -> None:
        # 6个区通过评估认定，|新建学校19所: what is new is told of the area.
        apart = self.scopes.is_of_group() and opening("new").match(head.lstrip(EDGES))
        if mark in "；;" or apart or not self._same_subject(head) or self._after_time(head):
            self.scopes.reset()
        if mark in "；;":
            self.time, self._due = "" if self._due else self.time, False
            self._listed = self.whole
            if not (self._opens or self._bracket):
                self.whole = None
        if (
            not self._opens
            and opening("counting-verb").match(head)
            and not opening("guard").match(head)
        ):
            # 其中引进顶尖人才41人，|新增高技能人才39万人: a new predicate is no part.
            self.whole = None
        if self.whole is not None and _TOTAL.match(head.lstrip(EDGES)):
            # 其中3个村超100万元，|总收入876万元: a total is no part.
            self.whole = None
            self.scopes.reset()

    def _after_time(self, head: str) -> bool:
        """Whether the clause before only said when: 积石山6.2级地震后，|调拨帐篷1.36万顶."""
        end = self._read_to if self._read_to > 0 else 0
        stop = self.text.find("，", end, end + 12)
        return stop >= 0 and TIME_CLAUSE.search(self.text[end:stop]) is not None

    def _same_subject(self, head: str) -> bool:
        """Whether a clause speaks of the same area or group: it has no subject of its own."""
        if not head.strip(EDGES):
            return False
        if self.scopes.is_areal():
            return True
        noun = strip_leading(strip_rank(strip_links(head)))
        return not noun or opening("counting-verb", "whole").match(noun) is not None

    def _has_own_subject(self, clause: Clause) -> bool:
        """Whether a clause without numbers speaks of something else: 营养改善计划提质扩面."""
        words = self.text[clause.start : clause.end].strip(EDGES)
        return bool(words) and not self._same_subject(words)

    def _open_part(self, words: str) -> bool:
        if cue("part").search(words) is None:
            return False
        if not (self._opens and self.whole is not None):
            self.whole = list(self.relations.all)
            self._opens = _LIST.search(words) is not None
        return True

    def _subject(self, clauses: Sequence[Clause]) -> None:
        """财政收入首次突破亿元大关，|达1.06亿元: a clause without a number says what reached something."""
        for clause in clauses:
            span = (clause.start, clause.end)
            passed = _MOVED.fullmatch(self.text, *span) or _PASSED.match(self.text, *span)
            noun = noun_before(passed["noun"]) if passed else ""
            if not passed and _NAMED.fullmatch(self.text, clause.start, clause.end):
                # 农民人均纯收入，扣除物价因素，|平均每年增长4.5%.
                noun = after_turn(strip_leading(self.text[clause.start : clause.end]))
            if len(noun) > 1:
                self.indicator, self.whole = noun, None

    def _take_in(self, clauses: Sequence[Clause], last: Clause) -> None:
        """截至12月底，… says when, 初步核算，… how sure it is."""
        year, now = self.context.year_at(last.start), self.context.now
        self.estimated = False
        for clause in clauses:
            compared = _COMPARED.search(with_digits(self.text[clause.start : clause.end]))
            if compared:
                self.base = self.since = compared["year"]
            said = TIME_ONLY.match(self.text, clause.start, clause.end)
            if said and (clause is last or said.end() >= clause.end):
                said_time = read_time(said[0], year, now=now, reviewed=self.context.year)
                self.time = said_time or self.time
                self._due = bool(said_time) and said[0].rstrip(EDGES).endswith(_BEFORE)
            words = self.text[clause.start : clause.end].strip(EDGES)
            if opening("up-to-now").match(words):
                self.time = ""  # 截至10月底…；截至目前，…
            if self.time and year and opening("whole-year").match(words):
                self.time = str(year)
            self.estimated = (clause is not last and _ESTIMATE.fullmatch(words) is not None) or (
                clause is last and self.estimated
            )


def _closes(words: str) -> bool:
    """Whether a bracket ends that was opened before; 小（1）型 has both."""
    return any(words.count(shut) > words.count(opens) for opens, shut in _PAIRS)


def _balanced(words: str) -> bool:
    """Whether every bracket is closed: 61万套（间）, 保障房."""
    return all(words.count(opens) == words.count(shut) for opens, shut in _PAIRS)


_BACK = 24  # characters before a clause in which the time of its own stands
_BEFORE = "前"  # 年底|前|建成…；
_PASSED = WordPattern(r"(?P<noun>[^，,、]{2,20}?)(?:{degree}|[首再又已]次?)?{passing}")
# 地区生产总值持续攀升，|2024年达到1.3万亿元: what a clause without a number says to have moved.
_MOVED = WordPattern(
    r"(?P<noun>[^，,、]{0,12}{sum-name|noun-head|rate-noun})(?:{degree|leading}|逐[步年季月])*(?:{up|down|fared})"
)
_NAMED = WordPattern(r"[\u4e00-\u9fff]{2,16}{sum-name|noun-head|rate-noun}")
_SAME_AGAIN = WordPattern("{equals}")  # 46832元（折合|6789美元）
_RATE = WordPattern(r"率[^，,占增降]{0,6}$")
_WHOLE = Decimal("0.99")  # of a whole from which on its parts, as printed, are all told
_STOPPED = compiled(r"\.(?=[\u4e00-\u9fff])")  # 增长8.3%.|全县: a full stop typed as a dot
_WITHIN_NAME = compiled(
    r"[（(][^（()）]{1,3}[)）](?=[\u4e00-\u9fff])"
)  # 小（1）型, 执业（助理）医师
_PAIRS = (("（", "）"), ("(", ")"))
_BRACKETS = tuple(opens for opens, _ in _PAIRS)


# 1982年|同1978年相比: the year with which the whole sentence compares.
_COMPARED = WordPattern(
    rf"[同与和跟较比](?P<year>{YEAR_DIGITS})年[^，,。；;]{{0,4}}{{compared-end}}"
)
_SETS = WordPattern(
    r"{target-setting}(?:了|的(?=[^，,、。；;：:]{0,8}?{target-set}(?:[是为：:]|{part})))?(?!的)[^，,。；;：:]{0,20}?{target-set}"
    r"(?:(?P<listed>[是为：:]|[，,]?{part})|[，,])"
)
_SETS_WITHIN = 80  # characters that _SETS spans at most
_ACTUAL = WordPattern(r"{actual}")
_TOTAL = WordPattern(r"{total-noun}|总[\u4e00-\u9fff]|{sum-opening}")
_LIST = WordPattern("{part}[，,：:]")
_ESTIMATE = WordPattern(r"{according}?{accounts}?{jointly}?{estimated}{result}?")
