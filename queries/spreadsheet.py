"""Rows as a spreadsheet that Excel opens with Chinese intact (.xlsx): one sheet, numbers as numbers, all else as text."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from policygraph.errors import QueryError

MOST_ROWS = 1_048_575  # that a sheet holds below its heading
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MADE = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="policygraph" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def write_spreadsheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The whole file in one piece; raises QueryError where there are more rows than a sheet holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in _PARTS.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), _HEAD + part)
        with package.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml", _MADE), "w") as sheet:
            for line in _sheet(columns, rows):
                sheet.write(line.encode("utf-8"))
    yield out.getvalue()


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>'
    yield _row(columns, numbers=False)
    for count, row in enumerate(rows):
        if count == MOST_ROWS:
            raise QueryError(f"xlsx: a sheet holds {MOST_ROWS} rows; use csv")
        yield _row(row, numbers=True)
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[str], *, numbers: bool) -> str:
    return f"<row>{''.join(_cell(cell, numbers) for cell in cells)}</row>"


def _cell(cell: str, numbers: bool) -> str:
    """A number as one, save where digits would be lost or zeros before it: 007 is text."""
    if not cell:
        return "<c/>"
    if numbers and _NUMBER.fullmatch(cell):
        return f"<c><v>{cell}</v></c>"
    text = html.escape(_UNWRITABLE.sub("\ufffd", cell), quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
