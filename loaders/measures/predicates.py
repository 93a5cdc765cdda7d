"""The predicate of a clause: its verb, what stands before it and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from policygraph.graph.statements import Mention
from policygraph.loaders.measures.subjects import SpanIndex
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.characters import (
    ATTRIBUTIVE,
    COMPLEMENTS,
    HAN,
    JOINTS,
    LISTED,
    NO_VERB,
    ORDINALS,
    OWN_LEVELS,
    POINTING,
    VERB_JOINTS,
)
from policygraph.loaders.words.circumstances import past_circumstances, past_means
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.time import TIME_BEFORE_VERB
from policygraph.loaders.words.verbs import Lexicon, Verb

LICENSED = 3
_PARTS = WordPattern(f"[{LISTED}{JOINTS}0-9]")  # parts what was built from what is told
PLACED = "by-place"  # the action of a verb that no vocabulary has
NAMED = ("Event", "Programme", "Document", "Platform")
_SEEKS_SUM = WordPattern(r"{seeking}(?=[^，,、\d]{0,12}{obtained})")
# 审计|厅, 教育|局: what a verb before is the function of a body.
_BODY_HEAD = WordPattern(r"{office-head}|{team-head}(?!{torn-team})")
_UNITS = WordPattern(r"{unit-told}\Z")
_WORD = WordPattern(f"{HAN}{{2}}")
# Characters of which a pair is no verb: particles, numerals, words of place and kind.
_NO_PREDICATE = WordPattern(rf"[{NO_VERB}]|.[{NO_VERB}]")
# 12月15日前 | 6月底之前: until when, before the predicate.
_DEADLINE = WordPattern(r"\d{1,2}月(?:\d{1,2}日|[底末初])?{deadline}")
_BY_WHEN = WordPattern(r"{by-when}|\d{1,2}月(?:\d{1,2}日|[底末初中])?{deadline}?")
_ENSURING = WordPattern(r"{ensuring}")
_AFTER_SUBJECT = WordPattern(r"{after-subject}")
# 仍需|加强, 有待|提升: what is still to be done is no action.
_NEEDED = WordPattern(r"{needed}")
_RULE_END = WordPattern(r"{rule-head}\Z")
_SUM = WordPattern(r"{sum-noun}\Z")
_NOUN_ONLY = WordPattern(r"{noun-only}")
_FARES = WordPattern(r"{how-it-fares}")  # 经济运行|稳中向好
_SIZED = WordPattern(r"(?:{price})(?:{over|under|approx})?")
_OF = WordPattern(r"(?:{over-after|approx-after})?的")
_TIMES = WordPattern(f"[{ORDINALS}两多几]{{1,3}}次")  # 两次|提高存款准备金率
_ORDINAL = WordPattern(r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]+[，,]?)")
_PREPOSITION = WordPattern(r"{preposition}|{joint-with}(?=[^，。；《]{1,24}{joint-verb})")
# What follows a verb that is a noun there: 建设者 | 投资率 | 消除和 …, 合作项目 | 播种面积.
_SUFFIX = WordPattern(r"{noun-suffix}|[和与及、](?!\s*$)")
_COMPOUND = WordPattern(r"{compound}|{compound-end}$")
_ACTIVITY = WordPattern(r"{activity}")
_HEAD_COMPOUND = WordPattern(r"{head-compound}")
_SHORT_STATE = WordPattern(
    r"(?<!行)为(?:每[\u4e00-\u9fff])*(?=\d)|[居占列](?={compared-place}|\d)|{standing}|达(?=\d)|{keeping}(?=\d)|{shifting}为(?=\d)"
)
# 提高规划建设管理水平 raises one thing, it does not plan and build it.
_RAISED = WordPattern(r"{ability}[，。；]?$")
_SPEECH = WordPattern(r"\w{0,8}{speech}\Z")
# 合作|社 | 保障|房1200套 | 慰问|金: a verb of two characters takes no object of one, the two are a noun.
_ONE_CHARACTER = WordPattern(
    rf"(?![{COMPLEMENTS}]|[{OWN_LEVELS}国]\d)[\u4e00-\u9fff](?=[\d０-９，,。；;、：:）)”\n]|等|\Z)"
)
_TITLED = WordPattern(
    r"{ruled-by}[^，,。；;：:\d《“]{0,16}?{rule-told}(?=[\u4e00-\u9fff]{2})|《[^》\n]{1,80}》?|“[^”\n]{1,60}”|[(（][^)）\n]{1,40}[)）]|总{sum-noun}(?!力)|{no-verb-inside}"
    r"|[\u4e00-\u9fff]{2}(?={speed})|{traded}(?={base})"
    r"|{used-for}[^，,。；;：:\d]{1,40}的{used-sum}|{used-for}[^，,。；;：:\d]{1,16}{sum-head}|{financing}{financing-noun}|{starting}区|(?=..[{^measured-amount}])(?!{attaining|finishing|new|up|down|cutting})[\u4e00-\u9fff]{2}{measured-amount}(?=[为达约共]{0,2}\d)|[\u4e00-\u9fff]{2}{time-taken}(?=[^，,\d]{0,6}{shortening})|[人户亩村校生]均[\u4e00-\u9fff]{2}|每[人户亩][\u4e00-\u9fff]{2}"
)


class Predicate(NamedTuple):
    """A verb or a chain of verbs ``[start, end)`` and how well its surroundings speak for it."""

    start: int
    end: int
    verb: Verb
    score: int
    final: bool


class ClauseStart(NamedTuple):
    """Where a clause really begins after time words and adverbs, and whether it looks ahead."""

    at: int
    planned: bool
    adverbial: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """SpanIndex and words of one text with the characters that no verb may touch, and the groups by their beginning.

    ``verbs`` are the longest at each offset, ``free`` where such a one stands outside all names.
    """

    marks: SpanIndex
    words: Lexicon
    mask: bytearray
    verbs: dict[int, Verb]
    free: set[int]
    groups: dict[int, int]

    @classmethod
    def of(cls, marks: SpanIndex, words: Lexicon) -> Grammar:
        """Hide quotes, titles, brackets, numbers and names from the search for verbs."""
        mask = bytearray(len(marks.text) + 1)
        for match in _TITLED.finditer(marks.text):
            _hide(mask, match.start(), match.end())
        for number in marks.numbers:
            _hide(mask, number.start, number.end)
        for mention in marks.mentions:
            if _is_solid(mention):
                _hide(mask, mention.span.start, mention.span.end)
        for at in marks.actor_ends:
            _hide(mask, at, past_means(marks.text, at))
        groups = {m.span.start: m.span.end for m in marks.mentions if m.type == "Group"}
        grammar = cls(marks, words, mask, words.all_verbs(marks.text), set(), groups)
        grammar.free.update(at for at, verb in grammar.verbs.items() if grammar._is_free(at, verb))
        return grammar

    def verb_at(self, at: int, end: int) -> Verb | None:
        """The longest verb that begins here outside all names and ends by ``end``."""
        found = self.verbs.get(at)
        if found is None:
            return None
        if at + len(found.text) <= end:
            return found if at in self.free else None
        shorter = self.words.verb_at(self.marks.text, at, end)
        return shorter if shorter is not None and self._is_free(at, shorter) else None

    def _is_free(self, at: int, verb: Verb) -> bool:
        """Whether a verb touches no name and begins none."""
        after = at + len(verb.text)
        if self.mask.find(1, at, after) >= 0 or _BODY_HEAD.match(self.marks.text, after):
            return False
        return not self._begins_actor(at)

    def _begins_actor(self, at: int) -> bool:
        """帮扶干部|走访农户: whether a verb begins the name of a group that acts by the verb after it."""
        group = self.groups.get(at)
        acts = self.verbs.get(group) if group is not None else None
        return acts is not None and len(acts.text) > 1 and not acts.has("nominal")

    def strip(self, at: int, end: int) -> ClauseStart:
        """Step over ordinals, time, adverbs and the sum of the subject: 四是 | 2022年 | 进一步 | 投资2亿元的."""
        at = past_circumstances(self.marks.text, self._past_sum(at, end), end)
        text, planned, adverbial = self.marks.text, False, False
        if ordinal := _ORDINAL.match(text, at, end):
            at = ordinal.end()
        if (ensured := self._past_ensuring(at, end)) > at:
            return ClauseStart(ensured, True, adverbial=False)
        sure = at
        while at < end:
            time = TIME_BEFORE_VERB.match(text, at, end) or _DEADLINE.match(text, at, end)
            if time:
                at = sure = time.end()
                continue
            times = _TIMES.match(text, at, end)
            if times and self.verb_at(times.end(), end):
                at, adverbial = times.end(), True
                continue
            word = self._adverb_at(at, end)
            if not word:
                break
            role = self.words.adverbs[word]
            planned = planned or role == "plan"
            at += len(word)
            adverbial = adverbial or role == "plain"
            if role == "time" or (role == "conn" and len(word) > 1):
                sure = at
        if at > sure and not self._leads_on(at, end):
            return ClauseStart(sure, False, adverbial=False)
        return ClauseStart(at, planned, adverbial)

    def _past_ensuring(self, at: int, end: int) -> int:
        """力争|龙金大道6月底前通车, 确保|环城路年底前竣工: past what strives for something to be done by a date; else ``at``."""
        word = _ENSURING.match(self.marks.text, at, end)
        by = _BY_WHEN.search(self.marks.text, word.end(), end) if word else None
        if word is None or (by is not None and by.start() < word.end() + 2):
            return at
        if by is None and (word[0] not in words("striving") or self.acts_at(word.end(), end)):
            return at
        begin = by.end() if by else word.end() + 2
        last = next((f for f in self.candidates(begin, end) if f.end >= end), None)
        done = last is not None and last.verb.has("patient")
        return word.end() if done and (by is None or self.acts_at(begin, end)) else at

    def _adverb_at(self, at: int, end: int) -> str:
        """The adverb that stands here before a verb; none where it is part of a verb or of what is done."""
        word = self.words.adverb_at(self.marks.text, at, end)
        verb = self.verb_at(at, end)
        if not word or (verb and len(verb.text) > len(word) and not self._tears(at, word, end)):
            return ""
        led = at + len(word)
        told = verb is not None and len(verb.text) <= len(word)
        pair = verb is not None and verb.text == word and self._is_pair(led, end)
        if told and (pair or not self._leads_on(led, end)):
            return ""
        role = self.words.adverbs[word]
        if role != "plan":
            return "" if role == "whole" else word
        seeks = _SEEKS_SUM.match(self.marks.text, at, end)  # 争取|中央资金12亿元
        return "" if seeks or not self._plans(word, at + len(word), end) else word

    def _is_pair(self, at: int, end: int) -> bool:
        """统筹|发展和安全: whether two nouns follow, of which the first is a verb elsewhere."""
        verb = self.verb_at(at, end)
        if verb is None or not verb.has("nominal"):
            return False
        after = at + len(verb.text)
        joined = after < end and self.marks.text[after] in JOINTS
        return joined and not self.acts_at(after + 1, end)

    def _plans(self, word: str, at: int, end: int) -> bool:
        """Whether a word looks ahead to what follows it: 力争|10月底前主线贯通, 将|为群众办实事."""
        served = len(word) > 1 and _PREPOSITION.match(self.marks.text, at, end) is not None
        time = TIME_BEFORE_VERB.match(self.marks.text, at, end)
        dated = (time and not time[0][-1].isdigit()) or _DEADLINE.match(self.marks.text, at, end)
        return served or bool(dated) or self.acts_at(at, end)

    def _past_sum(self, at: int, end: int) -> int:
        """投资超2亿元的|搬迁项目主体完工: past what only says how large the subject of a last verb is."""
        numbers = self.marks.numbers_in(at, end)
        if not numbers or not _SIZED.fullmatch(self.marks.text, at, numbers[0].start):
            return at
        of = _OF.match(self.marks.text, numbers[0].end, end)
        last = of and any(
            found.verb.has("patient") and found.end >= end
            for found in self.candidates(of.end(), end)
        )
        return of.end() if of and last else at

    def _tears(self, at: int, word: str, end: int) -> bool:
        """Whether a verb that begins with an adverb ends inside the verb after it: 共|建成, not 共建|成."""
        verb, after = self.verb_at(at, end), self.verb_at(at + len(word), end)
        if verb is None or after is None or not verb.text.startswith(word):
            return False
        if verb.has("increment"):
            return False  # 新增|设施蔬菜基地12个
        return len(word) + len(after.text) > len(verb.text)

    def acts_at(self, at: int, end: int) -> bool:
        """Whether a verb begins here, after adverbs at most: 将 | 全面 | 建成."""
        while self.verb_at(at, end) is None:
            word = self.words.adverb_at(self.marks.text, at, end)
            if not word:
                return False
            at += len(word)
        return True

    def _leads_on(self, at: int, end: int) -> bool:
        """Whether a verb, a preposition or another adverb begins here."""
        if at >= end:
            return False
        text = self.marks.text
        return (
            self.verb_at(at, end) is not None
            or bool(_PREPOSITION.match(text, at, end))
            or bool(self.words.adverb_at(text, at, end))
            or self.marks.number_at(at) is not None
        )

    def chain(self, at: int, end: int) -> tuple[int, Verb] | None:
        """Adjoining verbs: 健全落实 | 创新编制 | 新建、改扩建; their end and the first of them."""
        first = self.verb_at(at, end)
        if first is None:
            return None
        text, stop = self.marks.text, at + len(first.text)
        patient = first.has("patient")
        while stop < end and len(first.text) > 1:  # 工作|作出指示
            step = self._joint(stop, end)
            verb = self.verb_at(stop + step, end)
            if verb is None or not _adjoins(first, verb):
                break
            after = stop + step + len(verb.text)
            if verb.text in self.words.adverbs and self.acts_at(after, end):
                break
            together = (
                bool(step) and text[stop] in JOINTS and self._is_whole(first, verb, after, end)
            )
            light = first.has("light") and after < end
            if not (together and light) and not self._joins(
                first, verb, after, end, coordinate=bool(step)
            ):
                break
            stop, patient = after, patient or verb.has("patient")
            if step > 1 and verb.has("strong"):
                # 防范|和及时应对: no noun, where an adverb is within
                first = replace(first, flags=first.flags - {"nominal"} | {"strong"})
        if patient and not first.has("patient"):
            first = replace(first, flags=first.flags | {"patient"})
        return stop, first

    def _joint(self, at: int, end: int) -> int:
        """How much stands between two verbs that adjoin: nothing, 、 or 和; 防范|和及时|应对."""
        text = self.marks.text
        if text[at] not in VERB_JOINTS:
            return 0
        adverb = self.words.adverb_at(text, at + 1, end) if text[at] in JOINTS else ""
        told = len(adverb) > 1 and self.words.adverbs[adverb] == "plain"
        verb = self.verb_at(at + 1, end)
        told = told and (verb is None or len(verb.text) < len(adverb))
        return 1 + len(adverb) if told else 1

    def _joins(self, first: Verb, verb: Verb, after: int, end: int, *, coordinate: bool) -> bool:
        if after >= end:
            # 完成|竣工验收: what a light verb finishes is its object.
            joins = verb.has("patient") and verb.has("strong") and not coordinate
            return joins and not (first.has("light") and first.has("strong"))
        if first.text in words("spent") and verb.has("pivot") and not coordinate:
            return True  # 投资支持|水污染防治项目691个
        conducts = {"conducts", "holds"} & verb.facets or verb.has("light")
        if not coordinate and not conducts and _ACTIVITY.match(self.marks.text, after, end):
            return False  # 参加|植树活动, 组织|慰问活动; but 组织开展|活动
        noun = any(p.match(self.marks.text, after, end) for p in (_SUFFIX, _HEAD_COMPOUND))
        if not coordinate and self._begins_object(first, verb, after, end):
            return False
        if noun or verb.has("pivot") or self._is_one_noun(verb, after, end):
            return False
        if first.text in words("raising") and _RAISED.search(self.marks.text[after:end]):
            return False
        if verb.has("placing") and not coordinate:
            return False
        if first.has("light") and _SUM.search(verb.text) and self.marks.number_at(after):
            # 完成|投资12亿元: a sum is the object.
            return False
        anew = first.has("nominal") and not coordinate and _starts_anew(verb)
        if anew and self.marks.number_at(after) is None:
            return False  # 易地扶贫搬迁|开工|安置房312套
        paid = first.has("funding") and verb.has("funding")
        nominal = (paid or verb.has("nominal")) and not verb.has("counted") and not coordinate
        if nominal and first.has("strong") and self.marks.number_at(after):
            # 发放|补贴4600万元, but 新建改造12座.
            return False
        carried = "conducts" in first.facets or first.act == "finish"
        if carried and first.has("light") and self.marks.number_at(after):
            return False  # 开展|巡河4次, 完成|造林3万亩: what is carried out, counted
        if first.has("light") or first.has("pivot"):
            return verb.has("strong") and not coordinate and not verb.has("nominal")
        return not verb.has("nominal") or self._is_solid_object(after) or coordinate

    def _is_whole(self, first: Verb, verb: Verb, after: int, end: int) -> bool:
        """坚持和发展|新时代“枫桥经验”: whether the second of two verbs has an object; 坚持|改革和发展并重."""
        if not verb.has("nominal"):
            return verb.has("light") or verb.has("strong")
        object_ends = any(p.match(self.marks.text, after, end) for p in (_SUFFIX, _HEAD_COMPOUND))
        return first.has("abstract") and not (
            object_ends or self._is_one_noun(verb, after, end) or self.acts_at(after, end)
        )

    def ends_subject(self, verb: Verb, stop: int, end: int) -> bool:
        """高质量发展|迈出坚实步伐: whether a verb ends the noun that the next one tells of."""
        after = self.verb_at(stop, end) if verb.has("nominal") else None
        return after is not None and after.text in words("achieving-verb")

    def _begins_object(self, first: Verb, verb: Verb, after: int, end: int) -> bool:
        """Whether the second of two verbs begins what the first one is done to, or the first one ends a noun.

        提出|明确要求 | 出台|优化营商环境举措, but 制定实施…方案 | 高质量发展|迈出坚实步伐.
        """
        if verb.text in words("achieving-verb") and first.has("nominal"):
            return True
        if verb.text in words("attributive-verb") and self.marks.number_at(after) is None:
            return True
        rules = verb.text in words("ruling-verb")
        betters = verb.text in words("improving-verb")
        improving = first.text in words("improving-verb")
        made = improving or first.text in words("ruling-verb")
        if not made or rules or (improving and betters):
            return False
        return _RULE_END.search(self.marks.text, after, end) is not None

    def _is_solid_object(self, at: int) -> bool:
        return self.marks.number_at(at) is not None or self.marks.text[at] in "《“"

    def candidates(self, start: int, end: int) -> Iterator[Predicate]:
        """Every verb of a stretch with a score for what surrounds it, from left to right."""
        at = start
        while at < end:
            chain = self.chain(at, end) if at in self.verbs else None
            if chain is None:
                at += 1
                continue
            stop, verb = chain
            first = self.verb_at(at, end)
            # 加快实施: an adverb here, though it may be a verb elsewhere.
            if first and first.text in self.words.adverbs:
                after = at + len(first.text)
                if self.acts_at(after, end):
                    at = after
                    continue
            yield self._weigh(start, at, stop, end, verb)
            at = stop

    def _weigh(self, start: int, at: int, stop: int, end: int, verb: Verb) -> Predicate:
        marks, text = self.marks, self.marks.text
        score = self._alone(verb, stop, end)
        adverbs = at
        while word := self.words.adverb_before(text, adverbs, start):
            adverbs -= len(word)
        if adverbs < at and not any(self.mask[adverbs:at]):
            score += 2
        if at in marks.actor_ends or adverbs in marks.actor_ends:
            sure = adverbs < at or at in marks.body_ends or not verb.has("nominal")
            sure = sure or self._builds_there(verb, at, stop, end)
            score += 3 if sure else 1
        elif at in marks.title_ends:
            score += 3
        if stop < end:
            after, final = self._weigh_after(verb, at, (stop, end), alone=adverbs == at > start)
            score += after
        else:
            final = True
            score += self._weigh_last(verb, start, at, adverbs)
        if at > start and text[at - 1] in ATTRIBUTIVE:
            score -= 3
        elif stop >= end and start < adverbs < at and text[adverbs - 1] in ATTRIBUTIVE:
            score -= 5  # 保障航展的|顺利举办
        if self.ends_subject(verb, stop, end) or self.is_topic(verb, stop, end):
            score -= 4
        return Predicate(at, stop, verb, score, final)

    def _builds_there(self, verb: Verb, at: int, stop: int, end: int) -> bool:
        """匡河镇|建设高标准农田5000亩: a named area before what it builds and its number; not 全市建设用地5000亩."""
        numbers = self.marks.numbers_in(stop, end)
        ends = bool(numbers) and numbers[-1].end >= end and numbers[0].start - stop > 1
        pointed = self.marks.text.startswith(POINTING[0], max(0, at - 2))
        rated = ends and numbers[-1].dimension in ("ratio", "points", "money")
        return ends and not rated and not pointed and "builds" in verb.facets

    def _alone(self, verb: Verb, stop: int, end: int) -> int:
        """How well a verb that ends at ``stop`` speaks for itself; one of a single character seldom does."""
        if len(verb.text) > 1:
            return 3 if verb.has("strong") else 0 if verb.has("nominal") else 1
        again = self.verb_at(stop, end)
        torn = again is not None and again.has("strong")  # 工作|作出指示
        return 3 if _SPEECH.match(self.marks.text, stop, end) and not torn else 0

    def _weigh_after(
        self, verb: Verb, at: int, rest: tuple[int, int], *, alone: bool
    ) -> tuple[int, bool]:
        """What stands after a verb counts for it or against it; and whether it ends what is said with its number."""
        text, (stop, end) = self.marks.text, rest
        score, final = 0, False
        number = self.marks.number_at(stop)
        if number:
            final = number.end >= end
            score += 3 if verb.has("counted") and final else 2
            if alone:
                score -= self._is_sum(number, verb, at, stop) * 6
        elif text[stop] in "《“了":
            score += 1
        if _SUFFIX.match(text, stop, end) or self._is_one_noun(verb, stop, end):
            score -= 4
        elif not verb.has("strong") and _COMPOUND.match(text, stop, end):
            score -= 3
        return score, final

    def _weigh_last(self, verb: Verb, start: int, at: int, adverbs: int) -> int:
        """What the last word of a clause counts as a verb."""
        if _NEEDED.search(self.marks.text, max(start, at - 6), at):
            return -6
        if verb.has("patient") or verb.has("selected"):
            return 1 if verb.has("strong") or adverbs < at else -1
        return 0 if adverbs < at else -3

    def _is_sum(self, number: Number, verb: Verb, at: int, stop: int) -> bool:
        """一般公共|服务支出12.3亿元: a sum, no action."""
        return (
            number.dimension == "money"
            and at not in self.marks.actor_ends
            and not verb.has("strong")
            and _SUM.search(self.marks.text, at, stop) is not None
        )

    def best(self, start: int, end: int) -> Predicate | None:
        """The verb that its surroundings speak for most, the first of equals."""
        best: Predicate | None = None
        candidates = list(self.candidates(start, end))
        if (
            len(candidates) > 1
            and candidates[-1].end >= end
            and not candidates[-2].verb.has("light")
            and not self._graded(candidates[-2], candidates[-1], start)
            and self._only_adverbs(candidates[-2].end, candidates[-1].start)
        ):
            # 全国统筹 | 稳妥 | 推进: what stands before the adverb is a noun.
            candidates = [candidates[-1]]
        last = self._after_manner(candidates) or self._finished(candidates, end)
        if last is not None:
            return last
        governs = attains = False
        for found in candidates:
            if found.score < LICENSED or attains or (governs and self._is_governed(found)):
                continue
            listed = best is not None and best.verb.has("selected")
            if listed and found.end < end and not found.verb.has("state"):
                continue  # 纳入|国家“十四五”重点实施项目库
            governs = governs or found.verb.has("strong")
            attains = found.verb.text in words("attaining")
            if best is None or found.score > best.score:
                best = found
        return best

    def _graded(self, first: Predicate, last: Predicate, start: int) -> bool:
        """扩大|高水平|对外开放: a word of degree describes what the verb at the head is done to."""
        told = self.marks.text[first.end : last.start]
        return first.start == start and told in words("degree-adverb")

    def _is_governed(self, found: Predicate) -> bool:
        """完成|水利投资12.6亿元: a verb that may be a noun is one after a verb that rarely is."""
        return not found.verb.has("strong") and not self._marked(found)

    def _after_manner(self, candidates: list[Predicate]) -> Predicate | None:
        """The last verb, where an adverb marks it alone as the predicate: 创新驱动战略|持续|推进."""
        if len(candidates) < 2 or not candidates[-1].final:
            return None
        *others, last = candidates
        if not last.verb.has("patient") or last.score < LICENSED or not self._marked(last):
            return None
        marked = (self._marked(f) or f.start in self.marks.actor_ends for f in others)
        return None if any(marked) or self.marks.numbers_in(last.end, last.end + 1) else last

    def marked_last(self, first: Predicate, end: int) -> Predicate | None:
        """The verb at the end that an adverb marks, where the first one is part of a noun: 驱动战略|持续|推进."""
        candidates = [first, *self.candidates(first.end, end)]
        if finished := self._finished(candidates, end):
            return finished
        if any(map(first.verb.has, ("strong", "pivot", "abstract", "light"))):
            return None
        return self._after_manner(candidates)

    def _finished(self, candidates: Sequence[Predicate], end: int) -> Predicate | None:
        """镇卫生院新建门诊楼|竣工投用: the verb at the end that says what became of what was built; 新建项目已|完成|竣工验收."""
        if len(candidates) < 2 or not candidates[0].verb.has("fresh"):
            return None
        first, light, last = candidates[0], candidates[-2], candidates[-1]
        if light.end == last.start and light.verb.has("light"):
            return light if last.end >= end and last.verb.has("patient") else None
        told = self.marks.text[first.end : last.start]
        whole = len(told) > 1 and _PARTS.search(told) is None
        finished = last.verb.has("patient") and last.verb.has("strong") and last.end >= end
        return last if whole and finished else None

    def _marked(self, found: Predicate) -> bool:
        """Whether an adverb stands right before a verb."""
        # 新 may end another word, 创新 be a noun: 创新|驱动.
        text, start = self.marks.text, found.start
        word = self.words.adverb_before(text, start, start - 4)
        of_noun = text[start - len(word) - 1 : start - len(word)] in tuple(ATTRIBUTIVE)
        return len(word) > 1 and word not in self.words.verbs and not of_noun

    def _only_adverbs(self, at: int, end: int) -> bool:
        """Whether adverbs, at least one, fill a stretch."""
        start = at
        while at < end:
            word = self.words.adverb_at(self.marks.text, at, end)
            if not word:
                return False
            at += len(word)
        return at > start

    def placed(self, start: int, end: int) -> Predicate | None:
        """Two characters that stand where a predicate stands, though no vocabulary has them as a verb.

        全力|冲击|“中国质量奖” (before what is named), 成功|培优|专精特新企业56家 (after an adverb of
        manner, before a noun with its number).
        """
        at, text, word = start, self.marks.text, ""
        while (said := self.words.adverb_at(text, at, end)) and self.words.adverbs[said] == "plain":
            at, word = at + len(said), said
        stop = at + 2
        if at - start < 2 or word in words("estimated"):
            return None  # 预计|水利固投10.5亿元 names no act
        if (
            stop + 2 > end
            or self.mask.find(1, at, stop) >= 0
            or not _WORD.fullmatch(text, at, stop)
        ):
            return None
        if self.words.adverb_at(text, at, stop) or _NO_PREDICATE.match(text, at, stop):
            return None
        following = self.marks.mentions_in(stop, end)
        named = bool(following) and following[0].span.start == stop and following[0].type in NAMED
        numbers = self.marks.numbers_in(stop, end)
        counts = (
            bool(numbers)
            and numbers[-1].end >= end
            and numbers[0].start - stop >= 2
            and numbers[0].dimension not in ("ratio", "points")
        )
        if not (named or counts):
            return None
        return Predicate(
            at,
            stop,
            Verb(text[at:stop], PLACED, frozenset({"strong"}), frozenset()),
            3,
            final=False,
        )

    def is_state(self, at: int, verb: Verb, end: int) -> bool:
        """Whether a verb states an indicator; one of a single character needs its number."""
        if not verb.has("state"):
            return False
        return len(verb.text) > 1 or bool(_SHORT_STATE.match(self.marks.text, at, end))

    def _is_one_noun(self, verb: Verb, stop: int, end: int) -> bool:
        """Whether a verb and the one character after it are one noun: 合作|社, 慰问|金35万元."""
        if len(verb.text) < 2 or stop >= end or self.mask[stop]:
            return False
        return _ONE_CHARACTER.match(self.marks.text, stop, end) is not None

    def is_compound(self, stop: int, end: int) -> bool:
        """Whether what follows a verb makes the two one noun: 播种 | 面积."""
        text = self.marks.text
        return bool(_SUFFIX.match(text, stop, end) or _COMPOUND.match(text, stop, end))

    def is_noun(self, verb: Verb, stop: int, end: int) -> bool:
        """Whether what follows a verb at the head of a clause shows that it is a noun."""
        text = self.marks.text
        if self._is_one_noun(verb, stop, end):
            return True
        if _SUFFIX.match(text, stop, end) and text[stop] not in LISTED + "等":
            return True
        return not verb.has("strong") and bool(_HEAD_COMPOUND.match(text, stop, end))

    def is_topic(self, verb: Verb, at: int, end: int) -> bool:
        """Whether a verb that ends at ``at`` is the noun before the predicate: 高质量发展|扎实推进 | 发展|仍…."""
        if self._is_one_noun(verb, at, end):
            return True
        if verb.has("patient") and _FARES.match(self.marks.text, at, end):
            return True
        if not verb.has("nominal"):
            return False
        number = self.marks.number_at(at)
        alone = self.marks.text.endswith(verb.text, 0, at)
        if number and not alone and self._is_sum(number, verb, at - len(verb.text), at):
            return True
        if _AFTER_SUBJECT.match(self.marks.text, at, end) or _NOUN_ONLY.match(
            self.marks.text, at, end
        ):
            return True
        word = self.words.adverb_at(self.marks.text, at, end)
        follows = self.verb_at(at + len(word), end) if word else None
        if follows is None or self.words.adverbs[word] != "plain":
            return False
        last = at + len(word) + len(follows.text) >= end
        # 教育|精准|资助学生3342人次
        acts = follows.has("strong") and not follows.has("state") and len(follows.text) > 1
        return (follows.has("patient") and last) or (acts and not last)

    def states(self, start: int, end: int) -> bool:
        """Whether a state of an indicator with its number follows: 到位资金年均增长26.4%."""
        at = start
        first = self.marks.numbers_in(start, end)
        limit = first[0].start if first else start
        while at < limit:
            verb = self.verb_at(at, end)
            if verb and verb.has("state") and len(verb.text) > 1 and not verb.has("increment"):
                return True
            if not self.mask[at] and _SHORT_STATE.match(self.marks.text, at, end):
                return True
            at += len(verb.text) if verb else 1
        return False


def _starts_anew(verb: Verb) -> bool:
    """Whether a verb tells what became of works and has an object of its own: 开工, 建成, 竣工."""
    return (
        verb.has("patient")
        and verb.has("strong")
        and verb.act in ("start-work", "complete-building")
    )


def _adjoins(first: Verb, verb: Verb) -> bool:
    """Whether a verb may adjoin another: no state, and 锻造|入选 tells of what is 锻造."""
    chosen = verb.has("selected") and not first.has("selected")
    return len(verb.text) > 1 and not verb.has("state") and not chosen


def preposition_at(text: str, at: int, end: int) -> str:
    """The preposition that begins here, else empty."""
    return match[0] if (match := _PREPOSITION.match(text, at, end)) else ""


def _is_solid(mention: Mention) -> bool:
    """Whether no verb of a clause stands in a name: not 帮扶 in 帮扶单位, but 就业 in 脱贫人口就业."""
    if mention.type == "Group":
        return _UNITS.search(mention.span.quote) is not None
    return mention.type in ("Organization", "Event", "Programme", "Document", "Platform", "Person")


def _hide(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\x01" * (end - start)
