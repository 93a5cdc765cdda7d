"""Word files as people have them: notes, boxes, numbering, tracked changes, other main parts."""

from __future__ import annotations

import io
import zipfile

import pytest

from policygraph import SourceError
from policygraph.loaders.reader import read_extracted
from policygraph.loaders.sources import extract_source

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST = "江南县2024年乡村振兴工作总结"


def word(
    body: str, *, main: str = "word/document.xml", space: str = TRANSITIONAL, **parts: str
) -> bytes:
    """A .docx with a body and other parts (footnotes, numbering, styles) given as inner XML."""
    roots = {
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "numbering": "numbering",
        "styles": "styles",
    }
    folder = main.rpartition("/")[0]
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}1.xml"/>'
        for kind in parts
    )
    packages = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    names = (
        f'xmlns:w="{space}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {packages}><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="/{main}"/></Relationships>',
        )
        archive.writestr(main, f"<w:document {names}><w:body>{body}</w:body></w:document>")
        base = main.rpartition("/")[2]
        archive.writestr(
            f"{folder}/_rels/{base}.rels", f"<Relationships {packages}>{related}</Relationships>"
        )
        for kind, inner in parts.items():
            archive.writestr(
                f"{folder}/{kind}1.xml", f"<w:{roots[kind]} {names}>{inner}</w:{roots[kind]}>"
            )
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def row(*cells: str, properties: str = "") -> str:
    cells = "".join(
        cell if cell.startswith("<w:tc>") else f"<w:tc>{p(cell)}</w:tc>" for cell in cells
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def text_of(body: str, **options: str) -> str:
    return extract_source(word(body, **options), "report").text


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "docs/Main.xml"])
@pytest.mark.parametrize("space", [TRANSITIONAL, STRICT])
def test_the_main_part_in_either_form_of_the_standard(main: str, space: str) -> None:
    assert text_of(p(FIRST) + p("投入3亿元。"), main=main, space=space) == f"{FIRST}\n投入3亿元。"


def test_notes_stand_after_the_body_in_the_order_of_their_marks() -> None:
    body = (
        "<w:p>" + r("投入资金1.25亿元") + '<w:r><w:endnoteReference w:id="7"/></w:r>' + r("，增长12.5%")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("。") + "</w:p>" + p("建成道路96公里。")
    )  # fmt: skip
    notes = {
        "footnotes": f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{r("按现价计算。")}</w:p></w:footnote>',
        "endnotes": f'<w:endnote w:id="7">{p("其中中央资金0.85亿元。")}</w:endnote>',
    }
    assert text_of(body, **notes) == (
        "投入资金1.25亿元¹，增长12.5%²。\n建成道路96公里。\n\n注释\n¹ 其中中央资金0.85亿元。\n² 按现价计算。"
    )


def test_a_text_box_stands_after_its_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{p('粮食产量28.6万吨')}{p('生猪35万头')}</w:txbxContent>"
    shapes = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = "<w:p>" + r("选派干部1200名") + shapes + r("，其中书记356名。") + "</w:p>" + p("完。")
    assert text_of(body) == "选派干部1200名，其中书记356名。\n粮食产量28.6万吨\n生猪35万头\n完。"


def test_hyphens_symbols_raised_and_hidden_characters() -> None:
    body = (
        "<w:p>" + r("2021") + "<w:r><w:noBreakHyphen/></w:r>" + r("2025年增收1")
        + "<w:r><w:softHyphen/></w:r>" + r("200元，面积35km") + r("2", '<w:vertAlign w:val="superscript"/>')
        + r("，人口12345") + r("1", '<w:vertAlign w:val="superscript"/>') + r("人，减排CO")
        + r("2", '<w:vertAlign w:val="subscript"/>') + r("350吨，误差")
        + '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>' + r("8%") + r("（密）", "<w:vanish/>")
        + "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>" + r("项，")
        + f"<w:ruby><w:rt>{r('yún')}</w:rt><w:rubyBase>{r('郧')}</w:rubyBase></w:ruby>" + r("阳区。") + "</w:p>"
    )  # fmt: skip
    assert (
        text_of(body)
        == "2021-2025年增收1200元，面积35km²，人口12345¹人，减排CO₂350吨，误差±8%12项，郧阳区。"
    )


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p>" + r("投入") + f"<w:del>{r('1.05亿元')}</w:del><w:ins>{r('1.25亿元')}</w:ins>" + r("。") + "</w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("新增道路") + "</w:p>" + p("35公里。")
        + "<w:tbl>" + row("乡镇", "户数") + row("高桥镇", "85户", properties="<w:del/>") + row("小池镇", "12户") + "</w:tbl>"
    )  # fmt: skip
    assert text_of(body) == "投入1.25亿元。\n新增道路35公里。\n乡镇 户数\n小池镇 12户"


