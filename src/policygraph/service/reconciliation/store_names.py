"""Names of a table matched with things of a store, without a service."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from policygraph.graph.reconciliation.column_linking import Name
from policygraph.graph.stores import Store
from policygraph.ontology.register import Register
from policygraph.queries.search_index import SearchIndex
from policygraph.service.dereference import find_base
from policygraph.service.reconciliation.entity_facts import about, gathered, source
from policygraph.service.reconciliation.matches import Match, ranked
from policygraph.service.reconciliation.questions import CANDIDATES, Question
from policygraph.service.reconciliation.store_entities import StoreEntities, placed, report_rows


def named_in(
    store: Store, location: str, kind: str, names: Sequence[Name]
) -> tuple[list[list[Match]], str]:
    """The candidates of each name among the things of one type, and the base of their IRIs. Raises StoreError."""
    base, register = find_base(location), Register.load()
    reports = report_rows(_rows(store, source("reports")))
    known: dict[Name, list[Match]] = {}
    with SearchIndex.of(store, location) as index:
        entities = StoreEntities(index, reports, base)
        for name in names:
            if name not in known:
                question = _question(name, kind)
                found = entities.named(question)
                wanted = [ox.NamedNode(base + match.id) for match in found]
                facts = gathered(
                    base, _rows(store, about("entity-facts", wanted)) if wanted else ()
                )
                told = placed(question, found, facts, register)
                known[name] = ranked(told, CANDIDATES)
    return [known[name] for name in names], base


def _question(name: Name, kind: str) -> Question:
    given = [("year", (str(name.year),))] if name.year else []
    given += [("parent", (name.above,))] if name.above else []
    return Question(name.text, (kind,), CANDIDATES, tuple(given))


def _rows(store: Store, sparql: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
    answer = store.query(sparql)
    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return [{name: row[name] for name in columns} for row in answer]
