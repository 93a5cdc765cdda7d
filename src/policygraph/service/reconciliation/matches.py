"""What a name may mean, as the service answers it: an entity with its score, the reasons, and whether it is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policygraph.graph.reconciliation.candidates import REASONS
from policygraph.graph.reconciliation.entity_schema import both, types


@dataclass(frozen=True, slots=True)
class Match:
    """An entity a name may mean; ``id`` stands below the base of the graph (id/area/420600)."""

    id: str
    name: str
    type: str
    description: str = ""
    score: int = 0
    reasons: tuple[str, ...] = ()
    match: bool = False

    def candidate(self) -> dict[str, Any]:
        """As a candidate of an answer: each reason is a feature and stands in the description."""
        said = "；".join(both(REASONS[reason]) for reason in self.reasons)
        return {
            "id": self.id,
            "name": self.name,
            "description": " — ".join(filter(None, (self.description, said))),
            "score": self.score,
            "match": self.match,
            "type": [named_type(self.type)],
            "features": [{"id": reason, "value": True} for reason in self.reasons],
        }

    def suggestion(self) -> dict[str, Any]:
        """As one of what a person who types may mean."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "notable": [named_type(self.type)],
        }


def named_type(name: str) -> dict[str, str]:
    """A type by its id with its name in both languages."""
    return {"id": name, "name": both(types()[name].label)}


def ranked(found: Iterable[Match], limit: int) -> list[Match]:
    """The best first; what is certain among several that are certain of one name is so no more."""
    ordered: Sequence[Match] = sorted(found, key=lambda m: (not m.match, -m.score, m.name, m.id))
    if sum(match.match for match in ordered) > 1:
        ordered = [replace(match, match=False) for match in ordered]
    return sorted(ordered, key=lambda m: (-m.score, not m.match, m.name, m.id))[:limit]
