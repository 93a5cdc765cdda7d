"""The queries a page offers: the named ones and some that make networks, in groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policygraph.ontology.terms import labels
from policygraph.queries.catalogue import Catalogue, NamedQuery

FOLDER = Path(__file__).parent
GROUPS = ("Report", "Measure", "Figure", "Mention", "Area", "Finding", "Exclusion")
_CLASS = re.compile(r"\ba pg:(\w+)")


@dataclass(frozen=True, slots=True)
class Group:
    """Queries about the same class of ours, under its label in Chinese and English."""

    label: tuple[str, str]
    queries: tuple[NamedQuery, ...]


def networks() -> Iterable[NamedQuery]:
    """Queries whose answer is drawn."""
    return iter(Catalogue(FOLDER))


def grouped(catalogue: Iterable[NamedQuery]) -> list[Group]:
    """The queries by the first class of ours each one asks for."""
    held: dict[str, list[NamedQuery]] = {}
    for query in catalogue:
        asked = [name for name in _CLASS.findall(query.sparql) if name in GROUPS]
        held.setdefault(asked[0] if asked else GROUPS[0], []).append(query)
    return [Group(labels(name), tuple(held[name])) for name in GROUPS if name in held]
