"""The queries a page offers: the named ones and some that make networks, in groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policygraph.queries.catalogue import Catalogue, NamedQuery

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Group:
    """Queries of one theme, under its name in Chinese and English."""

    label: tuple[str, str]
    queries: tuple[NamedQuery, ...]


def networks() -> Iterable[NamedQuery]:
    """Queries whose answer is drawn."""
    return iter(Catalogue(FOLDER))


def grouped(catalogue: Catalogue) -> list[Group]:
    """The named queries by theme."""
    return [Group(theme, tuple(queries)) for theme, queries in catalogue.themes().items()]
