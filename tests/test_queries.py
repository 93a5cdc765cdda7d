"""Every named query against the Hubei report, its catalogue, and how answers are written."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.errors import QueryError
from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string
from policygraph.queries.catalogue import FOLDER, THEMES, Catalogue, answer, named, names
from policygraph.queries.results import Rows, write
from policygraph.service.pages.query_page import runnable

ROOT = Path(__file__).parents[1]
CONTRACT = {
    "figures": "document,start,end,text,value,unit,kind,indicator,scope,period,of,qualifier",
    "mentions": "document,start,end,text,type,name,iri",
    "measures": "document,start,end,text,actor,action,object,target,place,period,status",
}
# Values given to parameters that a query requires.
REQUIRED = {
    "evidence": {"iri": "https://w3id.org/policygraph/id/area/420000"},
    "deeds": {"actor": "中共湖北省委员会"},
    "about": {"name": "通城县"},
    "area-facts": {"code": "421100"},
    "indicators-near": {"near": "资金"},
    "indicator-compare": {"indicator": "农村居民人均可支配收入"},
    "indicator-missing": {"indicator": "预算总投资"},
    "year-on-year": {"indicator": "脱贫人口人均纯收入"},
    "across-provinces": {"indicator": "脱贫人口人均纯收入", "period": "2022"},
    "statement-graph": {
        "iri": "https://w3id.org/policygraph/id/document/090cb592edbac444/figure/341-347"
    },
}
TABLES = [name for name in names() if not named(name).makes_graph]
GRAPHS = [name for name in names() if named(name).makes_graph]
EXPECTED = sorted((Path(__file__).parent / "expected").glob("*.csv"))


def ask(graph: Graph, name: str, **values: str) -> list[dict[str, str]]:
    """The rows as CSV cells."""
    given = REQUIRED.get(name, {}) | values
    text = write(answer(graph.store, name, given), "csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


# -- one plain row a query ---------------------------------------------------------------------

# Query → one row that the report plainly says.
ROWS: dict[str, dict[str, Any]] = {
    "figures": {"text": "1.77万人", "value": 17700, "unit": "人", "indicator": "驻村第一书记"},
    "mentions": {"text": "省政府", "name": "湖北省人民政府", "type": "Organization"},
    "measures": {"action": "选派", "actor": "湖北省", "status": "done"},
    "money": {"text": "239.82亿元", "value": 23982000000, "indicator": "财政衔接资金"},
    "changes": {"text": "14%", "level": 14705, "earlier": Decimal("12899.12")},
    "ranks": {"text": "首位", "rank": 1, "scope": "28个国定脱贫县"},
    "completions": {"text": "103.7%", "reached": 2161000, "target": 2083896},
    "shares": {"part": 4897000000, "whole": 23982000000, "share": Decimal("0.2042")},
    "pilots": {"pilot": "庭院经济发展试点", "sites": 11},
    "documents-issued": {
        "title": "湖北省乡村建设行动推进方案",
        "issuer": "中共湖北省委农村工作领导小组",
    },
    "people": {"person": "王蒙徽", "post": "中共湖北省委书记", "body": "中共湖北省委员会"},
    "pairings": {"actor": "民营企业", "partner": "行政村", "count": 4451},
    "places": {"area": "红安县", "code": "421122", "parent": "黄冈市", "times": 1},
    "who-does-what": {"actor": "王忠林", "type": "Person"},
    "sections": {"number": "1.2", "heading": "二)坚决落实牵头责任", "start": 924},
    "documents": {"issuer": "湖北省乡村振兴局", "period": "2022", "area": "湖北省"},
    "findings": {"code": "unit-missing", "quote": "8612"},
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_named_query_gives_what_the_report_says(graph: Graph, name: str) -> None:
    rows = graph.query(name)
    wanted = ROWS[name]
    assert [row for row in rows if {k: row[k] for k in wanted} == wanted], list(rows)[:5]


def test_evidence_of_a_thing_is_every_passage_behind_it(graph: Graph) -> None:
    iri = "https://w3id.org/policygraph/id/area/421222"
    quotes = [row["quote"] for row in graph.query("evidence", iri=iri)]
    assert quotes.count("通城县") == 3


def test_values_are_bound_not_pasted(graph: Graph) -> None:
    rows = graph.query("SELECT ?name WHERE { GRAPH ?d { ?s ?p ?name } }", name='x" . } #')
    assert len(rows) == 0


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        ("monney", {}, "did you mean money"),
        ("money", {"colour": "red"}, "no parameter colour"),
        ("evidence", {}, "iri=… is missing"),
        ("evidence", {"iri": "not an iri"}, "not an IRI"),
        ("SELECT * WHERE { ?s ?p", {}, "not SPARQL"),
    ],
)
def test_what_is_wrong_with_a_query_is_said(
    graph: Graph, query: str, values: dict[str, str], said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        graph.query(query, **values)


def test_every_format_is_written(graph: Graph) -> None:
    for form, part in (
        ("csv", "13.7"),
        ("tsv", "\t"),
        ("json", '"bindings"'),
        ("xml", "<sparql"),
        ("table", "──"),
    ):
        text = write(answer(graph.store, "completions"), form).decode()
        assert part in text or form == "csv"
        assert "103.7" in text
    asked = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s a <https://w3id.org/policygraph/ontology#Person> ; ?p ?o } }"
    for form in ("ttl", "nt", "jsonld"):
        assert "王蒙徽" in write(answer(graph.store, asked), form).decode().encode().decode(
            "unicode_escape" if form == "never" else "utf-8"
        )
    with pytest.raises(QueryError, match="makes rows"):
        write(answer(graph.store, "people"), "ttl")


# -- the catalogue ------------------------------------------------------------------------------


def test_the_issue_s_queries_are_there() -> None:
    asked = (
        "figures mentions measures money changes ranks completions shares pilots "
        "documents-issued people pairings places who-does-what sections evidence documents findings"
    )
    assert set(asked.split()) <= set(names())


@pytest.mark.parametrize("name", names())
def test_header_is_whole_and_the_examples_run(name: str, hubei_graph: Graph) -> None:
    query = named(name)
    assert all(query.title) and all(query.question)
    assert all(re.search("[一-鿿]", pair[0]) for pair in (query.title, query.question))
    assert query.title[0] != query.title[1] and query.question[0] != query.question[1]
    for parameter in query.parameters:
        assert parameter.type in {"iri", "string", "integer", "decimal", "year"}
        assert parameter.example and parameter.zh and parameter.en
    assert query.theme in THEMES
    list(answer(hubei_graph.store, name, {p.name: p.example for p in query.parameters}))


@pytest.mark.parametrize("name", TABLES)
def test_document_filter_keeps_the_document_s_rows(
    name: str, hubei: Document, hubei_graph: Graph
) -> None:
    iri = hubei_graph.minter.document(hubei.version)
    assert ask(hubei_graph, name, document=iri) == ask(hubei_graph, name)
    assert ask(hubei_graph, name, document=iri + "0") == []


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_is_of_the_document_asked_for(
    name: str, hubei: Document, hubei_graph: Graph
) -> None:
    iri = hubei_graph.minter.document(hubei.version)
    given = REQUIRED.get(name, {})
    whole = write(answer(hubei_graph.store, name, given), "nt")
    assert whole.count(b"\n") > 20
    assert write(answer(hubei_graph.store, name, given | {"document": iri}), "nt") == whole
    assert not write(answer(hubei_graph.store, name, given | {"document": iri + "0"}), "nt")


@pytest.mark.parametrize("name", names())
def test_scoped_by_graph_and_in_a_fixed_order(name: str) -> None:
    text = named(name).sparql
    assert "GRAPH ?document" in text
    assert named(name).makes_graph or re.search(r"\nORDER BY .*\?document", text)
    assert not re.search(r"\bFROM\b|SERVICE|<http://www.openlinksw", text)


def test_unknown_name_lists_near_ones() -> None:
    with pytest.raises(QueryError, match="did you mean figures"):
        named("figure")
    with pytest.raises(QueryError, match="policygraph queries"):
        named("资金")


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("evidence", {}, "-p iri=… is missing"),
        ("evidence", {"iri": "not an iri"}, "not an IRI"),
        ("figures", {"year": "22"}, "not of type year"),
        ("figures", {"nope": "1"}, "no parameter nope"),
    ],
)
def test_wrong_parameters_say_so_in_one_line(
    name: str, values: dict[str, str], says: str, hubei_graph: Graph
) -> None:
    with pytest.raises(QueryError, match=re.escape(says)) as caught:
        answer(hubei_graph.store, name, values)
    assert "\n" not in str(caught.value)


def test_syntax_error_has_its_place(hubei_graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"\d+:\d+") as caught:
        answer(hubei_graph.store, "SELECT ?s\nWHERE { ?s ?p }")
    assert "\n" not in str(caught.value)


def test_free_sparql_takes_values_for_its_columns(hubei_graph: Graph) -> None:
    free = (
        "SELECT ?s ?verb { GRAPH ?g { ?s <https://w3id.org/policygraph/ontology#action> ?verb } }"
    )
    rows = Rows(answer(hubei_graph.store, free, {"verb": "选派"}))
    assert {row["verb"] for row in rows} == {"选派"}
    with pytest.raises(QueryError, match="nope"):
        answer(hubei_graph.store, free, {"nope": "选派"})


def test_hostile_value_is_only_a_value(hubei_graph: Graph) -> None:
    assert ask(hubei_graph, "figures", kind='amount" } DROP ALL #') == []


def test_another_folder_has_its_own_catalogue(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text("# title: 一 | One\nASK {}\n", "utf-8")
    assert [query.title for query in Catalogue(tmp_path)] == [("一", "One")]


# -- what the queries answer --------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTRACT)
def test_the_tables_of_the_contract_are_answered_in_the_order_of_the_text(
    name: str, hubei: Document, hubei_graph: Graph
) -> None:
    text = write(answer(hubei_graph.store, name), "csv").decode()
    assert text.splitlines()[0] == CONTRACT[name]
    rows = ask(hubei_graph, name)
    places = [(row["document"], int(row["start"]), int(row["end"])) for row in rows]
    assert places == sorted(places)
    assert len(rows) == len(getattr(hubei, name))
    for row in rows:
        assert hubei.text[int(row["start"]) : int(row["end"])] == row["text"]


def test_values_are_plain_decimals(hubei_graph: Graph) -> None:
    for row in ask(hubei_graph, "figures"):
        assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", row["value"])


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_rows_checked_by_hand_are_found(path: Path, hubei_graph: Graph) -> None:
    rows = ask(hubei_graph, path.stem)
    with path.open(encoding="utf-8", newline="") as file:
        for expected in csv.DictReader(file):
            assert any(expected.items() <= row.items() for row in rows), expected


def test_a_parameter_narrows_the_rows(hubei_graph: Graph) -> None:
    amounts = ask(hubei_graph, "figures", kind="amount")
    assert {row["kind"] for row in amounts} == {"amount"}
    in_yuan = ask(hubei_graph, "figures", unit="元", year="2022")
    assert len(in_yuan) > 10 and {row["unit"] for row in in_yuan} == {"元"}
    assert {row["area"] for row in ask(hubei_graph, "places", area="红安县")} == {"红安县"}
    assert {row["actor"] for row in ask(hubei_graph, "deeds")} == {"中共湖北省委员会"}


def test_evidence_of_a_thing_and_of_a_statement(hubei: Document, hubei_graph: Graph) -> None:
    party = next(row for row in ask(hubei_graph, "mentions") if row["name"] == "中共湖北省委员会")
    passages = ask(hubei_graph, "evidence", iri=party["iri"])
    assert any(row["quote"] == "省委" for row in passages)
    assert all(hubei.text[int(r["start"]) : int(r["end"])] == r["quote"] for r in passages)
    assert all(row["rule"] for row in passages)
    document = hubei_graph.minter.document(hubei.version)
    money = next(row for row in ask(hubei_graph, "money") if row["text"] == "239.82亿元")
    start, end = int(money["start"]), int(money["end"])
    figure = hubei_graph.minter.statement(document, "figure", start, end)
    assert [row["quote"] for row in ask(hubei_graph, "evidence", iri=figure)] == ["239.82亿元"]


def test_money_is_what_was_paid_and_no_output_income_price_or_threshold() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省2023年工作总结\n\n全省地区生产总值3万亿元，农村居民人均可支配收入2万元，出口总额900亿元。"
                "安排省级衔接资金21.5亿元，完成固定资产投资3000亿元，发行地方政府专项债券800亿元，投放小额信贷6亿元。"
                "打造一批超百亿元产业链。统筹9.8亿元用于稳岗。发放高龄津贴3亿元。"
                "支出救助资金165.8万元，比上年减少21.7万元。省公安厅挽回损失46.8万元。"
                "投入资金9亿元，其中县级配套4亿元、群众自筹5亿元。"
            )
        )
        found = {row["text"] for row in ask(graph, "money")}
        paid = {
            "21.5亿元",
            "3000亿元",
            "800亿元",
            "6亿元",
            "9.8亿元",
            "3亿元",
            "165.8万元",
            "9亿元",
            "4亿元",
            "5亿元",
        }
        assert found == paid
    assert "Output, income" in named("money").note[1]


def test_a_sum_of_two_levels_is_one_row_and_sums_without_an_actor_have_theirs() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省2023年工作总结\n\n一、巩固成果\n发放中央和省级学生资助资金4.5亿元。"
                "安排省级衔接资金21.5亿元。省教育厅投入资金2亿元。脱贫县销售农产品30亿元。"
            )
        )
        sources = {row["text"]: row["source"] for row in ask(graph, "money-by-source")}
        assert sources == {"4.5亿元": "中央、省级", "21.5亿元": "省级"}
        untold = [row for row in ask(graph, "money-by-actor") if not row["actor"]]
        assert [(row["sums"], row["total"]) for row in untold] == [("2", "2600000000")]


def test_planned_sums_are_told_from_those_paid() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省民政厅2023年工作总结\n\n一、2023年工作\n省民政厅投入省级资金2亿元。\n\n"
                "二、2024年工作计划\n省民政厅计划投入省级资金3亿元。"
            )
        )
        sums = {row["text"]: row["qualifier"] for row in ask(graph, "money")}
        assert sums == {"2亿元": "", "3亿元": "planned"}
        sources = {row["text"]: row["status"] for row in ask(graph, "money-by-source")}
        assert sources == {"2亿元": "done", "3亿元": "planned"}
        totals = {
            (row["actor"], row["status"], row["total"]) for row in ask(graph, "money-by-actor")
        }
        assert totals == {
            ("江西省民政厅", "done", "200000000"),
            ("江西省民政厅", "planned", "300000000"),
        }


def test_sections_count_what_stands_under_them(hubei: Document, hubei_graph: Graph) -> None:
    rows = ask(hubei_graph, "sections")
    assert len(rows) == len(hubei.sections)
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        inside = [f for f in hubei.figures if start <= f.span.start < end]
        assert int(row["figures"]) == len(inside), row["heading"]


def test_rdflib_gives_the_same_rows(short: Document) -> None:
    graph = Graph.open()
    graph.add(short)
    dataset = graph.rdflib()
    for name in ("people", "changes", "money"):  # test_stores.py asks all of them of rdflib
        sparql = named(name).sparql
        other = dataset.query(sparql)
        columns = [c for c in map(str, other.vars or []) if not c.endswith("Given")]
        cells = [["" if r[c] is None else str(r[c]) for c in columns] for r in other]
        mine = [list(row.values()) for row in ask(graph, name)]
        assert mine
        assert [list(map(_plain, row)) for row in cells] == [list(map(_plain, r)) for r in mine]


def _plain(cell: str) -> str:
    if re.fullmatch(r"-?\d+\.\d+", cell):
        return str(Decimal(cell).quantize(Decimal("0.0001")).normalize())
    return str(Decimal(cell).normalize()) if re.fullmatch(r"-?\d+", cell) else cell


# -- how answers are written --------------------------------------------------------------------

SELECT = "SELECT * { VALUES (?a ?n ?xGiven) { ('a,\"湖\\n北' 1.50 1) ('b' UNDEF 2) } }"
MAKE = "CONSTRUCT { <urn:b> <urn:p> [ <urn:q> 2 ] . <urn:a> <urn:p> 1 } {}"


@pytest.fixture
def empty() -> Graph:
    return Graph.open()


def test_rows_are_written_as_csv_and_tsv(empty: Graph) -> None:
    written = write(answer(empty.store, SELECT), "csv").decode()
    assert written == 'a,n\n"a,""湖\n北",1.5\nb,\n'
    assert write(answer(empty.store, SELECT), "tsv").startswith(b"a\tn\n")


def test_standard_json_and_xml_hide_parameters(empty: Graph) -> None:
    results = json.loads(write(answer(empty.store, SELECT), "json"))
    assert results["head"]["vars"] == ["a", "n"]
    assert [sorted(row) for row in results["results"]["bindings"]] == [["a", "n"], ["a"]]
    xml = write(answer(empty.store, SELECT), "xml").strip()
    again = ox.parse_query_results(xml, ox.QueryResultsFormat.XML)
    assert isinstance(again, ox.QuerySolutions)
    assert [v.value for v in again.variables] == ["a", "n"]
    assert b"true" in write(answer(empty.store, "ASK {}"), "xml")
    assert json.loads(write(answer(empty.store, "ASK {}"), "json"))["boolean"] is True


def test_table_is_aligned_by_width_and_cut_on_a_terminal_only(empty: Graph) -> None:
    wide = "SELECT * { VALUES (?a ?b) { ('湖北' 1) ('x' 2) } }"
    lines = write(answer(empty.store, wide), "table").decode().splitlines()
    assert lines[2:4] == ["湖北  1", "x     2"]
    long = "SELECT * { VALUES ?a { '" + "湖" * 200 + "' } }"
    assert "湖" * 200 in write(answer(empty.store, long), "table").decode()
    assert "…" in write(answer(empty.store, long), "table", 40).decode()
    several = (
        "SELECT * { VALUES (?a ?b ?c) { ('" + "湖" * 40 + "' 42700000000000 '" + "北" * 9 + "') } }"
    )
    row = write(answer(empty.store, several), "table", 50).decode().splitlines()[2]
    assert (
        "42700000000000" in row and "北" * 5 in row
    )  # the last columns are not lost for a long first
    many = (
        "SELECT ?a ?start ?b { VALUES (?a ?start ?b) { ('"
        + "湖" * 9
        + "' 1 '"
        + "北" * 9
        + "') } }"
    )
    shown = write(answer(empty.store, many), "table", 18).decode()
    assert shown.endswith("(1 row; too wide for start: --format csv)\n")
    assert "北" in shown


def test_what_gives_way_is_left_out_of_a_table_before_the_rest_is_cut(empty: Graph) -> None:
    rows = f"SELECT ?text ?void ?iri ?last {{ VALUES (?text ?void ?iri ?last) {{ ('{'湖' * 15}' '' '{'x' * 30}' 'new') }} }}"
    shown = write(answer(empty.store, rows), "table", 60, ("iri",)).decode()
    assert "湖" * 15 in shown and "new" in shown
    assert "void" not in shown and shown.endswith("(1 row; too wide for iri: --format csv)\n")
    assert "void" in write(answer(empty.store, rows), "table", 120, ("iri",)).decode()


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_graphs_are_the_same_every_time(form: str, empty: Graph) -> None:
    written = {write(answer(empty.store, MAKE), form) for _ in range(3)}
    assert len(written) == 1 and b"urn:a" in written.pop()


def test_format_must_fit_the_answer(empty: Graph) -> None:
    with pytest.raises(QueryError, match="makes rows"):
        write(answer(empty.store, SELECT), "ttl")
    with pytest.raises(QueryError, match="makes a graph"):
        write(answer(empty.store, MAKE), "csv")


def test_rows_have_python_values(hubei_graph: Graph) -> None:
    rows = hubei_graph.query("figures")
    assert rows.columns == tuple(CONTRACT["figures"].split(","))
    first = rows[0]
    assert len(rows) > 50 and isinstance(first["start"], int)
    assert isinstance(first["value"], Decimal) and isinstance(first["text"], str)


def test_pandas_is_asked_for_where_it_is_missing(
    hubei_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install"):
        hubei_graph.query("money").to_pandas()


# -- house rules --------------------------------------------------------------------------------

_SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|INSERT|DELETE|DESCRIBE|ASK)\b[^\"]*\{", re.S)


def _texts(node: ast.AST) -> str:
    """The constant text of a formatted string, empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "" for v in node.values)
    receiver: ast.AST | None = None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        receiver = node.left
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        receiver = node.func.value if node.func.attr in ("format", "format_map") else None
    return (
        receiver.value
        if isinstance(receiver, ast.Constant) and isinstance(receiver.value, str)
        else ""
    )


