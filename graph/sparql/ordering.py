"""ORDER BY made a total order: the engine ends the whole process where values of several types do not compare.

SPARQL orders unbound values, blank nodes, IRIs and literals; among literals of different types it leaves
the order open, and the embedded engine's sort then panics. Each condition is put after a key that tells the
types apart, so that only values of one type are ever compared: numbers first, then the others by datatype.
A variable that can only have values of one kind needs no key, which costs time for each comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.graph.sparql.term_kinds import of_one_kind
from policygraph.graph.sparql.tokens import Token, tokens

_ENDS = frozenset({"LIMIT", "OFFSET", "VALUES", "HAVING", "GROUP", "ORDER"})
# Numbers under the least of IRIs, the other literals under their datatype; what is no literal has none, which
# is least of all.
_KEYS = ("IF(isNumeric({0}), <A:>, DATATYPE({0}))", "{0}")


def with_total_order(sparql: str) -> str:
    """The query with every ORDER BY total; the rows are the same, and so is their order by the standard."""
    if "order" not in sparql.lower():
        return sparql
    found = tokens(sparql)
    comparable = of_one_kind(found)
    parts: list[str] = []
    done = 0
    for place, token in enumerate(found[:-1]):
        if token.word == "ORDER" and found[place + 1].word == "BY":
            for start, end, direction, text in _conditions(sparql, found, place + 2):
                if text.strip("() \t\r\n") in comparable:
                    continue
                keys = " ".join(f"{direction}({key.format(text)})" for key in _KEYS)
                parts += [sparql[done:start], keys]
                done = end
    return "".join(parts) + sparql[done:]


def _conditions(sparql: str, found: list[Token], place: int) -> Iterator[tuple[int, int, str, str]]:
    """The conditions of an ORDER BY from a token on: where each stands, ASC or DESC, and of what.

    None of an ORDER BY that is not understood whole: the engine will say what is wrong with it.
    """
    depth = found[place - 1].depth
    conditions: list[tuple[int, int, str, str]] = []
    while place < len(found):
        token = found[place]
        if token.depth < depth or token.word in _ENDS or token.text == "}":
            break
        direction = token.word if token.word in ("ASC", "DESC") else "ASC"
        last = place
        if token.kind != "variable":
            last = _closing(found, place if token.text == "(" else place + 1)
            if not last:
                return
        whole = token.kind == "variable" or (
            token.text != "(" and token.word not in ("ASC", "DESC")
        )
        start = token.start if whole or token.text == "(" else found[place + 1].start
        conditions.append(
            (token.start, found[last].end, direction, sparql[start : found[last].end])
        )
        place = last + 1
    yield from conditions


def _closing(found: list[Token], opening: int) -> int:
    """The place of the bracket that closes the one at a place; 0 where none opens or closes."""
    if opening >= len(found) or found[opening].text != "(":
        return 0
    depth = found[opening].depth
    for place in range(opening + 1, len(found)):
        if found[place].text == ")" and found[place].depth == depth:
            return place
    return 0
