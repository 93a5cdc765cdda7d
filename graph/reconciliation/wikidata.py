"""Items of Wikidata for areas that have none: the query that asks for them, and what of its result the register confirms."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygraph.errors import SourceError, reason
from policygraph.ontology.register import Area, Register
from policygraph.ontology.register.wikidata import COLUMNS, ENTITY, items

ENDPOINT = "https://query.wikidata.org/sparql"
_NEEDED = ("code", "name", "item")
_ITEM = re.compile(r"Q[1-9]\d*")
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}")
# Where points of China lie; a point elsewhere is a slip.
_LATITUDES, _LONGITUDES = (3.0, 54.0), (73.0, 136.0)
# Wikidata writes codes of provinces and prefectures without the zeros at their end, or with them.
_PATTERN = """{{
    VALUES ?code {{ {codes} }}
    ?item wdt:P442 ?code ; rdfs:label ?label .
    FILTER (LANG(?label) IN ("zh-hans", "zh-cn", "zh"))
    FILTER NOT EXISTS {{ ?item wdt:P576 ?abolished }}
    OPTIONAL {{
      ?item p:P625/psv:P625 ?point .
      ?point wikibase:geoLatitude ?lat ; wikibase:geoLongitude ?lon .
    }}
    BIND (STR(?label) AS ?name)
  }}"""
_QUERY = """# Items of Wikidata that bear the GB/T 2260 codes (P442) of areas that have no item yet.
# {how}
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?code ?name ?item ?lat ?lon WHERE {{
  {pattern}
}}
ORDER BY ?code ?item ?name
"""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Rows of a table of items (code, item, latitude, longitude), and what was left out with the reason."""

    rows: tuple[tuple[str, str, str, str], ...]
    left_out: tuple[str, ...]

    def table(self) -> bytes:
        """The rows as CSV, in the form of ontology/register/wikidata.csv."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self.rows)
        return out.getvalue().encode()


def areas_without_item(register: Register) -> tuple[Area, ...]:
    """The areas of today that no item is known of, by their codes."""
    today = (a for a in register.areas if a.last_year is None and a.wikidata is None)
    below = (area for area in today if area.level != "country")
    return tuple(sorted(below, key=lambda area: area.code))


def item_query(areas: Sequence[Area], *, federated: bool) -> str:
    """The query on P442, as one asks Wikidata itself or, federated, any other endpoint."""
    codes = {form for area in areas for form in {area.code, re.sub("(00){1,2}$", "", area.code)}}
    pattern = _PATTERN.format(codes=" ".join(f'"{code}"' for code in sorted(codes)))
    how = "For query.wikidata.org; --federated writes it for any other endpoint."
    if federated:
        how = f"For an endpoint that may ask others: policygraph serve --allow-service {ENDPOINT}"
        pattern = f"SERVICE <{ENDPOINT}> {pattern}"
    return _QUERY.format(how=how, pattern=pattern if federated else pattern.strip("{} \n"))


def read_result(path: Path) -> list[dict[str, str]]:
    """The rows of a result: CSV, TSV, SPARQL JSON, or the plain JSON of the query page. Raises SourceError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {reason(error)}") from error
    rows = _json_rows(text, path) if text.lstrip()[:1] in ("{", "[") else _table_rows(text)
    if not rows or not all(name in rows[0] for name in _NEEDED):
        raise SourceError(f"{path}: is not a result of the query: it needs {', '.join(_NEEDED)}")
    return rows


def _table_rows(text: str) -> list[dict[str, str]]:
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter="\t" if "\t" in first else ",")
    return [
        {str(name).lstrip("?"): _plain(cell or "") for name, cell in row.items() if name}
        for row in rows
    ]


def _plain(cell: str) -> str:
    """A cell of TSV without what makes it a term: "鼓楼区"@zh, <http://…>."""
    term = re.fullmatch(r'"(.*)"(?:@[\w-]+|\^\^<.*>)?|<(.*)>', cell.strip())
    return (term[1] or term[2] or "") if term else cell.strip()


def _json_rows(text: str, path: Path) -> list[dict[str, str]]:
    try:
        told: Any = json.loads(text)
        if isinstance(told, dict):
            bindings = told["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
        return [{str(name): str(value) for name, value in row.items()} for row in told]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: is not a query result in JSON") from error


def confirmed(
    rows: Iterable[Mapping[str, str]],
    register: Register,
    known: Mapping[str, str],
    doubtful: frozenset[str] = frozenset(),
) -> Confirmed:
    """What the register confirms: the code is borne today by an area of that very name, by one item alone.

    ``known`` are the items that areas have already (code → item), ``doubtful`` codes whose points are not taken.
    """
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    left_out: dict[str, None] = {}
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        code, item = row["code"].ljust(6, "0"), row["item"].removeprefix(ENTITY)
        names.setdefault((code, item), set()).add(row["name"])
        found.setdefault(code, {}).setdefault(item, row)
    times = Counter(item for by_item in found.values() for item in by_item)
    taken = {item: code for code, item in known.items()}
    kept = []
    for code, by_item in sorted(found.items()):
        right = [item for item in by_item if _is_area(code, names[code, item], register)]
        for item in sorted({*by_item} - {*right}):
            left_out[f"{code} {'、'.join(sorted(names[code, item]))}: no area of today"] = None
        if len(right) > 1:
            left_out[f"{code}: several items ({', '.join(sorted(right))})"] = None
        elif right and (why := _unfit(code, right[0], times, taken, known)):
            left_out[f"{code} {right[0]}: {why}"] = None
        elif right:
            kept.append((code, right[0], *_point(by_item[right[0]], code, register, doubtful)))
    return Confirmed(tuple(kept), tuple(left_out))


def _is_area(code: str, names: set[str], register: Register) -> bool:
    area = register.by_code(code) if _CODE.fullmatch(code) else None
    return area is not None and area.last_year is None and area.name in names


def _unfit(
    code: str, item: str, times: Counter[str], taken: Mapping[str, str], known: Mapping[str, str]
) -> str:
    """Why an item is not taken, empty where it is."""
    if not _ITEM.fullmatch(item):
        return "is not an item of Wikidata"
    if times[item] > 1 or taken.get(item, code) != code:
        return "is given for several codes"
    if code in known:
        return "is known" if known[code] == item else f"the area has {known[code]}"
    return ""


def _point(
    row: Mapping[str, str], code: str, register: Register, doubtful: frozenset[str]
) -> tuple[str, str]:
    """Latitude and longitude, both empty where they cannot be relied on; those of provinces are coarse."""
    area = register.by_code(code)
    try:
        latitude, longitude = float(row.get("lat") or ""), float(row.get("lon") or "")
    except ValueError:
        return "", ""
    inside = (
        _LATITUDES[0] < latitude < _LATITUDES[1] and _LONGITUDES[0] < longitude < _LONGITUDES[1]
    )
    if not inside or code in doubtful or area is None or area.level == "province":
        return "", ""
    return row["lat"], row["lon"]


def items_known() -> dict[str, str]:
    """Code → item, of all that is known now."""
    return {code: item.name for code, item in items().items()}
