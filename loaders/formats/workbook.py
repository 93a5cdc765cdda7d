"""Spreadsheets (.xlsx): what the cells of each sheet show, without formats and formulas."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from policygraph.errors import SourceError
from policygraph.loaders.words.compiled import compiled

LARGEST_PART = 60 * 1024 * 1024  # bytes of an unpacked part
WIDEST, LONGEST = 2000, 200_000  # columns and rows of a sheet
_REFERENCE = compiled(r"([A-Z]{1,3})(\d{1,7})")
_FLOAT = compiled(r"-?(?=(?:\d\.?){16})\d+\.\d+")

Grid = list[tuple[int, list[str]]]


def read_workbook(data: bytes, name: str) -> list[tuple[str, Grid]]:
    """The sheets of a workbook by name: number of the row, counted from 1, and its cells as text.

    Raises SourceError where it is damaged or none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [*_sheets(archive, name)]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{name}: is cut off or damaged ({error}); get it again") from error
    except IndexError as error:
        raise SourceError(
            f"{name}: is damaged: a cell names a shared text it does not hold"
        ) from error
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise SourceError(f"{name}: cannot be read as a workbook (.xlsx): {error}") from error


def _sheets(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Grid]]:
    shared = [*_shared(archive, name)]
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target") or ""))
        for relation in _root(archive, "xl/_rels/workbook.xml.rels", name)
    }
    for sheet in _root(archive, "xl/workbook.xml", name).iter():
        if _local(sheet) == "sheet":
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            part = targets[key].lstrip("/")
            yield sheet.get("name") or part, _grid(_root(archive, part, name), shared, name)


def _shared(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    if "xl/sharedStrings.xml" in archive.namelist():
        for item in _root(archive, "xl/sharedStrings.xml", name):
            yield _text(item)


def _grid(root: ElementTree.Element, shared: list[str], name: str) -> Grid:
    found: Grid = []
    for row in (element for element in root.iter() if _local(element) == "row"):
        cells: list[str] = []
        for cell in row:
            match = _REFERENCE.fullmatch(cell.get("r") or "")
            column = _number(match[1]) if match else len(cells) + 1
            if column > WIDEST or len(found) >= LONGEST:
                raise SourceError(f"{name}: a sheet has more than {WIDEST} columns or {LONGEST} rows")  # fmt: skip
            cells += [""] * (column - len(cells) - 1)
            cells.append(_shown(cell, shared))
        found.append((int(row.get("r") or len(found) + 1), cells))
    return found


def _shown(cell: ElementTree.Element, shared: list[str]) -> str:
    """What a cell holds on one line: shared or inline text, or a number as it is stored."""
    kind = cell.get("t")
    value = next((e.text or "" for e in cell if _local(e) == "v"), "")
    if kind == "s":
        shown = shared[int(value)]
    elif kind == "inlineStr":
        shown = _text(cell)
    else:
        # 49670.2 is stored as 49670.199999999997: 15 digits are what a spreadsheet shows.
        shown = f"{float(value):.15g}" if _FLOAT.fullmatch(value) else value
    return " ".join(shown.split())


def _text(element: ElementTree.Element) -> str:
    """All text in an element but the readings above characters."""
    if _local(element) == "rPh":
        return ""
    own = element.text or "" if _local(element) == "t" else ""
    return own + "".join(map(_text, element))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _root(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    with archive.open(part) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise SourceError(f"{name}: unpacks to more than {LARGEST_PART // 2**20} MB")
    head = data[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise SourceError(f"{name}: declares XML entities, which no workbook does; it is not read")
    return ElementTree.fromstring(data)
