"""What the reforms of party and state institutions made of a body: the bodies before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.ontology.bodies import Body, concepts, is_elsewhere, named
from policygraph.ontology.register import Area
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_VERBS = {"merger": "并入", "transfer": "部分职责划入"}


@dataclass(frozen=True, slots=True)
class BodyChange:
    """One reform at one area: when (ISO 8601), the bodies before it and after it.

    In a transfer the bodies stay and functions pass from the ones to the others.
    """

    reform: Concept
    area: Area
    date: str
    before: tuple[Body, ...]
    after: tuple[Body, ...]

    @property
    def transfer(self) -> bool:
        """Whether only functions passed."""
        return self.reform.value("role") == "transfer"

    @property
    def plan(self) -> Concept:
        """The plan that decided the reform."""
        return next(c for c in vocabulary("reforms") if c.iri == self.reform.broader)

    @property
    def label(self) -> str:
        """湖北省乡村振兴局并入湖北省农业农村厅."""
        verb = _VERBS.get(self.reform.value("role"), "改为")
        return "、".join(b.name for b in self.before) + verb + "、".join(b.name for b in self.after)

    @property
    def english(self) -> str:
        """What the reform made of such bodies, and where."""
        place = "" if self.before[0].central else self.area.english
        return f"{self.reform.english} ({place})" if place else self.reform.english


def changes(body: Body, above: Sequence[Area]) -> Iterator[BodyChange]:
    """The reforms a body came from or ended in; ``above`` are the areas above its own.

    A reform is left out where the other side has no certain name.
    """
    for reform in _reforms().get(body.concept.iri, ()):
        if is_elsewhere(reform, (body.area, *above)):
            continue
        before = _bodies(reform, "original", body, above)
        after = _bodies(reform, "resulting", body, above)
        if before and after:
            higher = body.area.level in ("country", "province")
            date = reform.value("date") if higher else reform.value("dateBelow")
            yield BodyChange(reform, body.area, date, before, after)


def _bodies(reform: Concept, side: str, body: Body, above: Sequence[Area]) -> tuple[Body, ...]:
    """The bodies on one side of a reform whose names are certain."""
    bodies = [
        body if iri == body.concept.iri else named(concepts()[iri], body.area, above, body)
        for iri in reform.properties.get(side, ())
    ]
    return tuple(each for each in bodies if each is not None)


@word_cache
def _reforms() -> dict[str, tuple[Concept, ...]]:
    """IRI of what a body is → the reforms it stands in."""
    found: dict[str, list[Concept]] = {}
    for reform in vocabulary("reforms"):
        sides = (reform.properties.get(side, ()) for side in ("original", "resulting"))
        for iri in {iri: None for side in sides for iri in side}:
            found.setdefault(iri, []).append(reform)
    return {iri: tuple(stands_in) for iri, stands_in in found.items()}
