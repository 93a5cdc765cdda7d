"""Who acts in a clause, and where: the mentions that stand as its subject."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygraph.graph.statements import Entity, Mention
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.characters import COUNTRY_NAMES, ORDINALS
from policygraph.loaders.words.circumstances import past_means
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.verbs import Lexicon

ACTORS = frozenset({"Area", "Organization", "Person", "Group"})
# Between the parts of a list of actors: 咸宁市、通城县 | 天门、潜江等15个县市 | 和.
_JOINT = WordPattern(r"(?:{actor-joint}|[、和与及])*\Z")
_TAIL = WordPattern(rf"(?:[）)等地]|因\w{{1,3}}|第[{ORDINALS}]+次)*\Z")
# Places and facilities are where something is set up, they do not act.
_FACILITY = WordPattern(r"{acting-place}\Z")
# Functional zones and landscapes are no places in the register of areas.
_PLACE = WordPattern(r"(?:{place-suffix}|[^新地老景园]区)\Z")
# 第二次|召开, 东风镇、双桥村|各|新建
_ADVERBIAL = compiled(rf"第[{ORDINALS}]+次|各")
# 省公安厅、省物价局|三家|联合检查, 宣威、富源|两县（市）|通过命名: how many they are, after those who act.
_HOW_MANY = WordPattern(rf"等?[两{ORDINALS}]{{1,3}}{{actors-counted}}")
_UNITS = WordPattern(r"{unit-told}\Z")
_INSTITUTION = WordPattern(r"{area-noun}\Z")


@dataclass(frozen=True, slots=True)
class SpanIndex:
    """The mentions and numbers of one text, ready to be asked by offset."""

    text: str
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    numbers: tuple[Number, ...]
    number_starts: tuple[int, ...]
    begun: frozenset[int]  # where a mention begins
    actor_ends: frozenset[int]
    title_ends: frozenset[int]
    body_ends: frozenset[int]

    @classmethod
    def of(cls, text: str, mentions: Sequence[Mention], numbers: Sequence[Number]) -> SpanIndex:
        """Sort mentions and numbers once."""
        named = tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))
        counted = tuple(sorted(numbers, key=lambda n: (n.start, n.end)))
        return cls(
            text,
            named,
            tuple(m.span.start for m in named),
            counted,
            tuple(n.start for n in counted),
            frozenset(m.span.start for m in named),
            frozenset(m.span.end for m in named if m.type in ACTORS),
            frozenset(m.span.end for m in named if m.type == "Document"),
            frozenset(m.span.end for m in named if m.type in ACTORS and m.type != "Area"),
        )

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a stretch, in reading order."""
        first = bisect_left(self.starts, start)
        if first == len(self.starts) or self.starts[first] >= end:
            return []
        last = bisect_left(self.starts, end, first)
        return [m for m in self.mentions[first:last] if m.span.end <= end]

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """The numbers that lie in a stretch, in reading order."""
        first = bisect_left(self.number_starts, start)
        if first == len(self.number_starts) or self.number_starts[first] >= end:
            return []
        last = bisect_left(self.number_starts, end, first)
        return [n for n in self.numbers[first:last] if n.end <= end]

    def number_at(self, at: int) -> Number | None:
        """The number that begins here."""
        place = bisect_left(self.number_starts, at)
        if place < len(self.numbers) and self.number_starts[place] == at:
            return self.numbers[place]
        return None


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands before the verb: those who act, with where their words begin, or the facility it happens at."""

    actors: tuple[Entity, ...] = ()
    facility: str = ""
    start: int = -1
    joins: bool = False  # 会同县财政局…: those told before act too


def read_subject(marks: SpanIndex, words: Lexicon, start: int, end: int) -> Subject:
    """The actors whose list ends where the subject ends: 省直有关部门和咸宁市、通城县 | 出台."""
    standing = [m for m in marks.mentions_in(start, end) if m.type in ACTORS or m.type == "Post"]
    while standing and standing[-1].type == "Post":
        standing.pop()
    if not standing or not _closes(marks, words, standing[-1].span.end, end):
        return Subject()
    last = standing[-1]
    if last.type in ("Group", "Area") and _is_facility(last):
        return Subject(facility=marks.text[last.span.start : last.span.end])
    actors, first = [last.entity], last.span.start
    for before, after in zip(reversed(standing[:-1]), reversed(standing[1:]), strict=True):
        gap = marks.text[before.span.end : after.span.start]
        for number in marks.numbers_in(before.span.end, after.span.start):
            gap = gap.replace(marks.text[number.start : number.end], "", 1)
        if not _JOINT.match(gap):
            break
        # 全省 before 乡村振兴系统 and 省委书记 before 王蒙徽 are no second actors.
        if before.type == "Post" or (not gap and _is_modifier(marks.text, before, after)):
            continue
        if not gap and before.type == "Group" and _UNITS.search(before.span.quote):
            continue  # 帮扶单位|县水利局: the name of the unit told before it
        if not gap and after.type == "Post" and before.type == "Organization":
            continue  # 县委组织部|副部长|马文俊: the body whose office it is does not act
        actors.append(before.entity)
        first = before.span.start
    return Subject(each_once(reversed(actors)), start=first)


def each_once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities without the second of a name: 湖北省 and 全省 are one."""
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity.name, entity)
    return tuple(found.values())


def _is_modifier(text: str, before: Mention, after: Mention) -> bool:
    """全省 of 全省乡村振兴系统, but not 钟祥 of 罗田、钟祥2个县市."""
    first = text[after.span.start : after.span.start + 1]
    counted = first.isdigit() or first in tuple(ORDINALS + "两")  # 天长、|明光|三县（市）
    return before.type == "Area" and (
        before.span.quote.startswith(words("whole-area")) or not counted
    )


def _is_facility(mention: Mention) -> bool:
    name = mention.name
    if mention.type != "Group" or _INSTITUTION.search(name):
        return False
    return bool(_FACILITY.search(name))


def _closes(marks: SpanIndex, words: Lexicon, at: int, end: int) -> bool:
    """Whether only adverbs, time, means, numbers and titled documents stand between actor and verb."""
    while at < end:
        number = marks.number_at(at)
        titled = [m for m in marks.mentions_in(at, end) if m.span.start == at]
        word = words.adverb_at(marks.text, at, end)
        ordinal = _ADVERBIAL.match(marks.text, at, end) or _HOW_MANY.match(marks.text, at, end)
        means = past_means(marks.text, at)
        if ordinal:
            at = ordinal.end()
        elif at < means <= end:
            at = means
        elif number and number.end <= end:
            at = number.end
        elif titled and titled[0].type in ("Document", "Post"):
            at = titled[0].span.end
        elif word:
            at += len(word)
        else:
            return bool(_TAIL.match(marks.text[at:end]))
    return True


def read_places(marks: SpanIndex, own: str, start: int, end: int) -> tuple[Entity, ...]:
    """The areas other than the document's own (a full name) that a clause names, in reading order."""
    return each_once(
        m.entity
        for m in marks.mentions_in(start, end)
        if m.type == "Area" and _PLACE.search(m.name) and m.name not in (own, *COUNTRY_NAMES)
    )
