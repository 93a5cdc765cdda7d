"""Named towns and villages, areas below the register: 七里坪镇、永佳河镇获评…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import word_cache

# Between marks, or a mark and a verb: elsewhere the name's beginning is a guess.
_NAMED = WordPattern(
    r"(?<=[，。；、：:,;\n　和])([\u4e00-\u9fff]{2,4}){town}(?=[、，。；,;和等获入被]|$)"
)


_TOWN = WordPattern(r"{town}+$")


@word_cache
def _generic() -> re.Pattern[str]:
    """示范镇, 行政村, 各乡镇: kinds of towns, no names."""
    return re.compile(alternation(words("area-cautions", "town")))


def is_kind_of_town(name: str) -> bool:
    """Whether the words before 镇, 乡 or 村 name a kind of towns and no town: 示范镇, 各乡镇."""
    stem = _TOWN.sub("", name)
    return len(stem) < 2 or bool(
        _generic().search(name[:-1]) or name.endswith(tuple(words("area-cautions", "countryside")))
    )


def find_villages(context: MentionContext) -> Iterator[Mention]:
    """Towns and villages by name in the report of a county or a city; others seldom name any."""
    home = context.context.area
    if home is None or home.level not in ("county", "prefecture"):
        return
    for match in matches(_NAMED, context):
        stem = _TOWN.sub("", match[0])
        if len(stem) >= 2 and not _generic().search(stem):
            yield context.mention(match.start(), match.end(), "Area", match[0], "area/town")
