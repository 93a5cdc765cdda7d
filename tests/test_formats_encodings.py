"""Encodings: what is broken costs one character and is said; other encodings are read."""

from __future__ import annotations

import pytest

from policygraph import SourceError
from policygraph.loaders.reader import read_extracted, read_string
from policygraph.loaders.sources import extract_source

TEXT = (
    "江南县2024年工作总结\n\n一是稳定粮食生产。全县播种面积45.2万亩，总产量18.6万吨，新建高标准农田3.1万亩，"
    "发放补贴1230万元，惠及农户5万户。\n二是发展乡村产业。培育龙头企业27家、合作社512家，产值达到11.4亿元。\n"
)
TRADITIONAL = "金門縣2023年工作報告\n\n全縣投入經費1.25億元，辦理活動120場，參加人數3500人，補助社區發展協會36個。\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("damage", ["missing", "wrong", "nul like"])
@pytest.mark.parametrize("place", range(3, 200, 13))
def test_a_broken_byte_costs_one_character(encoding: str, damage: str, place: int) -> None:
    data = TEXT.encode(encoding)
    while data[place] < 0x80:
        place += 1
    byte = {"missing": b"", "wrong": b"\xff", "nul like": b"\x80"}[damage]
    source = extract_source(data[:place] + byte + data[place + 1 :], "report")
    lost = [char for char in sorted(set(TEXT)) if source.text.count(char) < TEXT.count(char)]
    assert len(lost) <= 2, (lost, source.text)
    if "\ufffd" in source.text:
        assert [note.code for note in source.notes] == ["broken-bytes"]
        assert source.text[source.notes[0].start] == "\ufffd"


def test_broken_bytes_are_a_finding() -> None:
    data = TEXT.encode("gb18030")
    document = read_extracted(extract_source(data[:30] + b"\xff" + data[31:], "report"))
    (finding,) = [finding for finding in document.findings if finding.code == "broken-bytes"]
    assert finding.span.quote == "\ufffd"
    assert {figure.span.quote for figure in document.figures} >= {"11.4亿元", "512家", "27家"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-16", "hz", "cp936"])
def test_other_encodings_are_read(encoding: str) -> None:
    assert extract_source(TEXT.encode(encoding), "report").text == TEXT


def test_gb18030_with_its_byte_order_mark_is_read() -> None:
    assert extract_source(b"\x84\x31\x95\x33" + TEXT.encode("gb18030"), "report").text == TEXT


@pytest.mark.parametrize("declared", ["big5", "gb2312", "utf-8", ""])
def test_big5_is_read_whatever_the_page_says(declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    lines = "".join(f"<p>{line}</p>" for line in TRADITIONAL.split("\n"))
    text = extract_source(
        f"<html><head>{meta}</head><body>{lines}</body></html>".encode("big5"), "page"
    ).text
    assert "全縣投入經費1.25億元" in text


@pytest.mark.parametrize("declared", ["big5", "utf-8", "iso-8859-1", "gb2312"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_wrong_charset_in_the_page_is_not_believed(declared: str, encoding: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    page = f'<html><head><meta charset="{declared}"></head><body>{lines}</body></html>'
    assert "培育龙头企业27家" in extract_source(page.encode(encoding), "page").text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{\\rtf1\\ansi x}", "rich text"),
        (b"\x1f\x8b\x08\x00abc", "compressed"),
        (b"\x89PNG\r\n\x1a\n0", "picture"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
        (bytes(range(256)) * 9, "not text"),
    ],
)
def test_what_is_no_text_is_said_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as error:
        extract_source(data, "report")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_web_archive_is_its_page() -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"<html><meta charset=utf-8><body>{body}</body></html>\r\n--B--\r\n"
    )
    assert "培育龙头企业27家" in extract_source(archive.encode(), "page.mht").text


@pytest.mark.parametrize(
    "garbled",
    ["锟斤拷", "年度".encode().decode("cp1252", "ignore") + "å¹´", "烫烫烫", "\ue5e5\ue5e5"],
)
def test_mojibake_in_the_middle_of_a_text_is_a_finding(garbled: str) -> None:
    document = read_string(TEXT.replace("总产量", f"总产量{garbled}"))
    assert "mojibake" in {finding.code for finding in document.findings}
    assert "mojibake" not in {finding.code for finding in read_string(TEXT).findings}


def test_a_file_of_nothing_but_a_byte_order_mark_is_empty() -> None:
    with pytest.raises(SourceError, match="is empty"):
        extract_source("\ufeff".encode(), "report.txt")
