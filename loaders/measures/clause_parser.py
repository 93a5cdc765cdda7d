"""The acts of a clause: each verb with its subject, object and target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policygraph.graph.statements import Entity, Mention
from policygraph.loaders.measures.objects import read_object, split_destination
from policygraph.loaders.measures.predicates import (
    LICENSED,
    PLACED,
    ClauseStart,
    Grammar,
    Predicate,
    preposition_at,
)
from policygraph.loaders.measures.subjects import ACTORS, Subject, each_once, read_subject
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.causing import acted, caused_end
from policygraph.loaders.words.characters import (
    AFTERWARDS,
    AGENT,
    DISPOSING,
    HAN,
    JOINING,
    LEADING_PREPOSITIONS,
    LISTED,
    LOCATIVE,
    ORDINALS,
    VERB_JOINTS,
)
from policygraph.loaders.words.cues import WordPattern, cue, words
from policygraph.loaders.words.verbs import Verb
from policygraph.ontology.rules import rule_name

BODIES = ("Person", "Group", "Organization")
LONGEST_RATE = 8  # characters of a rate's name after the verb that it holds
_RATE_END = WordPattern(r"{rate-noun}(?:{link}|{over}|{under}|{approx}|{attaining})*\Z")
# 市财政局|以…为指导，: what a body goes by, before what it does
BY, FOR = "以", "为"
_COMPARING = ("更", "较", "最", "尤", "稍")  # 更|为有效地促进就业
_SUBJECT_OF_AIM = 6  # characters of who goes by something, though no name: 街道|以案例交流为平台
_AIM = WordPattern(rf"{BY}[^，,。；;：:]{{2,60}}为{HAN}{{2,4}}\Z")
# 健全|入职、入住、入学等保障机制, 实施|复工复产、复业复市系列政策措施: one thing that a list of doings tells
_SUMMED = WordPattern(
    rf"(?:{HAN}{{2,4}}、)+{HAN}{{2,4}}(?:等|{{serial-list}}){HAN}{{0,8}}?{{rule-head}}"
)
_JOINTS = "、和，, "
_BRACKETS = (("(", ")"), ("（", "）"))
_STATE_PART = WordPattern(r"{state-part}")
_PLACED = WordPattern(r"(?<=[^\s]){placed-adverb}?在(?![建岗校线册编])[^、，的]{1,12}\Z")
# People who are served, not bodies or areas, which are selected and act.
_SERVED = WordPattern(r"{served}\Z")
_TITLE_END = WordPattern(r"(?<!的){title-end}[”」]?\Z")
_WHITHER = WordPattern("[到至]([\u4e00-\u9fff]{2}.*)")  # 将审批权限下放|至|乡镇
_NAMES_SUM = WordPattern("[税负费债息资款]$")  # 为企业|减税|426亿元
_SPENT = WordPattern(r"{spending-noun}")
_MONEY = WordPattern(r"[^，,、\d]{0,6}{used-sum}")  # 安排|专项资金|改造校舍
# 提请|市人大常委会审议|地方性法规草案5件
_DELIBERATED = WordPattern(r"(?P<who>[^，,、\d]{2,16}?){deliberating}(?P<what>[^，,]{2,})")
# 移送|司法机关|线索685件
_HANDED = WordPattern(
    r"(?P<who>[^，,\d]{0,18}{taking-body})(?!{taking-body})(?P<what>[^，,、]{2,})"
)
_TAKING = WordPattern(r"[^，,、\d]{0,12}{taking-body}")
_PASSIVE = WordPattern(r"(?:(?P<by>{passive})|{receiving})\Z")
_BY_WHOM_NOT = WordPattern(r"(?<=..){passive}\Z")  # 违规采砂行为|被|彻底禁止
_NOT_DONE = WordPattern(r"{not-done|resulting}\Z")
_WITHIN = WordPattern(r"{within}")
_FOR = WordPattern(r"{!never-for}{targeting}\Z")
_GOING_TO = WordPattern(
    r"(?<![受得达收遭接感看听做办提遇找拿领用存旨]){going-to}\Z|(?<![未本原带近年以历后往将由从上下到前])来\Z"
)  # 受到|国务院通报, 近年来|我局; but 厅长黄思光来|我局调研
# （4）|由县交通运输局负责: the number of an item.
_MARKER = WordPattern(rf"[（(](?:\d{{1,2}}|[{ORDINALS}]{{1,3}})[)）]|[①-⑳]")
_TOGETHER = WordPattern(r"{acting-together}\Z")  # 县检察院与县水利局|联合|开展
_HELPING = WordPattern(r"{assisting|acting-with}")  # 县水利局|将|配合市水利局完成检查
_ACTING_WITH = WordPattern(r"{acting-with}\Z")  # 县农业农村局要|会同|县气象局做好监测
_HELPED = WordPattern(r"{assisting|taking-part}")
_ASSISTING = WordPattern(r"{assisting}\Z")
_NEARLY = WordPattern(r"(?:{nearly}|了)?")
_AT_PLACE = WordPattern("在[\u4e00-\u9fff]{2,12}")
_LISTED_ON = WordPattern("[、和与及]")
_AND_OTHERS = WordPattern("等[地省市县区]?")
_REPORTED = WordPattern(
    r"[现特兹]?将[^，,。；;]*{leads-on}"
)  # 现将2023年工作推进情况及2024年工作谋划报告如下
_COPULA = WordPattern(r"(?<![但还就也于特其都凡])是(?!否)")


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
    selected: bool = False
    embedded: bool = False
    joins: bool = False
    unit: str = ""


class ClauseParser:
    """Reads the acts of a clause; holds nothing but the grammar of its text."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.marks = grammar.marks
        self.text = grammar.marks.text

    def acts(self, start: int, end: int) -> Iterator[Act]:
        """The predicates of a stretch: the first, then those that 、 adds to it."""
        grammar = self.grammar
        lead = grammar.strip(start, end)
        if _REPORTED.match(self.text, start, end) or self._aims_alone(start, lead.at, end):
            return
        named = self._aims(lead.at, end) or self._led_and_helped(lead.at, end)
        named = named or self._only_named(lead.at, end)
        if named is not None:
            yield named
            return
        found, at, case = self._first(lead, end)
        if found and self._leads_on(found.end, end):
            for act in self.acts(found.end + 1, end):
                yield replace(act, planned=True) if lead.planned else act
            return
        if found is None or found.verb.has("state"):
            yield from self._introduced(lead.at, end, found)
            return
        whole = any(map(found.verb.has, ("pivot", "abstract"))) or found.verb.has("organizing")
        stop = end if whole else self._part_end(found.end, end)
        stop = stop if stop > found.end else end
        act = self._act(found, lead.at, at, stop, case)
        selected = found.verb.has("selected")
        if lead.planned != act.planned or selected != act.selected:
            act = replace(act, planned=lead.planned, selected=selected)
        yield act
        if stop < end and not _STATE_PART.match(self.text, stop + 1, end):
            for more in self.acts(stop + 1, end):
                yield replace(more, planned=True) if lead.planned else more

    def _aims_alone(self, start: int, at: int, end: int) -> bool:
        """以压实责任为着力点，…; 街道以案例交流为平台，…: whether a clause only says what is gone by, and no body is named for it."""
        by = at - self.text.endswith(BY, start, at)
        if by == at and (told := self.text.find(BY, by, by + _SUBJECT_OF_AIM)) > by:
            by = by if self.has_verb(by, told) else told
        return _AIM.match(self.text, by, end) is not None and not self._standing_first(at, end)

    def _aims(self, at: int, end: int) -> Act | None:
        """市水利局以新发展理念为引领，…: a clause that only says what who acts in the next goes by."""
        first = self._standing_first(at, end)
        if (
            first is None
            or first.span.start != at
            or not _AIM.match(self.text, first.span.end, end)
        ):
            return None
        words = self.grammar.words
        return Act("", "", "", subject=read_subject(self.marks, words, at, first.span.end))

    def _led_and_helped(self, at: int, end: int) -> Act | None:
        """县住建局牵头、县财政局配合，…: a clause that only says who leads in the next and who helps."""
        at += self.text.startswith(AGENT, at)
        first = self._listed_end(at, end)
        led = next((w for w in words("leading-work") if self.text.startswith(w, first)), "")
        if not led:
            return None
        after = first + len(led)
        second = after + (self.text[after : after + 1] in tuple(LISTED))
        last = self._listed_end(second, end)
        helped = _HELPED.match(self.text, last, end)
        both = (*self.marks.mentions_in(at, first), *self.marks.mentions_in(second, last))
        if helped is None or helped.end() < end or last == second:
            return None
        bodies = [mention.entity for mention in both if mention.type in BODIES]
        return Act("", "", "", subject=Subject(each_once(bodies), start=at))

    def _only_named(self, at: int, end: int) -> Act | None:
        """县教体局会同县财政局，… | 由县交运局负责，… | 联合县卫健局、县残联，…: a clause that only says who acts in the next."""
        text = self.text
        marker = _MARKER.match(text, at, end)
        at = marker.end() if marker else at
        first = self._listed_end(at, end)
        with_whom = (AGENT, *words("joint-with"), *words("acting-with"))
        if not text.startswith(with_whom, first):
            return None
        bodies = [m.entity for m in self.marks.mentions_in(at, first) if m.type in BODIES]
        word = max((w for w in with_whom if text.startswith(w, first)), key=len)
        last = self._listed_end(first + len(word), end)
        more = self.marks.mentions_in(first + len(word), last)
        bodies += [m.entity for m in more if m.type in BODIES]
        leads = words("leading-work")
        while (adverb := self.grammar.words.adverb_at(text, last, end)) and adverb not in leads:
            last += len(adverb)
        if not more or last < end:
            return None
        joins = first == at and word != AGENT
        return Act("", "", "", subject=Subject(each_once(bodies), start=at), joins=joins)

    def _leads_on(self, at: int, end: int) -> bool:
        """报县政府审定|后|印发: whether what follows is what was done, the verb before it only when."""
        return self.text[at : at + 1] == AFTERWARDS and self.grammar.acts_at(at + 1, end)

    def _first(self, lead: ClauseStart, end: int) -> tuple[Predicate | None, int, str]:
        """The main verb of a stretch; of parts with their own numbers that of the first.

        老旧小区改造|开工742个 | 、完工548个.
        """
        part = self._part_end(lead.at, end)
        if part < end and self.marks.numbers_in(lead.at, part):
            found = self._main(lead.at, part, adverbial=lead.adverbial)
            if found[0] is not None and not found[0].verb.has("state"):
                return found
        best, at, case = self._main(lead.at, end, adverbial=lead.adverbial)
        return (None if best and self._holds_rate(best, lead.at, end) else best), at, case

    def _introduced(self, at: int, end: int, found: Predicate | None) -> Iterator[Act]:
        """Who stands first in a clause that tells no action, to act in the next."""
        if found is not None:
            if found.start > at:
                words = self.grammar.words
                subject = read_subject(self.marks, words, at, found.start)
                if not subject.actors and (area := self._area_told_of(at, found.start)):
                    subject = Subject((area.entity,), start=at)
                if self._counts_itself(subject, found, end):
                    subject = Subject()
                yield Act("", "", "", subject=subject)
            return
        first = self._standing_first(at, end)
        if first is not None:
            words = self.grammar.words
            if self._is_counted(first, end) or self.has_verb(first.span.end, end):
                yield Act("", "", "", subject=Subject())
            else:
                listed = self._listed_end(first.span.start, end)
                subject = read_subject(self.marks, words, at, listed)
                yield Act("", "", "", subject=subject)

    def _counts_itself(self, subject: Subject, found: Predicate, end: int) -> bool:
        """信用村|增加到|318个: whether a group only says how many it is, and acts in nothing that follows."""
        told = [m for m in self.marks.mentions_in(subject.start, found.start) if m.type == "Group"]
        numbers = self.marks.numbers_in(found.end, end)
        counted = bool(numbers) and numbers[0].dimension == "count"
        return bool(told) and told[-1].count is None and counted and len(subject.actors) == 1

    def _is_counted(self, first: Mention, end: int) -> bool:
        """受益群众|5.2万人: whether who stands first is only counted, and acts in nothing that follows."""
        number = self.marks.number_at(first.span.end)
        if number is None or first.type != "Group" or first.count is not None:
            return False
        return not self.text[number.end : end].strip("，。；;,")

    def _area_told_of(self, at: int, end: int) -> Mention | None:
        """通城县|产业帮扶力度得到加强，完成验收摘牌: the area whose state is told acts in what follows."""
        named = self.marks.mentions_in(at, end)
        told = bool(named) and named[0].type == "Area" and named[0].span.start == at
        return (
            named[0] if told and not named[0].span.quote.startswith(words("whole-area")) else None
        )

    def _standing_first(self, at: int, end: int) -> Mention | None:
        """Who a clause begins with; a person may stand after posts: 省委书记王蒙徽, but not 沿着习近平总书记…."""
        named = self.marks.mentions_in(at, end)
        bodies = [m for m in named if m.type in BODIES]
        if not bodies or bodies[0].span.start == at:
            return bodies[0] if bodies else None
        first = bodies[0]
        before = self.text[at : first.span.start]
        for mention in named:
            if mention.type in ("Post", "Area") and mention.span.end <= first.span.start:
                before = before.replace(mention.span.quote, "", 1)
        return first if first.type == "Person" and not before.strip(_JOINTS) else None

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a verb stands in a stretch outside all names."""
        return any(True for _ in self.grammar.candidates(start, end))

    def introduce(self, start: int, end: int) -> tuple[Entity, ...]:
        """Who a time clause brings in: 省委书记王蒙徽到任后."""
        at = self.grammar.strip(start, end).at
        first = self._standing_first(at, end)
        if first is None:
            return ()
        return read_subject(self.marks, self.grammar.words, at, first.span.end).actors

    def seams(self, start: int, end: int) -> list[int]:
        """Where a mark is missing before a new subject: …试点 | 28个脱贫县整合资金."""
        found: list[int] = []
        grammar, text = self.grammar, self.text
        for mention in self.marks.mentions_in(start + 4, end - 2):
            at = mention.span.start
            if mention.type not in ("Group", "Organization") or text[at - 1] in JOINING:
                continue
            before = self.marks.mentions_in(start, at)
            if before and before[-1].span.end == at:
                continue
            lead = grammar.strip(mention.span.end, end)
            verb = grammar.verb_at(lead.at, end)
            if verb is None or verb.has("nominal") or grammar.is_state(lead.at, verb, end):
                continue
            counted = text[at].isdigit() and bool(
                self.marks.numbers_in(lead.at + len(verb.text), end)
            )
            if (lead.adverbial or counted) and self._is_whole(start, at):
                found.append(at)
        for number in self.marks.numbers_in(start + 4, end - 2):
            verb = grammar.verb_at(number.end, end)
            more = verb and self.marks.numbers_in(number.end + len(verb.text), end)
            if number.unit and not number.noun and verb and more and verb.has("fresh"):
                found.append(number.end)
        return sorted(found)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch is a predicate with its object, not one that waits for it."""
        lead = self.grammar.strip(start, end)
        chain = self.grammar.chain(lead.at, end)
        if chain is None or chain[0] >= end:
            return False
        last = list(self.grammar.candidates(start, end))[-1]
        return last.end < end or (last.verb.has("patient") and last.start > lead.at)

    def _main(self, at: int, end: int, *, adverbial: bool) -> tuple[Predicate | None, int, str]:
        """The main verb, where the phrase before it begins, and the preposition of that phrase."""
        grammar = self.grammar
        if at >= end:
            return None, at, ""
        case = "" if self._named_at(at, end) else preposition_at(self.text, at, end)
        chain = grammar.chain(at, end)
        outgrows = chain is not None and len(chain[1].text) > len(case)
        if chain and (
            not case or chain[1].has("strong") or (outgrows and case in LEADING_PREPOSITIONS)
        ):
            return self._head(at, end, chain, adverbial=adverbial), at, ""
        if case:
            return self._after_preposition(at, at, end, case)
        after_body = self._after_body(at, end)
        if after_body is not None:
            return after_body
        if agent := self._agent_mark(at, end):
            found, place, case = self._after_preposition(at, agent, end, AGENT)
            if found:
                return found, place, case
        best = grammar.best(at, end)
        if best and self._states_only(best, end):
            return None, at, ""
        best = self._before_joint(best, at, end) if best else None
        if best is None and not grammar.states(at, end):
            best = grammar.placed(at, end)
        return (None if best and _COPULA.search(self.text, at, best.start) else best), at, ""

    def _before_joint(self, found: Predicate, at: int, end: int) -> Predicate:
        """排涝站9月份已|完工|并投入使用: the first of two verbs that tell what became of the same thing."""
        earlier = [
            f for f in self.grammar.candidates(at, end) if f.end < found.start and f.start > at
        ]
        first = earlier[-1] if earlier else None
        if first is None or not (first.verb.has("patient") and found.verb.has("patient")):
            return found
        joined = self.text[first.end] in tuple(VERB_JOINTS) and self.text[first.end] not in LISTED
        only = self.grammar.strip(first.end + 1, end).at == found.start
        return first if joined and only else found

    def _named_at(self, at: int, end: int) -> bool:
        """|对口支援|与合作交流工作稳步推进: whether a name that no body has begins here."""
        named = self.marks.mentions_in(at, end)
        return bool(named) and named[0].span.start == at and named[0].type not in BODIES

    def _after_body(self, at: int, end: int) -> tuple[Predicate, int, str] | None:
        """The main verb after a body and the phrase that follows it: 省民政厅|对困难群众|开展救助."""
        for mention in self.marks.mentions_in(at, end):
            follows = self.grammar.strip(mention.span.end, end).at
            case = preposition_at(self.text, follows, end)
            ahead = case in DISPOSING and _HELPING.match(self.text, follows + len(case), end)
            if mention.span.end in self.marks.actor_ends and case and follows < end and not ahead:
                found, place, case = self._after_preposition(at, follows, end, case)
                if found:
                    return found, place, case
        return None

    def _is_rate(self, start: int, end: int) -> bool:
        """Whether all that is said with a number is a rate: 支出进度|56.2%."""
        numbers = self.marks.numbers_in(start, end)
        rates = all(n.dimension in ("ratio", "points") or n.form == "tenths" for n in numbers)
        return bool(numbers) and rates and numbers[-1].end >= end

    def _names_rate(self, start: int, end: int) -> bool:
        """规范|管理率76.5%: whether the verb is part of a rate's name, its number right after it."""
        numbers = self.marks.numbers_in(start, end)
        return (
            self._is_rate(start, end)
            and numbers[0].start - start <= LONGEST_RATE
            and _RATE_END.search(self.text, start, numbers[0].start) is not None
        )

    def _holds_rate(self, found: Predicate, start: int, end: int) -> bool:
        """视频|破案|贡献率超六成: whether a verb within a clause is part of a rate's name."""
        inside = found.start > start and found.verb.text not in words("attaining")
        return inside and self._names_rate(found.end, end)

    def _states_only(self, found: Predicate, end: int) -> bool:
        """特困人员集中供养|标准为每人每年9600元: a state of an indicator whose name holds a verb."""
        taking = found.verb.has("pivot") or found.verb.has("abstract") or found.verb.has("strong")
        return not taking and self.grammar.states(found.end, end)

    def _head(
        self, at: int, end: int, chain: tuple[int, Verb], *, adverbial: bool
    ) -> Predicate | None:
        """The main verb of a clause that begins with one, which may be part of a noun there."""
        stop, verb = chain
        first = Predicate(at, stop, verb, 9, stop >= end)
        if verb.has("state"):
            return first
        topic = self.grammar.is_topic(verb, stop, end)
        if (
            topic
            or self.grammar.ends_subject(verb, stop, end)
            or (self.grammar.is_noun(verb, stop, end) and not adverbial)
        ):
            return self.grammar.best(stop, end)
        if self._names_rate(stop, end) and first.verb.text not in words("attaining"):
            return None
        if verb.has("nominal") and not adverbial:
            if self._is_rate(stop, end):
                return None
            other = self.grammar.best(stop, end)
            if other and (other.end >= end or other.verb.has("state")):
                return other
        if not verb.has("pivot") and not verb.has("abstract") and self.grammar.states(stop, end):
            return None
        return self.grammar.marked_last(first, end) or first

    def _agent_mark(self, at: int, end: int) -> int:
        """Where 由 stands before a body within a clause: 此项工作|由市交通运输局负责实施; 0 where nowhere."""
        for mention in self.marks.mentions_in(at + 2, end):
            if mention.type in BODIES and self.text[mention.span.start - 1] == AGENT:
                return mention.span.start - 1
        return 0

    def _after_preposition(
        self, at: int, place: int, end: int, case: str
    ) -> tuple[Predicate | None, int, str]:
        """将…纳入… | 对…作出指示 | 为…安排…; 将 before a verb only looks ahead."""
        grammar, after = self.grammar, place + len(case)
        if case == LOCATIVE:
            after = self._beyond(after, end)
        candidates = list(grammar.candidates(after, end))
        licensed = [f for f in candidates if f.score >= LICENSED or (f.score >= 1 and not f.final)]
        if (
            case == FOR and self.text[place - 1] not in _COMPARING
        ):  # 为|进一步开展|社会治理工作打下基础: what something is for
            first = grammar.strip(after, end).at
            licensed = [f for f in licensed if not after < f.start == first]
        found = max(licensed, key=lambda f: f.score + 2 * f.verb.has("light"), default=None)
        if case in DISPOSING:
            disposal = [f for f in candidates if f.verb.has("disposal")]
            found = max(disposal, key=lambda f: f.score) if disposal else found
        if (
            found is None
            and candidates
            and candidates[-1].end >= end
            and (case in words("targeting") or case == AGENT)
        ):
            found = candidates[-1] if len(candidates[-1].verb.text) > 1 else None
        if found is None:
            # 与高校|共建|实验室.
            joined = case in words("with-whom") or case in words("joint-with")
            together = words("joint-verb") if joined else ()
            found = next((f for f in candidates if f.verb.text in together and not f.final), None)
        if found is None and case in words("targeting"):
            # 为消费者|挽回经济损失86万元.
            numbers = self.marks.numbers_in(after, end)
            counted = bool(numbers) and numbers[-1].end >= end
            found = next((f for f in candidates if counted and f.score >= 0), None)
        return found, place, case

    def _beyond(self, at: int, end: int) -> int:
        """Where 在…中, 在…上 ends and a verb begins; the offset itself where it does not."""
        for match in _WITHIN.finditer(self.text, at, end):
            if self.grammar.acts_at(match.end(), end):
                return match.end()
        return at

    def _part_end(self, at: int, end: int) -> int:
        """Where a 、 begins another predicate: 出台支持政策 | 、加大投入力度; else the end."""
        text = self.text
        depth = 0
        if _SUMMED.fullmatch(text, at, end):
            return end
        mark = text.find("、", at, end - 1)
        while mark >= 0:
            for opens, shut in _BRACKETS:
                depth += text.count(opens, at, mark) - text.count(shut, at, mark)
            divides = (
                depth <= 0 and not self.grammar.mask[mark] and not self._lists_actors(mark, end)
            )
            if divides and self._begins(mark + 1, end):
                return mark
            at, mark = mark, text.find("、", mark + 1, end - 1)
        return end

    def _lists_actors(self, mark: int, end: int) -> bool:
        """县农业农村局|、|县自然资源局配合: whether a mark stands between two who act."""
        if mark not in self.marks.actor_ends:
            return False
        after = self.marks.mentions_in(mark + 1, end)
        return bool(after) and after[0].span.start == mark + 1 and after[0].type in ACTORS

    def _begins(self, at: int, end: int) -> bool:
        stop = self.text.find("、", at, end)
        stop = stop if stop >= 0 else end
        if _STATE_PART.match(self.text, at, stop):
            return bool(self.marks.numbers_in(at, stop))
        lead = self.grammar.strip(at, stop)
        chain = self.grammar.chain(lead.at, stop)
        if chain is None:
            return False
        after, verb = chain
        if verb.has("state"):
            return self.grammar.is_state(lead.at, verb, stop)
        if after >= stop:
            return verb.has("patient") and verb.has("strong")
        if self.grammar.is_compound(after, stop):
            return False
        if verb.has("nominal") and _SPENT.match(self.text, after, stop):
            return False  # 落实道路管护|、管护经费|2000万元
        if "的" in self.text[after:end] and not self.marks.numbers_in(after, stop):
            return False
        if verb.has("nominal") and not lead.adverbial:
            return bool(self.marks.numbers_in(after, stop))
        return "等" not in self.text[after:end]

    def _act(self, found: Predicate, start: int, place: int, end: int, case: str) -> Act:
        """Put subject, object and target of a found verb in their columns."""
        before = place if case else found.start
        known = self.grammar.words
        subject = read_subject(self.marks, known, start, before) if before > start else None
        if subject and not case and (served := self._served_before(subject, start)):
            place, case = served
            subject = read_subject(self.marks, known, start, place) if place > start else None
        if subject and (joined := _ACTING_WITH.search(self.text, start, subject.start)):
            first = read_subject(self.marks, known, start, joined.start())
            subject = _with(first, subject) if first.actors else replace(subject, joins=True)
        elif subject and (helping := self._assisted_from(subject, start)) is not None:
            subject = read_subject(self.marks, known, start, helping)
        gone = self._gone_to(subject, start) if subject and not case else None
        if subject and gone is not None:
            there = self._phrase(subject.start, found.start)
            subject = self._sent(start, gone)
            if not read_object(self.marks, found.end, end):
                return self._done_there(found, start, gone, there, subject)
        if subject and (acted_on := self._acted_on(subject, start)):
            if acted_on < 0:
                return Act("", "", "")
            whole = read_subject(self.marks, known, start, acted_on) if acted_on > start else None
            subject = whole if whole and whole.actors else None
        if self._is_course(found, start, end) or self._is_undone(found, start):
            return Act("", "", "")
        if (
            found.verb.has("becoming")
            and case not in DISPOSING
            and not self._is_title(found.end, end)
        ):
            return Act("", "", "", subject=subject)
        together = case in words("with-whom") and _TOGETHER.search(self.text, place, found.start)
        if case in words("joint-with") or together:
            subject = self._joined(subject, place + len(case), found.start)
        embedded = subject is not None and self._is_embedded(subject, start)
        act = self._told(found, (start, place, end), case, subject)
        return replace(act, embedded=True) if embedded else act

    def _served_before(self, subject: Subject, start: int) -> tuple[int, str] | None:
        """我省脱贫做法|为|全国作出了示范: the preposition before those for whom it is, who do not act."""
        if not subject.actors or subject.start <= start:
            return None
        found = _FOR.search(self.text, start, subject.start)
        return (found.start(), found[0]) if found and found.end() == subject.start else None

    def _assisted_from(self, subject: Subject, start: int) -> int | None:
        """镇纪委要|配合|县委第三巡察组做好巡察: where the word stands after which those are named who are helped and do not act."""
        if not subject.actors:
            return None
        found = _ASSISTING.search(self.text, start, subject.start)
        return found.start() if found else None

    def _gone_to(self, subject: Subject, start: int) -> int | None:
        """县长|赴|北京|参加会议: the offset of what says that those before a verb are where it is done, and do not act."""
        at = subject.start
        while above := [m for m in self.marks.mentions_in(start, at) if m.span.end == at]:
            at = above[-1].span.start  # 到|红安县|七里坪镇
        if not subject.actors or at <= start:
            return None
        found = _GOING_TO.search(self.text, start, at)
        return found.start() if found else None

    def _sent(self, start: int, gone: int) -> Subject:
        """县商务局|组织|企业|赴…: who goes, or who sends them; none where nobody is named."""
        read = self.grammar.words
        for sending in self.grammar.candidates(start, gone):
            if sending.verb.has("organizing"):
                sender = read_subject(self.marks, read, start, sending.start)
                sent = read_subject(self.marks, read, sending.end, gone)
                return _with(sender, sent) if sent.actors else sender
        return read_subject(self.marks, read, start, gone) if gone > start else Subject()

    def _done_there(
        self, found: Predicate, start: int, gone: int, there: str, subject: Subject
    ) -> Act:
        """多次赴|脱贫地区|调研 is of where; 培训班|在湖北|举办 of what stands before."""
        held = "" if subject.actors or not found.verb.has("patient") else self._phrase(start, gone)
        action = self.text[found.start : found.end]
        return Act(action, held or there, _rule(found.verb), "", subject, patient=bool(held))

    def _on_arrival(self, found: Predicate, end: int) -> Predicate | None:
        """组织干部|赴|延安|开展主题教育: the verb of what is done where somebody goes."""
        if self.text[found.start : found.end] not in words("going-to"):
            return None
        at = self._listed_end(found.end, end)
        after = self.grammar.candidates(at, end) if at > found.end else ()
        return next((other for other in after if other.score >= 0), None)

    def _joined(self, subject: Subject | None, start: int, end: int) -> Subject:
        """联合|县民政局|开展体检: who stands there, with who is joined."""
        joined = read_subject(self.marks, self.grammar.words, start, end)
        own = subject.actors if subject is not None else ()
        return Subject(each_once((*own, *joined.actors)))

    def _together(self, found: Predicate, end: int, subject: Subject | None) -> Act | None:
        """联合|县卫生健康局|在12个乡镇开展体检: what is done together with bodies, who act too."""
        at = self._listed_end(found.end, end)
        bodies = [m.entity for m in self.marks.mentions_in(found.end, at) if m.type in ACTORS]
        second = next((f for f in self.grammar.candidates(at, end) if f.score >= 0), None)
        if not bodies or second is None:
            return None
        own = subject.actors if subject is not None else ()
        thing = read_object(self.marks, second.end, end)
        action = self.text[second.start : second.end]
        return Act(action, thing, _rule(second.verb), "", Subject(each_once((*own, *bodies))))

    def _listed_end(self, at: int, end: int) -> int:
        """Where a list of bodies or places that begins here ends: 浙江、江苏等地|; the offset itself where none does."""
        begun = last = at
        if at not in self.marks.begun:
            return at
        for mention in self.marks.mentions_in(at, end):
            if mention.type not in ACTORS or mention.span.start != at:
                continue
            last = mention.span.end
            joint = _LISTED_ON.match(self.text, last, end)
            at = joint.end() if joint else last
        at = last
        others = _AND_OTHERS.match(self.text, at, end) if at > begun else None
        return others.end() if others else at

    def _told(
        self, found: Predicate, at: tuple[int, int, int], case: str, subject: Subject | None
    ) -> Act:
        """An act by what stands before and after its verb."""
        marks, verb, (start, place, end) = self.marks, found.verb, at
        arrived = self._on_arrival(found, end)
        if arrived is not None:
            action = self.text[arrived.start : arrived.end]
            thing = read_object(marks, arrived.end, end)
            thing = thing or self._phrase(found.end, arrived.start)  # 赴|脱贫地区|调研
            return Act(action, thing, _rule(arrived.verb), "", subject)
        action = self.text[found.start : found.end]
        if action in words("joint-with") and (joint := self._together(found, end, subject)):
            return joint
        after = "" if self._goes_on(found, end) else read_object(marks, found.end, end)
        target = ""
        if case in DISPOSING:
            return self._disposal(found, place, action, after, subject)
        if case == AGENT and (act := self._by_agent(found, (start, place), action, after)):
            return act
        if case in words("targeting"):
            target = self._phrase(place + len(case), found.start)
        if subject and not case and self._is_served(subject, verb):
            thing = self._phrase(start, found.start)
            if verb.has("selected"):
                return Act(action, thing, _rule(verb), after, Subject(), patient=True)
            return Act(action, after, _rule(verb), thing, Subject(), patient=True)
        if after or (not subject and not case):
            return self._transitive(found, action, after, target, subject, end)
        undergone = subject and action in words("undergone") and _are_served(subject)
        if subject and subject.actors and not (verb.has("patient") or undergone):
            return Act(action, "", _rule(verb), target, subject, unit=self._unit_at(found.end, end))
        return self._bare(found, at, case, subject, target)

    def _by_agent(
        self, found: Predicate, at: tuple[int, int], action: str, after: str
    ) -> Act | None:
        """此项工作|由市交通运输局|负责实施; 由市应急局|对|隐患点|逐一核查: the act of the bodies after 由."""
        start, place = at
        given = self._given_after(place + 1, found.start)
        agent = read_subject(self.marks, self.grammar.words, place + 1, given or found.start)
        if not agent.actors:
            return None
        thing = self._phrase(given + 1, found.start) if given else self._phrase(start, place)
        return Act(action, after or thing, _rule(found.verb), "", agent)

    def _given_after(self, start: int, end: int) -> int:
        """Where 对, 为 or 向 stands right after a body: 由市应急局|对|隐患点核查; 0 where nowhere."""
        bodies = (m.span.end for m in self.marks.mentions_in(start, end) if m.type in BODIES)
        return next((at for at in bodies if self.text[at] in words("targeting")), 0)

    def _goes_on(self, found: Predicate, end: int) -> bool:
        """重大工程相继建成|或顺利推进, 排涝站已完工|并已投入使用: whether another predicate, no object, follows a joint."""
        at = found.end
        if self.text[at : at + 1] not in tuple(VERB_JOINTS):
            return False
        last = next((f for f in self.grammar.candidates(at + 1, end) if f.end >= end), None)
        if last is None:
            undergone = found.verb.has("patient") and self.text[at] not in tuple(LISTED)
        else:
            undergone = last.verb.has("patient")
        return undergone and self.grammar.acts_at(at + 1, end)

    def _bare(
        self,
        found: Predicate,
        at: tuple[int, int, int],
        case: str,
        subject: Subject | None,
        target: str,
    ) -> Act:
        """An act whose verb has nothing after it."""
        verb, (start, place, end) = found.verb, at
        action = self.text[found.start : found.end]
        numbered = bool(self.marks.numbers_in(found.end, end))
        names_sum = _NAMES_SUM.search(action) is not None
        if numbered and verb.has("funding") and case in words("targeting") and not names_sum:
            # 向通城县拨付衔接资金1.2亿元，向崇阳县|拨付|8600万元: the sum is of what was said before.
            return Act(action, "", _rule(verb), target, subject, elided=True)
        if names_sum and case in words("targeting"):
            return Act(action, "", _rule(verb), target, subject)
        if case:
            return self._before_case(found, self._phrase(start, place), case, target, subject)
        thing = "" if subject and subject.actors else self._phrase(start, found.start)
        undergone = action in words("undergone") and subject and _are_served(subject)
        if subject and subject.actors and numbered and not undergone:
            return Act(action, "", _rule(verb), target, subject, unit=self._unit_at(found.end, end))
        if subject and subject.actors:
            thing = self._phrase(start, found.start)
            return Act(action, thing, _rule(verb), target, Subject(), patient=True)
        return Act(action, thing, _rule(verb), target, Subject(), patient=True)

    def _before_case(
        self, found: Predicate, phrase: str, case: str, target: str, subject: Subject | None
    ) -> Act:
        """相关经验|向全国|推广: what is done to stands before the preposition."""
        action, verb, targets = self.text[found.start : found.end], found.verb, words("targeting")
        before = "" if subject and subject.actors else phrase
        kept = case in targets and not (before and verb.has("patient"))
        thing = target if kept else phrase
        return Act(action, thing, _rule(verb), target, subject, patient=case not in targets)

    def _is_course(self, found: Predicate, start: int, end: int) -> bool:
        """Whether a verb only tells how an indicator went: 比上年|提高0.3个百分点 | 增加0.5万亩."""
        action = self.text[found.start : found.end]
        if not any(action in words(turn) for turn in ("up", "down", "speeding")):
            return False
        number = self.marks.number_at(found.end)
        alone = self.grammar.strip(start, end).at >= found.start
        compared = cue("base").search(self.text, start, found.start) is not None
        return number is not None and (compared or (alone and number.end >= end))

    def _acted_on(self, subject: Subject, start: int) -> int:
        """全乡|被|省政府评为…: where 被 stands before those who do not act here; -1 for 受到国务院通报表扬, 0 for neither."""
        if not subject.actors or subject.start <= start:
            return 0
        passive = _PASSIVE.search(self.text, start, subject.start)
        if passive is None:
            return 0
        return passive.start() if passive["by"] else -1

    def _is_undone(self, found: Predicate, start: int) -> bool:
        """尚未|完成整改: what was not done is no action; 得到有效|治理 tells a result."""
        at = found.start
        while len(word := self.grammar.words.adverb_before(self.text, at, start)) > 1:
            at -= len(word)
        return _NOT_DONE.search(self.text, start, at) is not None

    def _is_title(self, start: int, end: int) -> bool:
        """Whether what one becomes is a title or a list: 成为国家服务型制造示范城市, not 成为一大亮点."""
        return _TITLE_END.search(self.text, start, end) is not None

    def _is_embedded(self, subject: Subject, start: int) -> bool:
        """Whether a verb stands before who acts: 提请|市人大常委会审议法规草案 | 获|国务院批复."""
        return subject.start > start and self.has_verb(start, subject.start)

    def _is_served(self, subject: Subject, verb: Verb) -> bool:
        """Whether people are what is acted on: 51万灵活就业人员|纳入|社会保险, not 3家企业入选…."""
        named = subject.actors
        if not named or not (verb.has("selected") or verb.text in words("put-in-place")):
            return False
        return _are_served(subject)

    def _unit_at(self, at: int, end: int) -> str:
        """The unit of the number right after a verb, empty where there is none."""
        number = self.marks.number_at(at)
        return number.unit if number is not None and number.end <= end else ""

    def _transitive(
        self,
        found: Predicate,
        action: str,
        after: str,
        target: str,
        subject: Subject | None,
        end: int,
    ) -> Act:
        verb = found.verb
        if not after:
            return self._alone(found, action, target, subject, end)
        if caused := self._caused(found, end, subject):
            return replace(caused, target=target)
        if verb.has("serial") or verb.has("funding"):
            second = self._second(found, end)
            if second is not None:
                at, second = second.start, self._on_arrival(second, end) or second
                spent = _MONEY.fullmatch(self.text, found.end, second.start) is not None
                led, until = self._led(found.end, at)
                middle = "" if spent else self._phrase(found.end, until)
                organized = verb.has("organizing") and bool(led.actors)
                return Act(
                    self.text[second.start : second.end],
                    read_object(self.marks, second.end, end),
                    rule_name("measure-serial", act=verb.act, second=second.verb.act),
                    target if organized else target or middle,
                    _with(subject, led) if organized else subject,
                )
        given = self._given(found, end) or self._sent_group(found, end)
        thing, destination = split_destination(given or after)
        submitted = _DELIBERATED.fullmatch(after) if action in words("submitting") else None
        if submitted and submitted["what"] not in self.grammar.words.verbs:
            thing, destination = submitted["what"], submitted["who"]
        if action in words("hands-over"):
            thing, destination = _handed_over(thing, destination)
        elided = not thing and bool(destination)
        return Act(action, thing, _rule(verb), target or destination, subject, elided=elided)

    def _alone(
        self, found: Predicate, action: str, target: str, subject: Subject | None, end: int
    ) -> Act:
        """新建学校3所，|改扩建12所: an act whose verb has only a number after it, or nothing."""
        counted = self.marks.numbers_in(found.end, end)
        holds = action in words("holding-its-object")
        taken = not counted or _counts_works(counted[0])
        elided = found.verb.has("patient") and taken and not holds
        unit = self._unit_at(found.end, end)
        return Act(action, "", _rule(found.verb), target, subject, elided=elided, unit=unit)

    def _caused(self, found: Predicate, end: int, subject: Subject | None) -> Act | None:
        """引导|126家社会组织|结对帮扶115个脱贫村, 鼓励|企业|引进人才30名: what those do whom another has act, where it is counted."""
        if not found.verb.has("pivot") or found.verb.text in words("submitting"):
            return None
        named = [
            m for m in self.marks.mentions_in(found.end, end) if m.type in ("Group", "Organization")
        ]
        first = named[0] if named and named[0].span.start == found.end else None
        at = first.span.end if first else caused_end(self.text, found.start, end)
        told = acted(self.text, at, end) if at > found.start else None
        if told is None or told[1].has("nominal") or told[1].has("abstract"):
            return None
        start, verb = told
        stop = start + len(verb.text)
        thing, numbers = read_object(self.marks, stop, end), self.marks.numbers_in(stop, end)
        if not thing or not numbers or self.grammar.is_compound(stop, end):
            return None
        led = Subject((first.entity,), start=first.span.start) if first else subject
        rule = rule_name("measure-serial", act=found.verb.act, second=verb.act)
        return Act(self.text[start:stop], thing, rule, "", led)

    def _led(self, start: int, end: int) -> tuple[Subject, int]:
        """组织|企业|赴深圳|开展…: who is made to act, and where the words for them end."""
        read = self.grammar.words
        led = read_subject(self.marks, read, start, end)
        gone = self._gone_to(led, start)
        return (led, end) if gone is None else (read_subject(self.marks, read, start, gone), gone)

    def _sent_group(self, found: Predicate, end: int) -> str:
        """选派|126名科技特派员|服务农户: those sent, where a verb tells what they do; empty where none are."""
        named = self.marks.mentions_in(found.end, end)
        first = named[0] if named and named[0].span.start == found.end else None
        if first is None or first.type != "Group" or first.count is None:
            return ""
        acts = self.grammar.verb_at(first.span.end, end)
        if acts is None or first.span.end + len(acts.text) + 1 >= end:
            return ""
        return read_object(self.marks, found.end, first.span.end)

    def _given(self, found: Predicate, end: int) -> str:
        """下达|资金|5亿元支持企业技术改造, 出动|官兵|30万人次参加抢险: the object, where a verb after its number goes on."""
        counted = [] if found.verb.has("pivot") else self.marks.numbers_in(found.end, end)
        if not counted or not self.grammar.acts_at(counted[0].end, end):
            return ""
        return read_object(self.marks, found.end, counted[0].start)

    def _second(self, found: Predicate, end: int) -> Predicate | None:
        """The verb that matters after a serial one: 选取11个县 | 开展 | 庭院经济发展试点."""
        for other in self.grammar.candidates(found.end, end):
            spent = found.verb.has("funding") and _MONEY.fullmatch(
                self.text, found.end, other.start
            )
            if spent and other.start > found.end and other.end < end:
                return other
            if self._is_paid_for(found, other, end):
                return other
            if not found.verb.has("serial"):
                continue
            if other.verb.has("nominal") or other.verb.has("state") or other.final:
                continue
            if other.start == found.end:
                continue
            if found.verb.has("funding"):
                numbers = self.marks.numbers_in(found.end, end)
                if not any(number.end == other.start for number in numbers):
                    continue
            if other.score >= 1 and self.text[other.end : other.end + 1] not in ("的", "等"):
                return other
        return None

    def _is_paid_for(self, found: Predicate, other: Predicate, end: int) -> bool:
        """投资|11.2亿元|建设水库, 投资|1800万元|在流河渡社区|新建生产线: whether a sum stands before what it does."""
        sums = self.marks.numbers_in(found.end, other.start)
        if not found.verb.has("funding") or len(sums) != 1 or sums[0].dimension != "money":
            return False
        if _NEARLY.fullmatch(self.text, found.end, sums[0].start) is None:
            return False  # 下达|资金|5亿元支持企业技术改造
        between = self.text[sums[0].end : other.start]
        beside = not between or _AT_PLACE.fullmatch(between) is not None
        does = not (other.verb.has("state") or other.verb.has("light")) and other.end < end
        return beside and does and self.text[other.end : other.end + 1] not in ("的", "等")

    def _disposal(
        self, found: Predicate, place: int, action: str, after: str, subject: Subject | None
    ) -> Act:
        thing = self._phrase(place + 1, found.start)
        whither = _WHITHER.match(after)
        return Act(action, thing, _rule(found.verb), whither[1] if whither else after, subject)

    def _phrase(self, start: int, end: int) -> str:
        """A noun phrase without figures and without the adverbs at its end."""
        words, text = self.grammar.words, self.text
        while word := words.adverb_before(text, end, start + 1):
            end -= len(word)
        end = start + len(_BY_WHOM_NOT.sub("", text[start:end]))
        if end - start > 1 and text[end - 1] == LOCATIVE:
            end -= 1  # 改革成果|在|全国推广
        place = _PLACED.search(text, start, end)
        return read_object(self.marks, start, place.start() if place else end)


