"""Named towns and villages, areas below the register: 七里坪镇、永佳河镇获评…, 黄梅县小池镇."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.words.cues import WordPattern, either
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import word_cache

_LONGEST_AREA = 10
# 黄梅县|小池镇: directly after the full name of an area.
_AFTER_AREA = WordPattern(
    r"(?<=[县区市旗])[\u4e00-\u9fff]{2,4}?(?:镇(?![村街])|乡(?![村镇])|{subdistrict})"
)


@word_cache
def _named() -> re.Pattern[str]:
    """Between marks, or a mark and a verb: elsewhere the name's beginning is a guess."""
    verbs = alternation(verb for verb in lexicon().verbs if len(verb) > 1)
    return re.compile(
        r"(?<=[，。；、：:,;\n　和])在?(?P<name>[\u4e00-\u9fff]{2,4}" + either("town") + ")"
        rf"(?=[、，。；,;和等获入被]|{verbs}|$)"
    )


_TOWN = WordPattern(r"{town}+$")


@word_cache
def _generic() -> re.Pattern[str]:
    """示范镇, 行政村, 各乡镇: kinds of towns, no names."""
    return re.compile(alternation(words("area-cautions", "town")))


def find_villages(context: MentionContext) -> Iterator[Mention]:
    """Towns and villages by name in the report of a county or a city, elsewhere after their county."""
    home = context.context.area
    if home is None:
        return
    for match in matches(_AFTER_AREA, context):
        if _follows_area(context, match.start()) and _is_name(match[0]):
            yield context.mention(match.start(), match.end(), "Area", match[0], "area/town")
    if home.level not in ("county", "prefecture"):
        return
    for match in matches(_named(), context):
        name = match["name"]
        if _is_name(name):
            yield context.mention(*match.span("name"), "Area", name, "area/town")


def _is_name(name: str) -> bool:
    stem = _TOWN.sub("", name)
    return len(stem) >= 2 and not _generic().search(stem)


def _follows_area(context: MentionContext, at: int) -> bool:
    """Whether the full name of an area ends here: 黄梅县, but not 全县."""
    register = Register.load()
    forms = register.forms()
    for length in range(min(_LONGEST_AREA, at - context.start), 1, -1):
        form = context.text[at - length : at]
        if form in forms and any(area.name == form for area in forms[form]):
            return True
    return False
