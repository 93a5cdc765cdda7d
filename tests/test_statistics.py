"""Files of statistics: every cell a figure with its indicator, area, year, unit and place, nothing taken silently."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import SourceError
from policygraph.graph.check import check
from policygraph.graph.statements import Document
from policygraph.loaders.statistics.table_reader import read_table
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.sheet_text import sheet_text
from policygraph.viz.markup import Markup, join

GRID = """数据库：分省年度数据
指标：地区生产总值(亿元)
时间：最近3年
地区,2024年,2023年,2022年
湖北省,60012.9,55803.6,52741.2
吉林,14361.2,,13070.2
重庆市,32193.2,30145.8,…
西藏自治区,2764.9,2392.7,2165.1
黑龙江省,16476.9,15883.9,15901.0
广东省,141633.8,135673.2,129513.6
注：1.按第五次全国经济普查结果修订。
　　2.表中为虚构的例子。
数据来源：国家统计局
"""


def table(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def told(document: Document) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """(indicator, area, year) → value, unit, cell."""
    assert document.table
    return {
        (f.indicator, f.scope.text, f.period): (str(f.value), f.unit, cell)
        for f, cell in zip(document.figures, document.table.cells, strict=True)
    }


def test_a_download_of_the_statistics_office_is_read_cell_by_cell(tmp_path: Path) -> None:
    data = GRID.replace("\n", "\r\n").encode("gbk")
    document = read(table(tmp_path, data))
    found = told(document)
    assert len(found) == 16  # neither the empty cell nor the … says anything
    assert found["地区生产总值", "湖北省", "2024"] == ("6001290000000.0", "元", "cell=5,2")
    assert found["地区生产总值", "吉林省", "2022"][2] == "cell=6,4"  # a province beside provinces
    assert document.findings == ()
    assert document.table
    assert document.table.sha256 == hashlib.sha256(data).hexdigest()
    assert document.table.notes == ("注：1.按第五次全国经济普查结果修订。", "2.表中为虚构的例子。")
    assert document.table.source == "国家统计局"
    assert document.period == "2022/2024"
    assert {f.scope.entities[0].code for f in document.figures} >= {"420000", "220000", "500000"}
    for figure in document.figures:
        assert document.text[figure.span.start : figure.span.end] == figure.span.quote


def test_a_table_is_a_graph_whose_numbers_all_are_accounted_for(tmp_path: Path) -> None:
    with Graph.open() as graph:
        graph.add(read(table(tmp_path, GRID)))
        (verdict,) = check(graph.store)
        assert verdict.holds
        assert verdict.figures
        (row,) = graph.query(
            """
            PREFIX pg: <https://w3id.org/policygraph/ontology#>
            PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            SELECT ?value ?quote ?file WHERE {
              GRAPH ?table {
                ?table a pg:StatisticalTable ; pg:fileSha256 ?file .
                ?figure pg:cell "cell=5,2" ; pg:value ?value ; pg:quote ?quote ; pg:indicator ?indicator ;
                  pg:scope <https://w3id.org/policygraph/id/area/420000> ;
                  pg:refPeriod <https://w3id.org/policygraph/id/period/2024> .
              }
              FILTER (?indicator = <https://w3id.org/policygraph/vocabulary/indicator/gdp>)
            }
            """
        )
        assert str(row["quote"]) == "60012.9"
        assert Decimal(str(row["value"])) == Decimal("6001290000000")


TRANSPOSED = """数据库：分省年度数据
指标：年末常住人口(万人)
时间：最近2年
时间,湖北省,湖南省
2024年,5834,6539
2023年,5838,6568
数据来源：国家统计局
"""
ONE_AREA = """数据库：分省年度数据
地区：湖北省
时间：最近2年
指标,2024年,2023年
地区生产总值(亿元),60012.9,55803.6
居民消费价格_比上年增长(%),0.4,-0.1
数据来源：国家统计局
"""


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_the_page_of_a_table_shows_its_cells_with_its_notes_and_no_raw_lines(
    tmp_path: Path, name: str
) -> None:
    rows: list[list[str | float]] = [[*line.split(",")] for line in GRID.splitlines()]
    path = table(tmp_path, workbook(rows) if name.endswith("xlsx") else GRID, name)
    document = read(path)

    def shown(start: int, end: int) -> Markup:
        return join(document.text[start:end])

    page = HTMLParser(sheet_text(document.text, shown, "/queries/figures", PageReader()))
    assert [cell.text() for cell in page.css("thead th")] == ["地区", "2024年", "2023年", "2022年"]
    first = page.css_first("tbody tr")
    assert first is not None
    assert [cell.text() for cell in first.css("th, td")] == ["湖北省", "60012.9", "55803.6", "52741.2"]  # fmt: skip
    lines = [line.text().strip() for line in page.css("p.line")]
    assert lines[0] == "数据库：分省年度数据"
    assert lines[-1] == "数据来源：国家统计局"
    assert "," not in page.text()


def test_the_sides_of_a_table_are_told_from_their_headings(tmp_path: Path) -> None:
    found = told(read(table(tmp_path, TRANSPOSED)))
    assert found["年末常住人口", "湖南省", "2023"] == ("65680000", "人", "cell=6,3")
    document = read(table(tmp_path, ONE_AREA))
    found = told(document)
    assert found["地区生产总值", "湖北省", "2023"][0] == "5580360000000.0"
    assert found["居民消费价格", "湖北省", "2023"][:2] == ("-0.1", "%")
    assert {f.kind for f in document.figures} == {"amount", "change"}
    assert document.area == "湖北省"


def test_several_tables_in_one_file_keep_their_headings_and_notes(tmp_path: Path) -> None:
    document = read(table(tmp_path, GRID + "\n" + TRANSPOSED + ONE_AREA))
    found = told(document)
    assert len(found) == 16 + 4 + 4 - 2  # GDP of 湖北省 stands in two of them
    assert len(document.figures) == 24
    assert found["年末常住人口", "湖北省", "2024"][0] == "58340000"


LONG = "地区,年份,指标,数值,单位\n武汉市,2023,地区生产总值,20011.65,亿元\n武汉市,2023,常住人口,1377.4,万人\n"
WIDE = '"地区",年份,地区生产总值(亿元),"城镇登记失业率(%)",备注\n武汉市,2023,"20,011.65",2.9,初步\n襄樊市,2015,3382.1,,\n'


def test_long_tables_explain_themselves_by_their_headings(tmp_path: Path) -> None:
    found = told(read(table(tmp_path, LONG)))
    assert found["地区生产总值", "武汉市", "2023"] == ("2001165000000.00", "元", "cell=2,4")
    assert found["常住人口", "武汉市", "2023"][:2] == ("13774000.0", "人")
    document = read(table(tmp_path, WIDE))
    found = told(document)
    assert found["地区生产总值", "武汉市", "2023"][0] == "2001165000000.00"
    assert found["城镇登记失业率", "武汉市", "2023"][:2] == ("2.9", "%")
    assert (
        found["地区生产总值", "襄阳市", "2015"][0] == "338210000000.0"
    )  # the name of another year
    assert document.text[document.figures[0].span.start :].startswith("20,011.65")


def test_a_mapping_says_what_the_columns_of_any_other_table_are(tmp_path: Path) -> None:
    path = table(tmp_path, "prov;yr;gdp;pop\nHubei;2023;55803.6;5838\nHunan;2023;50012.9;6568\n")
    with pytest.raises(SourceError, match="--mapping"):
        read(path)
    mapping = tmp_path / "m.json"
    said = {"area": "prov", "year": "yr", "columns": {"gdp": {"indicator": "地区生产总值", "unit": "亿元"}, "pop": {"indicator": "常住人口", "unit": "万人"}}}  # fmt: skip
    mapping.write_text(json.dumps(said), "utf-8")
    found = told(read_table(path, mapping))
    assert found["地区生产总值", "湖南省", "2023"] == ("5001290000000.0", "元", "cell=3,3")
    for wrong, message in (
        ({**said, "area": "province"}, "no such column"),
        ({**said, "moon": "x"}, "moon: no key"),
        ({"area": "prov", "columns": said["columns"]}, "says nothing of year"),
        ({**said, "columns": {"gdp": {"unit": "亿元"}}}, "needs indicator and unit"),
    ):
        mapping.write_text(json.dumps(wrong), "utf-8")
        with pytest.raises(SourceError, match=message):
            read_table(path, mapping)


def test_csvw_metadata_says_what_the_columns_are(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b,c,d,e\n湖北省,2023,地区生产总值,55803.6,亿元\n")
    pg = "https://w3id.org/policygraph/ontology#"
    names = ("scope", "refPeriod", "indicator", "value", "unitText")
    columns = [{"titles": t, "propertyUrl": pg + n} for t, n in zip("abcde", names, strict=True)]
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": path.name, "tableSchema": {"columns": columns}}  # fmt: skip
    (tmp_path / "t.csv-metadata.json").write_text(json.dumps(metadata), "utf-8")
    assert told(read(path))["地区生产总值", "湖北省", "2023"][0] == "5580360000000.0"


def workbook(rows: list[list[str | float]]) -> bytes:
    """A workbook of one sheet as programs write it: shared text, numbers as stored."""
    shared = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + place)}{number}" t="s"><v>{shared.index(cell)}</v></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + place)}{number}"><v>{cell!r}</v></c>'
            for place, cell in enumerate(row)
            if cell != ""
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="数据" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {space}>{''.join(f'<si><t>{escape(text)}</t></si>' for text in shared)}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_workbook_is_read_like_the_file_it_was_made_of(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["数据库：分省年度数据"],
        ["指标：地区生产总值(亿元)"],
        [],
        ["地区", "2024年", "2023年"],
        ["湖北省", 60012.899999999994, 55803.6],
        ["湖南省", "", 50012.9],
        ["数据来源：国家统计局"],
    ]
    document = read(table(tmp_path, workbook(rows), "t.xlsx"))
    found = told(document)
    assert found["地区生产总值", "湖北省", "2024"] == ("6001290000000.0", "元", "数据!B5")
    assert found["地区生产总值", "湖南省", "2023"][2] == "数据!C6"
    assert len(found) == 3
    with Graph.open() as graph:
        graph.add(document)
        assert all(verdict.holds for verdict in check(graph.store))


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "t.csv", "is empty"),
        ("姓名,年龄\n甲,3\n".encode(), "t.csv", "no cell of this table was understood"),
        ('地区,2024年\n"湖北省,3\n'.encode(), "t.csv", "is not closed"),
        (b"PK\x03\x04 nothing", "t.xlsx", "damaged"),
        ("指标：地区生产总值\n地区,2024年\n湖北省,3\n".encode(), "t.csv", "no cell"),  # no unit
    ],
)
def test_a_table_nothing_is_known_of_is_refused_in_one_line(
    tmp_path: Path, content: bytes, name: str, message: str
) -> None:
    with pytest.raises(SourceError, match=message) as raised:
        read(table(tmp_path, content, name))
    assert "\n" not in str(raised.value)


def test_what_is_no_number_and_no_area_of_the_register_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, GRID.replace("2764.9", "约2765").replace("湖北省", "某某省"))
    assert main(["build", str(path), "--store", str(tmp_path / "store")]) == 0
    said = capsys.readouterr().err
    assert "地区生产总值 · amount · 元 · 6 个地区 areas · 2022–2024 · 15 个数 figures" in said
    assert "areas not in the register: 吉林、某某省" in said  # 吉林: too few provinces beside it
    assert "cells not understood: 1 (cell=8,2)" in said
    assert "数据来源 source: 国家统计局" in said
    assert said.index("amount") < said.index("1 document")


def test_sums_and_namesakes_of_a_table_are_findings_and_options_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(
        tmp_path, "地区,年份,常住人口(万人)\n合计,2022,1000\n朝阳区,2022,345\n海淀区,2022,313\n"
    )
    store = ["--store", str(tmp_path / "store")]
    assert main(["build", str(path), *store, "--title", "各区人口", "--area", "北京市"]) == 0
    said = capsys.readouterr().err
    assert "各区人口" in said and "--area: 不用于统计表" in said
    found = {(f.code, f.span.quote) for f in read(path).findings}
    assert found == {("table-unread", "合计"), ("namesake-open", "朝阳区")}
    (tmp_path / "folder").mkdir()
    path.rename(tmp_path / "folder" / path.name)
    with pytest.raises(SourceError, match=r"only tables of statistics \(1\)"):
        main(["build", str(tmp_path / "folder"), *store])


@pytest.mark.parametrize(
    ("content", "figures", "finding"),
    [
        (LONG.replace("武汉市,2023,常", "武汉市,2O23,常"), 1, "cell=3,2: 2O23 is no year or area"),
        (WIDE.replace("襄樊市,2015", "襄樊市,215"), 2, "cell=3,2: 215 is no year or area"),
        (LONG + ",2023,地区生产总值,5,亿元\n", 2, "cell=4,4: 5 is no year or area"),
        (TRANSPOSED.replace("2023年,5838", "203年,5838"), 2, "cell=6,1: 203年 is no year or area"),
        (GRID.replace("2023年,2022年", "2O23年,2022年"), 11, "cell=4,3: 2O23年 is no year or area"),
    ],
)
def test_numbers_under_a_mistyped_year_are_told_and_no_note(
    content: str,
    figures: int,
    finding: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = table(tmp_path, content)
    assert main(["build", str(path), "--store", str(tmp_path / "store")]) == 0
    said = f"numbers left out: {finding}; its numbers were left out"
    assert said in capsys.readouterr().err
    document = read(path)
    assert len(document.figures) == figures
    assert [each.message for each in document.findings] == [said.partition(": ")[2]]
    with Graph.open(tmp_path / "store", read_only=True) as graph:
        assert all(verdict.holds for verdict in check(graph.store))


def test_a_row_of_words_in_a_long_table_is_a_note(tmp_path: Path) -> None:
    document = read(table(tmp_path, LONG + "注：2023年为初步数。,,,,\n"))
    assert document.findings == ()
    assert document.table
    assert document.table.notes == ("注：2023年为初步数。",)


def test_real_downloads_are_read_whole(shared: Path) -> None:
    """Every cell that holds a number is a figure, in every file."""
    counts = {}
    for path in sorted((shared / "statistics").glob("*.csv")):
        document = read(path)
        assert document.findings == ()
        assert all(figure.scope.entities for figure in document.figures)
        lines = path.read_bytes().decode("gbk").splitlines()
        cells = [c for line in lines[4:] if line.count(",") > 5 for c in line.split(",")[1:] if c]
        assert len(document.figures) == len(cells)
        counts[path.name] = len(cells)
    assert len(counts) == 7
    gdp = told(read(shared / "statistics" / "province-year.csv"))
    assert gdp["地区生产总值", "北京市", "2024"] == ("4967020000000.0", "元", "cell=5,2")


@pytest.mark.parametrize(
    "content",
    [
        "地区,年份,地区生产总值(亿元)\n湖北省,2020,43004.5\n湖北省,2021,50,091.2\n",
        "指标：地区生产总值(亿元)\n地区,2021年,2020年\n湖北省,50,091.2,43004.5\n吉林省,13070.2,12256.0\n",
    ],
)
def test_a_row_longer_than_its_heading_is_told_and_left_out(tmp_path: Path, content: str) -> None:
    document = read(table(tmp_path, content))
    assert {f.value for f in document.figures}.isdisjoint({Decimal("5000000000.0"), 50})
    assert all(f.span.quote not in ("50", "091.2") for f in document.figures)
    assert document.figures
    (finding,) = document.findings
    assert (finding.code, "more cells than its heading" in finding.message) == (
        "table-unread",
        True,
    )


def test_a_workbook_without_its_shared_texts_is_damaged(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(io.BytesIO(workbook([["地区", "年份"], ["湖北省", 2020]])))
    cut = io.BytesIO()
    with zipfile.ZipFile(cut, "w") as archive:
        for part in whole.namelist():
            data = whole.read(part)
            if "worksheets" in part:
                data = b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'
            if "sharedStrings" not in part:
                archive.writestr(part, data)
    with pytest.raises(SourceError, match=r"t\.xlsx: is damaged"):
        read(table(tmp_path, cut.getvalue(), "t.xlsx"))


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ({"indicator": 5, "unit": "亿元"}, "indicator: a text"),
        ({"indicator": "生产总值", "unit": []}, "unit: a text"),
        ({"indicator": "生产总值", "unit": "亿元", "change": "no"}, "change: true or false"),
        (["生产总值"], "needs indicator and unit"),
    ],
)
def test_a_mapping_of_other_types_is_refused_in_one_line(
    tmp_path: Path, column: object, wanted: str
) -> None:
    data = table(tmp_path, "省,年,值\n湖北省,2020,43004.5\n")
    said = {"area": "省", "year": "年", "columns": {"值": column}}
    mapping = table(tmp_path, json.dumps(said), "m.json")
    with pytest.raises(SourceError, match=wanted):
        read_table(data, mapping)


def test_the_columns_of_a_mapping_are_an_object(tmp_path: Path) -> None:
    data = table(tmp_path, "省,年,值\n湖北省,2020,43004.5\n")
    mapping = table(tmp_path, json.dumps({"area": "省", "year": "年", "columns": ["值"]}), "m.json")
    with pytest.raises(SourceError, match="an object of JSON"):
        read_table(data, mapping)
