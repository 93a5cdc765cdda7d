"""Language tags in queries: who asks for zh-Hans gets what the graph tags zh.

Labels are tagged ``zh``, which every store keeps as it is: some make ``zh-Hans`` ``zh-hans``, and then
``LANG(?label) = "zh-Hans"`` would find nothing anywhere. A comparison of LANG() with a tag of Simplified
Chinese therefore takes every way that tag is kept; what it found before it finds still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from policygraph.graph.sparql.tokens import Token, tokens
from policygraph.ontology.labels import CHINESE, GRAPH_CHINESE, language

Edit = tuple[int, int, str]  # from, to, what stands there instead


@lru_cache(maxsize=256)
def with_known_tags(sparql: str) -> str:
    """The query with each tag of Simplified Chinese that LANG() is compared with in all its ways."""
    if "lang" not in sparql.lower() or "zh-" not in sparql.lower():
        return sparql
    found = tokens(sparql)
    parts, done = [], 0
    for start, end, text in _edits(sparql, found):
        if start >= done:
            parts += [sparql[done:start], text]
            done = end
    return "".join([*parts, sparql[done:]])


def _edits(sparql: str, found: Sequence[Token]) -> Iterator[Edit]:
    for place, token in enumerate(found):
        last = _closing(found, place + 1)
        if not last:
            continue
        call = sparql[token.start : found[last].end]
        if token.word == "LANG":
            yield from _compared(found, place, last, call)
        elif token.word == "LANGMATCHES" and _is_chinese(found[last - 1]):
            inner = sparql[found[place + 2].start : found[last - 2].start]
            yield token.start, found[last].end, f'({call} || {inner} = "{GRAPH_CHINESE}")'


def _compared(found: Sequence[Token], place: int, last: int, call: str) -> Iterator[Edit]:
    """The edits of what LANG(…), whose tokens are given, is compared with."""
    after, before = found[last + 1 : last + 4], found[max(0, place - 3) : place]
    texts = [token.text.upper() for token in after]
    if texts[:1] == ["="] and _is_chinese(*after[1:2]):
        yield found[last].end, after[1].end, f" IN ({_ways(after[1])})"
    elif texts[:2] == ["!", "="] and _is_chinese(*after[2:3]):
        yield found[last].end, after[2].end, f" NOT IN ({_ways(after[2])})"
    elif texts[:1] == ["IN"] or texts[:2] == ["NOT", "IN"]:
        opening = last + 1 + (2 if texts[0] == "NOT" else 1)
        for token in found[opening : _closing(found, opening)]:
            if _is_chinese(token):
                yield token.start, token.end, _ways(token)
    elif [token.text for token in before[-1:]] == ["="] and len(before) > 1:
        negated = before[-2].text == "!"
        tag = before[-3] if negated and len(before) > 2 else before[-2]
        if _is_chinese(tag):
            kind = "NOT IN" if negated else "IN"
            yield tag.start, found[last].end, f"{call} {kind} ({_ways(tag)})"


def _is_chinese(*token: Token) -> bool:
    """Whether a token is a text that tags Simplified Chinese, more exactly than zh does."""
    if not token or token[0].kind != "text":
        return False
    tag = token[0].text.strip("'\"")
    return "-" in tag and language(tag) == CHINESE


def _ways(token: Token) -> str:
    """The tag as it is written, in small letters, and as the graph has it."""
    ways = (token.text, token.text.lower(), f'"{GRAPH_CHINESE}"')
    return ", ".join(dict.fromkeys(ways))


def _closing(found: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at a place; 0 where none opens or closes."""
    if opening >= len(found) or found[opening].text != "(":
        return 0
    depth = found[opening].depth
    rest = range(opening + 1, len(found))
    return next((p for p in rest if found[p].text == ")" and found[p].depth == depth), 0)
