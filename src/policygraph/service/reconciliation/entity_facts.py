"""What the store says of some entities: names, places, years and broader concepts, asked of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term, one_of
from policygraph.ontology.labels import language
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.service.store_service import StoreService

_FOLDER = Path(__file__).parent / "sparql"
_NAMES = tuple(map(expand, ("rdfs:label", "skos:prefLabel", "dcterms:title")))
_PLACES = tuple(map(expand, ("pg:jurisdiction", "pg:area")))
_PERIOD = expand("pg:refPeriod")


@dataclass(frozen=True, slots=True)
class Facts:
    """Entity below the base → property → its values."""

    base: str
    said: dict[str, dict[str, list[Term]]] = field(default_factory=dict)

    def values(self, entity: str, *names: str) -> list[Term]:
        """The values of some properties of an entity."""
        known = self.said.get(entity, {})
        return [value for name in names for value in known.get(name, ())]

    def names(self, entity: str, tag: str) -> list[str]:
        """The main names of an entity in one language."""
        return self._texts(entity, tag, _NAMES)

    def other_names(self, entity: str) -> list[str]:
        """Its other names, in any language."""
        found = self.values(entity, expand("skos:altLabel"))
        return [value.value for value in found if isinstance(value, ox.Literal)]

    def _texts(self, entity: str, tag: str, names: tuple[str, ...]) -> list[str]:
        return [
            value.value
            for value in self.values(entity, *names)
            if isinstance(value, ox.Literal) and language(value.language or "") == tag
        ]

    def areas(self, entity: str) -> list[str]:
        """The areas it belongs to, below the base."""
        return [self.local(value) for value in self.values(entity, *_PLACES)]

    def kinds(self, entity: str) -> list[str]:
        """Its classes, as the ontology names them."""
        found = self.values(entity, expand("rdf:type"))
        return [value.value.removeprefix(PREFIXES["pg"]) for value in found]

    def years(self, entity: str) -> tuple[int | None, int | None]:
        """The first and the last year it is of; None where that is open."""
        first = _year(self.values(entity, expand("pg:validFrom")))
        last = _year(self.values(entity, expand("pg:validUntil")))
        for value in self.values(entity, _PERIOD):
            ends = value.value.rpartition("/")[2].split("--")
            first, last = int(ends[0][:4]), int(ends[-1][:4])
        return first, last

    def description(self, entity: str, name: str) -> str:
        """The English name and the years of an entity."""
        english = [each for each in self.names(entity, "en") if each != name][:1]
        first, last = self.years(entity)
        years = f"{first or ''}–{last or ''}" if first or last else ""
        return " · ".join(filter(None, (*english, years)))

    def local(self, term: Term) -> str:
        """An IRI below the base; one of others as it is."""
        return term.value.removeprefix(self.base)


async def facts_of(store: StoreService, base: str, entities: Iterable[str]) -> Facts:
    """What the store says of entities below the base. Raises ServiceError."""
    wanted = [ox.NamedNode(base + entity) for entity in dict.fromkeys(entities)]
    return gathered(base, await rows_of(store, "entity-facts", wanted))


def gathered(base: str, rows: Iterable[Any]) -> Facts:
    """The facts in the rows of entity-facts."""
    facts = Facts(base)
    for row in rows:
        known = facts.said.setdefault(facts.local(row["entity"]), {})
        known.setdefault(row["property"].value, []).append(row["value"])
    return facts


async def rows_of(
    store: StoreService, name: str, entities: list[ox.NamedNode], **bindings: Term
) -> list[dict[str, Any]]:
    """The rows of a query in sparql/ about some entities; none where there are none. Raises ServiceError."""
    if not entities:
        return []
    return await store.select(about(name, entities), bindings)


def about(name: str, entities: list[ox.NamedNode]) -> str:
    """A query in sparql/ about some entities."""
    return Template(source(name)).substitute(entities=one_of("entity", entities))


def source(name: str) -> str:
    """The text of a query in sparql/."""
    return (_FOLDER / f"{name}.rq").read_text("utf-8")


def _year(values: list[Term]) -> int | None:
    found = [int(v.value[:4]) for v in values if v.value[:4].isascii() and v.value[:4].isdigit()]
    return found[0] if found else None
