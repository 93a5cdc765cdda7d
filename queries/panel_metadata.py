"""What a panel says of itself in the metadata of the CSV on the Web: columns, datatypes, what no two rows share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policygraph.ontology.labels import CHINESE, ENGLISH
from policygraph.ontology.prefixes import expand

# Column → property and datatype, of all panels.
_COLUMNS: dict[str, tuple[str, str]] = {
    "code": ("skos:notation", "string"),
    "area": ("pg:scopeText", "string"),
    "year": ("pg:period", "gYear"),
    "indicator": ("pg:indicator", "string"),
    "variable": ("dcterms:identifier", "string"),
    "kind": ("pg:kind", "string"),
    "unit": ("pg:unitText", "string"),
    "value": ("pg:value", "decimal"),
    "target": ("pg:value", "decimal"),
    "range": ("rdfs:comment", "string"),
    "tone": ("dcterms:description", "string"),
    "tone_code": ("dcterms:type", "string"),
    "quote": ("dcterms:bibliographicCitation", "string"),
    "text": ("pg:quote", "string"),
    "document": ("dcterms:isPartOf", "anyURI"),
    "start": ("pg:start", "integer"),
    "end": ("pg:end", "integer"),
    "cell": ("pg:cell", "string"),
}
_TITLES = {
    "long": ("指标面板", "indicator panel"),
    "wide": ("指标面板（宽表）", "indicator panel, wide"),
    "targets": ("经济增长目标", "targets of economic growth"),
}
_KEYS = {
    "long": ("document", "start", "indicator", "kind", "code", "year"),
    "wide": ("code", "area", "year"),
    "targets": ("document", "start", "target"),
}
_ALWAYS = frozenset(("area", "year", "value", "target"))


def metadata(
    kind: str, name: str, columns: Iterable[str], variables: Iterable[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """The metadata of a panel in a file: of its columns, and of the variables of a wide one."""
    chinese, english = _TITLES[kind]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dialect": {"encoding": "utf-8", "header": True},
        "dcterms:title": [
            {"@value": chinese, "@language": CHINESE},
            {"@value": english, "@language": ENGLISH},
        ],
        "tableSchema": {
            "primaryKey": list(_KEYS[kind]),
            "columns": [*map(_column, columns), *map(_variable, variables)],
        },
    }


def _column(name: str) -> dict[str, Any]:
    property_name, datatype = _COLUMNS[name]
    described: dict[str, Any] = {
        "name": name,
        "titles": name,
        "datatype": datatype,
        "propertyUrl": expand(property_name),
    }
    return described | ({"required": True} if name in _ALWAYS else {})


def _variable(variable: Mapping[str, str]) -> dict[str, Any]:
    """A column of a wide panel: its property is the concept of the indicator."""
    unit = f" ({variable['unit']})" if variable["unit"] else ""
    return {
        "name": variable["variable"],
        "titles": variable["variable"],
        "datatype": "decimal",
        "propertyUrl": variable["concept"],
        "dcterms:description": f"{variable['indicator']} · {variable['kind']}{unit}",
    }