def test_word_controls_and_links_are_text_and_prompts_are_not() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('建成项目356个。')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('单击此处输入文字')}</w:sdtContent></w:sdt>"
        f"<w:p>{r('发放')}<w:hyperlink>{r('3.5亿元')}</w:hyperlink><w:fldSimple>{r('1350')}</w:fldSimple>{r('户')}</w:p>"
    )
    assert text_of(body) == "建成项目356个。\n发放3.5亿元1350户"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="5">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H1a"><w:basedOn w:val="H1"/></w:style>'
)


def numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_numbers_that_word_counts_itself_stand_before_their_paragraphs() -> None:
    body = (
        p("主要成效", '<w:pStyle w:val="H1a"/>') + p("粮食", numbered(3, 1)) + p("产业", numbered(3, 1))
        + p("建成项目356个。", numbered(3, 2)) + p("要点", numbered(3, 3)) + p("", numbered(3, 1))
        + p("存在问题", '<w:pStyle w:val="H1"/>') + p("短板", numbered(3, 1)) + p("正文", numbered(0, 0))
        + p("附则", numbered(4, 0))
    )  # fmt: skip
    assert text_of(body, numbering=NUMBERING, styles=STYLES).split("\n") == [
        "一、主要成效", "（一）粮食", "（二）产业", "1.1. 建成项目356个。", "要点", "", "二、存在问题", "（一）短板", "正文", "九、附则",
    ]  # fmt: skip


def test_numbered_headings_are_sections() -> None:
    body = (
        p(FIRST) + p("主要成效", '<w:pStyle w:val="H1"/>') + p("建成项目356个。")
        + p("存在问题", '<w:pStyle w:val="H1"/>') + p("产业基础薄弱。")
    )  # fmt: skip
    document = read_extracted(extract_source(word(body, numbering=NUMBERING, styles=STYLES), "r"))
    assert [section.heading.quote for section in document.sections] == [
        "一、主要成效",
        "二、存在问题",
    ]


def test_cells_of_several_paragraphs_spans_and_tables_in_tables() -> None:
    two = f"<w:tc>{p('粮食')}{p('产量')}</w:tc>"
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("产量（万吨）")}</w:tc>'
    begin = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("谷物")}</w:tc>'
    goes_on = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc>"
    body = "<w:tbl>" + row(two, wide) + row(begin, "1", "2") + row(goes_on, "3", "4") + "</w:tbl>"
    source = extract_source(word(p(FIRST) + body), "r")
    assert source.text == f"{FIRST}\n粮食 产量 产量（万吨）\n谷物 1 2\n3 4"
    assert source.tables is not None
    (table,) = source.tables
    found = [
        (source.text[c.start : c.end], c.row, c.column, c.rows, c.columns) for c in table.cells
    ]
    assert found == [
        ("粮食 产量", 0, 0, 1, 1), ("产量（万吨）", 0, 1, 1, 2), ("谷物", 1, 0, 2, 1),
        ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1),
    ]  # fmt: skip
    inner = f"<w:tc><w:tbl>{row('100', '101')}{row('200', '201')}</w:tbl></w:tc>"
    text = text_of(f"<w:tbl>{row('甲', inner, '9%')}</w:tbl>")
    assert text == "甲\n100 101\n200 201\n9%"


def test_a_report_laid_out_in_a_cell_keeps_its_paragraphs() -> None:
    cell = f"<w:tc>{p('一、成效')}{p('建成道路96公里。')}{p('二、问题')}</w:tc>"
    assert text_of(f"<w:tbl>{row(cell)}</w:tbl>") == "一、成效\n建成道路96公里。\n二、问题"


@pytest.mark.parametrize("tag", ["tbl", "sdt", "smartTag", "box"])
def test_elements_nested_to_any_depth_are_read(tag: str) -> None:
    opening, closing = {
        "tbl": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        "smartTag": ("<w:smartTag>", "</w:smartTag>"),
        "box": ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
    }[tag]
    assert (
        text_of(opening * 3000 + p("建成道路96公里。") + closing * 3000).strip()
        == "建成道路96公里。"
    )


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/slides.xml", "presentation"),
        ("content.xml", "OpenDocument"),
        ("OFD.xml", "OFD"),
        ("x", "no Word file"),
    ],
)
def test_other_archives_are_named(part: str, says: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "<a/>")
    with pytest.raises(SourceError, match=says):
        extract_source(buffer.getvalue(), "report")
