"""Numbered headings: 一、 | （一） | 二) with its opening bracket missing | 1. | （1）; and metadata lines: 索引号：…."""

from __future__ import annotations

import re

from policygraph.loaders.words.characters import ORDINALS
from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.vocabulary import vocabulary, word_cache

# 一、二、三产业增加值 is no first heading.
_FIRST = rf"[{ORDINALS}]{{1,3}}、(?![{ORDINALS}](?:、[{ORDINALS}]|产))"
_SECOND = rf"[{ORDINALS}]{{1,3}}[)）]"
_THIRD = r"\d{1,2}[.．、](?:(?!\d)|(?=(?:19|20)\d{2}年))"
_FOURTH = r"[(（]\d{1,2}[)）]"
# The name of the group that matches is the level: one, two, three, four.
HEADING = compiled(
    rf"[ 　]*(?:(?P<one>{_FIRST})|(?P<two>[(（]?{_SECOND})|(?P<three>{_THIRD})|(?P<four>{_FOURTH}))"
)
# Where lines may be cut anywhere, 二) without its opening bracket may be the end of another line.
WHOLE_HEADING = compiled(rf"\s*(?:{_FIRST}|[(（]{_SECOND}|{_THIRD}|{_FOURTH})")


@word_cache
def _header_fields() -> dict[str, str]:
    """Labels of metadata lines (发布机构 …) → the header's field they fill."""
    return {
        label: concept.key for concept in vocabulary("header-fields") for label in concept.labels
    }


def header_field(line: str) -> tuple[str, str]:
    """A metadata line as (field, value): 发布机构：湖北省乡村振兴局, or the label alone; empty for other lines."""
    label, mark, value = line.partition("：")
    if not mark:
        label, _, value = line.partition(":")
        if label not in _header_fields():
            label, value = line, ""
    plain = re.sub(r"[ 　]", "", label).strip("【[（(")
    key = _header_fields().get(plain, "")
    return (key, value.strip()) if key else ("", "")
