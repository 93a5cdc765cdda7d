"""What is carried from clause to clause of a sentence: indicator, time, the whole that 其中 divides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.graph.statements import Figure
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.figures.relations import Relations
from policygraph.loaders.figures.scopes import Scopes
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Clause
from policygraph.loaders.words.cues import WordPattern, cue, opening
from policygraph.loaders.words.nouns import EDGES, strip_leading, strip_links, strip_rank
from policygraph.loaders.words.time import TIME_ONLY, read_time


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
        self.estimated = False
        self.whole: list[Figure] | None = None  # what 其中 divides, once it has been said
        self._bracket = False  # whether a bracket after a figure is open
        self._parted: list[Figure] = []
        self._total = ""  # what the figure before it counts or measures
        self._read_to = -1
        self._opens = False  # whether 其中 opens a list that ； goes on with
        self._sentence = -1
        self._last = -1

    def open(self, place: int, first_number: int) -> None:
        """Go on to a clause: forget what has ended, take in clauses before it without a number."""
        clause = self.clauses[place]
        if clause.sentence != self._sentence:
            first = place
            while first and self.clauses[first - 1].sentence == clause.sentence:
                first -= 1
            self._new_sentence(self.clauses[first].start, first_number)
            self._sentence = clause.sentence
        else:
            first = self._last + 1
            if re.search("[）)]", self.text[self._read_to : clause.start]):
                self._close_bracket()
            self._go_on(self.text[clause.start : first_number], self.text[clause.start - 1])
            self._open_part(self.text[self.clauses[first].start : clause.start])
            if any(self._has_own_subject(c) for c in self.clauses[first:place]):
                self.scopes.reset()
        self._last = place
        self._take_in(self.clauses[first : place + 1], clause)

    def in_part(self, number_context: NumberContext) -> bool:
        """Whether a number stands under 其中, which may stand right before it."""
        gap = number_context.gap
        if self._open_part(gap):
            self._bracket = False
        elif re.search("[）)]", gap):
            self._close_bracket()
        elif number_context.before is not None and gap[:1] in ("（", "("):
            self._open_bracket(number_context.before.end)
        if self._bracket:
            # The rates in a bracket are no parts: 7个（市级1个，人员配备率100%）.
            self.indicator = self._total
            self.whole = None if number_context.number.dimension == "ratio" else self._parted
        self._read_to = number_context.number.end
        return self.whole is not None

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
            self._total = whole[0].indicator

    def _close_bracket(self) -> None:
        self.whole = None
        if self._bracket:
            self.indicator, self._bracket = self._total, False
            parted = {figure.span.start for figure in self._parted}
            # What follows the bracket is about the figure before it.
            rest = [f for f in self.relations.all if f.span.start not in parted]
            self.relations.all = rest + self._parted

    def divides(self, of: int | None) -> bool:
        """Whether a figure under 其中 is itself a part, not the change of one."""
        return of is None or any(f.span.start == of for f in self.whole or ())

    def _new_sentence(self, start: int, first_number: int) -> None:
        head = self.text[start:first_number].lstrip(EDGES)
        self._opens = opening("part").match(head) is not None
        self.whole = list(self.relations.all) if self._opens else None
        if not self._opens:
            self.relations.reset()
        self.indicator, self.time = "", ""
        self._bracket = False
        self.scopes.reset()

    def _go_on(self, head: str, mark: str) -> None:
        if mark in "；;" or not self._same_subject(head):
            self.scopes.reset()
        if mark in "；;" and not self._opens:
            self.whole = None
        if (
            not self._opens
            and opening("counting-verb").match(head)
            and not opening("guard").match(head)
        ):
            # 其中引进顶尖人才41人，|新增高技能人才39万人: a new predicate is no part.
            self.whole = None

    def _same_subject(self, head: str) -> bool:
        """Whether a clause speaks of the same area or group: it has no subject of its own."""
        if self.scopes.is_areal():
            return True
        if not head.strip(EDGES):
            return False
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

    def _take_in(self, clauses: Sequence[Clause], last: Clause) -> None:
        """截至12月底，… says when, 初步核算，… how sure it is."""
        year, now = self.context.year_at(last.start), self.context.now
        self.estimated = False
        for clause in clauses:
            said = TIME_ONLY.match(self.text, clause.start, clause.end)
            if said and (clause is last or said.end() >= clause.end):
                self.time = read_time(said[0], year, now=now) or self.time
            words = self.text[clause.start : clause.end].strip(EDGES)
            if self.time and year and opening("whole-year").match(words):
                self.time = str(year)
            self.estimated = (clause is not last and _ESTIMATE.fullmatch(words) is not None) or (
                clause is last and self.estimated
            )


_LIST = WordPattern("{part}[，,：:]")
_ESTIMATE = WordPattern(r"{according}?{accounts}?{jointly}?{estimated}{result}?")
