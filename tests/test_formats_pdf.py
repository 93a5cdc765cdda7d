"""PDF files: columns, tables, note marks, page numbers, and pages that are pictures."""

from __future__ import annotations

import base64
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_extracted
from policygraph.loaders.sources import extract_source

LEFT = "2024年，全县投入衔接资金1.25亿元，比上年增长12.5%，建成产业项目356个，惠及脱贫人口2.3万人，新建农村公路128公里。"


def png() -> str:
    """A grey picture of one pixel as a data address."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    picture += chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def printed(chromium: str, folder: Path, body: str, style: str = "") -> Document:
    page, made = folder / "print.html", folder / "report.pdf"
    page.write_text(
        f"<meta charset=utf-8><style>body{{font-size:12pt}}p{{margin:0}}h1{{font-size:18pt}}@page{{size:A4;margin:25mm}}{style}</style>"
        f"<h1>江南县2024年工作总结</h1>{body}",
        "utf-8",
    )
    subprocess.run(
        [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}",
         f"--print-to-pdf={made}", page.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return read_extracted(extract_source(made.read_bytes(), "report.pdf"))


def test_columns_tables_and_note_marks_of_a_pdf_are_read_in_order(
    chromium: str, tmp_path: Path
) -> None:
    right = "2025年，计划投入资金1.5亿元，新建道路150公里，改造危房800户，培训农民3000人次，粮食总产量稳定在28万吨以上。"
    columns = f"<div style='columns:2;column-gap:15mm'><p>{LEFT}{LEFT}</p><p style='break-before:column'>{right}{right}</p></div>"
    notes = "<p>全县生产总值<sup>1</sup>286.5亿元，增长6.1%<sup>2</sup>。</p>"
    table = "<table style='width:100%'><tr><td>指标</td><td>2023年（亿元）</td><td>2024年（亿元）</td></tr><tr><td>生产总值</td><td>270.1</td><td>286.5</td></tr><tr><td>财政收入</td><td>11.2</td><td>12.6</td></tr></table>"
    document = printed(chromium, tmp_path, columns + notes + table)
    assert document.text.startswith("江南县2024年工作总结\n")
    assert LEFT + LEFT in document.text
    assert right + right in document.text
    assert "生产总值¹286.5亿元，增长6.1%²。" in document.text
    cells = {f.span.quote: (f.indicator, f.unit, f.period) for f in document.figures}
    assert cells["270.1"] == ("生产总值", "元", "2023")
    assert cells["12.6"] == ("财政收入", "元", "2024")


def test_a_page_that_is_a_picture_is_said(chromium: str, tmp_path: Path) -> None:
    picture = f"<div style='break-before:page'><img style='width:99mm' src='{png()}'></div>"
    document = printed(
        chromium, tmp_path, f"<p>{LEFT}</p>{picture}<p style='break-before:page'>{LEFT}</p>"
    )
    (finding,) = [finding for finding in document.findings if finding.code == "page-without-text"]
    assert "of 3 pages, 1 hold a picture and no text: page 2" in finding.message


@pytest.mark.parametrize("numbered", ["counter(page)", "'— ' counter(page) ' —'"])
def test_page_numbers_go_and_figures_at_the_edge_stay(
    chromium: str, tmp_path: Path, numbered: str
) -> None:
    pages = "".join(
        f"<p style='break-before:page'>356</p><p>{place}号项目建成道路。</p>" for place in "甲乙丙"
    )
    document = printed(
        chromium,
        tmp_path,
        f"<p>{LEFT}</p>{pages}",
        f"@page{{@bottom-center{{content:{numbered}}}}}",
    )
    lines = document.text.split("\n")
    assert sum("356" in line for line in lines[1:]) >= 3
    assert not {"1", "2", "3", "4", "— 2 —"} & set(lines)


def test_what_is_left_out_at_the_foot_of_every_page_is_told(chromium: str, tmp_path: Path) -> None:
    pages = "".join(
        f"<p style='break-before:page'>{place}镇修路12公里。</p>" for place in "甲乙丙丁"
    )
    foot = "@page{@bottom-center{content:'新建学校36所。'}}"
    document = printed(chromium, tmp_path, f"<p>{LEFT}</p>{pages}", foot)
    assert "新建学校" not in document.text
    (finding,) = [finding for finding in document.findings if finding.code == "text-left-out"]
    assert finding.message.endswith("running heads: 新建学校36所。")
    assert document.text.count("镇修路12公里") == 4


def test_lines_at_the_edge_that_differ_in_their_numbers_are_no_head(
    chromium: str, tmp_path: Path
) -> None:
    pages = "".join(
        f"<p style='break-before:page'>全县新建学校{count}所。</p><p>第{count}项完工。</p>"
        for count in (12, 35, 58, 71)
    )
    document = printed(chromium, tmp_path, f"<p>{LEFT}</p>{pages}")
    assert [f.value for f in document.figures if f.indicator == "学校"] == [12, 35, 58, 71]


def test_two_columns_of_a_few_lines_are_read_one_after_the_other(
    chromium: str, tmp_path: Path
) -> None:
    left = "2024年，全县投入衔接资金1.25亿元，比上年增长12.5%，建成产业项目356个。"
    right = "2025年，计划投入资金1.5亿元，新建道路150公里，改造危房800户，培训农民。"
    columns = f"<div style='columns:2;column-gap:12mm'><p>{left}</p><p style='break-before:column'>{right}</p></div>"
    document = printed(chromium, tmp_path, columns)
    assert document.text.split("\n")[1:] == [left, right]


def test_cells_side_by_side_in_a_few_rows_are_no_columns(chromium: str, tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{name}建设项目完成投资</td><td>{body}交通运输局负责</td></tr>"
        for name, body in (("甲", "江南县"), ("乙", "江北新区"), ("丙丁", "江东县"))
    )
    document = printed(chromium, tmp_path, f"<table style='width:100%'>{rows}</table>")
    assert document.text.index("江南县交通") < document.text.index("乙建设")


def without_fonts(*lines: tuple[int, int, str]) -> bytes:
    """A PDF whose font is not in the file: lines as (points from the foot, size of the letters, text)."""
    cids = {char: place for place, char in enumerate(sorted({c for *_, t in lines for c in t}), 1)}
    mapped = "".join(f"<{i:04X}><{ord(c):04X}>\n" for c, i in cids.items())
    cmap = (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<0000><FFFF>endcodespacerange\n"
        f"{len(cids)} beginbfchar\n{mapped}endbfchar endcmap end end"
    )
    widths = " ".join(f"{i}[{500 if ord(c) < 128 else 1000}]" for c, i in cids.items())
    shown = "".join(
        f"BT/F {size} Tf 72 {foot} Td<{''.join(f'{cids[c]:04X}' for c in text)}>Tj ET\n"
        for foot, size, text in lines
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/W[{widths}]>>",
        "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    body = "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n0\n%%EOF\n".encode(
        "latin-1"
    )


def test_characters_of_a_font_that_is_not_in_the_file_and_what_a_browser_prints() -> None:
    made = without_fonts(
        (820, 8, "2024/1/5 10:23"),
        (770, 18, "江南县2024年工作总结"),
        (700, 8, "全县新建学校3所，新建养老院"),
        (680, 8, "共12所。"),
        (20, 8, "https://www.example.gov.cn/art/1.html 1/3"),
    )
    read = extract_source(made, "report.pdf")
    assert read.text == "江南县2024年工作总结\n全县新建学校3所，新建养老院共12所。"
    assert ["https" in note.message for note in read.notes] == [True]
