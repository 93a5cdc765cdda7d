"""Why a value derived from stated figures may not mean what it seems to: what differs, overlaps or is not said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.ontology.word_classes import class_members
from policygraph.queries.arithmetic import PERCENT, Derivation, Figures, StatedFigure
from policygraph.queries.intervals import RATES

WORDS = Path(__file__).parent / "derivation-words.json"
_AREA = re.compile(r"/id/area/(\d{9}|\d{6})(?:-\d{4})?$")
_GROWS_IN_VOLUME = "grows-in-volume"  # the class of indicators that grow at constant prices
LOOSE = frozenset(
    ("over", "under", "approx", "estimated")
)  # qualifiers of what is not just so much


@dataclass(frozen=True, slots=True)
class Caveat:
    """A code, and the Chinese and English sentence that says what is doubtful."""

    code: str
    zh: str
    en: str


def caveats(derivation: Derivation) -> list[Caveat]:
    """What makes a derived value doubtful, the gravest first."""
    return [words_of(code, about) for check in _CHECKS for code, about in check(derivation)]


def words_of(code: str, about: str) -> Caveat:
    """A caveat in both languages."""
    chinese, english = _words()["caveats"][code]
    return Caveat(code, chinese.format(about=about), english.format(about=about))


def operation_words(operation: str) -> tuple[str, str]:
    """What an operation is called in Chinese and English."""
    chinese, english = _words()["operations"][operation]
    return chinese, english


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = json.loads(WORDS.read_text("utf-8"))
    return words


# What shows that a result answers no question anyone would ask.
GRAVE = frozenset(
    (
        *("twice", "part-in-whole", "not-stated-as-part", "more-than-whole", "one-period"),
        *("not-stated-as-its-change", "rates-added", "kinds"),
    )
)
Found = Iterator[tuple[str, str]]  # code of a caveat, what it is about


def _differing(figures: Figures, of: Callable[[StatedFigure], str]) -> str:
    """The different values figures have, empty where there is one."""
    found = dict.fromkeys(of(figure) or "—" for figure in figures)
    return ", ".join(found) if len(found) > 1 else ""


def _repeated(derivation: Derivation) -> Found:
    iris = [figure.iri for figure in derivation.figures]
    for figure in derivation.figures:
        if iris.count(figure.iri) > 1:
            yield "twice", figure.quote
            return


def _part_in_whole(derivation: Derivation) -> Found:
    if derivation.operation not in ("sum", "average"):
        return
    by_iri = {figure.iri: figure for figure in derivation.figures}
    for figure in derivation.figures:
        whole = by_iri.get(figure.whole)
        if whole and "part" in figure.qualifiers:
            yield "part-in-whole", f"{figure.quote} ⊂ {whole.quote}"


def _not_its_part(derivation: Derivation) -> Found:
    """Parts of a share or remainder that the report does not call parts of this whole."""
    if derivation.operation == "share":
        *parts, whole = derivation.figures
    elif derivation.operation == "remainder":
        whole, *parts = derivation.figures
    else:
        return
    loose = [part.quote for part in parts if part.whole != whole.iri]
    if loose:
        yield "not-stated-as-part", f"{', '.join(loose)} / {whole.quote}"
    result = derivation.result
    if (derivation.operation == "remainder" and result.value < 0) or (
        derivation.operation == "share" and result.value > 100
    ):
        yield "more-than-whole", whole.quote


def _change_of(derivation: Derivation) -> Found:
    if derivation.operation == "earlier":
        level, change = derivation.figures
        if change.whole != level.iri:
            yield "not-stated-as-its-change", f"{change.quote} / {level.quote}"


def _prices(derivation: Derivation) -> Found:
    """The level of the year before of what grows at constant prices."""
    if derivation.operation != "earlier" or derivation.figures[1].unit != PERCENT:
        return
    level = derivation.figures[0]
    if any(word in level.indicator for word in class_members()[_GROWS_IN_VOLUME]):
        yield "constant-prices", level.indicator


def _indicators(derivation: Derivation) -> Found:
    if derivation.operation in ("share", "remainder", "ratio", "earlier"):
        return
    about = _differing(derivation.figures, lambda figure: figure.indicator)
    if about:
        yield "indicators", about


def _scopes(derivation: Derivation) -> Found:
    figures = derivation.figures
    if derivation.operation in ("sum", "average"):
        yield from _overlaps(figures)
    elif derivation.operation not in ("ratio",) and not _stated_together(figures):
        about = _differing(figures, lambda figure: figure.scope)
        if about:
            yield "scopes", about


def _stated_together(figures: Figures) -> bool:
    """Whether the report itself relates the figures: as parts, shares or changes of one of them."""
    iris = {figure.iri for figure in figures}
    return sum(figure.whole not in iris for figure in figures) <= 1


def _overlaps(figures: Figures) -> Found:
    """Scopes that may share members: an area and what lies in it, groups of the same counting."""
    scopes = {figure.scope: figure for figure in figures if figure.scope}
    if len(scopes) > 1 and not _are_apart(list(scopes.values())):
        yield "overlap", ", ".join(scopes)
    told: dict[tuple[str, ...], str] = {}
    for figure in figures:
        key = (figure.indicator, figure.scope, figure.period, figure.kind)
        if key in told and figure.indicator and told[key] != figure.iri:
            yield "same-thing", f"{figure.indicator}, {figure.scope}, {figure.period}"
            return
        told[key] = figure.iri


def _are_apart(figures: Figures) -> bool:
    """Whether the scopes are areas none of which lies in another."""
    codes = [match[1] for figure in figures if (match := _AREA.search(figure.group))]
    if len(codes) < len(figures):
        return False
    stems = [re.sub(r"(00)+$", "", code) for code in codes]
    return not any(
        one.startswith(other)
        for place, one in enumerate(stems)
        for n, other in enumerate(stems)
        if n != place
    )


def _periods(derivation: Derivation) -> Found:
    figures = derivation.figures
    about = _differing(figures, lambda figure: figure.period)
    if derivation.operation == "growth":
        if not about:
            yield "one-period", figures[0].period or "—"
    elif about:
        yield "periods", about
    if derivation.operation == "earlier" and not derivation.period:
        yield "no-year", figures[0].period or "—"


def _status(derivation: Derivation) -> Found:
    if _stated_together(derivation.figures):
        return
    for code in ("planned", "cumulative", "new"):
        marked = [figure for figure in derivation.figures if code in figure.qualifiers]
        if marked and len(marked) < len(derivation.figures):
            yield f"mixed-{code}", ", ".join(figure.quote for figure in marked)


def _kinds(derivation: Derivation) -> Found:
    figures = derivation.figures
    if derivation.operation == "sum" and any(figure.unit in RATES for figure in figures):
        yield "rates-added", ", ".join(f.quote for f in figures if f.unit in RATES)
    if derivation.operation == "average":
        yield "unweighted", ""
    if derivation.operation in ("sum", "average", "growth"):
        about = _differing(figures, lambda figure: figure.kind)
        if about and "change" in about:
            yield "kinds", about


def _wording(derivation: Derivation) -> Found:
    loose = [f.quote for f in derivation.figures if LOOSE & set(f.qualifiers)]
    if loose:
        yield "loose", ", ".join(loose)
    bare = [figure.quote for figure in derivation.figures if not figure.unit]
    missing = bare if len(bare) < len(derivation.figures) else []
    missing += [f.quote for f in derivation.figures if f.unit and "unit-missing" in f.qualifiers]
    if missing:
        yield "unit-missing", ", ".join(missing)
    spelled = [figure.quote for figure in derivation.figures if not figure.has_digits]
    if spelled:
        yield "in-words", ", ".join(spelled)


def _reports(derivation: Derivation) -> Found:
    titles = {figure.document: figure.title or figure.document for figure in derivation.figures}
    if len(titles) > 1:
        yield "reports", ", ".join(titles.values())


_CHECKS: tuple[Callable[[Derivation], Found], ...] = (
    *(_repeated, _part_in_whole, _not_its_part, _change_of, _prices, _kinds, _indicators, _scopes),
    *(_periods, _status, _wording, _reports),
)
