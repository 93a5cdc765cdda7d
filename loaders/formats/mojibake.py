"""Characters that were read in the wrong encoding somewhere on their way, in the middle of a text."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.graph.statements import Finding, Span
from policygraph.loaders.words.characters import REPLACED, UNINITIALISED
from policygraph.loaders.words.compiled import compiled

_FIRSTS = "".join(said[0] for said in f"{REPLACED}|{UNINITIALISED}".split("|"))
# Bytes of UTF-8 read as Western letters (å¹´), what REPLACED and UNINITIALISED say, control characters of Latin-1, and characters that fonts define for themselves.
_GARBLED = compiled(
    "(?=[\u0080-\u009f\u00c2-\u00ef\ue000-\uf8ff"
    f"{_FIRSTS}])(?:"
    "(?:[\u00c2-\u00ef][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}){2,}"
    f"|(?:{REPLACED})+|{UNINITIALISED}|["
    "\u0080-\u009f]+|[\ue000-\uf8ff]+)"
)
_MOST = 20  # findings of one text; a text with more is garbled as a whole


def find_mojibake(text: str) -> Iterator[Finding]:
    """A finding for each stretch of garbled characters, the first ones of a text."""
    found = list(_GARBLED.finditer(text))
    for match in found[:_MOST]:
        more = f"; {len(found)} such stretches in all" if len(found) > _MOST else ""
        span = Span(match.start(), match.end(), match[0])
        yield Finding(span, "mojibake", f"characters read in a wrong encoding before{more}")
