"""What a value of a named query may have meant that finds nothing: 省委 → 中共湖北省委员会."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.labels import ENGLISH, GRAPH_CHINESE
from policygraph.queries.catalogue import NamedQuery, Parameter
from policygraph.queries.columns import HIDDEN
from policygraph.queries.stated_passages import Ask, Row, lookup

_ALIKE = 0.5  # how much of two names must agree, where neither holds the other
_MOST = 5
_CODE = re.compile(r"([a-z]+)（([^（）]+)）")


def suggest(ask: Ask, query: NamedQuery, values: Mapping[str, str]) -> dict[str, list[str]]:
    """Parameter → the values it may have meant, the likeliest first, each of which finds something.

    Only parameters that are words have any; the other parameters stay as they are given.
    """
    found = {}
    for parameter in query.parameters:
        given = values.get(parameter.name, "").strip()
        if given and parameter.type == "string":
            others = {name: value for name, value in values.items() if name != parameter.name}
            named = _possible(ask, query, parameter.name, others)
            codes = _codes(parameter)
            likely = ranked(given, named, _meant(ask, given) | _coded(codes, given))[:_MOST]
            # What takes only a few codes is told those that find something.
            likely = likely or [name for name in named if codes and given not in codes]
            if likely and likely != [given]:
                found[parameter.name] = likely
    return found


def known_as(ask: Ask, query: NamedQuery, values: Mapping[str, str]) -> dict[str, list[str]]:
    """Parameter → the things its value is another name of, where the reports name them: 省委 → 中共湖北省委员会."""
    found = {}
    for parameter in query.parameters:
        given = values.get(parameter.name, "").strip()
        meant = sorted(_meant(ask, given) - {given, ""}) if parameter.type == "string" else []
        if given and meant:
            found[parameter.name] = meant[:_MOST]
    return found


def ranked(given: str, named: Iterable[str], meant: Iterable[str] = ()) -> list[str]:
    """The names nearest to what is given: what it means, what holds it, what it holds, what is alike."""
    aliases = frozenset(meant)
    places = {name: _distance(given, name, aliases) for name in named}
    near = [name for name, place in places.items() if place < 4]
    return sorted(near, key=lambda name: (places[name], len(name), name))


def _distance(given: str, name: str, aliases: frozenset[str]) -> float:
    low, other = given.casefold(), name.casefold()
    if name in aliases:
        return 0
    if low in other:
        return 1
    alike = difflib.SequenceMatcher(None, low, other).ratio()
    if len(other) > 1 and other in low:
        alike = max(alike, _ALIKE)
    return 4 - alike if alike >= _ALIKE else 4


def _codes(parameter: Parameter) -> dict[str, str]:
    """The codes that a parameter says it takes, with their words in Chinese: below → 低于目标."""
    return dict(_CODE.findall(parameter.zh))


def _coded(codes: Mapping[str, str], given: str) -> set[str]:
    """The codes whose words hold what is given, or are held by it."""
    return {code for code, words in codes.items() if given in words or words in given}


def _possible(
    ask: Ask, query: NamedQuery, parameter: str, others: Mapping[str, str]
) -> dict[str, None]:
    """The values of a parameter for which the query finds something."""
    (column,) = query.bound({parameter: "-"})
    if column == f"indicatorLabel{HIDDEN}":
        return dict.fromkeys(_text(row, "label") for row in ask(lookup("indicator-names"), {}))
    rows = ask(query.sparql, query.bound(others))
    return dict.fromkeys(
        filter(None, (_text(row, column) or _text(row, parameter) for row in rows))
    )


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))


def _meant(ask: Ask, given: str) -> set[str]:
    """The labels of the things that these words are used for."""
    terms: list[tuple[str, Term]] = [
        ("meant-by", ox.Literal(given)),
        ("labelled", ox.Literal(given, language=GRAPH_CHINESE)),
        ("labelled", ox.Literal(given, language=ENGLISH)),
    ]
    rows = (row for name, term in terms for row in ask(lookup(name), {"words": term}))
    return {_text(row, "label") for row in rows}
