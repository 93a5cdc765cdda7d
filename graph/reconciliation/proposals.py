"""What a name was linked with, whatever its type: what tables and mapping sets are written of."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.graph.reconciliation.candidates import GUESSES, Candidate
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Register

AREA_COLUMNS = ("area_iri", "area_name", "area_code", "area_level")
ENTITY_COLUMNS = ("entity_iri", "entity_name", "entity_type")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entity a name may mean: IRI, name, score 0–100, why, and whether nothing else can be meant.

    ``cells`` are what a table gains where it is certain, in the order of its columns.
    """

    iri: str
    name: str
    score: int
    reasons: tuple[str, ...]
    match: bool
    cells: tuple[str, ...]

    @property
    def guessed(self) -> bool:
        """Whether it does not bear the name that was looked up: 武汉市 for 武汗市."""
        return bool(GUESSES & set(self.reasons))

    @property
    def short(self) -> str:
        """The end of the IRI, by which a person tells it: 110105."""
        return self.iri.rpartition("/")[2]


def of_area(candidate: Candidate, register: Register) -> Proposal:
    """A candidate of the register."""
    area, iri = candidate.area, Minter().area(register.local_id(candidate.area))
    cells = (iri, area.name, area.code, area.level)
    return Proposal(iri, area.name, candidate.score, candidate.reasons, candidate.match, cells)


def decided(iri: str, name: str, cells: tuple[str, ...]) -> Proposal:
    """What a person decided a name means."""
    return Proposal(iri, name, 100, ("decided",), True, cells)
