"""A real OpenRefine on a table of names of several decades: matched, extended with columns, exported."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policygraph.ontology.iris import DEFAULT_BASE, Minter
from policygraph.ontology.register import Register

from ..openrefine import OpenRefine, openrefine
from .service_process import Service

HARD = Path(__file__).parents[1] / "data" / "hard-names.csv"
PROPERTIES = [
    *({"id": name} for name in ("iri", "code", "parent", "centre")),
    {"id": "figure", "settings": {"indicator": "脱贫人口人均纯收入", "period": "2022"}},
]
KNOWN = [("year", "year"), ("within", "parent")]


def names() -> list[dict[str, str]]:
    """Three hundred of the hard names, those with a year first: 1982 to 2024."""
    rows = list(csv.DictReader(HARD.read_text("utf-8").splitlines()))
    return sorted(rows, key=lambda row: not row["year"])[:300]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    with openrefine(tmp_path_factory.mktemp("openrefine") / "work") as client:
        yield client


def matched(refine: OpenRefine, service: Service) -> list[list[str]]:
    """The cells of the table after OpenRefine has matched and extended it, without its headings."""
    table = io.StringIO()
    writer = csv.DictWriter(table, ("text", "year", "within"), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(names())
    manifest = json.loads(service.get("/reconcile").text)
    here = service.address.rstrip("/") + "/reconcile"
    spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
    refine.add_service({**manifest, "url": here})
    project = refine.project("names", table.getvalue().encode())
    config: dict[str, Any] = {
        **spaces,
        "mode": "standard-service",
        "service": here,
        "type": {"id": "Area", "name": "Area"},
        "autoMatch": True,
        "limit": 0,
        "columnDetails": [
            {"column": column, "propertyID": name, "propertyName": name} for column, name in KNOWN
        ],
    }
    refine.run(project, "reconcile", columnName="text", config=config)
    asked = {"baseColumnName": "text", "endpoint": here, "columnInsertIndex": 3, **spaces}
    refine.run(project, "extend-data", extension={"properties": PROPERTIES}, **asked)
    return list(csv.reader(io.StringIO(refine.exported(project))))[1:]


def test_openrefine_matches_a_table_of_names_of_several_decades_and_adds_columns(
    refine: OpenRefine, reading: Service
) -> None:
    register = Register.load()
    areas = {area.key: area for area in register.areas}
    cells = matched(refine, reading)
    open_names = []
    for row, (_, year, within, iri, code, above, centre, figure) in zip(
        names(), cells, strict=True
    ):
        assert (year, within) == (row["year"], row["within"])
        area = areas.get(row["expected"])
        if not iri:
            open_names += [row["text"]] if area else []
            assert (code, above, centre, figure) == ("", "", "", ""), row
            continue
        assert area is not None, row
        assert iri == Minter().area(register.local_id(area)), row
        assert code == area.code
        assert bool(above) == (area.name != "中国"), row
        assert bool(figure) == (area.name == "湖北省"), row
    assert open_names == ["思茅市", "武进市"]
    assert ("襄阳市", "2015", "", f"{DEFAULT_BASE}id/area/420600", "420600", "湖北省") in {
        tuple(row[:6]) for row in cells
    }
    (hubei,) = (row for row in cells if row[7])
    assert hubei[4:] == ["420000", "中国", "", "14705.0"]
    assert sum(bool(row[6]) for row in cells) == 120
