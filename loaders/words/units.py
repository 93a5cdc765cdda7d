"""The units of measure and counting words that the register of units lists, and what they measure."""

from __future__ import annotations

import re

from policygraph.loaders.words.characters import SCALES
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import vocabulary, word_cache

# A unit that the register does not list: letters and the marks of physics, 35 kvar.
_LETTERS = "[A-Za-zμµΩΩ°℃℉㎀-㏟Å][A-Za-zμµΩΩ°℃㎀-㏟]{0,9}[²³]?"
_UNLISTED = WordPattern(_LETTERS)
# What a unit is taken per: /立方米, 每平方公里, ·月.
_PER = WordPattern(rf"[/／·](?:{_LETTERS})")
_JOINED = WordPattern(r"[/／·]|(?<=[\u4e00-\u9fff])每")
# Counted each time: 剂|次, 例|次; but 个|次要矛盾.
_TIMES = WordPattern("次(?![数级要生日])")
_LONGEST_COMPOUND = 3
EACH = "每"
_NOT_EACH = ("count", "duration", "ratio")  # 连续4年|每年新增
_ELEMENT = WordPattern(r"[\u4e00-\u9fff]")


@word_cache
def unit_dimensions() -> dict[str, str]:
    """Every unit label → its dimension (money, mass, count, ratio …)."""
    return {
        label: concept.value("dimension", "count")
        for concept in vocabulary("units")
        for label in concept.labels
    }


@word_cache
def points() -> tuple[str, ...]:
    """The labels of the unit in which differences of rates are told, the preferred one first."""
    return next(
        concept.labels
        for concept in vocabulary("units")
        if concept.value("dimension") == "points" and not concept.value("convertedTo")
    )


@word_cache
def listed_units() -> re.Pattern[str]:
    """Any listed unit, the longest first; 60万|人口 has none."""
    return compiled(f"(?!{either('unit-look-alike')})(?:{alternation(unit_dimensions())})")


@word_cache
def scaled_units() -> str:
    """The units that begin like a multiplier (千瓦, 百帕), as the source of an alternation."""
    return alternation(unit for unit in unit_dimensions() if unit[0] in SCALES and len(unit) > 1)


def is_listed(unit: str) -> bool:
    """Whether the register of units lists a unit, or the units it is made of."""
    known = unit_dimensions()
    return all(
        part in known or (part.endswith("次") and part[:-1] in known)
        for part in _JOINED.split(unit)
        if part
    )


def _starts_unit(text: str, at: int) -> bool:
    """Whether a unit that begins like a multiplier stands here: 千瓦."""
    return compiled(scaled_units()).match(text, at) is not None


def unlisted_unit(text: str, start: int, stop: int) -> re.Match[str] | None:
    """A unit in letters that no register lists."""
    return _UNLISTED.match(text, start, stop)


def compound_unit(text: str, start: int, end: int, stop: int) -> int:
    """Where the unit ``[start, end)`` ends with what it is counted or taken per: 人|次, 微克|/立方米, 元|/人·月."""
    dimension = unit_dimensions().get(text[start:end], "")
    if dimension == "count" and _TIMES.match(text, end, stop):
        end += 1
    for _ in range(_LONGEST_COMPOUND):
        joint = _JOINED.match(text, end, stop)
        if joint is None or (joint[0] == EACH and dimension in _NOT_EACH):
            return end
        at = joint.end()
        while joint[0] in "/／" and text[at : at + 1] in SCALES and not _starts_unit(text, at):
            at += 1  # 公里/|百|平方公里, 份/|千|人
        below = listed_units().match(text, at, stop) or _PER.match(text, end, stop)
        if below is None and joint[0] != EACH:
            below = _ELEMENT.match(text, joint.end(), stop)
        if below is None:
            return end
        end = below.end()
    return end
