"""The parts of a .docx: found by their relationships, unpacked within bounds, parsed as XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from policygraph.errors import SourceError

LARGEST_PART = 60 * 1024 * 1024  # bytes of unpacked text; a book has a tenth of that
_MAIN = "word/document.xml"
# What a ZIP that is no Word file is, by a part that only it has.
_OTHERS = (
    ("xl/", "it is a spreadsheet"),
    ("ppt/", "it is a presentation"),
    ("content.xml", "it is an OpenDocument file"),
    ("OFD.xml", "it is an OFD file"),
)
# Namespaces of the transitional and the strict form of the standard → a prefix.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}


class WordPackage:
    """An opened .docx: ``main`` is the root of its text, ``part`` its other parts by kind."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._read(archive)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise SourceError(f"{name}: is cut off or damaged ({error}); get it again") from error
        except (zipfile.zlib.error, RuntimeError) as error:  # type: ignore[attr-defined]
            raise SourceError(f"{name}: is cut off or damaged ({error}); get it again") from error

    def _read(self, archive: zipfile.ZipFile) -> None:
        names = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
        main = next(self._targets(archive, names, "", "officeDocument"), _MAIN)
        if main not in names:
            main = _MAIN
        if main not in names:
            what = next(
                (said for part, said in _OTHERS if any(n.startswith(part) for n in names)), ""
            )
            raise SourceError(
                f"{self.name}: is no Word file (.docx) inside{what and ' (' + what + ')'}; "
                "give a .docx, .pdf, .html or .txt"
            )
        self.main = self._root(archive, names[main])
        self.parts: dict[str, ElementTree.Element] = {}
        for kind in ("footnotes", "endnotes", "numbering", "styles"):
            target = next(self._targets(archive, names, main, kind), "")
            if target in names:
                self.parts[kind] = self._root(archive, names[target])

    def _targets(
        self, archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], source: str, kind: str
    ) -> Iterator[str]:
        """The parts that a part is related to in one way (officeDocument, footnotes …)."""
        folder, base = posixpath.split(source)
        info = names.get(posixpath.join(folder, "_rels", base + ".rels"))
        if info is None:
            return
        for relation in self._root(archive, info):
            if (relation.get("Type") or "").rpartition("/")[2] == kind:
                target = (relation.get("Target") or "").replace("\\", "/")
                yield posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")

    def _root(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ElementTree.Element:
        if info.flag_bits & 1:
            raise SourceError(f"{self.name}: is protected by a password; save it without one")
        with archive.open(info) as part:
            data = part.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise SourceError(
                f"{self.name}: unpacks to more than {LARGEST_PART // 2**20} MB; that is too much for a report"
            )
        # A Word file declares no entities; one that does means to swell.
        head = data[:4096].replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise SourceError(
                f"{self.name}: declares XML entities, which no Word file does; it is not read"
            )
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, LookupError) as error:
            raise SourceError(
                f"{self.name}: its text is damaged ({error}); save it again as .docx"
            ) from error


def kind_of(element: ElementTree.Element) -> str:
    """The name of an element: bare for Word's own, m: for mathematics, mc: for alternatives."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    space, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return "?:" + local if prefix is None else prefix + local


def value_of(element: ElementTree.Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of Word's own namespace, in either form of the standard."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return default


def child(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """The first element at a path of names below an element."""
    for name in path:
        if element is None:
            return None
        element = next((child for child in element if kind_of(child) == name), None)
    return element


def is_on(element: ElementTree.Element | None) -> bool:
    """Whether a switch (vanish, del …) is there and not turned off."""
    return element is not None and value_of(element, default="1") not in ("0", "false", "off")
