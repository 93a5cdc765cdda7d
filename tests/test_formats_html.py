"""HTML pages as content systems make them: the whole article, and what was left out is said."""

from __future__ import annotations

import pytest

from policygraph import SourceError
from policygraph.loaders.sources import extract_source

FIRST = "一是稳定粮食生产。全县播种面积45.2万亩，总产量18.6万吨，新建高标准农田3.1万亩。"
SECOND = "二是发展乡村产业。培育龙头企业27家、合作社512家，发展柑橘9.8万亩，产值达到11.4亿元。"
THIRD = "三是建设和美乡村。硬化道路96公里，改造户厕1870座，建成示范村33个，安装路灯2600盏。"
PARTS = (FIRST, SECOND, THIRD)
FOOTER = (
    '<div class="bottom"><p>主办单位：江南县人民政府　承办：县数据局　电话：0999-1234567</p>'
    "<p>某ICP备01234567号-1　某公网安备12345678901234号　网站标识码：1234567890</p></div>"
)
TOP = '<div class="top"><a href="/">首页</a> <a href="/x">政务公开</a></div><div>当前位置：首页 &gt; 总结</div>'


def page(article: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>江南县2024年工作总结_江南县</title></head>'
        f"<body>{TOP}{article}{FOOTER}</body></html>"
    )


