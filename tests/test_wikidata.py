"""Items of Wikidata for areas without one: the query, its result in every form it comes in, and what is kept of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import SourceError, UsageError
from policygraph.graph.reconciliation.wikidata import areas_without_item
from policygraph.loaders.reader import read_string
from policygraph.ontology.register import Register
from policygraph.ontology.register.wikidata import items

# As Wikidata has them: 兴安盟 without zeros, 迎江区 of 安庆 by an item that others have too.
WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
wd:Q900001 wdt:P442 "1522" ; rdfs:label "兴安盟"@zh-hans , "Hinggan"@en ;
  p:P625 [ psv:P625 [ wikibase:geoLatitude 46.08 ; wikibase:geoLongitude 122.06 ] ] .
wd:Q900002 wdt:P442 "1529" ; rdfs:label "别处"@zh .
wd:Q900003 wdt:P442 "130207" ; rdfs:label "丰南区"@zh-cn ; wdt:P576 "2001" .
wd:Q900004 wdt:P442 "110101" ; rdfs:label "东城区"@zh .
"""


@pytest.fixture(autouse=True)
def _own_items() -> Iterator[None]:
    items.cache_clear()
    yield
    items.cache_clear()


@pytest.fixture
def answer(tmp_path: Path) -> ox.QuerySolutions:
    """What a store with these triples answers to the query as it is written."""
    query = tmp_path / "missing.rq"
    assert main(["link", "wikidata", "-o", str(query)]) == 0
    store = ox.Store()
    store.load(WIKIDATA.encode(), ox.RdfFormat.TURTLE)
    found = store.query(query.read_text("utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return found


def test_the_query_asks_for_every_area_without_an_item_and_for_no_other(
    answer: ox.QuerySolutions, tmp_path: Path
) -> None:
    rows = [(row["code"].value, row["item"].value[-7:]) for row in answer]
    assert rows == [("1522", "Q900001"), ("1529", "Q900002")]  # one was abolished, one has an item
    assert all(area.last_year is None for area in areas_without_item(Register.load()))
    federated = tmp_path / "federated.rq"
    assert main(["link", "wikidata", "--federated", "-o", str(federated)]) == 0
    assert "SERVICE <https://query.wikidata.org/sparql> {" in federated.read_text("utf-8")
    plain = (tmp_path / "missing.rq").read_text("utf-8")
    assert plain.split("VALUES")[1].split("}")[0] in federated.read_text("utf-8")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "page.json"])
def test_a_result_is_taken_in_where_the_register_confirms_it(
    answer: ox.QuerySolutions,
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}
    data = answer.serialize(format=kinds.get(form, ox.QueryResultsFormat.JSON)) or b""
    if form == "page.json":  # what the button "JSON" of the query page saves
        rows = json.loads(data)["results"]["bindings"]
        data = json.dumps([{name: term["value"] for name, term in row.items()} for row in rows]).encode()  # fmt: skip
    result, own = tmp_path / f"result.{form}", tmp_path / "own.csv"
    result.write_bytes(data)
    before = len(areas_without_item(Register.load()))
    assert main(["link", "wikidata", str(result), "-o", str(own)]) == 0
    assert list(csv.DictReader(own.read_text("utf-8").splitlines())) == [
        {"code": "152200", "item": "Q900001", "latitude": "46.08", "longitude": "122.06"}
    ]
    told = capsys.readouterr().err
    assert "left out: 152900 别处: no area of today" in told
    assert f"1 item confirmed, {before - 1} areas still without" in told
    monkeypatch.setenv("POLICYGRAPH_WIKIDATA", str(own))
    items.cache_clear()
    with Graph.open() as graph:
        graph.add(read_string("内蒙古自治区2023年工作总结\n\n兴安盟新建粮仓12个。\n"))
        asked = "SELECT * { ?area <http://www.w3.org/2004/02/skos/core#closeMatch> <http://www.wikidata.org/entity/Q900001> }"
        assert list(graph.select(asked))


def test_an_item_of_several_codes_several_items_of_a_code_and_what_is_known_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result, own = tmp_path / "result.csv", tmp_path / "own.csv"
    result.write_text(
        "code,name,item,lat,lon\n"
        "1522,兴安盟,http://www.wikidata.org/entity/Q1,46.08,122.06\n"
        "1529,阿拉善盟,http://www.wikidata.org/entity/Q1,38.8,105.7\n"
        "130207,丰南区,Q2,39.5,118.1\n130207,丰南区,Q3,39.5,118.1\n"
        "110101,东城区,Q4,39.9,116.4\n"
        "130303,山海关区,Q5,-40,119\n",
        "utf-8",
    )
    assert main(["link", "wikidata", str(result), "-o", str(own)]) == 0
    told = capsys.readouterr().err
    for line in (
        "152200 Q1: is given for several codes",
        "152900 Q1: is given for several codes",
        "130207: several items (Q2, Q3)",
        "110101 Q4: the area has Q394681",
    ):
        assert f"left out: {line}\n" in told
    assert own.read_text("utf-8").splitlines()[1:] == ["130303,Q5,,"]  # a point in the other half


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["wikidata", "{here}"], SourceError, "is not a result of the query: it needs code, name, item"),
        (["wikidata", "{here}/none.csv"], SourceError, "cannot be read"),
        (["wikidata", "-o", "x.xlsx"], UsageError, "is not written as .xlsx"),
        (["{here}"], UsageError, "say which column holds the names"),
        (["{here}", "y.csv", "--column", "a"], UsageError, "are for link wikidata"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(
    arguments: list[str], error: type[Exception], message: str, tmp_path: Path
) -> None:
    here = tmp_path / "t.csv"
    here.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(error, match=message):
        main(["link", *(each.format(here=here) for each in arguments)])


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "code,item,latitude,longitude\n152200\n", None])
def test_a_file_of_own_items_that_is_none_is_told_before_anything_else(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.csv"
    if content is not None:
        own.write_text(content, "utf-8")
    monkeypatch.setenv("POLICYGRAPH_WIKIDATA", str(own))
    with pytest.raises(SourceError, match=r"POLICYGRAPH_WIKIDATA.*is not a table with code, item"):
        main(["build", "--store", str(tmp_path / "store")])
    assert not (tmp_path / "store").exists()
