"""Findings about indicators: words before a number that hold who acts, whom no mention names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Figure, Finding, Mention
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.words.characters import NATURE, OWN_LEVELS, POINTING, TOWN_LEVELS
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import COUNTRY, Register

_OURS = POINTING[1]
_SHORT_NAMES = range(4, 1, -1)  # characters of the short name of a province or a city
_SHORTEST_REST = 4  # characters after it of a firm's name with its verb: 华为投资


def actors_in_indicators(
    figures: Sequence[Figure], mentions: Sequence[Mention], context: ReportContext
) -> Iterator[Finding]:
    """我处办理公证1200件 in the report of no office, 深圳华为投资3亿元: who acts was taken into what is counted."""
    bodies = {m.span.quote for m in mentions if m.type == "Organization"}
    for figure in figures:
        said = figure.indicator
        if _is_ours(said) or _is_of_a_firm(said, context) or _holds_body(said, bodies):
            message = f"the words before it, {said}, may hold who acts"
            yield Finding(figure.span, "actor-in-indicator", message)


def _is_ours(said: str) -> bool:
    """我会, 我处: 我 before what is neither an area nor a town."""
    return len(said) > 2 and said[0] == _OURS and said[1] not in OWN_LEVELS + TOWN_LEVELS + "国"


def _is_of_a_firm(said: str, context: ReportContext) -> bool:
    """深圳|华为投资: the short name of a place in another province before a name and its verb."""
    home = context.area
    if home is None or home.code == COUNTRY or len(said) < _SHORTEST_REST + 2:
        return False
    verb = any(said[at:] in lexicon().verbs for at in range(len(said) - 3, len(said) - 1))
    names = (n for n in _SHORT_NAMES if said[n] not in NATURE)  # 苏州|河桥梁
    return verb and any(_is_far(said[:length], context) for length in names)


def _is_far(form: str, context: ReportContext) -> bool:
    """Whether a short form means a province or a city of another province than the report's."""
    area = Register.load().resolve(form, within=context.area, year=context.year)
    known = area is not None and context.area is not None and area.name != form
    if area is None or context.area is None or not known:
        return False
    return area.level in ("province", "prefecture") and area.code[:2] != context.area.code[:2]


def _holds_body(said: str, bodies: set[str]) -> bool:
    """县财政局|会同县审计局检查单位: a body that the text names, and a verb right after it."""
    for body in bodies:
        before, found, rest = said.partition(body)
        verb = lexicon().verb_at(rest, 0, len(rest)) if found else None
        if verb is not None and len(verb.text) > 1 and not verb.has("nominal") and not before:
            return True
    return False
