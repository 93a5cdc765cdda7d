"""Groups told by what they are, where someone acts for them or they act: 为住房困难家庭发放补贴, ，安全监管人员下沉一线."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.groups import ends_in_indicator, is_place_for
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.mentions.trailing_groups import group_start
from policygraph.loaders.words.characters import AREA_LEVELS, JOINTS, LISTED, ORDINALS, TOWN_LEVELS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

# 住房困难|家庭, 安全监管|人员: what they are is told by two characters or more before the last word.
_SHORTEST_TOLD = 2
_SHORT_WORD = 2
_MARK = compiled(r"[^\u4e00-\u9fff]|\Z")
# 卫生健康人才|“百千万”工程: what is told stands before a name.
_LED = WordPattern(r"{torn-verb}")
_OPENING = tuple("“《")
# 的 joins a clause to them, and those of a level or an area are told by that: 省级|人员, 我县|人员.
_BARRED = WordPattern(
    rf"[的了在向将把等被由于从其均{JOINTS}]|[{ORDINALS}两][家个]|{{pointed}}|^(?:{'|'.join(AREA_LEVELS)}|[{TOWN_LEVELS}])"
)
_FOR = WordPattern(r"(?<![成作评列选称授认定视])为|[对向给]|{serving-group}|{causing}")


@word_cache
def _last() -> re.Pattern[str]:
    last = {*words("groups", "served"), *class_words("plain-group")} | {
        w for w in words("groups", "person") if len(w) > _SHORT_WORD
    }
    return compiled(f"(?=[{firsts(last)}])(?:{alternation(last)})")


def _listed_start(text: str, last: re.Match[str]) -> int | None:
    """、巡查|责任人: in a list a verb that tells what they do is not the verb of a clause."""
    start = last.start() - _SHORTEST_TOLD
    work = last[0] in class_words("told-by-work") and text[start : last.start()] in lexicon().verbs
    return start if work and text[start - 1 : start] in tuple(LISTED) else None


def _serving_before(text: str, at: int) -> bool:
    """Whether a verb or a preposition stands before that takes those for whom something is done: 慰问, 为, 对."""
    verbs = (lexicon().verbs.get(text[at - n : at]) for n in (4, 3, 2) if at >= n)
    acting = any(verb is not None and not verb.has("state") for verb in verbs)
    return acting or any(_FOR.fullmatch(text, at - n, at) for n in (1, 2) if at >= n)


@dataclass(frozen=True, slots=True)
class _Told:
    """A group by what it is, whether something is done for it and whether it acts."""

    start: int
    end: int
    served: bool
    acts: bool


def find_served_groups(context: MentionContext) -> Iterator[Mention]:
    """为|住房困难家庭|发放补贴 | ，|安全监管人员|下沉一线 | 明确|行政责任人、技术责任人."""
    chain: list[_Told] = []
    for group in _told(context):
        if chain and not (
            chain[-1].end == group.start - 1 and context.text[group.start - 1] in LISTED
        ):
            yield from _chained(context, chain)
            chain = []
        chain.append(group)
    yield from _chained(context, chain)


def _chained(context: MentionContext, chain: list[_Told]) -> Iterator[Mention]:
    """The groups of a list, of which the first is served or the last acts."""
    text = context.text
    if not chain:
        return
    first, last = chain[0], chain[-1]
    after = text[last.end : last.end + 1]
    closed = last.acts or bool(_MARK.match(after)) or after in tuple(JOINTS)
    begins = first.start == context.start or bool(_MARK.match(text, first.start - 1))
    subject = last.acts and begins
    counted = len(chain) > 1 and after.isdigit()
    if (first.served and closed) or subject or counted:
        for group in chain:
            led = _LED.match(text, group.start, group.end)  # 团|结带领|全系统干部职工
            start = led.end() if led else group.start
            name = text[start : group.end]
            yield context.mention(start, group.end, "Group", name, rule_name("group-head"))


def _told(context: MentionContext) -> Iterator[_Told]:
    """The words that may name a group, in reading order."""
    text = context.text
    for m in matches(_last(), context):
        end = m.end()
        if _is_plain_object(text, m):
            yield _Told(m.start(), end, served=True, acts=True)
            continue
        if (
            ends_in_indicator(text, end)
            or is_place_for(text, end)
            or text[end : end + 1] in _OPENING
        ):
            continue
        start = _listed_start(text, m) or group_start(context, m.start(), end)
        if start is None:
            continue
        if serving := _FOR.match(text, start, m.start()):
            start = serving.end()
        told = m.start() - start >= _SHORTEST_TOLD
        if not told or _BARRED.search(text, start, end) or _begins_with_area(text, start):
            continue
        verb = lexicon().verb_at(text, end, len(text))
        acts = (
            verb is not None
            and len(verb.text) > 1
            and not verb.has("state")
            and not verb.has("nominal")
        )
        yield _Told(start, end, bool(serving) or _serving_before(text, start), acts)


def _is_plain_object(text: str, last: re.Match[str]) -> bool:
    """资助|学生|58万人, 让|农户|融入产业链: people told by one word, right after what is done for them."""
    end = last.end()
    if last[0] not in class_words("plain-group") or not _serving_before(text, last.start()):
        return False
    verb = lexicon().verb_at(text, end, len(text))
    acts = verb is not None and verb.has("strong") and len(verb.text) > 1
    return acts or text[end : end + 1].isdigit()


def _begins_with_area(text: str, at: int) -> bool:
    """Whether the words begin with a place: 洛宁|县人员."""
    forms = Register.load().forms()
    return any(text[at : at + length] in forms for length in (2, 3, 4, 5))