@pytest.mark.parametrize("folder", ["ontology", "graph", "loaders", "queries", "viz", "src"])
def test_no_sparql_by_string_formatting(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not _SPARQL.search(_texts(node)), f"{path.name}:{getattr(node, 'lineno', 0)}"


def test_the_scan_finds_what_it_forbids() -> None:
    for bad in ('f"SELECT ?s {{ ?s a <{x}> }}"', '"ASK { %s }" % x', '"INSERT {{ {} }}".format(x)'):
        assert any(_SPARQL.search(_texts(node)) for node in ast.walk(ast.parse(bad)))


def test_all_queries_have_a_file() -> None:
    assert names() == tuple(sorted(path.stem for path in FOLDER.glob("*.rq")))


def test_the_prefixes_of_the_graph_need_no_declaration(graph: Graph, hubei: Document) -> None:
    (row,) = graph.query("SELECT (COUNT(*) AS ?n) { ?s a pg:Figure }")
    assert row["n"] == len(hubei.figures)
    own = "PREFIX pg: <urn:other:> SELECT (COUNT(*) AS ?n) { ?s a pg:Figure }"
    assert [row["n"] for row in graph.query(own)] == [0]


@pytest.mark.parametrize(
    ("sparql", "where"),
    [
        ("SELECT ?l { ?s rdfs:label ?l } LIMT 3", "at 1:38"),
        ("SELECT ?l { ?s nope:label ?l }", "at 1:16"),
    ],
)
def test_an_error_has_its_place_in_the_query_as_written(
    graph: Graph, sparql: str, where: str
) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(sparql)
    assert where in str(caught.value)
    assert len(str(caught.value)) < 160


def test_money_for_each_is_of_what_the_sum_is_told_of_and_of_no_mean() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "平江县2023年工作总结\n\n2023年，加强资产管理，42座光伏扶贫电站累计结算发电收入8400万元，惠及3个乡镇。"
                "12个脱贫村农村居民人均可支配收入15600元。\n"
            )
        )
        rows = graph.query("unit-costs")
        assert [(str(row["clause"]), float(row["each"])) for row in rows] == [
            ("42座光伏扶贫电站累计结算发电收入8400万元", 2000000.0)
        ]


