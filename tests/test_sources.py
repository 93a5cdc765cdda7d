"""Sources: every format and typing habit gives the same report; bad files give one clear line."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import SourceError, read
from policygraph.graph.statements import Document
from policygraph.loaders.normalisation import reading_copy
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, SUFFIXES, extract_source, find_sources, read_text

from .processes import run, run_text

TEXT = read_text(BUNDLED)
PARAGRAPHS = [line for line in TEXT.split("\n") if line.strip()]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def said(document: Document) -> tuple[list[object], list[object], list[object]]:
    return (
        [(f.value, f.unit, f.kind, f.indicator, f.scope.text, f.period) for f in document.figures],
        [(m.type, m.name) for m in document.mentions],
        [(m.action, m.object, m.actors, m.status) for m in document.measures],
    )


def anchored(document: Document) -> bool:
    statements = (*document.figures, *document.mentions, *document.measures)
    return all(document.text[h.span.start : h.span.end] == h.span.quote for h in statements)


def wrapped(text: str, width: int) -> str:
    lines = []
    for line in text.split("\n"):
        lines += [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("width", [20, 24, 31, 40, 60])
def test_text_wrapped_in_the_middle_of_sentences_reads_the_same(
    width: int, hubei: Document
) -> None:
    document = read_string(wrapped(TEXT, width))
    assert said(document) == said(hubei)
    assert anchored(document)
    assert document.text == wrapped(TEXT, width)


def test_the_whole_report_on_one_line(hubei: Document) -> None:
    document = read_string("　　".join(PARAGRAPHS))
    assert said(document) == said(hubei)
    assert document.header.issuer == hubei.header.issuer


def test_one_sentence_a_line_reads_the_same(hubei: Document) -> None:
    assert said(read_string(TEXT.replace("。", "。\n"))) == said(hubei)


def test_full_width_digits_and_marks_give_the_same_values(hubei: Document) -> None:
    wide = {ord(str(digit)): 0xFF10 + digit for digit in range(10)} | {0x25: 0xFF05, 0x2E: 0xFF0E}
    document = read_string(TEXT.translate(wide))
    assert said(document) == said(hubei)
    assert anchored(document)
    marks = str.maketrans(",;:()", "，；：（）")
    assert [f.value for f in read_string(TEXT.translate(marks)).figures] == [
        f.value for f in hubei.figures
    ]


@given(st.decimals(min_value=0, max_value=10**7, places=2), st.sampled_from("元%人户亩"))
def test_width_does_not_change_a_value(value: object, unit: str) -> None:
    plain = f"湖北省2022年工作总结\n\n农民人均纯收入{value}{unit}。"
    wide = plain[:14] + plain[14:].translate({code: code + 0xFEE0 for code in (*range(48, 58), 46)})
    first, second = read_string(plain).figures, read_string(wide).figures
    assert [(f.value, f.unit) for f in first] == [(f.value, f.unit) for f in second]


def test_paragraphs_are_not_joined() -> None:
    assert reading_copy(TEXT).pieces is None


SAMPLES = sorted((Path(__file__).parent / "data" / "samples").iterdir())


def test_every_format_has_its_sample() -> None:
    assert {path.suffix for path in SAMPLES} | {".txt", ".htm"} == set(SUFFIXES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_the_sample_of_every_format_has_the_figures_of_the_report(
    sample: Path, hubei: Document
) -> None:
    there, here = (
        Counter((figure.value, figure.unit, figure.indicator) for figure in document.figures)
        for document in (read(sample), hubei)
    )
    assert here - there == Counter()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_text(
    encoding: str, ends: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.replace("\n", ends).encode(encoding))
    assert read_text(path) == TEXT


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作总结_湖北省乡村振兴局</title>
<meta name="ArticleTitle" content="{title}"><style>.a{{color:red}}</style></head><body>
<div class="header"><nav><a>首页</a> <a>政务公开</a></nav></div><div class="crumb">当前位置：首页 &gt; 总结</div>
<table class="xxgk"><tr><td>索引号：</td><td>K26058003/2023-30909</td><td>发文日期：</td><td>2023年04月24日</td></tr>
<tr><td>发布机构：</td><td>湖北省乡村振兴局</td><td>文 号：</td><td></td></tr></table>
<h1>{title}</h1><div class="share">分享到：微信 微博 【字体：大 中 小】</div>
<div class="TRS_Editor">{body}</div>
<div class="related"><a>相关阅读：2021年下达资金3亿元</a></div>
<footer>版权所有 鄂ICP备05012345号 联系电话027-87231234</footer><script>var n = 5;</script></body></html>"""


