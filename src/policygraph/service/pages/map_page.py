"""The page of the map: areas as points, sized by how often they are named or by a figure; beside them a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from policygraph.graph.sparql.data import table
from policygraph.ontology.register.centres import centre
from policygraph.ontology.terms import THINGS
from policygraph.queries import neighbourhood
from policygraph.queries.neighbourhood import Node
from policygraph.service.pages.indicator_names import spoken
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields, main, page, section
from policygraph.service.pages.report_list import StoreReports, current
from policygraph.service.pages.sparql_access import Row, Select, rows, text, written
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.point_map import Spot, point_map

ADDRESS = "/map"
_NEWEST = 200  # reports whose indicators are offered
LEVELS = ("province", "prefecture", "county")
_SHOWN = (*LEVELS, "")  # towns and villages, which the register does not have, have none
COLUMNS = ("area", "code", "level", "latitude", "longitude", "value", "unit", "period", "text", "kind", "planned", "iri", "figure")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An area with what the map shows of it: a count of mentions, or a stated value with its words."""

    node: Node
    code: str
    level: str
    value: Decimal
    unit: str = ""
    period: str = ""
    words: str = ""
    kind: str = ""
    planned: str = ""
    figure: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, None where they are not known."""
        return centre(self.code)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; all of it may be empty."""

    indicator: str = ""
    document: str = ""
    level: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MapContent:
    """The places of a map, the kinds of figures of the indicator, and what one can choose from."""

    places: Sequence[Place]
    kinds: Mapping[str, tuple[Node, str, str]]  # key → kind, whether planned, unit
    indicators: Sequence[Node]
    reports: Sequence[Node]

    def solutions(self, reader: PageReader) -> ox.QuerySolutions:
        """The places as rows that every format of answers can be written from."""
        return table(COLUMNS, (_row(place, reader) for place in self.places))


def _row(place: Place, reader: PageReader) -> list[str | Decimal | None]:
    point = place.point
    return [
        *(place.node.name(reader.tag), place.code, place.level),
        *((Decimal(str(round(degrees, 4))) for degrees in point) if point else (None, None)),
        *(place.value, place.unit, place.period, place.words, place.kind, place.planned),
        *(place.node.iri, place.figure),
    ]


def content(select: Select, asked: Asked) -> MapContent:
    """What the map shows; raises ValueError where an IRI is none.

    The indicators to choose from are those of the newest reports, where there are many.
    """
    document = ox.NamedNode(asked.document) if asked.document else "UNDEF"
    reports = StoreReports(select).listed
    listed = [report.iri for report in reports]
    newest = [report.iri for report in current(reports)[:_NEWEST]]
    graphs = [*newest, THINGS] if len(listed) > _NEWEST else None
    offered = [text(row, "indicator") for row in rows(select, "map-indicators", graphs)]
    if asked.indicator:
        query = written("map-figures", document=document, indicator=ox.NamedNode(asked.indicator))  # fmt: skip
    else:
        query = written("map-mentions", document=document)
    found = [
        {name: term for name, term in row.items() if term is not None} for row in select(query, {})
    ]
    stated = {text(row, name) for row in found for name in ("area", "is") if name in row}
    named = neighbourhood.nodes(select, {*offered, *listed, *stated})
    kinds = _kinds(found, named)
    kind = asked.kind if asked.kind in kinds else next(iter(kinds), "")
    kept = [row for row in found if not asked.level or text(row, "level") == asked.level]
    places = _latest(kept, named, kind) if asked.indicator else _counted(kept, named)
    return MapContent(
        sorted(places, key=lambda place: (-abs(place.value), place.code)),
        kinds,
        [named[iri] for iri in offered if iri in named],
        [named[iri] for iri in listed if iri in named],
    )


def _kinds(found: Sequence[Row], named: Mapping[str, Node]) -> dict[str, tuple[Node, str, str]]:
    """The kinds of figures, with their unit, those of most areas first: a level and a growth are no one map."""
    areas: dict[str, set[str]] = {}
    parts: dict[str, tuple[Node, str, str]] = {}
    for row in found:
        if "is" in row:
            kind = named.get(text(row, "is"), Node(text(row, "is")))
            parts[_kind(row)] = (kind, text(row, "planned"), text(row, "unit"))
            areas.setdefault(_kind(row), set()).add(text(row, "area"))
    return {
        key: parts[key]
        for key in sorted(areas, key=lambda key: (parts[key][1], -len(areas[key]), key))
    }


def _kind(row: Row) -> str:
    """Kind, whether planned, and unit of a figure: only figures alike in them are on one map."""
    return " ".join(filter(None, (text(row, "kind"), text(row, "planned"), text(row, "unit"))))


def _counted(found: Sequence[Row], named: Mapping[str, Node]) -> list[Place]:
    counts: dict[str, Place] = {}
    for row in found:
        iri = text(row, "area")
        if iri in named and text(row, "level") in _SHOWN:
            counts[iri] = Place(
                named[iri], text(row, "code"), text(row, "level"), Decimal(text(row, "times"))
            )
    return list(counts.values())