def test_growth_is_no_part_of_growth_and_a_rate_rises_by_points() -> None:
    with Graph.open() as graph:
        for year, rate in (("2023", "60.1%"), ("2024", "61.2%")):
            text = f"{year}年江苏省工作总结\n\n全省常住人口城镇化率达到{rate}。外贸进出口增长5.6%，其中出口增长10.8%。粮食产量700万吨，其中早稻140万吨。\n"
            graph.add(read_string(text, area="江苏省", period=year))
        (row,) = graph.query("year-on-year", indicator="常住人口城镇化率")
        assert (row["change"], row["changeUnit"], row["growth"]) == (Decimal("1.1"), "个百分点", "")
        shares = {row["text"]: row["share"] for row in graph.query("shares")}
        assert shares == {"10.8%": None, "140万吨": Decimal("0.2")}
        assert list(graph.query("contradictions")) == []


def test_a_figure_without_an_indicator_is_no_payment_of_another_s() -> None:
    text = "湖北省2022年工作总结\n\n省财政厅筹集财政衔接资金2亿元。安全形势向好，降幅在两成以上。\n"
    with Graph.open() as graph:
        graph.add(read_string(text, area="湖北省", period="2022"))
        rows = [(row["start"], row["system"]) for row in graph.query("system-results")]
        assert len(rows) == len(set(rows))
        assert [row["text"] for row in graph.query("money")] == ["2亿元"]