LAYOUTS = {
    "div and br": "<div class=a><div>江南县2024年工作总结</div><div>" + "<br><br>".join(PARTS) + "</div></div>",
    "blocks of their own": "".join(f"<div class=s><p>{part}</p></div>" for part in PARTS),
    "cells": "<table>" + "".join(f"<tr><td><p>{part}</p></td></tr>" for part in PARTS) + "</table>",
    "one cell": "<table><tr><td><table><tr><td>" + "<br>".join(PARTS) + "</td></tr></table></td></tr></table>",
    "form": "<form id=aspnetForm><input type=hidden value=x><div>" + "".join(f"<p>{part}</p>" for part in PARTS) + "</div></form>",
    "inline around paragraphs": "<font size=3><span>" + "".join(f"<p>{part}</p>" for part in PARTS) + "</span></font>",
    "articles": "".join(f"<article><h2>标题</h2><p>{part}</p></article>" for part in PARTS),
    "in what is called print": '<div class="print">' + "".join(f"<p>{part}</p>" for part in PARTS) + "</div>",
    "editor twice": "".join(f'<div class="TRS_Editor"><p>{part}</p></div>' for part in PARTS),
    "empty editor": '<div class="TRS_Editor"></div><div>' + "<br>".join(PARTS) + "</div>",
    "bare text": "<br>".join(PARTS),
    "list": "<ul>" + "".join(f"<li>{part}</li>" for part in PARTS) + "</ul>",
    "header element": "<header>" + "".join(f"<p>{part}</p>" for part in PARTS) + "</header>",
    "preformatted": "<pre>" + "\n".join(PARTS) + "</pre>",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_an_article_is_kept_whole_whatever_holds_it(layout: str) -> None:
    text = extract_source(page(layout).encode(), "page").text
    assert [part for part in PARTS if part not in text] == []
    for noise in ("ICP", "主办单位", "当前位置", "政务公开"):
        assert noise not in text
    assert text.startswith("江南县2024年工作总结\n")


def test_each_paragraph_is_a_line() -> None:
    for layout in LAYOUTS.values():
        lines = extract_source(page(layout).encode(), "page").text.split("\n")
        assert [line for line in lines if line in PARTS] == list(PARTS)


def test_a_page_that_only_links_to_the_report_is_refused_and_says_which() -> None:
    bare = page(
        '<h1>江南县2024年工作总结</h1><iframe src="a.pdf"></iframe><a href="a.docx">附件：工作总结.docx</a>'
    )
    with pytest.raises(SourceError) as error:
        extract_source(bare.encode(), "page")
    assert "附件：工作总结.docx" in str(error.value)


def test_more_left_out_than_kept_is_said() -> None:
    menu = (
        "<nav>" + "".join(f"<a href=/{n}>栏目之{n}政策文件解读</a>" for n in range(60)) + "</nav>"
    )
    codes = [
        note.code for note in extract_source(page(menu + LAYOUTS["div and br"]).encode(), "p").notes
    ]
    assert codes == ["text-left-out"]
    assert extract_source(page(LAYOUTS["div and br"]).encode(), "p").notes == ()


def test_raised_digits_hidden_words_and_readings_above_words() -> None:
    text = extract_source(
        page(
            "<div><p>全县生产总值<sup>1</sup>286.5亿元，增长6.1%<sup>[2]</sup>，面积35.6km<sup>2</sup>。</p>"
            "<p>支出&amp;nbsp;3.5&amp;nbsp;亿元。</p><p>减排CO<sub>2</sub>350吨，CO<sub>2</sub>浓度下降，PM<sub>2.5</sub>35微克。</p>"
            "<p>投入资金3亿元。<span style='display:none'>原为9亿元。</span><del>又8亿元。</del></p>"
            "<p><ruby>郧<rp>(</rp><rt>yún</rt><rp>)</rp></ruby>阳区建成道路12公里。</p></div>"
        ).encode(),
        "page",
    ).text
    assert "生产总值¹286.5亿元，增长6.1%[2]，面积35.6km²。" in text
    assert "支出 3.5 亿元。" in text
    assert "减排CO₂350吨，CO2浓度下降，PM2.5 35微克。" in text
    assert "9亿元" not in text
    assert "8亿元" not in text
    assert "郧阳区" in text


def test_numbers_of_ordered_lists_are_those_a_browser_shows() -> None:
    items = "".join(f"<li>{part}</li>" for part in PARTS[:2])
    text = extract_source(
        page(f"<div><ol start=3>{items}</ol><ol type=a>{items}</ol></div>").encode(), "p"
    ).text
    assert f"3. {FIRST}\n4. {SECOND}\na. {FIRST}\nb. {SECOND}" in text


def test_lines_of_the_source_broken_inside_words_and_numbers() -> None:
    text = extract_source(
        page("<p>识别对象577户1\n695人，发放资\n金356万元。</p>" + f"<p>{FIRST}</p>").encode(), "p"
    ).text
    assert "识别对象577户1695人，发放资金356万元。" in text


@pytest.mark.parametrize(
    "start", ["<h1>题目</h1>", "<script>var a=1;</script>", "<style>p{}</style>", "<span>甲</span>"]
)
def test_a_piece_of_a_page_is_a_page(start: str) -> None:
    text = extract_source((start + f"<p>{FIRST}</p>").encode(), "page").text
    assert FIRST in text
    assert "<" not in text
    assert "var" not in text


@pytest.mark.parametrize(
    "tags",
    [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<ul><li>", "</li></ul>"),
        ("<font>", "</font>"),
    ],
)
def test_elements_nested_to_any_depth_are_read(tags: tuple[str, str]) -> None:
    deep = tags[0] * 3000 + f"<p>{FIRST}</p>" + tags[1] * 3000
    assert FIRST in extract_source(page(deep).encode(), "page").text


def test_rows_are_lines_and_cells_stand_where_the_table_says() -> None:
    source = extract_source(
        page(
            f"<p>{FIRST}</p><table><tr><th rowspan=2>指标</th><th colspan=2>产量</th></tr>"
            "<tr><th>2023年</th><th>2024年</th></tr><tr><td>粮食</td><td>18.1</td><td>18.6</td></tr></table>"
        ).encode(),
        "page",
    )
    assert source.tables is not None
    (table,) = source.tables
    found = [
        (source.text[c.start : c.end], c.row, c.column, c.rows, c.columns) for c in table.cells
    ]
    assert found == [
        ("指标", 0, 0, 2, 1), ("产量", 0, 1, 1, 2), ("2023年", 1, 1, 1, 1), ("2024年", 1, 2, 1, 1),
        ("粮食", 2, 0, 1, 1), ("18.1", 2, 1, 1, 1), ("18.6", 2, 2, 1, 1),
    ]  # fmt: skip
    assert "粮食 18.1 18.6" in source.text
