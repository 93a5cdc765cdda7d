"""Who did what: every concrete action a report tells, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.graph.statements import Measure, Mention, Span, Status
from policygraph.loaders.actions import lexicon
from policygraph.loaders.numbers import Number
from policygraph.loaders.objects import read_object, split_destination
from policygraph.loaders.predicates import LICENSED, Found, Grammar, preposition_at
from policygraph.loaders.setting import Setting
from policygraph.loaders.structure import Clause, Outline
from policygraph.loaders.subjects import Marks, Subject, read_place, read_subject

LONGEST_CLAUSE = 400
_LEAD_IN = re.compile(r"采取|针对")
_NOT_TOLD = re.compile(r"其中|这是|这些|事实|通过\w{2,6}$")
_TIME_CLAUSE = re.compile(r"(?:时|后|以来|之际|之前|之后|过程中|情况下)\Z")
_STATE_PART = re.compile(r"(?:其中|总面积|总投资|总长|面积|投资|累计|总数|总量|总产|增速|增幅|数量|规模|占比|比重|同比|排名|首次|超)")
_PLACED = re.compile(r"(?<=[^\s])(?:持续|首次|正式)?在[^、，的]{1,12}\Z")
_COPULA = re.compile(r"(?<![但还就也于特其都凡])是(?!否)")
_TARGETING = ("对", "为", "向", "给", "针对", "为了")


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate as read: the verb, and what stands on either side of it."""

    action: str
    object: str
    rule: str
    target: str = ""
    subject: Subject | None = None
    patient: bool = False
    elided: bool = False
    planned: bool = False


