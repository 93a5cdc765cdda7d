"""Values of entities that a client has matched: names, codes, areas above, and figures out of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from policygraph.errors import ServiceError
from policygraph.graph.reconciliation import area_entities
from policygraph.graph.reconciliation.entity_schema import both, properties
from policygraph.graph.sparql.data import Term
from policygraph.ontology.concepts import meaning
from policygraph.ontology.labels import GRAPH_CHINESE
from policygraph.ontology.prefixes import expand
from policygraph.ontology.register import Area, Register
from policygraph.service.reconciliation.areas import year_of
from policygraph.service.reconciliation.entity_facts import Facts, rows_of
from policygraph.service.reconciliation.matches import named_type
from policygraph.service.reconciliation.questions import Fetch
from policygraph.service.reconciliation.reconciler import Reconciler, is_iri
from policygraph.service.store_service import StoreService

Values = list[dict[str, Any]]
_TO_AREAS = frozenset({"parent", "province", "predecessor", "successor"})
SETTINGS = [
    {"name": "indicator", "type": "text", "default": "", "label": "指标 · indicator", "help_text": "figure：指标名称，如 地区生产总值 · the indicator's name"},
    {"name": "period", "type": "text", "default": "", "label": "年份 · year", "help_text": "figure：只要这一年 · only of this year"},
]  # fmt: skip


async def answer(
    fetch: Fetch, reconciler: Reconciler, store: StoreService, base: str
) -> dict[str, Any]:
    """The values of every entity and property asked for; none where there are none. Raises ServiceError."""
    register = Register.load()
    entities = {each: reconciler.local(each) for each in fetch.ids}
    areas = {each: area_entities.area_of(local, register) for each, local in entities.items()}
    facts = await reconciler.facts([entities[each] for each in fetch.ids if areas[each] is None])
    rows: dict[str, dict[str, Values]] = {each: {} for each in fetch.ids}
    for name, settings in fetch.wanted:
        found = (
            await _figures(list(entities.values()), settings, store, base)
            if name == "figure"
            else {}
        )
        for each, local in entities.items():
            area = areas[each]
            if name == "figure":
                values = found.get(local, [])
            elif name == "iri":
                values = [{"str": base + local}] if area or local in facts.said else []
            elif area is not None:
                values = [_cell(v, register) for v in area_entities.values(area, name, register)]
            else:
                values = _of_store(local, name, facts, register)
            rows[each][name] = values
    return {"meta": [_meta(name) for name, _ in fetch.wanted], "rows": rows}


def _meta(name: str) -> dict[str, Any]:
    meta: dict[str, Any] = {"id": name, "name": both(properties()[name].label)}
    return meta | {"type": named_type("Area")} if name in _TO_AREAS else meta


def _cell(value: str | int | Area, register: Register) -> dict[str, Any]:
    if isinstance(value, Area):
        return {"id": area_entities.identifier(value, register), "name": value.name}
    return {"int": value} if isinstance(value, int) else {"str": value}


def _of_store(entity: str, name: str, facts: Facts, register: Register) -> Values:
    first, last = facts.years(entity)
    texts = {
        "chineseName": facts.names(entity, "zh-Hans"),
        "englishName": facts.names(entity, "en"),
        "otherName": facts.other_names(entity),
    }
    if name in texts:
        return [{"str": text} for text in dict.fromkeys(texts[name])]
    if name in ("validFrom", "validUntil"):
        year = first if name == "validFrom" else last
        return [] if year is None else [{"int": year}]
    if name == "parent":
        found = [area_entities.area_of(each, register) for each in facts.areas(entity)]
        return [_cell(area, register) for area in found if area is not None]
    if name == "broader":
        broader = facts.values(entity, expand("skos:broader"))
        return [{"id": facts.local(each), "name": facts.local(each)} for each in broader]
    return []


async def _figures(
    entities: list[str], settings: Mapping[str, Any], store: StoreService, base: str
) -> dict[str, Values]:
    """Entity → the values reports give of one indicator, without parts and plans. Raises ServiceError."""
    indicator = str(settings.get("indicator") or "").strip()
    if not indicator:
        raise ServiceError(400, "extend: figure needs the setting indicator, such as 地区生产总值")
    year = year_of((str(settings.get("period") or ""),))
    if settings.get("period") and year is None:
        raise ServiceError(400, f"extend: {str(settings['period'])[:40]}: is not a year")
    places = [ox.NamedNode(base + each) for each in entities if is_iri(base + each)]
    known = meaning("indicators", indicator)
    words = known.concept.label if known else indicator
    bindings: dict[str, Term] = {"indicatorName": ox.Literal(words, language=GRAPH_CHINESE)}
    found: dict[str, Values] = {}
    for row in await rows_of(store, "figures", places, **bindings):
        period = row["period"].value.rpartition("/")[2]
        if year is None or period == str(year):
            values = found.setdefault(row["entity"].value.removeprefix(base), [])
            value = {"float": float(row["value"].value)}
            values.extend([value] if value not in values else [])
    return found
