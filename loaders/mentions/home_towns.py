"""The towns of the report's own county or city as the register has them: their names need no word beside them."""

from __future__ import annotations

from functools import cache

from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.ontology.register.townships import COUNTY_DIGITS, codes_by_name, names_by_code

# How many digits of a code tell the area: towns of a province or the country are too many to be told by name.
_DIGITS = {"county": COUNTY_DIGITS, "prefecture": 4}
_SHORTEST_STEM = 2


def home_towns(context: MentionContext) -> frozenset[str]:
    """The full names of the towns of the report's area: 枫田镇, 横龙镇 in a report of 安福县."""
    area = context.context.area
    digits = _DIGITS.get(area.level, 0) if area is not None else 0
    return _named(area.code[:digits]) if area is not None and digits else frozenset()


def home_town_stems(context: MentionContext) -> frozenset[str]:
    """Their names without 镇, 乡 or 街道: 枫田, 横龙."""
    last = tuple(words("institutions", "townWord"))
    stems = (
        name.removesuffix(next((w for w in last if name.endswith(w)), ""))
        for name in home_towns(context)
    )
    return frozenset(stem for stem in stems if len(stem) >= _SHORTEST_STEM)


def is_town(name: str) -> bool:
    """Whether any town of the country bears the name."""
    return name in codes_by_name()


@cache
def _named(code: str) -> frozenset[str]:
    return frozenset(names_by_code(code).values())