def find_measures(
    text: str,
    outline: Outline,
    setting: Setting,
    mentions: Sequence[Mention],
    numbers: Sequence[Number],
) -> list[Measure]:
    """The actions of a report in reading order (TABLES.md, table 3); never raises on any text."""
    reader = _Reader(Grammar.of(Marks.of(text, mentions, numbers), lexicon()), setting)
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

    def __init__(self, grammar: Grammar, setting: Setting) -> None:
        self.grammar = grammar
        self.marks = grammar.marks
        self.text = grammar.marks.text
        self.setting = setting
        self.sentence = -1
        self.actor: tuple[str, ...] = ()
        self.object = ""
        self.pending: tuple[int, str] | None = None

    def read(self, clause: Clause) -> list[Measure]:
        """The measures of one clause."""
        if clause.sentence != self.sentence:
            self.sentence, self.actor, self.object, self.pending = clause.sentence, (), "", None
        start, end = clause.start, clause.end
        quote = self.text[start:end] if end - start <= LONGEST_CLAUSE else ""
        if quote and _TIME_CLAUSE.search(quote):
            self._introduce(start, end)
            return []
        if not quote or _NOT_TOLD.match(quote):
            return []
        acts = list(self._acts(start, end))
        if not acts and _LEAD_IN.match(quote):
            at = start + 2
            target = "" if quote.startswith("采取") else read_object(self.marks, at, end)
            self.pending = (start, target)
            return []
        if acts and self.pending:
            start, target = self.pending
            acts = [replace(act, target=act.target or target) for act in acts]
        self.pending = None
        return [self._measure(act, start, end) for act in acts]

    def _introduce(self, start: int, end: int) -> None:
        """Let who stands first in a clause without a verb act in the next: 省委书记王蒙徽到任后."""
        at = self.grammar.strip(start, end).at
        held = [m for m in self.marks.mentions_in(at, end) if m.type in ("Person", "Group", "Organization")]
        if held and (held[0].span.start == at or held[0].type == "Person"):
            names = read_subject(self.marks, self.grammar.words, at, held[0].span.end).names
            self.actor = names or self.actor

    def _measure(self, act: Act, start: int, end: int) -> Measure:
        if act.subject is not None:
            self.actor = act.subject.names
        actor = () if act.patient and act.subject is None else self.actor
        held = act.object
        if act.elided and not held:
            held = self.object
        if held:
            self.object = held
        passage = self.setting.passage_at(start)
        status: Status = "planned" if act.planned or passage.planned else "done"
        target = act.target or (act.subject.facility if act.subject else "")
        place = read_place(self.marks, self.setting.area_name, start, end)
        span = Span(start, end, self.text[start:end])
        return Measure(
            span, actor, act.action, held, target, place, passage.period, status, act.rule
        )

    def _acts(self, start: int, end: int) -> Iterator[Act]:
        """The predicates of a stretch: the first, then those that 、 adds to it."""
        lead = self.grammar.strip(start, end)
        found, at, case = self._main(lead.at, end, adverbial=lead.adverbial)
        if found is None or found.verb.has("state"):
            if found is None:
                self._introduce(start, end)
            elif found.start > lead.at:
                words = self.grammar.words
                self.actor = read_subject(self.marks, words, lead.at, found.start).names
            return
        whole = found.verb.has("pivot") or found.verb.has("abstract") or found.verb.key == "organize"
        stop = end if whole else self._part_end(found.end, end)
        stop = stop if stop > found.end else end
        act = self._act(found, lead.at, at, stop, case)
        yield replace(act, planned=lead.planned)
        if stop < end and not _STATE_PART.match(self.text, stop + 1, end):
            for more in self._acts(stop + 1, end):
                yield replace(more, planned=more.planned or lead.planned)

    def _main(self, at: int, end: int, *, adverbial: bool) -> tuple[Found | None, int, str]:
        """The main verb, where the phrase before it begins, and the preposition of that phrase."""
        grammar = self.grammar
        if at >= end:
            return None, at, ""
        case = preposition_at(self.text, at, end)
        held = grammar.chain(at, end)
        if held and not (case and not held[1].has("strong")):
            stop, verb = held
            found = Found(at, stop, verb, 9, stop >= end)
            if verb.has("state"):
                return found, at, ""
            if grammar.is_noun(stop, end, strong=verb.has("strong")) and not adverbial:
                return grammar.best(stop, end), at, ""
            if verb.has("nominal") and not adverbial:
                other = grammar.best(stop, end)
                if other and (other.final or other.verb.has("state")):
                    return other, at, ""
            if not verb.has("pivot") and not verb.has("abstract") and grammar.states(stop, end):
                return None, at, ""
            return found, at, ""
        if case:
            return self._after_preposition(at, at, end, case)
        for mention in self.marks.mentions_in(at, end):
            follows = grammar.strip(mention.span.end, end).at
            case = preposition_at(self.text, follows, end)
            if mention.span.end in self.marks.actor_ends and case and follows < end:
                found, place, case = self._after_preposition(at, follows, end, case)
                if found:
                    return found, place, case
        best = grammar.best(at, end)
        return (None if best and _COPULA.search(self.text, at, best.start) else best), at, ""

    def _after_preposition(
        self, at: int, place: int, end: int, case: str
    ) -> tuple[Found | None, int, str]:
        """将…纳入… | 对…作出指示 | 为…安排…; 将 before a verb only looks ahead."""
        grammar, after = self.grammar, place + len(case)
        held = list(grammar.candidates(after, end))
        licensed = [f for f in held if f.score >= LICENSED or (f.score >= 1 and not f.final)]
        found = max(licensed, key=lambda f: f.score + 2 * f.verb.has("light"), default=None)
        if case in ("将", "把"):
            disposal = [f for f in held if f.verb.has("disposal")]
            found = max(disposal, key=lambda f: f.score) if disposal else found
        if found is None and held and held[-1].end >= end and case in _TARGETING:
            found = held[-1] if len(held[-1].verb.text) > 1 else None
        return found, place, case

    def _part_end(self, at: int, end: int) -> int:
        """Where a 、 begins another predicate: 出台支持政策 | 、加大投入力度; else the end."""
        text, grammar = self.text, self.grammar
        depth = 0
        while at < end - 1:
            depth += (text[at] in "(（") - (text[at] in ")）")
            if text[at] == "、" and depth <= 0 and not grammar.mask[at]:
                if self._begins(at + 1, end):
                    return at
            at += 1
        return end

    def _begins(self, at: int, end: int) -> bool:
        stop = self.text.find("、", at, end)
        stop = stop if stop >= 0 else end
        if _STATE_PART.match(self.text, at, stop):
            return bool(self.marks.numbers_in(at, stop))
        lead = self.grammar.strip(at, stop)
        held = self.grammar.chain(lead.at, stop)
        if held is None:
            return False
        after, verb = held
        if verb.has("state"):
            return True
        if after >= stop:
            return verb.has("patient") and verb.has("strong")
        if self.grammar.is_compound(after, stop):
            return False
        if "的" in self.text[after:end] and not self.marks.numbers_in(after, stop):
            return False
        if verb.has("nominal") and not lead.adverbial:
            return bool(self.marks.numbers_in(after, stop))
        return "等" not in self.text[after:end]

    def _act(self, found: Found, start: int, place: int, end: int, case: str) -> Act:
        """Put subject, object and target of a found verb in their columns."""
        marks, verb = self.marks, found.verb
        before = place if case else found.start
        subject = read_subject(marks, self.grammar.words, start, before) if before > start else None
        after = read_object(marks, found.end, end)
        action = self.text[found.start : found.end]
        target = ""
        if case in ("将", "把"):
            return self._disposal(found, place, action, after, subject)
        if case in _TARGETING:
            target = self._phrase(place + len(case), found.start)
        elif case == "在" and subject is None:
            target = ""
        if after or (not subject and not case):
            return self._transitive(found, action, after, target, subject, end)
        if subject and subject.names and not verb.has("patient"):
            return Act(action, "", verb.key, target, subject)
        numbered = bool(marks.numbers_in(found.end, end))
        if case:
            held = target if case in _TARGETING else self._phrase(start, place)
            return Act(action, held, verb.key, target, subject, patient=case not in _TARGETING)
        held = "" if subject and subject.names else self._phrase(start, found.start)
        if subject and subject.names and numbered:
            return Act(action, "", verb.key, target, subject)
        if subject and subject.names:
            held = self._phrase(start, found.start)
            return Act(action, held, verb.key, target, Subject(), patient=True)
        return Act(action, held, verb.key, target, Subject(), patient=True)

    def _transitive(
        self, found: Found, action: str, after: str, target: str, subject: Subject | None, end: int
    ) -> Act:
        verb = found.verb
        if not after:
            elided = verb.has("patient") and not self.marks.numbers_in(found.end, end)
            return Act(action, "", verb.key, target, subject, elided=elided)
        if verb.has("serial"):
            second = self._second(found, end)
            if second is not None:
                middle = self._phrase(found.end, second.start)
                led = read_subject(self.marks, self.grammar.words, found.end, second.start)
                organized = verb.key == "organize" and bool(led.names)
                return Act(
                    self.text[second.start : second.end],
                    read_object(self.marks, second.end, end),
                    f"{verb.key} {second.verb.key}",
                    target if organized else target or middle,
                    led if organized else subject,
                )
        held, destination = split_destination(after)
        return Act(action, held, verb.key, target or destination, subject)

    def _second(self, found: Found, end: int) -> Found | None:
        """The verb that matters after a serial one: 选取11个县 | 开展 | 庭院经济发展试点."""
        for other in self.grammar.candidates(found.end, end):
            if other.verb.has("nominal") or other.verb.has("state") or other.final:
                continue
            if other.start == found.end:
                continue
            if found.verb.key == "invest":
                numbers = self.marks.numbers_in(found.end, end)
                if not any(number.end == other.start for number in numbers):
                    continue
            if other.score >= 1 and self.text[other.end : other.end + 1] not in ("的", "等"):
                return other
        return None

    def _disposal(
        self, found: Found, place: int, action: str, after: str, subject: Subject | None
    ) -> Act:
        held = self._phrase(place + 1, found.start)
        return Act(action, held, found.verb.key, after, subject)

    def _phrase(self, start: int, end: int) -> str:
        """A noun phrase without figures and without the adverbs at its end."""
        words, text = self.grammar.words, self.text
        while word := words.adverb_before(text, end, start + 1):
            end -= len(word)
        place = _PLACED.search(text, start, end)
        return read_object(self.marks, start, place.start() if place else end)
