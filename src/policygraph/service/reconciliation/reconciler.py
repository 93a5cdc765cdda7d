"""Names and identifiers answered: candidates, suggestions and values, from the register and from the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import pyoxigraph as ox

from policygraph.errors import ServiceError
from policygraph.graph.reconciliation import area_entities
from policygraph.graph.reconciliation.entity_schema import EntityType, Property, types
from policygraph.graph.reconciliation.entity_schema import both as in_both
from policygraph.ontology.register import Register
from policygraph.service.bundled_ontology import bundled_quads
from policygraph.service.reconciliation import areas, store_entities
from policygraph.service.reconciliation.entity_facts import Facts, facts_of, source
from policygraph.service.reconciliation.matches import Match, ranked
from policygraph.service.reconciliation.questions import Question, offered
from policygraph.service.reconciliation.store_entities import StoreEntities, report_rows
from policygraph.service.search import Search
from policygraph.service.settings import Settings
from policygraph.service.store_service import StoreService

_Result = TypeVar("_Result")
_Known = Mapping[str, EntityType] | Mapping[str, Property]
_AREA = "Area"
SUGGESTIONS = 20


class Reconciler:
    """Answers what names mean; the register is asked in a thread, the store through its workers."""

    def __init__(self, store_service: StoreService, search: Search, settings: Settings) -> None:
        self._store, self._search, self._settings = store_service, search, settings
        self._reports: tuple[str, list[tuple[str, str]]] = ("", [])  # state of the store, titles

    def local(self, identifier: str) -> str:
        """An identifier below the base of the graph; a whole IRI is one too."""
        return identifier.strip().removeprefix(self._settings.base)

    async def candidates(self, questions: Mapping[str, Question]) -> dict[str, list[Match]]:
        """The candidates of each question, the best first. Raises ServiceError."""
        found = await self._in_index(lambda names, late: self._named(questions, names, late))
        others = [match.id for matches in found.values() for match in matches if _stored(match)]
        facts = await facts_of(self._store, self._settings.base, others)
        register = Register.load()
        answers = {}
        for key, question in questions.items():
            stored = [match for match in found[key] if _stored(match)]
            placed = store_entities.placed(question, stored, facts, register)
            known = [match for match in found[key] if not _stored(match)]
            answers[key] = ranked((*known, *placed), question.limit)
        for key, question in questions.items():
            if not answers[key] and question.text:
                answers[key] = await self._identified(question)
        return answers

    def _named(
        self, questions: Mapping[str, Question], names: StoreEntities, late: Callable[[], None]
    ) -> dict[str, list[Match]]:
        register, found = Register.load(), {}
        for key, question in questions.items():
            late()
            text = self.local(question.text)
            matches = areas.matches(question, text, register) if _AREA in offered(question) else []
            found[key] = [*matches, *names.named(question)]
        return found

    async def _identified(self, question: Question) -> list[Match]:
        """The one entity whose identifier a question is."""
        entity = await self.entity(question.text)
        if entity is None or entity.type not in offered(question):
            return []
        return [
            Match(entity.id, entity.name, entity.type, entity.description, 100, ("code",), True)
        ]

    async def suggestions(self, text: str, wanted: tuple[str, ...], skip: int) -> list[Match]:
        """The entities a person who types this may mean. Raises ServiceError."""
        local, most = self.local(text), skip + SUGGESTIONS
        question = Question(text, wanted, limit=most)

        def look(names: StoreEntities, _: Callable[[], None]) -> list[Match]:
            register = Register.load()
            found = areas.suggestions(local, register, most) if _AREA in offered(question) else []
            return [*found, *sorted(names.named(question), key=lambda m: (-m.score, m.name, m.id))]

        found = await self._in_index(look) if text.strip() else []
        if not found and (entity := await self.entity(text)) is not None:
            found = [entity]
        return found[skip:most]

    async def entity(self, identifier: str) -> Match | None:
        """The entity of an identifier, None where there is none. Raises ServiceError."""
        local, register = self.local(identifier), Register.load()
        area = area_entities.area_of(local, register)
        if area is not None:
            return areas.entity(area, register)
        facts = await self.facts([local])
        kinds = {name: set(kind.kinds) for name, kind in types().items()}
        for name in (name for name in kinds if kinds[name].intersection(facts.kinds(local))):
            label = next(iter((*facts.names(local, "zh-Hans"), *facts.names(local, "en"))), local)
            return Match(local, label, name, facts.description(local, label))
        return None

    async def facts(self, identifiers: list[str]) -> Facts:
        """What the store and the bundled vocabularies say of entities. Raises ServiceError."""
        base = self._settings.base
        given = [each for each in map(self.local, identifiers) if is_iri(base + each)]
        facts = await facts_of(self._store, base, given)
        for entity in given:
            quads = bundled_quads(base).get(base + entity, ())
            if entity not in facts.said and quads:
                said = facts.said.setdefault(entity, {})
                for quad in quads:
                    if isinstance(quad.object, ox.NamedNode | ox.Literal):
                        said.setdefault(quad.predicate.value, []).append(quad.object)
        return facts

    async def _in_index(
        self, look: Callable[[StoreEntities, Callable[[], None]], _Result]
    ) -> _Result:
        """What a function finds among the names of the store, in a thread, within the service's time."""
        reports, base = await self._titles(), self._settings.base
        ends = time.monotonic() + (self._settings.limits.seconds or float("inf"))

        def late() -> None:
            if time.monotonic() > ends:
                raise ServiceError(503, "it took too long; send fewer names", {"Retry-After": "1"})

        return await self._search.in_index(
            lambda index: look(StoreEntities(index, reports, base), late)
        )

    async def _titles(self) -> list[tuple[str, str]]:
        """The titles of the reports, asked once for a state of the store."""
        tag = self._store.tag
        if self._reports[0] != tag:
            self._reports = (tag, report_rows(await self._store.select(source("reports"))))
        return self._reports[1]


def is_iri(text: str) -> bool:
    """Whether a text can be an IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _stored(match: Match) -> bool:
    return match.type != _AREA


def listed(known: _Known, text: str, skip: int) -> list[dict[str, str]]:
    """The types or properties whose id or name holds a text."""
    wanted = text.strip().casefold()
    found = []
    for each in known.values():
        name = in_both(each.label)
        if wanted in name.casefold() or wanted in each.id.casefold():
            entry = {"id": each.id, "name": name, "description": in_both(each.comment)}
            found.append({key: value for key, value in entry.items() if value})
    return found[skip : skip + SUGGESTIONS]
