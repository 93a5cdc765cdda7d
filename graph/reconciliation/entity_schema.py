"""What can be matched: the types of entities and their properties, as schema.json lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema.json")


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type: its id, the classes of the ontology it covers, its name and comment in both languages."""

    id: str
    kinds: tuple[str, ...]
    label: tuple[str, str]
    comment: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: the types that have it (all where none is named), whether one can ask by it or fetch it."""

    id: str
    types: tuple[str, ...]
    label: tuple[str, str]
    comment: tuple[str, str]
    asked: bool
    fetched: bool


@cache
def types() -> dict[str, EntityType]:
    """The types by id."""
    return {
        row["id"]: EntityType(
            row["id"], tuple(row["kinds"]), _pair(row["label"]), _pair(row["comment"])
        )
        for row in _schema()["types"]
    }


@cache
def properties() -> dict[str, Property]:
    """The properties by id."""
    return {
        row["id"]: Property(
            row["id"],
            tuple(row["types"]),
            _pair(row["label"]),
            _pair(row["comment"]),
            row.get("asked", True),
            row.get("fetched", True),
        )
        for row in _schema()["properties"]
    }


def both(pair: tuple[str, str]) -> str:
    """Chinese and English in one text, for clients that show one name only."""
    return pair[0] if pair[0] == pair[1] else " · ".join(filter(None, pair))


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return schema


def _pair(texts: list[str]) -> tuple[str, str]:
    chinese, english = texts
    return chinese, english
