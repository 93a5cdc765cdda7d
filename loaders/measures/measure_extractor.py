"""Who did what: every concrete action a report tells, clause by clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from policygraph.graph.statements import Entity, Measure, Mention, Span, Status
from policygraph.loaders.linking import Linker
from policygraph.loaders.measures.clause_parser import Act, ClauseParser
from policygraph.loaders.measures.objects import read_object
from policygraph.loaders.measures.predicates import Grammar
from policygraph.loaders.measures.subjects import SpanIndex, each_once, read_places
from policygraph.loaders.numbers import Number
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Clause, Outline
from policygraph.loaders.words.characters import COLONS, LOCATIVE
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.time import FIVE_YEAR_PLAN, SPELLED_YEAR, TIME_CLAUSE, YEAR
from policygraph.loaders.words.verbs import lexicon

LONGEST_CLAUSE = 400
LONGEST_LABEL = 6
_ACCOUNT = WordPattern(r"{account}\Z")
_TARGETS = WordPattern(r"{target-label}[是为]?[：:]?\Z")  # 今年发展主要预期目标是：
_LEAD_IN = WordPattern(r"{lead-in}")
_LEAD_IN_TARGET = WordPattern(r"{lead-in-target}")
_NOT_TOLD = WordPattern(
    rf"{{not-told}}|受[^，,]{{1,16}}{{influence}}$|{{respectively}}?[比较](?:{YEAR}|{SPELLED_YEAR}|{FIVE_YEAR_PLAN})|{{by-means}}\w{{2,6}}$|{{by-whom}}[^，,\d]{{2,16}}{{approving}}$"
    rf"|{{facing}}[^，,]*{{faced}}$"  # 面对疫情散发多发等超预期考验
    rf"|(?:占|{{completion-link}})[^，,\d]{{0,24}}{{completion}}的?[\d.]+%$"
)
# 在省委坚强领导下 | 学生资助方面: under what circumstances, by whom led; it tells no action and no actor.
_CIRCUMSTANCE = WordPattern(
    r"(?<![存所现潜内外正旨重贵建])在(?!建|校|职|岗|册|线|于)[^，,；;：:]{2,}[下中上]$|{respect}$"
)


def find_measures(
    text: str,
    outline: Outline,
    context: ReportContext,
    mentions: Sequence[Mention],
    numbers: Sequence[Number],
    linker: Linker,
) -> list[Measure]:
    """The actions of a report in reading order (tests/contract/TABLES.md, table 3); never raises on any text."""
    grammar = Grammar.of(SpanIndex.of(text, mentions, numbers), lexicon())
    reader = _Reader(grammar, context, linker)
    headings = [s.heading.start for s in outline.sections]
    found: list[Measure] = []
    for clause in outline.clauses:
        place = bisect_left(headings, clause.end) - 1
        if place >= 0 and outline.sections[place].heading.end >= clause.end:
            continue
        found += reader.read(clause)
    return sorted(found, key=lambda m: (m.span.start, m.span.end))


class _Reader:
    """Reads clauses in order and carries the actor and the object on within a sentence."""

    def __init__(self, grammar: Grammar, context: ReportContext, linker: Linker) -> None:
        self.parser = ClauseParser(grammar)
        self.marks = grammar.marks
        self.text = grammar.marks.text
        self.context = context
        self.linker = linker
        self.sentence = -1
        self.actors: tuple[Entity, ...] = ()
        self.object = ""
        self.action = ""  # of the measure before, with the unit it was counted in
        self.unit = ""
        self.pending: tuple[int, str] | None = None

    def read(self, clause: Clause) -> list[Measure]:
        """The measures of one clause."""
        if clause.sentence != self.sentence:
            self.sentence, self.actors, self.object, self.pending = clause.sentence, (), "", None
            self.action = self.unit = ""
        start, end = clause.start, clause.end
        quote = self.text[start:end] if end - start <= LONGEST_CLAUSE else ""
        if quote and TIME_CLAUSE.search(quote):
            self.actors = self.parser.introduce(start, end) or self.actors
            return []
        if (
            not quote
            or _NOT_TOLD.match(quote)
            or self._is_label(clause)
            or self._is_circumstance(clause, quote)
        ):
            return []
        found: list[Measure] = []
        seams = [start, *self.parser.seams(start, end), end]
        for begin, stop in pairwise(seams):
            found += self._stretch(begin, stop)
        return found

    def _is_label(self, clause: Clause) -> bool:
        """Whether a short clause only names what follows its colon: 主办单位：省体育局."""
        follows = self.text[clause.end : clause.end + 1] or ""
        last = self.text[clause.end - 1 : clause.end]
        if follows in COLONS and follows and _ACCOUNT.search(self.text, clause.start, clause.end):
            return True  # 主要支出科目完成情况：
        if follows in COLONS and follows and last in words("copula"):
            return True  # 提出上述目标的主要考虑是：
        named = _TARGETS.search(self.text, clause.start, clause.end)
        short = clause.end - clause.start <= LONGEST_LABEL
        return (short or named is not None) and (follows in COLONS or last in COLONS)

    def _is_circumstance(self, clause: Clause, quote: str) -> bool:
        """Whether a clause only says under what circumstances; who stands before 在 acts in the next."""
        found = _CIRCUMSTANCE.search(quote)
        if found is None:
            return False
        begins = clause.start + found.start()
        if found[0].startswith(LOCATIVE):
            if self.parser.has_verb(clause.start, begins):
                return False
            self.actors = self.parser.introduce(clause.start, begins) or self.actors
        return True

    def _stretch(self, start: int, end: int) -> list[Measure]:
        quote = self.text[start:end]
        acts = list(self.parser.acts(start, end))
        if not acts and _LEAD_IN.match(quote):
            whom = _LEAD_IN_TARGET.match(quote)
            target = read_object(self.marks, start + whom.end(), end) if whom else ""
            self.pending = (start, target)
            return []
        if self.pending and any(act.action for act in acts):
            start, target = self.pending
            acts = [act if act.target else replace(act, target=target) for act in acts]
        self.pending = None
        measures = [self._measure(act, start, end) for act in acts]
        numbers = self.marks.numbers_in(start, end)
        self.unit = numbers[-1].unit if numbers else ""
        return [measure for measure in measures if measure.action]

    def _is_of_the_same(self, act: Act) -> bool:
        """Whether a count without a noun is of what was counted before: 排查隐患56处，|整改48处."""
        if not act.unit or act.unit != self.unit:
            return False
        return act.unit in words("work-unit") or act.action == self.action

    def _measure(self, act: Act, start: int, end: int) -> Measure:
        if act.subject is not None:
            # 由县民政局牵头，|县住建局配合，|完成…: who leads acts with those who help.
            helped = act.joins or self.action in words("leading-work")
            goes_on = act.subject.joins or (not act.action and helped)
            led = self.actors if goes_on else ()
            self.actors = each_once((*led, *act.subject.actors))
        actors = () if act.patient and act.subject is None else self.actors
        if act.embedded:
            # 提请市人大常委会审议…，制定规章3部: who acts only within a clause does not go on.
            self.actors = ()
        done_to = act.object
        if not done_to and (act.elided or self._is_of_the_same(act)):
            done_to = self.object
        self.action = act.action
        if done_to:
            self.object = done_to
        passage = self.context.passage_at(start)
        status: Status = "planned" if act.planned or passage.planned else "done"
        target = act.target or (act.subject.facility if act.subject else "")
        # The places in the name of a selected brand or case are not where it happened.
        branded = act.selected and not actors
        own = self.context.area_name
        return Measure(
            span=Span(start, end, self.text[start:end]),
            actors=actors,
            action=act.action,
            object=self.linker.part(done_to, start, end),
            target=self.linker.part(target, start, end),
            places=() if branded else read_places(self.marks, own, start, end),
            period=passage.period,
            status=status,
            rule=act.rule,
        )
