"""Questions about areas, which the register answers for all of them, named by a report or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from policygraph.graph.reconciliation import area_entities
from policygraph.graph.reconciliation.area_matching import match_area
from policygraph.graph.reconciliation.area_names import code_of
from policygraph.graph.reconciliation.candidates import Candidate
from policygraph.ontology.register import Area, Register
from policygraph.service.reconciliation.matches import Match
from policygraph.service.reconciliation.questions import Question

TYPE = "Area"
_UNLIKE = ("spelling", "part", "unlisted")  # what a code given beside it makes no more certain
_DISAGREES = 50  # taken from the score of a candidate that has another code


def matches(question: Question, text: str, register: Register) -> list[Match]:
    """The areas a question may mean; ``text`` is its text, or the identifier of an area."""
    area = area_entities.area_of(text, register)
    if area is not None:
        return [_match(Candidate(area, 100, ("code",), match=True), register)]
    given = question.given("code")
    read = [code_of(code, register) for code in given]
    codes = {code.code for code in read if code is not None and not code.beyond}
    if not text and len(given) == 1:
        text = given[0]
    year, level, unread = _conditions(question)
    found = match_area(
        text, register, year=year, above=above_of(question.given("parent"), register), level=level
    )
    if unread or not all(code and not code.beyond for code in read):
        found = tuple(
            replace(each, reasons=(*each.reasons, "unread"), match=False) for each in found
        )
    return [_match(each, register) for each in (_with_codes(found, codes) if codes else found)]


def above_of(given: tuple[str, ...], register: Register) -> str:
    """What an area lies in, as names or the code of a matched one."""
    found = [area_entities.area_of(value, register) for value in given]
    codes = [area.code for area in found if area is not None]
    if len(codes) == 1 and len(given) == 1:
        return codes[0]
    names = (area.name if area else value for area, value in zip(found, given, strict=True))
    return " ".join(names)


def year_of(given: tuple[str, ...]) -> int | None:
    """The year of a text such as 2015, 2015年 or 2015-12-31; None where it is none."""
    for value in given:
        if value[:4].isascii() and value[:4].isdigit() and not value[4:5].isdigit():
            return int(value[:4])
    return None


def _conditions(question: Question) -> tuple[int | None, str, bool]:
    """The year and the level a question asks for, and whether one of them cannot be read."""
    years, levels = question.given("year"), question.given("level")
    year = year_of(years)
    level = next(filter(None, (area_entities.LEVELS.get(each.lower()) for each in levels)), "")
    return year, level, bool((years and year is None) or (levels and not level))


def _with_codes(found: tuple[Candidate, ...], codes: set[str]) -> Iterator[Candidate]:
    """The candidates with what the codes given say of them: one of several namesakes has the code."""
    certain = [each for each in found if each.area.code in codes]
    alone = len(certain) == 1 and certain[0].reasons[0] not in _UNLIKE
    for each in found:
        if each.area.code not in codes:
            lower = max(0, each.score - _DISAGREES)
            yield replace(each, score=lower, reasons=(*each.reasons, "disagrees"), match=False)
        elif "code" in each.reasons:
            yield each
        else:
            sure = alone and not {"unread", "disagrees"}.intersection(each.reasons)
            yield replace(each, reasons=(*each.reasons, "code"), match=sure)


def suggestions(text: str, register: Register, most: int) -> list[Match]:
    """The areas a person who types this may mean."""
    exact = area_entities.area_of(text, register)
    if exact is not None:
        return [entity(exact, register)]
    return [entity(a, register) for a in islice(area_entities.beginning_with(text, register), most)]


def entity(area: Area, register: Register) -> Match:
    """An area as an entity."""
    return _match(Candidate(area, 0, ()), register)


def _match(candidate: Candidate, register: Register) -> Match:
    area = candidate.area
    return Match(
        area_entities.identifier(area, register),
        area.name,
        TYPE,
        area_entities.describe(area, register),
        candidate.score,
        candidate.reasons,
        candidate.match,
    )
