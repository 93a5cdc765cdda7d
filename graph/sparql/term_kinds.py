"""Which variables of a query have values of one kind only, so that any two of them compare.

It is told by every place that may bind a variable: one of a graph, a subject or a predicate is an IRI or a
blank node, the result of STR() a text, a count a number. An object may be anything, and so may all that is
not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from policygraph.graph.sparql.tokens import Token

NODE, TEXT, NUMBER, ANY = "node", "text", "number", ""
_RESULTS = {
    **dict.fromkeys(("STR", "LANG", "ENCODE_FOR_URI", "STRUUID"), TEXT),
    **dict.fromkeys(("COUNT", "STRLEN", "ABS", "ROUND", "CEIL", "FLOOR", "YEAR"), NUMBER),
    **dict.fromkeys(("IRI", "URI", "BNODE", "DATATYPE"), NODE),
}
# Functions whose result is of the kind of their first argument, and of which arguments where not only of that.
_LIKE_FIRST = frozenset(
    [
        "STRAFTER",
        "STRBEFORE",
        "SUBSTR",
        "REPLACE",
        "UCASE",
        "LCASE",
        "MIN",
        "MAX",
        "SAMPLE",
        "SUM",
        "AVG",
        "GROUP_CONCAT",
    ]
)
_LIKE_ALL = {"COALESCE": 0, "CONCAT": 0, "IF": 1}  # from which argument on
_BEFORE_SUBJECT = frozenset("{}.;")  # or, after a semicolon, a predicate
# In a path these make the first place one where a literal may stand.
_TURNED = frozenset("*?^")
_EXPRESSION, _PATTERN, _CLAUSE, _DATA = "expression", "pattern", "clause", "data"
# Variable → kinds, or expressions that give it.
Sources = Mapping[str, list[str | Sequence[Token]]]


def of_one_kind(found: Sequence[Token]) -> frozenset[str]:
    """The variables of a query, with their question mark, whose values are all of one kind."""
    sources = _sources(found)
    return frozenset(name for name in sources if _resolved(name, sources, frozenset()))


def _resolved(name: str, sources: Sources, seen: frozenset[str]) -> str:
    """The kind of a variable, ANY where its places differ or one is not known."""
    if name in seen or name not in sources:
        return ANY
    kinds = {
        source if isinstance(source, str) else _kind(source, sources, seen | {name})
        for source in sources[name]
    }
    return kinds.pop() if len(kinds) == 1 else ANY


def _sources(found: Sequence[Token]) -> Sources:
    """Every place that may bind a variable."""
    sources: dict[str, list[str | Sequence[Token]]] = {}
    levels, openings = [_CLAUSE], [0]
    turned = False
    for place, (before, token) in enumerate(pairwise(found), 1):
        level = levels[-1]
        if token.text in ("(", "{"):
            levels.append(_inside(token, before, level))
            openings.append(place)
        elif token.text in (")", "}") and len(levels) > 1:
            levels.pop()
            openings.pop()
        elif token.word == "SELECT":
            levels[-1] = _CLAUSE
        elif token.text in _TURNED and level in (_PATTERN, _DATA):
            turned = True
        elif token.kind == "variable" and before.word == "AS":
            expression = found[openings[-1] + 1 : place - 1]
            sources.setdefault(_name(token), []).append(expression)
        elif token.kind == "variable" and (kind := _bound_as(before, level)) is not None:
            sources.setdefault(_name(token), []).append(kind)
    return {name: [ANY] for name in sources} if turned else sources


def _name(variable: Token) -> str:
    """A variable by its question mark, which may be written as a dollar."""
    return "?" + variable.text[1:]


def _inside(bracket: Token, before: Token, level: str) -> str:
    """What stands in a bracket that opens: an expression, a pattern, or what may be data."""
    if bracket.text == "{":
        return _PATTERN
    if level != _PATTERN and before.word != "VALUES":
        return level if level == _DATA else _EXPRESSION
    return _EXPRESSION if before.word not in ("", "A", "VALUES") else _DATA


def _bound_as(before: Token, level: str) -> str | None:
    """As what a variable is bound where it stands, None where nothing binds it there."""
    if before.word == "VALUES" or level == _DATA:
        return ANY
    if level != _PATTERN:
        return None
    known = before.word in ("GRAPH", "SERVICE") or before.text in _BEFORE_SUBJECT
    return NODE if known else ANY


def _kind(found: Sequence[Token], sources: Sources, seen: frozenset[str]) -> str:
    """The kind of what an expression gives."""
    if len(found) == 1 and found[0].kind == "variable":
        return _resolved(_name(found[0]), sources, seen)
    if len(found) == 1:
        return TEXT if found[0].kind == "text" else NUMBER if found[0].text.isdecimal() else ANY
    if len(found) < 3 or found[1].text != "(" or _closing(found) != len(found) - 1:
        return ANY
    function = found[0].word
    if function in _RESULTS:
        return _RESULTS[function]
    arguments = list(_arguments(found[2:-1], found[1].depth + 1))
    if function in _LIKE_FIRST:
        arguments = arguments[:1]
    elif function not in _LIKE_ALL:
        return ANY
    kinds = {_kind(each, sources, seen) for each in arguments[_LIKE_ALL.get(function, 0) :]}
    return kinds.pop() if len(kinds) == 1 else ANY


def _closing(found: Sequence[Token]) -> int:
    """The place of the bracket that closes the one at the second place, 0 where none does."""
    rest = range(2, len(found))
    depth = found[1].depth
    return next((at for at in rest if found[at].text == ")" and found[at].depth == depth), 0)


def _arguments(found: Sequence[Token], depth: int) -> Iterator[Sequence[Token]]:
    """What stands between the commas of a call, without DISTINCT and with the separator for itself."""
    start = 1 if found and found[0].word == "DISTINCT" else 0
    for at, token in enumerate(found):
        if token.text in (",", ";") and token.depth == depth:
            yield found[start:at]
            start = at + 1
    yield found[start:]
