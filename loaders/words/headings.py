"""Numbered headings: 一、 | （一） | 二) with its opening bracket missing | 1. | （1）."""

from __future__ import annotations

import re

from policygraph.loaders.words.characters import ORDINALS

_FIRST = rf"[{ORDINALS}]{{1,3}}、"
_SECOND = rf"[{ORDINALS}]{{1,3}}[)）]"
_THIRD = r"\d{1,2}[.．、](?!\d)"
_FOURTH = r"[(（]\d{1,2}[)）]"
# The name of the group that matches is the level: one, two, three, four.
HEADING = re.compile(
    rf"[ 　]*(?:(?P<one>{_FIRST})|(?P<two>[(（]?{_SECOND})|(?P<three>{_THIRD})|(?P<four>{_FOURTH}))"
)
# Where lines may be cut anywhere, 二) without its opening bracket may be the end of another line.
WHOLE_HEADING = re.compile(rf"\s*(?:{_FIRST}|[(（]{_SECOND}|{_THIRD}|{_FOURTH})")
