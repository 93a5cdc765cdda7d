"""What each number says: its kind, indicator, scope, period, and the figure it is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from policygraph.graph.statements import Figure, Measure, Mention, Reference, Span
from policygraph.loaders.figures.indicators import (
    Indicator,
    ages_before,
    read_indicator,
    speed_ranked,
)
from policygraph.loaders.figures.number_context import (
    ACTED,
    NumberContext,
    counted_past_bound,
    ends_path,
    is_bound,
    is_colour,
    number_contexts,
)
from policygraph.loaders.figures.periods import (
    base_year,
    over_years,
    read_period,
    read_times_apart,
    says_report_year,
    year_before,
)
from policygraph.loaders.figures.qualifiers import Qualifiers, is_aimed_at
from policygraph.loaders.figures.quantities import (
    Quantity,
    completed,
    follows_at_once,
    is_counted,
    is_gain,
    of_earlier,
    read_quantity,
    stated_value,
)
from policygraph.loaders.figures.relations import (
    ABOUT,
    LEVELS,
    SIGNED,
    each_of,
    is_paired,
    paired_levels,
    paired_nouns,
    past_summed_list,
)
from policygraph.loaders.figures.scopes import Scopes
from policygraph.loaders.figures.sentence_state import SentenceState
from policygraph.loaders.linking import Linker
from policygraph.loaders.numbers import Number
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Clause, Outline
from policygraph.loaders.words.causing import caused_end
from policygraph.loaders.words.characters import (
    EACH_MARK,
    HAN,
    MINUS,
    OWN_LEVELS,
    SCALES,
    TOWN_LEVELS,
)
from policygraph.loaders.words.circumstances import past_circumstances
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.nouns import EDGES, WITHIN, noun_before, thing_end
from policygraph.loaders.words.time import last_year, read_time
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.concepts import meaning
from policygraph.ontology.rules import rule_name


def find_figures(
    text: str,
    outline: Outline,
    context: ReportContext,
    mentions: Sequence[Mention],
    measures: Sequence[Measure],
    numbers: Sequence[Number],
    linker: Linker,
) -> list[Figure]:
    """The figures of a report in reading order, one for each number that states something."""
    return _Figures(text, outline, context, mentions, measures, linker).read(numbers)


MOST_ADJACENT = 8  # numbers side by side that share a noun: 577户1695人
_LEADS_TO = WordPattern(
    r"[^，,。；;、\d]{0,4}(?:{turn-from-base})?[到至为]?(?:(?:[^，,。；;、]{2,5}[年月度])的?)?"
)
# 解决率、满意率由一季度的|47%、62%|提升至四季度的71%、84%
_FROM_EACH = WordPattern(r"[由从自](?:[^，,。；;、]{0,5}[年月度初末底]的?|{base-time}的?)?$")
_OWED = WordPattern(r"对[^，,]{2,12}{rate-noun}")  # 对经济增长的贡献率
# What a number that only 、 parts from a change, a share of a target or a gap is told in, to be one too.
_SIGNED_WITH = {"change": ("ratio", "points"), "completion": ("ratio",), "gap": ("points",)}
_LONGEST_NAME = 12  # characters of the name of an indicator
# 死亡31人、受伤79人、损失42万元，三项指数|分别下降…: the levels before are meant.
_ALL_OF_THEM = WordPattern(r"{as-above}?[两二三四五六七八\d]大?项{summed}")


def _falls(figure: Figure) -> bool:
    """Whether words say that something fell; 增长2.3%、-1.2%、15% has a sign for one number alone."""
    return figure.value < 0 and figure.span.quote[0] not in MINUS


def _ends_row(context: NumberContext) -> bool:
    """走访3个社区|260户: the last of a row of counts has no noun; 走访3个社区困难群众|260户 has one."""
    return not is_counted(context) and closing("person").search(context.gap) is None


def _share_of(context: NumberContext) -> str:
    """占GDP的比重|分别提高1.2和0.7个百分点: of what the levels before are shares."""
    noun = noun_before(cue("respectively").sub("", context.left))
    shares = noun.startswith("占") and not opening("occupying").match(noun)
    owed = opening("contributing").match(noun) or _OWED.fullmatch(noun)
    return noun if shares or owed else ""


def _paired_by_word(run: Sequence[NumberContext]) -> bool:
    """全市110报警数、立案数、诈骗数分别下降|7%、14%、19%: a list after another number, paired by 分别."""
    return len(run) > 1 and cue("respectively").search(run[0].left) is not None


def _shared_whole(context: NumberContext) -> str:
    """营业收入、利润分别|占全国|的23%、38%: what they are shares of."""
    share = _SHARE_EACH.search(context.left)
    return share["of"] if share else ""


def _told_of_each(context: NumberContext) -> str:
    """低保、特困补助为3亿元、2亿元，分别|惠及|1.2万人、8000人: the verb that tells something of each level before."""
    verb = cue("respectively").split(context.left)[-1].strip(EDGES)
    told = cue("keeps-verb", "spent").fullmatch(verb) is not None and verb not in words("up")
    return verb if told and verb not in words("down") else ""


def _counted_with(contexts: Sequence[NumberContext], at: int) -> NumberContext:
    """577户1695人, 12类55件民生实事, 3—5个示范村: the noun stands after the last of numbers side by side."""
    if at + 1 < len(contexts) and contexts[at + 1].ends_range:
        end = contexts[at + 1]
        return replace(contexts[at], noun_at=end.noun_at, after=end.after, right=end.right)
    last = at
    while last + 1 < min(len(contexts), at + MOST_ADJACENT) and contexts[last + 1].adjacent:
        if contexts[at].group and is_bound(contexts[last + 1]):
            break  # 13200名|65岁以上老人
        last += 1
    if last == at or contexts[at].adjacent or counted_past_bound(contexts[at]):
        return contexts[at]  # 12个|500万元以上的|项目
    return replace(contexts[at], noun_at=contexts[last].noun_at, after=contexts[last].after)


def _runs(contexts: Sequence[NumberContext]) -> Iterator[tuple[int, int]]:
    """The stretches of a clause's numbers that only 、, 和 or a ratio's colon parts."""
    first = 0
    for at in range(1, len(contexts) + 1):
        if at == len(contexts) or not contexts[at].joined:
            yield first, at
            first = at


# 中央财政|安排资金200亿元; but 中央财政安排的资金, 中央财政补助收入, 省级财政拨付5.6亿元.
_PAYS = WordPattern(
    r"[^，,。；;、\d]{0,4}{paying-body}(?={predicate-adverb|cumulative}*(?:{granting|paying}(?!的|$|{guard}|{sum-head})|{gain}(?=[\u4e00-\u9fff]{2})))"
)
# 进出口、利用外资|实现双增长: a list whose items are told of together.
_LISTED_SUBJECT = WordPattern(
    r"(?P<nouns>[^，,；;。\d]{2,16}?(?:[、和与及][^，,；;。、和与及\d]{2,16}?){0,4}?)"
    r"(?:{degree}|{predicate-adverb}|{lately})*"
    r"(?:{attaining}|{up|down}|{told-together})"
)
_SHARE_EACH = WordPattern(r"{respectively}(?P<of>占[^，,、的]{1,10})的?$")
_DIVISION = 120  # characters before a number in which its sentence says by what it divides
# 分经济类型看，|…, 按经营地分，|…
_DIVIDES = WordPattern(r"(?:^|[，,；;\s])[分按从][^，,。；;]{2,12}?[看分][，,：:]")
_HEADED = WordPattern(r"(?P<head>{sum-name}|{divided-head})$")
_MEASURE = WordPattern(r"(?:{sum-name|noun-head|rate-noun}|[量额值率数费])$")
# 增幅|居全市13个镇街|第二: a count of those ranked.
_RANKED_AMONG = WordPattern(
    r"(?:^|[，,、])(?P<what>[^，,、]{0,20}?){ranking}{1,2}(?:{pointed})?\d{1,4}个[\u4e00-\u9fff（）]{1,8}$"
)
_SAME_TERM = WordPattern(r"\s*(?:而|[较比])?{same-term}")
_PLACES = WordPattern(rf"(?:[{OWN_LEVELS}{TOWN_LEVELS}]|{{community}})$")
_RANKS_AMONG = WordPattern(r"{ranking}(?:{pointed})?$")
_AMONG_THOSE = WordPattern(r"(?P<those>[\u4e00-\u9fff]{2,8})中{rank-verb|rank-link}?[由从]?")
_THOSE_RANKED = WordPattern(r"[\u4e00-\u9fff]{2,8}")
_HAN = compiled(HAN)
_WORK = compiled(f"{HAN}{{2,4}}")
_ACTING_GROUP = WordPattern(r"{acting-group}\Z")  # 三级河长|巡河4126次
_TURN_BETWEEN = WordPattern(r"[、，,]?{and}?{base}?{up|down}(?:了|{nearly})?")
_TURN_LEFT = WordPattern(r"{base}?{up|down}(?:了|{nearly})?$")


def _acts(text: str, mention: Mention) -> bool:
    """Whether who is named may stand before a verb whose object a number counts: groups only at the head of a clause."""
    if mention.type == "Group":
        begins = mention.count is None and not _HAN.match(text, mention.span.start - 1)
        return begins and _ACTING_GROUP.search(mention.span.quote) is not None
    return mention.type in ("Organization", "Person", "Platform")


def _does(text: str, at: int, number_context: NumberContext) -> bool:
    """县疾控中心|全年接种疫苗, 人民法庭|巡回审判46场次: whether who ends at a place is told to do what is counted."""
    limit = number_context.number.start
    while adverb := lexicon().adverb_at(text, at, limit):
        at += len(adverb)
    verb = lexicon().verb_at(text, at, limit)
    known = verb is not None and not (verb.has("nominal") or verb.has("state"))
    acts = known and verb is not None and 1 < len(verb.text) < limit - at
    counted = number_context.number.unit in words("occasion-unit")
    return acts or (counted and _is_work(text[at:limit]))


def _is_work(said: str) -> bool:
    """巡回审判, 深入绥化市调研督导: words that end in a verb and are told as one."""
    verbs = lexicon().verbs
    return said not in verbs and any(said[n:] in verbs for n in range(2, len(said) - 1))


class _Figures:
    """One pass over the numbers of a document, clause by clause."""

    def __init__(
        self,
        text: str,
        outline: Outline,
        context: ReportContext,
        mentions: Sequence[Mention],
        measures: Sequence[Measure],
        linker: Linker,
    ) -> None:
        self.text = text
        self.clauses = outline.clauses
        self.clause_starts = [clause.start for clause in outline.clauses]
        self.context = context
        self.groups = {m.span.start: m for m in mentions if m.type == "Group"}
        self.areas = [m.span for m in mentions if m.type == "Area"]
        self.area_starts = [span.start for span in self.areas]
        self.measures = measures
        self.measure_starts = [measure.span.start for measure in measures]
        self.actor_ends = [m.span.end for m in mentions if _acts(text, m)]
        self.scopes = Scopes(text, mentions, context, linker)
        self.carried = SentenceState(text, outline.clauses, context, self.scopes)
        self.qualifiers = Qualifiers()
        self.figures: list[Figure] = []
        self.parts: list[str] = []  # of the structure told last
        self.share = ""  # of what two levels are shares: 占GDP的比重分别提高1.2和0.7个百分点
        self.first_time = ""  # when that list held
        self.times: dict[int, str] = {}  # of numbers that each have their own, by where they begin
        self.timed: dict[int, str] = {}  # the last such numbers
        self.first_levels = False  # whether a list of levels leads to another one
        self.undivided = ""  # the indicator that 分…看 divides
        self.noun_end = -1  # of the noun that the number before took

    def read(self, numbers: Sequence[Number]) -> list[Figure]:
        """All figures; numbers of one clause are read together so that 分别 can pair them."""
        for place, group in self._by_clause(numbers):
            clause = self.clauses[place]
            self.carried.open(place, group[0].start)
            contexts = number_contexts(self.text, clause, group, self.groups)
            if not self._turned_apart(contexts):
                for first, last in _runs(contexts):
                    self._read_run(contexts, first, last)
        return self.figures

    def _read_run(self, contexts: Sequence[NumberContext], first: int, last: int) -> None:
        """Numbers in a list: paired with the nouns or the levels of another list, or each by itself."""
        run = self._timed_apart(contexts[first:last])
        contexts = [*contexts[:first], *run, *contexts[last:]]
        whole = len(run) == len(contexts) > 1
        parts = len(run) > 1 and run[0].number.form == "ratio"
        self.first_levels = self._goes_in_pairs(contexts, first, last)
        side_by_side = any(context.adjacent for context in run[1:])
        if side_by_side and not cue("respectively").search(run[0].left):
            nouns = []  # 资助学生及子女|218名43.6万元
        elif whole or parts or self.first_levels or _paired_by_word(run):
            left = of_earlier().sub("", self._left(run[0]))
            self.first_time = self._time_before(run[0]) if self.first_levels else ""
            nouns = paired_nouns(_FROM_EACH.sub("", left) if self.first_levels else left, len(run))
        else:
            nouns = []
        nouns = [noun + _shared_whole(run[0]) for noun in nouns]
        if not nouns and first and len(run) == len(self.parts) and _LEADS_TO.fullmatch(run[0].gap):
            nouns = self.parts  # 由420元/月、2400元/年提高到|460元/月、3000元/年
        if not nouns and parts and len(self.parts) == len(run):
            nouns = self.parts  # 由12∶38∶50调整为|11∶39∶50
        if not nouns and whole and len(self.parts) == len(run) and _share_of(run[0]):
            nouns = [
                part + _share_of(run[0]) for part in self.parts
            ]  # 对增长的贡献率分别为12%、49%
        if not nouns and whole and not parts:
            nouns = self._named_before(run)
        self.parts = nouns
        levels = self._levels(run) if whole and not nouns else []
        if levels and levels[0].span.start in self.timed:
            self.times = {c.number.start: f.period for c, f in zip(run, levels, strict=True)}
        self.share = (_share_of(run[0]) or _told_of_each(run[0])) if levels else ""
        for at in range(len(run)):
            noun = nouns[at] if nouns else ""
            self._add(_counted_with(contexts, first + at), noun, levels[at] if levels else None)

    def _timed_apart(self, run: Sequence[NumberContext]) -> Sequence[NumberContext]:
        """一季度、上半年、前三季度分别增长|4.5%、5.2%、5.0%: each number has its own time, and the noun beside the times."""
        self.times = {}
        if len(run) < 2:
            return run
        year = self.context.year_at(run[0].number.start)
        said = self.text[run[0].left_start : run[0].number.start]
        told, left = read_times_apart(said, year, self.context.now)
        if not told and cue("respectively").search(said):
            before = self._clause_before(run[0])
            listed, more = read_times_apart(before, year, self.context.now)
            told = listed if not more else []  # 2022年和2023年，|分别建成…
        if len(told) != len(run):
            return run
        self.times = {context.number.start: time for context, time in zip(run, told, strict=True)}
        self.timed = self.times
        return [replace(run[0], left=left), *run[1:]]

    def _clause_before(self, context: NumberContext) -> str:
        """The clause before that of a number in its sentence, where it holds no figure."""
        place = bisect_right(self.clause_starts, context.clause.start) - 1
        before = self.clauses[max(0, place - 1)]
        last = self.figures[-1].span.end if self.figures else 0
        within = place > 0 and before.sentence == context.clause.sentence
        return self.text[before.start : before.end] if within and last <= before.start else ""

    def _named_before(self, run: Sequence[NumberContext]) -> list[str]:
        """进出口、利用外资实现双增长，|分别增长8%、6%: what the clause before, which holds no number, names."""
        before = self._clause_before(run[0])
        marked = cue("respectively").search(run[0].left)
        if not before or marked is None:
            return []
        shared = noun_before(run[0].left[: marked.start()])
        named = _LISTED_SUBJECT.match(before)
        nouns = paired_nouns(named["nouns"], len(run)) if named else []
        return (
            [noun + shared for noun in nouns] if closing("base").search(shared) is None else nouns
        )

    def _turned_apart(self, contexts: Sequence[NumberContext]) -> bool:
        """棉花、油料产量…，分别比上年下降|8.2%和增长|1.5%: read in pairs though each has a turn of its own."""
        if len(contexts) < 2 or not cue("respectively").search(contexts[0].left):
            return False
        if not all(_TURN_BETWEEN.fullmatch(context.gap) for context in contexts[1:]):
            return False
        nouns = paired_nouns(_TURN_LEFT.sub("", self._left(contexts[0])), len(contexts))
        levels = [] if nouns else self._levels(contexts)
        for at, context in enumerate(contexts if nouns or levels else ()):
            self._add(context, nouns[at] if nouns else "", levels[at] if levels else None)
        return bool(nouns or levels)

    def _time_before(self, context: NumberContext) -> str:
        """When the first of two lists of levels held: 由|一季度|的47%、62%提升至…; empty where nothing is said."""
        told = _FROM_EACH.search(context.left)
        year = self.context.year_at(context.number.start)
        words = told[0][1:].removesuffix("的") if told else ""
        return read_time(words, year, now=self.context.now) if words else ""

    def _goes_in_pairs(self, contexts: Sequence[NumberContext], first: int, last: int) -> bool:
        """Whether a list of levels leads to another one: 分别由|420元/月、2400元/年|提高到460元/月、3000元/年."""
        paired = cue("respectively").search(contexts[first].left) is not None
        return (
            (paired or last - first > 1)
            and 2 * last - first == len(contexts)
            and _FROM_EACH.search(contexts[first].left) is not None
            and _LEADS_TO.match(contexts[last].gap) is not None
        )

    def _by_clause(self, numbers: Sequence[Number]) -> Iterator[tuple[int, list[Number]]]:
        group: list[Number] = []
        place = -1
        for number in numbers:
            at = bisect_right(self.clause_starts, number.start) - 1
            if at < 0 or number.start >= self.clauses[at].end:
                continue
            if at != place and group:
                yield place, group
                group = []
            place = at
            group.append(number)
        if group:
            yield place, group

    def _levels(self, contexts: Sequence[NumberContext]) -> Sequence[Figure]:
        """分别增长32.9%、41.6% after two levels, or 比上年提高9.1%、11.7% after a pair."""
        paired = cue("respectively")
        told = of_earlier().sub("", completed().sub("", paired.sub("", contexts[0].left)))
        noun = noun_before(told)
        known = noun in words("whole") or _ALL_OF_THEM.fullmatch(noun) or _share_of(contexts[0])
        known = known or _told_of_each(contexts[0])
        if noun and not known:
            return []
        timed = [f for f in self.carried.relations.all if f.span.start in self.timed]
        if len(timed) == len(contexts):
            return timed
        levels = paired_levels(self.carried.relations.all, len(contexts))
        last = self.carried.relations.all[-len(levels) :] if levels else []
        if (
            paired.search(contexts[0].gap)
            or all(map(is_paired, levels))
            or (levels == last and len({level.clause for level in levels}) == 1)
            or (levels == last and len(levels) == len(self.carried.relations.all))
            or (levels and [f.of for f in last] == [level.span.start for level in levels])
        ):
            return levels
        return []

    # -- one number ---------------------------------------------------------------------------

    def _add(self, number_context: NumberContext, noun: str, level: Figure | None) -> None:
        number = number_context.number
        quantity = self._quantity(number_context, level)
        passage = self.context.passage_at(number.start)
        part = self.carried.in_part(number_context)
        scope = self._scope(number_context, level)
        indicators = self._indicators(number_context, quantity, noun, level, part=part)
        places = self.scopes.each(number_context) or [scope] * len(indicators)
        for scope, indicator in zip(
            places, indicators * (len(places) // len(indicators)), strict=True
        ):
            of = self._about(number_context, quantity, indicator, level)
            indicator = self._of_completed(quantity, indicator, of)
            speed = speed_ranked(number_context, indicator) if quantity.kind == "rank" else ""
            part = part and not (level and self.carried.is_whole(level))
            figure = Figure(
                span=Span(number.start, number.end, self.text[number.start : number.end]),
                value=stated_value(number, quantity),
                unit=quantity.unit or number.unit,
                kind=quantity.kind,
                indicator=indicator.words + speed,
                scope=scope,
                period=self._period(number_context, quantity, passage.period),
                of=of,
                qualifier=self.qualifiers.read(
                    number_context,
                    quantity.kind,
                    ahead=passage.planned or self.carried.is_set(number_context, quantity.kind),
                    part=part and self.carried.divides(of),
                    missing=quantity.missing,
                    estimated=self.carried.estimated,
                ),
                rule=rule_name(f"figure-{indicator.source}", kind=quantity.kind),
                clause=(number_context.clause.start, number_context.clause.end),
            )
            large = figure.span.quote[-1] in SCALES  # 80万重点群体
            if figure.unit or number.missing or number.form != "plain" or large:
                self._keep(figure, number_context, indicator)

    def _of_completed(self, quantity: Quantity, indicator: Indicator, of: int | None) -> Indicator:
        """播种粮食23.8万亩，完成市下达任务22.5万亩的|105.8%: the share of a target is told of what was reached."""
        if quantity.kind != "completion" or of is None or indicator.source != "carried":
            return indicator
        told = [f.indicator for f in self.figures if f.span.start == of]
        return Indicator(told[-1], "carried") if told and told[-1] else indicator

    def _scope(self, number_context: NumberContext, level: Figure | None) -> Reference:
        """Whom or where a number is of; that of its level where it names none itself."""
        group = self.groups.get(number_context.number.start)
        read = self.scopes.read(
            number_context, self._stretch(number_context), group.span.end if group else 0
        )
        return level.scope if level and not self.scopes.named.text else read

    def _quantity(self, number_context: NumberContext, level: Figure | None) -> Quantity:
        """The kind; what only 、 parts from a change is a change too, the end of a range is what its beginning is."""
        first = self._begins_range(number_context)
        if first:
            return Quantity(first.kind, first.kind in SIGNED and first.value < 0)
        before = self.figures[-1] if self.figures and number_context.joined else None
        if (
            before
            and before.kind in _SIGNED_WITH
            and number_context.number.dimension in _SIGNED_WITH[before.kind]
        ):
            return Quantity(before.kind, _falls(before))
        if before and before.kind == "rate" and before.unit in words("times"):
            return Quantity("rate")  # 分别是2017年的4.5倍和|6倍
        alike = before and bool(self.parts) and before.unit == number_context.number.unit
        if before and before.kind == "change" and (level is not None or alike):
            # 分别减少6起、|3人; 单产分别提高5公斤、|6公斤
            return Quantity("change", _falls(before))
        quantity = read_quantity(number_context)
        unitless = self._without_unit(number_context, quantity) if quantity.missing else None
        if unitless is not None:
            return unitless
        last = self.figures[-1] if self.figures else None
        if last and self._goes_on(number_context, quantity, last):
            return Quantity("change", _falls(last))  # 增长6%，力争|7%
        if self._betters(number_context):
            return Quantity("change", True)
        if quantity.kind in ("amount", "count") and self._is_gain(number_context):
            return Quantity("change")
        return quantity

    def _without_unit(self, number_context: NumberContext, quantity: Quantity) -> Quantity | None:
        """The kind of a number without a unit by the one before it; none where that says nothing."""
        if self._begins_path(number_context):
            # 系数由0.475提高到|0.516, 人口由8000万减少到|5000万
            people = self.figures[-1].kind == "count"
            return Quantity(self.figures[-1].kind, unit=self.figures[-1].unit if people else "")
        last = self.figures[-1] if self.figures else None
        if last is None or last.unit:
            return None
        if quantity.kind == "change" and last.kind == "rate":
            # 收入比值为2.19，比上年缩小0.04: a change of what has no unit.
            return Quantity("change", quantity.falls)
        if last.kind == "change" and not noun_before(number_context.left):
            return Quantity("rate")  # 收入比缩小0.05，为|2.1
        return None

    def _goes_on(self, number_context: NumberContext, quantity: Quantity, last: Figure) -> bool:
        """增长6%，力争|7%: what is striven for is what the number before told, a change."""
        return (
            quantity.kind == "rate"
            and last.kind == "change"
            and last.unit == number_context.number.unit
            and last in self.carried.relations.all
            and is_aimed_at(number_context)
        )

    def _betters(self, number_context: NumberContext) -> bool:
        """PM2.5浓度35微克/立方米，同比改善|5.6%: where less is better, what got better fell."""
        if closing("better").search(number_context.gap.removesuffix("了")) is None:
            return False
        said = number_context.left + self.carried.indicator
        return cue("better-low").search(said) is not None

    def _period(self, number_context: NumberContext, quantity: Quantity, passage: str) -> str:
        """When a number holds; what stands side by side (13652户|48231人) holds at one time."""
        if number_context.adjacent and self.figures:
            return self.figures[-1].period
        paired = self._pairs_with(number_context, quantity)
        if paired:
            return paired.period
        at = number_context.number.start
        if at in self.times:
            return self.times[at]
        if self.first_levels:
            return self.first_time or self.carried.base or year_before(passage)
        if says_report_year(number_context):
            self.carried.time = self.context.period
            return self.context.period
        year = self.context.year_at(at)
        period = read_period(
            number_context,
            quantity.kind,
            self.carried.time,
            passage,
            year,
            self.context.now,
            reviewed=self.context.year,
            base_before=self.carried.base,
        )
        period = self._same_term(number_context, period)
        since = base_year(number_context, year, self.context.now)
        if since:
            self.carried.since = since
            if period == since:
                self.carried.base = period
        return over_years(number_context, period, self.carried.since)

    def _same_term(self, number_context: NumberContext, period: str) -> str:
        """上半年完成税收5.6亿元，|去年同期为|4.8亿元: the same part of the year before as that of the number told before."""
        told = self.carried.relations.all
        term = told[-1].period if told else ""
        if not _SAME_TERM.match(number_context.whole) or not period.isdigit() or "-" not in term:
            return period
        earlier = term.replace(term[:4], period)
        return earlier if last_year(term) == int(period) + 1 else period

    def _pairs_with(self, number_context: NumberContext, quantity: Quantity) -> Figure | None:
        """分别达到2253元和|6280元: the level of another thing told just before, which holds at the same time."""
        last, before = self.figures[-1] if self.figures else None, number_context.before
        if last is None or before is None or not number_context.joined:
            return None
        beside = last.span.start == before.start and last.unit == number_context.number.unit
        alike = last.kind == quantity.kind and last.kind in LEVELS
        return last if beside and alike and is_paired(last) else None

    def _begins_range(self, number_context: NumberContext) -> Figure | None:
        """The figure that begins the range which this number ends: 5%—|6%."""
        before = number_context.before
        if before is None or not self.figures or not number_context.ends_range:
            return None
        return self.figures[-1] if self.figures[-1].span.start == before.start else None

    def _begins_path(self, number_context: NumberContext) -> bool:
        """Whether the figure before is the level from which this one was reached."""
        before = number_context.before
        return (
            before is not None
            and bool(self.figures)
            and self.figures[-1].span.start == before.start
            and ends_path(number_context)
        )

    def _is_gain(self, number_context: NumberContext) -> bool:
        """粮食总产量达到35万吨，增产1.2万吨: a change, as the sentence gives the level."""
        unit = number_context.number.unit
        return (
            is_gain(number_context)
            and cue("per").search(number_context.gap) is None
            and (
                cue("base").search(number_context.whole) is not None
                or any(f.unit == unit and f.kind in LEVELS for f in self.carried.relations.all)
            )
        )

    def _keep(self, figure: Figure, number_context: NumberContext, indicator: Indicator) -> None:
        if is_colour(self.text, number_context.number):
            return  # 连续4年超过90万人 tells 90万人; the ledger lists the 4年
        if indicator.source == "whole" and figure.kind in ("count", "amount"):
            self._point_forward(figure)
        self.figures.append(figure)
        self.carried.relations.add(figure, number_context)
        if indicator.source == "right":
            self.noun_end = (
                number_context.group.span.end
                if number_context.group
                else thing_end(self.text, number_context.number.end, number_context.clause.end)
            )
        passed = opening("passed-mark").match(number_context.right)  # 连跨三个千亿元|台阶
        if figure.indicator and (figure.kind != "threshold" or passed):
            self.carried.indicator = self._told_of_counted(figure, indicator) or indicator.words
        if figure.unit in words("age-unit") and figure.kind == "threshold":
            # 为80岁以上老人发放高龄补贴，|每人每月50元
            given = self._objects(number_context.clause)
            self.carried.indicator = self.carried.indicator or (given[-1] if given else "")

    def _told_of_counted(self, figure: Figure, indicator: Indicator) -> str:
        """13个设区市|地区生产总值都有所增加，全省共增加2702亿元: the indicator that is told of what is counted."""
        if figure.kind != "count" or indicator.source != "right":
            return ""
        start = self.text.find(figure.indicator, figure.span.end, figure.span.end + 40)
        after = start + len(figure.indicator)
        rest = self.text[after : after + _LONGEST_NAME] if start >= 0 else ""
        names = (rest[:length] for length in range(len(rest), 1, -1))
        return next((name for name in names if meaning("indicators", name)), "")

    def _point_forward(self, level: Figure) -> None:
        """增长6.6%，总量突破90万亿元: the change is of the level that follows."""
        last = self.figures[-1] if self.figures else None
        if (
            last
            and last.kind == "change"
            and last.of is None
            and last in self.carried.relations.all
        ):
            self.figures[-1] = replace(last, of=level.span.start)

    def _stretch(self, number_context: NumberContext) -> int:
        """Where the words that belong to this number alone begin."""
        return number_context.before.end if number_context.before else number_context.clause.start

    def _indicators(
        self,
        number_context: NumberContext,
        quantity: Quantity,
        noun: str,
        level: Figure | None,
        *,
        part: bool,
    ) -> list[Indicator]:
        if noun:
            return [Indicator(noun, "paired")]
        if aged := self._of_age(number_context, quantity, part=part):
            return [aged]
        ends_row = number_context.row and number_context.before and _ends_row(number_context)
        if ends_row or self._counts_people_there(number_context):
            return [Indicator(number_context.number.unit, "right")]  # 3个社区|260户
        if level:
            return [Indicator(level.indicator + self.share, "paired")]
        if self.figures and self._shares_noun(number_context, quantity):
            return [Indicator(self.figures[-1].indicator, "adjacent")]
        areal = bool(self.scopes.each(number_context))
        each = [] if areal or self._lists_areas(number_context) else each_of(number_context.left)
        if each:
            return [Indicator(item, "each") for item in each]
        past_each = number_context.left.rpartition(EACH_MARK)[2]  # 镇、村各|新建广场|1个
        left = past_each if areal else past_summed_list(self._left(number_context))
        ranking = self._in_ranking(number_context, quantity, left)
        if ranking is not None:
            return [ranking]
        found = read_indicator(
            number_context,
            quantity.kind,
            left,
            self._said_before(number_context, quantity),
            self._objects(number_context.clause),
            part=part,
            counted=self._counted_before(number_context.number.unit),
            whole=self.carried.divided(number_context.number.unit) if part else "",
        )
        return [self._divided(number_context, quantity, found)]

    def _of_age(
        self, number_context: NumberContext, quantity: Quantity, *, part: bool
    ) -> Indicator | None:
        """职工59人（其中：|50岁以上|18人，|40岁～49岁|23人）: an age bounds what is divided, and names those it counts."""
        if ages := ages_before(number_context):
            return Indicator(ages, "left")
        unit = number_context.number.unit
        if quantity.kind != "threshold" or not part or unit not in words("age-unit"):
            return None
        whole = self.carried.divided(unit)
        return Indicator(whole, "bound") if whole else None

    def _shares_noun(self, number_context: NumberContext, quantity: Quantity) -> bool:
        """577户|1695人, 5%—|6%, 从12个到|36个: whether a number is of what the one before it is."""
        return (
            (number_context.adjacent and quantity.kind != "threshold")
            or self._begins_range(number_context) is not None
            or self._begins_path(number_context)
        )

    def _counts_people_there(self, number_context: NumberContext) -> bool:
        """覆盖14个乡镇、186个村、|3.2万户、|11.5万人: whether people without a noun follow the places where they live."""
        last = self.figures[-1] if self.figures else None
        number, people = number_context.number, words("people-unit")
        noun, mark, rest = number_context.gap.rpartition("、")
        if last is None or number.unit not in people or not mark or rest:
            return False
        places = last.unit not in people and _PLACES.search(noun) and last.indicator.endswith(noun)
        people_too = last.indicator == last.unit and not noun
        bare = _HAN.match(self.text, number.end) is None
        return bare and last.kind == "count" and bool(places or people_too)

    def _in_ranking(
        self, number_context: NumberContext, quantity: Quantity, left: str
    ) -> Indicator | None:
        """增速居|4个直辖市|第1位: what ranks and those it ranks among."""
        ranked = _RANKED_AMONG.search(number_context.whole)
        if ranked and quantity.kind == "rank":
            return self._ranked_among(ranked["what"])
        among = self._those_ranked(number_context, left) if quantity.kind == "count" else ""
        return Indicator(among, "right") if among else None

    def _those_ranked(self, number_context: NumberContext, left: str) -> str:
        """增速居4个|直辖市|第1位: those among whom something ranks."""
        after = number_context.after
        if after is None or after.form != "rank":
            return ""
        between = self.text[number_context.number.end : after.start]
        if among := _AMONG_THOSE.fullmatch(between):
            return str(among["those"])  # 在全国168个|重点城市|中排名第3
        return between if _RANKS_AMONG.search(left) and _THOSE_RANKED.fullmatch(between) else ""

    def _ranked_among(self, what: str) -> Indicator:
        """投资16.8亿元，增幅居全市13个镇街|第二: what is ranked stands before those it is ranked among."""
        told = noun_before(what)
        before = self.figures[-2].indicator if len(self.figures) > 1 else what
        return Indicator(told or before, "left" if told else "carried")

    def _lists_areas(self, number_context: NumberContext) -> bool:
        """罗湾村、下坪村|村集体经济收入均超过50万元: whether a list before a number is one of areas."""
        start, end = number_context.left_start, number_context.number.start
        listed = [area for area in self.areas if start <= area.start and area.end <= end]
        return len(listed) > 1 and all(
            self.text[one.end : two.start] == "、" for one, two in pairwise(listed)
        )

    def _divided(
        self, number_context: NumberContext, quantity: Quantity, found: Indicator
    ) -> Indicator:
        """工业增加值增长5%。分经济类型看，国有控股企业|增长3.2%: what grew of it is told before."""
        start = number_context.number.start
        sentence = self.text[max(0, start - _DIVISION) : start].rpartition("。")[2]
        divides = _DIVIDES.search(sentence)
        if divides is None:
            self.undivided = found.words if _HEADED.search(found.words) else self.undivided
            return found
        head = _HEADED.search(self.undivided)
        grows = quantity.kind == "change" and number_context.number.dimension == "ratio"
        apart = divides[0].startswith("\n") or not grows or _MEASURE.search(found.words)
        if head is None or apart or found.source != "left":
            return found
        return Indicator(found.words + head["head"], "left")

    def _said_before(self, number_context: NumberContext, quantity: Quantity) -> str:
        """What was said before; a change in a unit is of the level in it: 存款26亿元，占比68%，增加|3亿元."""
        number = number_context.number
        if quantity.kind == "change" and number.dimension not in ("ratio", "points", ""):
            for figure in reversed(self.carried.relations.all):
                if figure.kind in LEVELS and figure.unit == number.unit:
                    return figure.indicator
        return self.carried.indicator

    def _counted_before(self, unit: str) -> str:
        """What the sentence counted last in a unit: 安排项目112个，开工率98.2%，完工|76个."""
        told = [f for f in self.carried.relations.all if f.unit == unit and f.kind == "count"]
        whole = [figure for figure in told if "part" not in figure.qualifier]
        last = (whole or told)[-1].indicator if told else ""
        # 排查隐患56处，整改48处，销号|30处: the noun without the verb of the number before
        return min((f.indicator for f in told if last.endswith(f.indicator)), key=len, default=last)

    def _objects(self, clause: Clause) -> list[str]:
        """What the actions of a clause are done to."""
        at = bisect_left(self.measure_starts, clause.start)
        end = bisect_left(self.measure_starts, clause.end)
        return [
            measure.object.text
            for measure in self.measures[at:end]
            if len(measure.object.text) > 1 and measure.action not in words("attaining")
        ]

    def _left(self, number_context: NumberContext) -> str:
        """What stands before the number without the area or the group it is taken over."""
        begin = max(number_context.left_start, self.scopes.end, self.noun_end)
        at = bisect_left(self.area_starts, begin)
        while at < len(self.areas) and self.areas[at].end <= number_context.number.start:
            if self.areas[at].end >= number_context.number.start - 1 and not self._is_item(
                begin, self.areas[at]
            ):
                break
            # 上海港集装箱吞吐量: the area is part of a facility's name.
            named = opening("facility").match(
                self.text[self.areas[at].end : self.areas[at].end + 4]
            )
            of_people = self.scopes.names_people(self.areas[at].start, number_context.number.start)
            if not named and not of_people and not self.scopes.is_compared(self.areas[at]):
                begin = self.areas[at].end
            at += 1
        if begin == self.noun_end and self.text.startswith(WITHIN, begin):
            begin += 1  # 56名党员|中|常年在家的22名
        begin = past_circumstances(self.text, begin, number_context.number.start)
        begin = caused_end(self.text, begin, number_context.number.start)
        begin = self._past_actor(begin, number_context)
        kept = number_context.number.start - begin
        left = number_context.left
        return left[max(0, len(left) - kept) :] if begin > number_context.left_start else left

    def _past_actor(self, begin: int, number_context: NumberContext) -> int:
        """省财政厅|安排资金30亿元 | 省水利厅对|引大济岷工程投入47.8亿元: past who acts, and for whom."""
        limit = number_context.number.start
        paid = _PAYS.match(self.text[begin:limit])
        if paid:
            return begin + paid.end()
        at = bisect_right(self.actor_ends, begin)
        while at < len(self.actor_ends) and self.actor_ends[at] < limit:
            past = self.actor_ends[at]
            told = past_circumstances(self.text, past, limit)
            if told > past:
                begin, at = told, at + 1  # 县民政局|通过“一卡通”|发放补偿金
                continue
            past += self.text.startswith(EACH_MARK, past)  # 县农业农村局、县水利局|各|安排
            while adverb := lexicon().adverb_at(self.text, past, limit):
                past += len(adverb)  # 三级河长|累计|巡河4126次
            worked = number_context.number.unit in words("times-held")
            if worked and _WORK.fullmatch(self.text, past, limit):
                begin = self.actor_ends[at]  # 县消防大队|救援312次
            verb = lexicon().verbs.get(self.text[past:limit])
            if verb is not None and not verb.has("state") and verb.text not in words("link"):
                begin = self.actor_ends[at]  # 乡纪委|立案4件
            led = ACTED.match(self.text, self.actor_ends[at], limit)
            if led:
                begin = led.end("whom") if led["whom"] else self.actor_ends[at]
                begin = self._past_target(begin, number_context)
            elif _does(self.text, self.actor_ends[at], number_context) or self._acts_from(
                past, number_context
            ):
                begin = self.actor_ends[at]
            at += 1
        return begin

    def _acts_from(self, at: int, number_context: NumberContext) -> bool:
        """县总工会|督办建议30件: whether what is done by who stands before begins with its verb here."""
        clause = number_context.clause
        first = bisect_left(self.measure_starts, clause.start)
        told = self.measures[first : bisect_left(self.measure_starts, clause.end)]
        begins = [m for m in told if m.actors and self.text.startswith(m.action, at)]
        limit = number_context.number.start
        return any(m.object.text or at + len(m.action) == limit for m in begins)

    def _past_target(self, begin: int, number_context: NumberContext) -> int:
        """向长江保护修复工程|安排资金12亿元; what money is 投入 for stays beside the verb."""
        at = bisect_left(self.measure_starts, number_context.clause.start)
        for measure in self.measures[
            at : bisect_left(self.measure_starts, number_context.clause.end)
        ]:
            target = measure.target.text
            if target and measure.object.text and self.text.startswith(target, begin):
                return begin + len(target)
        return begin

    def _is_item(self, begin: int, area: Span) -> bool:
        """其中|天津市|13.2亿元、|山东省|20.5亿元: whether an area right before a number is all that is said."""
        said = self.text[begin : area.start].strip(EDGES)
        return not said or opening("part", "granting").fullmatch(said) is not None

    def _about(
        self,
        number_context: NumberContext,
        quantity: Quantity,
        indicator: Indicator,
        level: Figure | None,
    ) -> int | None:
        if level:
            told = quantity.kind in ABOUT and (level.kind != "change" or quantity.kind == "rank")
            return level.span.start if told else None
        first = self._begins_range(number_context)
        if first or quantity.kind == "gap":
            return first.of if first else self._compared(number_context)
        found = self.carried.relations.about(
            quantity.kind,
            number_context,
            indicator.words,
            indicator.source,
            self.scopes.named,
        )
        if found is None and self.carried.whole is not None:
            return self.carried.relations.parent(
                self.carried.whole, quantity.unit or number_context.number.unit, quantity.kind
            )
        return found

    def _compared(self, number_context: NumberContext) -> int | None:
        """增长4.7%、低于全国0.3个百分点: a gap is of the figure that it follows in its clause."""
        last = self.figures[-1] if self.figures else None
        before = number_context.before
        if last and before and last.span.start == before.start and follows_at_once(number_context):
            return before.start
        return None
