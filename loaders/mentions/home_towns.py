"""The towns of the report's own county or city as the register has them: their names need no word beside them."""

from __future__ import annotations

from functools import cache

from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.ontology.register.townships import COUNTY_DIGITS, codes_by_name, names_by_code
from policygraph.ontology.vocabulary import word_cache

# How many digits of a code tell the area: towns of a province or the country are too many to be told by name.
_DIGITS = {"county": COUNTY_DIGITS, "prefecture": 4}
_SHORTEST_STEM = 2


def home_towns(context: MentionContext) -> frozenset[str]:
    """The full names of the towns of the report's area: 枫田镇, 横龙镇 in a report of 安福县."""
    return _named(_code(context))


def home_town_stems(context: MentionContext) -> frozenset[str]:
    """Their names without 镇, 乡 or 街道: 枫田, 横龙."""
    return _stems(_code(context))


def full_name_of(context: MentionContext, stem: str) -> str:
    """枫田镇 of 枫田 in a report of 安福县; the words as they stand where none or two towns are named so."""
    last = tuple(words("institutions", "townWord"))
    full = [stem + word for word in last if stem + word in home_towns(context)]
    return full[0] if len(full) == 1 else stem


def _code(context: MentionContext) -> str:
    """The digits that the codes of the report's towns begin with; empty where they are too many."""
    area = context.context.area
    return area.code[: _DIGITS.get(area.level, 0)] if area is not None else ""


def is_town_of_province(context: MentionContext, name: str) -> bool:
    """Whether a town of the report's province bears the name: 闽宁镇 in a report of 宁夏."""
    area = context.context.area
    return area is not None and area.level == "province" and name in _named(area.code[:2])


def is_town(name: str) -> bool:
    """Whether any town of the country bears the name."""
    return name in codes_by_name()


@cache
def _named(code: str) -> frozenset[str]:
    return frozenset(names_by_code(code).values()) if code else frozenset()


@word_cache
def _stems(code: str) -> frozenset[str]:
    last = tuple(words("institutions", "townWord"))
    ends = (
        (name, next((word for word in last if name.endswith(word)), "")) for name in _named(code)
    )
    return frozenset(
        stem for name, end in ends if len(stem := name.removesuffix(end)) >= _SHORTEST_STEM
    )
