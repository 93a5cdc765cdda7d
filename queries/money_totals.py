"""What the sums of one report come to by a criterion: no part counted beside its whole, what is not told apart left apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.queries.arithmetic import StatedFigure
from policygraph.queries.stated_figures import figures_of
from policygraph.queries.stated_passages import Ask, lookup, text_of

LEVELS = ("centre", "province", "prefecture", "county")
CRITERIA = ("programme", "level", "actor")


@dataclass(frozen=True, slots=True)
class Payment:
    """A sum of money with the keys it falls under by each criterion, none where the report does not tell.

    ``again`` is where other sections of the report state the same sum.
    """

    figure: StatedFigure
    keys: Mapping[str, tuple[str, ...]]
    again: tuple[StatedFigure, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether it is only intended."""
        return "planned" in self.figure.qualifiers


@dataclass(slots=True)
class Total:
    """Sums that fall under one key: ``counted`` make up the value, ``within`` are contained in one of them.

    ``elsewhere`` are parts of what is counted that have a key of their own and are taken off here, ``again``
    are other places that state a sum which is counted. A key is empty where the report does not tell; several
    keys mean that it does not tell them apart.
    """

    keys: tuple[str, ...]
    planned: bool
    counted: list[StatedFigure] = field(default_factory=list)
    within: list[StatedFigure] = field(default_factory=list)
    elsewhere: list[StatedFigure] = field(default_factory=list)
    again: list[StatedFigure] = field(default_factory=list)

    @property
    def value(self) -> Decimal:
        """What they come to."""
        taken = sum((figure.value for figure in self.elsewhere), Decimal(0))
        return sum((figure.value for figure in self.counted), Decimal(0)) - taken


def payments(ask: Ask, figures: Sequence[str], actors: Mapping[str, str]) -> list[Payment]:
    """The sums of these IRIs with their keys; ``actors`` are who pays, by the IRI of the sum."""
    stated = _once(figures_of(ask, figures))
    documents = dict.fromkeys(figure.document for figure, *_ in stated)
    told: dict[str, dict[str, set[str]]] = {}
    for document in documents:
        for row in ask(lookup("payments"), {"document": ox.NamedNode(document)}):
            for name in ("programme", "level"):
                if value := text_of(row, name):
                    told.setdefault(text_of(row, "figure"), {}).setdefault(name, set()).add(value)
    return [
        Payment(
            figure,
            _keys(figure, told.get(figure.iri, {}), actors.get(figure.iri, "")),
            tuple(again),
        )
        for figure, *again in stated
    ]


def totals(sums: Sequence[Payment], criterion: str) -> list[Total]:
    """What the sums come to by a criterion, the largest first, what the report does not tell last."""
    by_iri = {one.iri: each for each in sums for one in (each.figure, *each.again)}
    found: dict[tuple[tuple[str, ...], bool], Total] = {}

    def total(payment: Payment) -> Total:
        named = payment.keys[criterion], payment.planned
        return found.setdefault(named, Total(*named))

    for payment in sums:
        whole = by_iri.get(payment.figure.whole)
        if whole is None or "part" not in payment.figure.qualifiers:
            total(payment).counted.append(payment.figure)
            total(payment).again.extend(payment.again)
        elif criterion == "programme" or payment.keys[criterion] in ((), whole.keys[criterion]):
            total(whole).within.append(payment.figure)
        else:
            total(payment).counted.append(payment.figure)
            total(whole).elsewhere.append(payment.figure)
    made = [each for each in found.values() if each.counted and each.value > 0]
    return sorted(made, key=lambda each: (not each.keys, each.planned, -each.value, each.keys))


def _once(figures: Iterable[StatedFigure]) -> list[list[StatedFigure]]:
    """Each sum with the places that state it again, the first place first.

    One is said again in another section, of the same indicator, scope and period: two equal sums of a section
    are two, and a bare head (资金, 投资) does not say that it is the same.
    """
    kept: dict[tuple[object, ...], list[list[StatedFigure]]] = {}
    for figure in figures:
        said = (
            figure.document,
            figure.value,
            figure.indicator or figure.iri,
            figure.scope,
            figure.period,
        )
        known = kept.setdefault((*said, "planned" in figure.qualifiers), [])
        bare = figure.indicator in _bare()
        repeated = (
            () if bare else (one for one in known if all(f.section != figure.section for f in one))
        )
        place = next(iter(repeated), None)
        if place is None:
            known.append([figure])
        else:
            place.append(figure)
    return [places for known in kept.values() for places in known]


def _keys(
    figure: StatedFigure, told: Mapping[str, set[str]], actor: str
) -> dict[str, tuple[str, ...]]:
    programmes = tuple(sorted(told.get("programme", ())))
    named = figure.indicator if figure.indicator not in _bare() else ""
    return {
        "programme": programmes or ((named,) if named else ()),
        "level": tuple(level for level in LEVELS if level in told.get("level", ())),
        "actor": (actor,) if actor else (),
    }


@word_cache
def _bare() -> frozenset[str]:
    """Words that name no use of money by themselves: 资金, 投资."""
    heads = (concept for concept in vocabulary("indicators") if concept.value("head") == "true")
    return frozenset(label for concept in heads for label in concept.labels)
