"""What a client asks: batches of names and batches of values, read from JSON and refused where they are none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policygraph.errors import ServiceError
from policygraph.graph.reconciliation.entity_schema import properties, types
from policygraph.ontology.prefixes import PREFIXES

BATCH = 100  # names in one request
VALUES = 1000  # entities times properties in one request
CANDIDATES = 12  # where a question sets no limit
_MOST_CANDIDATES = 100
_FIELDS = frozenset({"query", "type", "limit", "properties", "type_strict"})


@dataclass(frozen=True, slots=True)
class Question:
    """One name to be matched: the types it may have (all where none is given), and what else is known.

    ``known`` is property → the values given for it, each as text.
    """

    text: str
    types: tuple[str, ...] = ()
    limit: int = CANDIDATES
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def given(self, name: str) -> tuple[str, ...]:
        """The values given for one property."""
        return tuple(value for each, found in self.known for value in found if each == name)


@dataclass(frozen=True, slots=True)
class Fetch:
    """Entities of which some properties are wanted, each with its settings."""

    ids: tuple[str, ...]
    wanted: tuple[tuple[str, Mapping[str, Any]], ...]


def read_batch(text: str) -> dict[str, Question]:
    """The questions of a batch by their keys. Raises ServiceError."""
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > BATCH:
        raise ServiceError(
            413, f"queries: {len(batch)} names are too many; send {BATCH} at a time (batchSize)"
        )
    return {key: _question(value, f"queries.{key[:40]}") for key, value in batch.items()}


def read_single(text: str) -> Question:
    """The one question of a client of version 0.1: its text, or an object of JSON. Raises ServiceError."""
    if text.lstrip().startswith("{"):
        return _question(_json(text, "query"), "query")
    return _question({"query": text}, "query")


def read_fetch(text: str) -> Fetch:
    """The entities and properties of a data extension. Raises ServiceError."""
    asked = _object(_json(text, "extend"), "extend")
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise ServiceError(400, "extend.ids: a list of identifiers is needed")
    if not isinstance(wanted, list):
        raise ServiceError(400, "extend.properties: a list of properties is needed")
    if len(ids) * max(1, len(wanted)) > VALUES:
        raise ServiceError(
            413, f"extend: {len(ids)} entities with {len(wanted)} properties are too many; send {VALUES} values at a time"
        )  # fmt: skip
    return Fetch(tuple(dict.fromkeys(ids)), tuple(_wanted(each) for each in wanted))


def _wanted(asked: object) -> tuple[str, Mapping[str, Any]]:
    fields = _object(asked, "extend.properties")
    name, settings = fields.get("id"), fields.get("settings") or {}
    if not isinstance(name, str) or not isinstance(settings, dict):
        raise ServiceError(400, "extend.properties: each is an object with id and settings")
    known = properties().get(name)
    if known is None or not known.fetched:
        raise ServiceError(400, f"extend.properties: {name[:80]}: no such property")
    return name, settings


def _question(asked: object, where: str) -> Question:
    fields = _object(asked, where)
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise ServiceError(400, f"{where}: {unknown[0][:80]}: no field of a question")
    text, limit = fields.get("query", ""), fields.get("limit", CANDIDATES)
    if not isinstance(text, str):
        raise ServiceError(400, f"{where}.query: a text is needed")
    known = _known(fields.get("properties") or [], f"{where}.properties")
    if not text.strip() and not known:
        raise ServiceError(400, f"{where}: query or properties is needed")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise ServiceError(400, f"{where}.limit: a whole number of 1 and more is needed")
    strict = fields.get("type_strict")
    if strict is not None and strict not in ("any", "all", "should"):
        raise ServiceError(400, f"{where}.type_strict: any, all or should")
    most = int(min(limit, _MOST_CANDIDATES))
    return Question(text.strip(), _types(fields.get("type"), f"{where}.type"), most, known)


def _types(asked: object, where: str) -> tuple[str, ...]:
    """The types of a question by their ids; one nobody has stays, and nothing has it."""
    if asked is None:
        return ()
    names = []
    for each in asked if isinstance(asked, list) else [asked]:
        name = each.get("id") if isinstance(each, dict) else each
        if not isinstance(name, str):
            raise ServiceError(400, f"{where}: a type, or a list of types, by id")
        names.append(name.removeprefix(PREFIXES["pg"]))
    return tuple(name for name in names if name)


def offered(question: Question) -> tuple[str, ...]:
    """The types a question is about."""
    return tuple(name for name in types() if not question.types or name in question.types)


def _known(asked: object, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(asked, list):
        raise ServiceError(400, f"{where}: a list is needed")
    found = []
    for each in asked:
        fields = _object(each, where)
        name, value = fields.get("pid"), fields.get("v")
        if not isinstance(name, str) or value is None:
            raise ServiceError(400, f"{where}: each has pid and v")
        values = value if isinstance(value, list) else [value]
        found.append((name, tuple(filter(None, (_text(one, where) for one in values)))))
    return tuple(found)


def _text(value: object, where: str) -> str:
    """A value as text; of a matched entity its identifier."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise ServiceError(400, f"{where}: a value is a text, a number, true, false or an entity")


def _json(text: str, where: str) -> object:
    try:
        value: object = json.loads(text, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ServiceError(400, f"{where}: holds half a character (a lone surrogate)") from error
    except (ValueError, RecursionError) as error:
        raise ServiceError(400, f"{where}: is no JSON: {error}") from error
    return value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number in JSON")


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ServiceError(400, f"{where}: an object of JSON is needed")
    return value