def test_a_government_page_is_read_to_the_same_statements(tmp_path: Path, hubei: Document) -> None:
    body = "".join(f"<p>　　{line}</p>" for line in PARAGRAPHS[10:])
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(title=PARAGRAPHS[0], body=body), "utf-8")
    document = read(path)
    header = document.header
    assert header.title == PARAGRAPHS[0]
    assert header.index_number == "K26058003/2023-30909"
    assert header.issuer == "湖北省乡村振兴局"
    assert header.issued == "2023-04-24"
    for noise in ("首页", "微博", "ICP", "相关阅读", "var n"):
        assert noise not in document.text
    assert [f.value for f in document.figures] == [f.value for f in hubei.figures]
    assert anchored(document)


def word_file(paragraphs: list[str]) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs)
    extra = (
        "<w:p><w:del><w:r><w:delText>删去9元</w:delText></w:r></w:del><w:r><w:t>发放补贴5万</w:t></w:r>"
        "<w:r><w:t>元。</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>合作社</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>12家</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    return zipped(f"<w:document {WORD}><w:body>{lines}{extra}</w:body></w:document>")


def zipped(xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def test_a_word_file_is_read_to_the_same_statements(tmp_path: Path, hubei: Document) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(word_file(PARAGRAPHS))
    document = read(path)
    assert [f.value for f in document.figures[: len(hubei.figures)]] == [
        f.value for f in hubei.figures
    ]
    assert "发放补贴5万元。" in document.text
    assert "合作社 12家" in document.text
    assert "删去" not in document.text


def test_a_pdf_with_running_heads_and_page_numbers(
    chromium: str, tmp_path: Path, hubei: Document
) -> None:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    page = tmp_path / "print.html"
    page.write_text(
        "<meta charset=utf-8><style>p{text-indent:2em;margin:0}@page{size:A5;margin:20mm;"
        "@top-center{content:'湖北省乡村振兴局文件汇编'}@bottom-center{content:'— ' counter(page) ' —'}}"
        "</style>" + body,
        "utf-8",
    )
    made = tmp_path / "report.pdf"
    subprocess.run(
        [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}",
         f"--print-to-pdf={made}", page.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    document = read(made)
    assert document.text.count("文件汇编") <= 1
    assert not re.search(r"— \d+ —", document.text)
    found = [f.value for f in document.figures]
    missing = [f.value for f in hubei.figures if f.value not in found]
    assert len(missing) <= 2, missing
    assert anchored(document)


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF"
)
BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "好好好好好好好好好好"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Word file"),
        (word_file(PARAGRAPHS)[:900], "cut off"),
        (zipped(BOMB + f"<w:document {WORD}/>"), "XML entities"),
        (zipped("<w:document"), "damaged"),
        (zipped(f"<w:document {WORD}><w:body/></w:document>"), "no text"),
        (b"%PDF-1.4\nnothing", "no PDF"),
        (LOCKED, "password"),
        (BLANK, "pictures of pages"),
        (b"<html><body><nav>menu</nav></body></html>", "no text of a report"),
        (b"\x81\x20\xff\xff\xfe" * 9, "neither UTF-8 nor GB18030"),
    ],
    ids=["empty", "doc", "cut docx", "entities", "broken xml", "no words", "cut pdf", "locked pdf", "scan", "page without article", "no text"],
)  # fmt: skip
def test_bad_files_give_one_clear_line(data: bytes, says: str) -> None:
    assert_told(data, says)


def test_a_file_that_unpacks_to_more_than_is_read_gives_one_clear_line() -> None:
    assert_told(zipped("好" * (70 * 2**20 // 3)), "unpacks to more")


def assert_told(data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as error:
        extract_source(data, "report")
    assert says in str(error.value)
    assert str(error.value).startswith("report: ")


def test_deep_nesting_is_read() -> None:
    page = "<!DOCTYPE html><body>" + "<div>" * 5000 + "<p>粮食总产量达到871.6亿斤。</p>" * 9
    assert "871.6亿斤" in extract_source(page.encode(), "page").text


def test_a_folder_is_read_whole_but_for_the_bad_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "b.docx").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "in" / "page.png").write_bytes(b"a picture")
    (tmp_path / "in" / ".hidden").write_bytes(b"")
    (tmp_path / "in" / "c.html").write_text(
        PAGE.format(title="某县2023年政府工作报告", body="<p>新建学校5所。</p>" * 20), "utf-8"
    )
    (tmp_path / "in" / "notes.md").write_text("no report", "utf-8")
    assert [path.name for path in find_sources([str(tmp_path / "in")])] == [
        "a.txt",
        "b.docx",
        "c.html",
    ]
    done = run_text("build", "--store", tmp_path / "store", tmp_path / "in")
    assert done.returncode == 1
    assert "b.docx: is cut off" in done.stderr
    assert "in: 2 files of other kinds passed over: .md (1), .png (1)" in done.stderr
    assert "2 documents" in done.stderr
    assert "1 of 3 sources were not read" in done.stderr


def test_standard_input_takes_any_format(tmp_path: Path) -> None:
    done = run("build", "--store", tmp_path / "store", "-", stdin=word_file(PARAGRAPHS))
    assert done.returncode == 0
    assert b"1 document," in done.stderr