def _latest(found: Sequence[Row], named: Mapping[str, Node], kind: str) -> list[Place]:
    """Of each area the figure of the latest period."""
    latest: dict[str, Place] = {}
    for row in sorted(found, key=lambda row: (text(row, "period"), text(row, "figure"))):
        iri = text(row, "area")
        if iri in named and _kind(row) == kind and text(row, "level") in _SHOWN:
            latest[iri] = Place(
                node=named[iri],
                code=text(row, "code"),
                level=text(row, "level"),
                value=Decimal(text(row, "value")),
                unit=text(row, "unit"),
                period=text(row, "period"),
                words=text(row, "text"),
                kind=text(row, "kind"),
                planned=text(row, "planned"),
                figure=text(row, "figure"),
            )
    return list(latest.values())


def map_page(found: MapContent, asked: Asked, reader: PageReader) -> str:
    """The form, the map, the list of places, and those of which no point is known."""
    shown = [place for place in found.places if place.point]
    lost = [place for place in found.places if not place.point]
    given = {name: value for name, value in _given(asked).items() if value}
    picture = point_map([_spot(place, reader) for place in shown], reader.say("map"))
    links = [
        tag("a", name, href=reader.at(f"{ADDRESS}.{name.lower()}", **given))
        for name in ("CSV", "JSON")
    ]
    return page(
        reader,
        reader.say("map"),
        reader.at(ADDRESS, **given).rpartition("lang=")[0].rstrip("?&"),
        main(
            tag("h1", reader.say("map")),
            tag("p", reader.say("map_hint"), class_="lead"),
            _form(found, asked, reader),
            tag("div", tag("div", picture or tag("p", reader.say("map_empty"))), _list(shown, reader), class_="mapped"),
            section(reader.say("map_lost"), _list(lost, reader)) if lost else None,
            tag("p", *_spaced(links), class_="ways") if found.places else None,
        ),
    )  # fmt: skip


def _given(asked: Asked) -> dict[str, str]:
    return {name: getattr(asked, name) for name in ("indicator", "document", "level", "kind")}


def _spaced(links: Sequence[Markup]) -> list[str]:
    return [part for link in links for part in (link, " ")]


def _spot(place: Place, reader: PageReader) -> Spot:
    latitude, longitude = place.point or (0.0, 0.0)
    name = place.node.name(reader.tag)
    address = reader.local(place.figure or place.node.iri) or place.node.iri
    amount = float(place.value)
    return Spot(name, latitude, longitude, amount, f"{name}: {_said(place, reader)}", address)


def _said(place: Place, reader: PageReader) -> str:
    """The words of a figure with its period, or how often an area is named."""
    if not place.figure:
        return reader.say("named_count", count=str(place.value))
    target = reader.say("map_planned") if place.planned else ""
    return " · ".join(filter(None, (place.words, place.period, target)))


def _list(places: Sequence[Place], reader: PageReader) -> Markup:
    items = (
        tag("li", _link(place, reader), " ", tag("small", _said(place, reader))) for place in places
    )
    return tag("ol", *items, class_="places")


def _link(place: Place, reader: PageReader) -> Markup:
    address = reader.local(place.figure or place.node.iri) or place.node.iri
    name = place.node.name(reader.tag)
    link = tag("a", name, href=address, dir="auto", lang=reader.language_of(name))
    return join(link, spoken(name, reader))


def _form(found: MapContent, asked: Asked, reader: PageReader) -> Markup:
    """What to show, in which report, of which level."""
    indicators = [
        ("", reader.say("map_mentions")),
        *((n.iri, n.name(reader.tag)) for n in found.indicators),
    ]
    reports = [
        ("", reader.say("explorer_every_report")),
        *((n.iri, n.name(reader.tag)) for n in found.reports),
    ]
    levels = [
        ("", reader.say("map_levels")),
        *((name, reader.say(f"map_{name}")) for name in LEVELS),
    ]
    kinds = [
        (
            key,
            " ".join(
                filter(
                    None,
                    (kind.name(reader.tag), reader.say("map_planned") if planned else "", unit),
                )
            ),
        )
        for key, (kind, planned, unit) in found.kinds.items()
    ]
    return tag(
        "form",
        _choice("indicator", reader.say("map_what"), indicators, asked.indicator),
        _choice("kind", reader.say("map_kind"), kinds, asked.kind) if len(kinds) > 1 else None,
        _choice("document", reader.say("explorer_report"), reports, asked.document) if len(reports) > 2 else None,
        _choice("level", reader.say("map_level"), levels, asked.level),
        hidden_fields(reader),
        tag("button", reader.say("map_show")),
        action=reader.path(ADDRESS),
        class_="parameters",
    )  # fmt: skip


def _choice(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
    return tag(
        "label",
        tag("span", label),
        tag(
            "select",
            *(tag("option", words, value=key, selected=key == chosen) for key, words in options),
            name=name,
        ),
    )