def test_what_is_done_to_the_plan_of_an_event_is_told_from_what_is_done_to_it(
    hubei_graph: Graph,
) -> None:
    rows = hubei_graph.query("events")
    done = {row["event"]: (row["action"], row["object"]) for row in rows}
    assert done["2021年国考"] == ("研究", "2021年国考反馈问题整改方案")
    assert done["省级巩固脱贫成果后评估"] == ("组织开展", "省级巩固脱贫成果后评估")


TOLD_ONCE = (
    "湖南省2023年工作总结\n\n2023年，全省选派驻村第一书记1.2万人，涉及9个村210户烟农。省重大项目完成投资超过7300亿元，超计划13.9%。"
    "投资460万元建成污水处理站1座、铺设管网6.8公里。形成10个营业收入超千亿元的产业集群。12个村集体经济收入全部突破50万元。\n"
)


@pytest.fixture(scope="module")
def told_once() -> Iterator[Graph]:
    with Graph.open() as graph:
        graph.add(read_string(TOLD_ONCE, area="湖南省", period="2023"))
        yield graph


def test_a_group_has_the_count_that_follows_it_and_a_counted_one_has_not(told_once: Graph) -> None:
    counts = {row["group"]: (row["count"], row["following"]) for row in told_once.query("groups")}
    assert counts["驻村第一书记"] == (None, "1.2万人")
    assert counts["村"] == (9, None)  # 210户 are of others