def _handed_over(thing: str, destination: str) -> tuple[str, str]:
    """移送|司法机关|线索685件: what is handed over and to whom; 移送|公安机关|8件: what it is was said before."""
    handed = _HANDED.fullmatch(thing)
    if handed:
        return handed["what"], handed["who"]
    return ("", thing) if _TAKING.fullmatch(thing) else (thing, destination)


def _are_served(subject: Subject) -> bool:
    """富余劳动力, 困难学生: whether those named are people who are served and do not act."""
    named = subject.actors
    return bool(named) and all(a.kind == "Group" and _SERVED.search(a.name) for a in named)


def _counts_works(number: Number) -> bool:
    """Whether a number counts what was built before: 新建学校5所、|改扩建12所."""
    return number.dimension not in ("money", "ratio", "points") and number.unit in words(
        "work-unit"
    )


def _with(subject: Subject | None, led: Subject) -> Subject:
    """省乡村振兴局|组织|23个县|开展结对帮扶: who organises acts with those who are organised."""
    if subject is None or not subject.actors:
        return led
    return replace(led, actors=each_once((*subject.actors, *led.actors)))


def _rule(verb: Verb) -> str:
    """The rule by which a verb is read as the action."""
    return rule_name("measure-placed") if verb.act == PLACED else rule_name("measure", act=verb.act)
