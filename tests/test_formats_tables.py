"""Tables: a cell is a figure with what its headings say; never a bare number."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.reader import read_extracted, read_string
from policygraph.loaders.sources import extract_source

HEAD = "湖南省江华瑶族自治县2024年国民经济和社会发展统计公报\n\n全年粮食播种面积45.2万亩，增长1.1%。\n\n"
AREA = "江华瑶族自治县"


def page(table: str, before: str = "") -> Document:
    title, _, text = HEAD.strip().partition("\n\n")
    html = f"<html><head><title>{title}</title></head><body><div><p>{text}</p>{before}<table>{table}</table></div></body></html>"
    return read_extracted(extract_source(html.encode(), "page"))


def rows(*lines: str) -> str:
    return "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in lines
    )


def said(document: Document) -> dict[str, tuple[object, ...]]:
    """Text of a cell → value, unit, kind, indicator, scope, period."""
    assert all(document.text[f.span.start : f.span.end] == f.span.quote for f in document.figures)
    return {f.span.quote: row(f) for f in document.figures if f.rule.endswith("/table")}


def row(f: Figure) -> tuple[object, ...]:
    return (float(f.value), f.unit, f.kind, f.indicator, f.scope.text, f.period)


def test_unit_of_the_caption_years_and_changes_in_the_columns() -> None:
    document = page(
        rows(
            "乡镇|2023年|2024年|增长（%）",
            "大路铺镇|1210|1345|11.2",
            "水口镇|980|861|-12.1",
            "合计|2190|2206|0.7",
        ),
        "<p>附表2：各乡镇衔接资金安排情况（单位：万元）</p>",
    )
    assert said(document) == {
        "1210": (12100000, "元", "amount", "衔接资金安排", "大路铺镇", "2023"),
        "1345": (13450000, "元", "amount", "衔接资金安排", "大路铺镇", "2024"),
        "11.2": (11.2, "%", "change", "衔接资金安排", "大路铺镇", "2024"),
        "980": (9800000, "元", "amount", "衔接资金安排", "水口镇", "2023"),
        "861": (8610000, "元", "amount", "衔接资金安排", "水口镇", "2024"),
        "-12.1": (-12.1, "%", "change", "衔接资金安排", "水口镇", "2024"),
        "2190": (21900000, "元", "amount", "衔接资金安排", AREA, "2023"),
        "2206": (22060000, "元", "amount", "衔接资金安排", AREA, "2024"),
        "0.7": (0.7, "%", "change", "衔接资金安排", AREA, "2024"),
    }
    by_text = {f.span.quote: f for f in document.figures}
    assert by_text["11.2"].of == by_text["1345"].span.start
    assert "table-unread" not in {finding.code for finding in document.findings}
    assert {e.span.quote: e.reason for e in document.exclusions}["2"] == "heading"


def test_a_unit_column_parts_and_a_serial_column() -> None:
    document = page(
        rows(
            "序号|指标|计量单位|2024年|比上年±%",
            "1|粮食产量|万吨|18.6|2.1",
            "2|其中：稻谷|万吨|12.4|-0.5",
            "3|生猪出栏|头|5230|1.3",
        )
    )
    found = said(document)
    assert found["18.6"] == (186000, "吨", "amount", "粮食产量", AREA, "2024")
    assert found["12.4"] == (124000, "吨", "amount", "稻谷", AREA, "2024")
    assert found["-0.5"] == (-0.5, "%", "change", "稻谷", AREA, "2024")
    assert found["5230"] == (5230, "头", "count", "生猪出栏", AREA, "2024")
    by_text = {f.span.quote: f for f in document.figures}
    assert by_text["12.4"].of == by_text["18.6"].span.start
    assert by_text["12.4"].qualifier == ("part",)
    assert {"1", "2", "3"} <= {e.span.quote for e in document.exclusions if e.reason == "heading"}


def test_units_in_the_headings_and_the_labels() -> None:
    found = said(
        page(
            rows(
                "品名|播种面积（万亩）|产量（吨）|完成计划（%）",
                "油菜|3.2|5100|102.5",
                "茶叶|1.1|860|98",
            )
        )
    )
    assert found["3.2"] == (32000, "亩", "amount", "油菜播种面积", AREA, "2024")
    assert found["860"] == (860, "吨", "amount", "茶叶产量", AREA, "2024")
    assert found["102.5"][:3] == (102.5, "%", "completion")
    found = said(
        page(rows("指标|2023年|2024年", "户籍人口（万人）|52.1|51.8", "城镇化率（%）|47.2|48.6"))
    )
    assert found["51.8"] == (518000, "人", "count", "户籍人口", AREA, "2024")
    assert found["47.2"] == (47.2, "%", "rate", "城镇化率", AREA, "2023")


def test_years_as_rows_and_headings_over_several_columns() -> None:
    found = said(
        page(
            rows(
                "年份|生产总值（亿元）|增速（%）",
                "2022|131.2|5.1",
                "2023|138.9|4.8",
                "2024|145.3|5.6",
            )
        )
    )
    assert found["138.9"] == (13890000000, "元", "amount", "生产总值", AREA, "2023")
    assert found["4.8"] == (4.8, "%", "change", "生产总值", AREA, "2023")
    table = (
        "<tr><th rowspan=2>品名</th><th colspan=2>产量（吨）</th><th colspan=2>产值（万元）</th></tr>"
        "<tr><th>2023年</th><th>2024年</th><th>2023年</th><th>2024年</th></tr>"
    )
    found = said(page(table + rows("柑橘|5100|5200|1720|1850")))
    assert found["5200"] == (5200, "吨", "amount", "柑橘产量", AREA, "2024")
    assert found["1720"] == (17200000, "元", "amount", "柑橘产值", AREA, "2023")


def test_plans_and_ranks() -> None:
    document = page(rows("指标|2025年目标（亿元）|全市位次", "生产总值|152|3", "固定资产投资|88|5"))
    by_text = {f.span.quote: f for f in document.figures}
    assert (by_text["152"].qualifier, by_text["152"].period) == (("planned",), "2025")
    assert (by_text["3"].kind, by_text["3"].unit, by_text["3"].indicator) == (
        "rank",
        "",
        "生产总值",
    )


@pytest.mark.parametrize(
    "text",
    [
        "指标|2024年|比上年增长(%)|\n粮食产量（吨）|162817|0.5|\n生猪出栏（头）|97658|-9.7|\n",
        "| 指标 | 2024年 | 比上年增长（%） |\n| --- | --- | --- |\n| 粮食产量（吨） | 162817 | 0.5 |\n| 生猪出栏（头） | 97658 | -9.7 |\n",
        "指标\t2024年\t比上年增长(%)\n粮食产量（吨）\t162817\t0.5\n生猪出栏（头）\t97658\t-9.7\n",
        "指标            2024年    比上年增长(%)\n粮食产量（吨）  162817    0.5\n生猪出栏（头）  97658     -9.7\n",
        "指标\n\n2024年\n\n比上年增长(%)\n\n粮食产量（吨）\n\n162817\n\n0.5\n\n生猪出栏（头）\n\n97658\n\n-9.7\n",
    ],
    ids=["bars", "markdown", "tabs", "aligned", "a cell a line"],
)
def test_tables_in_plain_text(text: str) -> None:
    assert said(read_string(HEAD + text)) == {
        "162817": (162817, "吨", "amount", "粮食产量", AREA, "2024"),
        "0.5": (0.5, "%", "change", "粮食产量", AREA, "2024"),
        "97658": (97658, "头", "count", "生猪出栏", AREA, "2024"),
        "-9.7": (-9.7, "%", "change", "生猪出栏", AREA, "2024"),
    }


@pytest.mark.parametrize(
    "table",
    [
        rows("编号|甲|乙", "A|12|15", "B|13|16"),
        rows("大路铺镇|1200|1350", "水口镇|980|860"),
        rows("项目|数量|数量", "道路|12|15", "桥梁|13|16"),
    ],
    ids=["no unit", "no headings", "headings alike"],
)
def test_what_the_headings_do_not_say_is_no_figure_but_is_listed(table: str) -> None:
    document = page(table)
    assert said(document) == {}
    listed = [e for e in document.exclusions if e.reason == "table-cell"]
    assert len(listed) == 4
    (finding,) = [f for f in document.findings if f.code == "table-unread"]
    assert "4 numbers" in finding.message


def test_running_text_beside_a_table_and_in_its_cells_is_read_as_ever() -> None:
    document = page(rows("任务|进展", "道路|新建农村公路96公里。", "饮水|改造水厂5座。"))
    assert {"96公里", "5座", "45.2万亩", "1.1%"} <= {f.span.quote for f in document.figures}


@pytest.mark.parametrize(
    "text",
    [
        "一、主要成效…………1\n二、存在问题......5\n三、下一步打算 …… 12\n",
        "目　录\n主要成效 1\n存在问题 5\n",
        "一、主要成效\t1\n二、存在问题\t5\n三、下一步打算\t12\n",
    ],
)
def test_page_numbers_of_a_table_of_contents_are_no_figures(text: str) -> None:
    document = read_string(HEAD + text + "一、主要成效\n建成道路96公里。\n")
    assert {f.span.quote for f in document.figures} == {"45.2万亩", "1.1%", "96公里"}
    assert {e.span.quote for e in document.exclusions if e.reason == "heading"} >= {"1", "5"}


def test_paragraphs_with_numbers_are_no_table() -> None:
    text = "投入资金 3 亿元 5 万户\n新建道路  96公里，完成投资  2亿元。\n改造危房  120户，发放补贴  35万元。\n"
    assert said(read_string(HEAD + text)) == {}


def test_a_table_takes_its_caption_from_below_the_table_before_it() -> None:
    first = "<table><tr><td>指标</td><td>单位</td><td>2021年</td></tr><tr><td>粮食产量</td><td>万吨</td><td>15.2</td></tr></table>"
    second = rows("乡镇|2020年|2021年|增长%", "沙河镇|16230|17860|10.0", "新华镇|15620|17120|9.6")
    document = page(second, first + "<p>表2 各镇农民收入（单位：元）</p>")
    told = [(f.span.quote, f.indicator, f.unit, f.scope.text) for f in document.figures]
    assert ("17860", "各镇农民收入", "元", "沙河镇") in told
    assert "2" not in {quote for quote, *_ in told}  # 表2 is a number of a table


def test_a_growth_is_of_the_level_of_its_own_year_and_headings_tell_no_action() -> None:
    document = read_string(
        "安远县2021年工作总结\n\n2021年，全县各项工作取得新进展。\n\n单位：万元\n"
        "指标名称            本年完成      上年同期      增减%\n"
        "财政收入            56200         51800         8.5\n"
        "固定资产投资        368000        321000        14.6\n"
    )
    by_start = {figure.span.start: figure for figure in document.figures}
    growths = [figure for figure in document.figures if figure.kind == "change"]
    assert [by_start[growth.of].span.quote for growth in growths if growth.of is not None] == [
        "56200",
        "368000",
    ]
    assert document.measures == ()


def test_marks_of_notes_part_no_number_from_its_unit() -> None:
    document = read_string("安远县2021年工作总结\n\n新增床位320①张，新建学校3[1]所。\n")
    assert [(figure.value, figure.unit) for figure in document.figures] == [(320, "张"), (3, "所")]


def test_a_title_is_joined_with_no_line_below_it() -> None:
    document = read_string(
        "安远县2021年国民经济和社会发展统计公报\n2021年，全县经济平稳运行，各项事业全面进步\n"
        "发展，农业生产保持稳定，工业生产平稳增长，投资\n规模持续扩大，消费市场逐步回暖，人民生活水平\n不断提高，社会大局和谐稳定。\n"
    )
    assert document.header.title == "安远县2021年国民经济和社会发展统计公报"