def test_money_is_divided_once_and_neither_what_each_has_nor_a_bound_is(told_once: Graph) -> None:
    rows = told_once.query("unit-costs")
    assert [(row["money"], row["counted"]) for row in rows] == [(4600000, "污水处理站")]


def test_what_is_beyond_a_plan_bounds_the_plan(told_once: Graph) -> None:
    (row,) = told_once.query("completions")
    low, high = row["targetLow"], row["targetHigh"]
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    assert low < Decimal(7300) / Decimal("1.139") * 10**8 < high
    assert high / low < Decimal("1.0011")


def test_evidence_of_a_system_names_a_passage_once(told_once: Graph) -> None:
    rows = [tuple(row.values()) for row in told_once.query("system-evidence")]
    assert rows
    assert len(rows) == len(set(rows))


def test_the_sparql_that_a_page_offers_gives_the_rows_of_the_page(hubei_graph: Graph) -> None:
    for query in map(named, names()):
        if query.makes_graph or any(not parameter.optional for parameter in query.parameters):
            continue
        asked, offered = query.text({}), runnable(query)
        rows = [sorted(map(str, hubei_graph.store.query(text))) for text in (asked, offered)]
        assert len(rows[0]) == len(rows[1]), query.name
        assert "# given:" not in offered, query.name
