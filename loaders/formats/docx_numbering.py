"""The numbers that Word counts itself: 一、 （一） 1. before numbered paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree

from policygraph.loaders.formats.docx_package import child, is_on, kind_of, value_of
from policygraph.loaders.formats.list_numbers import list_number
from policygraph.loaders.words.compiled import compiled

_PLACE = compiled(r"%([1-9])")
_WIDE_END = compiled(r"[、）】．。：章节条篇部分]$")
_DEEPEST = 30  # styles based on one another


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is written."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    arabic: bool = False


@dataclass(slots=True)
class _List:
    """A definition of levels and how far each has been counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Numbers paragraphs in reading order, as Word does on opening the file."""

    def __init__(
        self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None
    ) -> None:
        self._styles: dict[str, tuple[str, str, str]] = {}  # id → based on, number id, level
        self._style_level: dict[tuple[str, str], int] = {}  # definition, style → level
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        for style in styles if styles is not None else ():
            if kind_of(style) == "style":
                self._add_style(style)
        for entry in numbering if numbering is not None else ():
            if kind_of(entry) == "abstractNum":
                self._add_definition(entry)
        for entry in numbering if numbering is not None else ():
            if kind_of(entry) == "num":
                self._add_number(entry)

    def label(self, properties: ElementTree.Element | None) -> str:
        """What stands before a paragraph with these properties; counts it. Empty where nothing."""
        number, level = self._numbered(properties)
        if number not in self._numbers:
            return ""
        definition, starts = self._numbers[number]
        numbered = self._lists.get(definition)
        if numbered is None or level not in numbered.levels:
            return ""
        self._count(numbered, number, level, starts)
        said = numbered.levels[level]
        if said.kind in ("bullet", "none") and "%" not in said.text:
            return ""
        text = _PLACE.sub(lambda match: _written(numbered, said, int(match[1]) - 1), said.text)
        if not text or said.suffix == "nothing" or _WIDE_END.search(text):
            return text
        return text + " "

    def _count(self, numbered: _List, number: str, level: int, starts: dict[int, int]) -> None:
        first = numbered.levels[level].start
        if level in starts and (number, level) not in self._begun:
            self._begun.add((number, level))
            numbered.counts[level] = starts[level]
        else:
            numbered.counts[level] = numbered.counts.get(level, first - 1) + 1
        for deeper in [place for place in numbered.counts if place > level]:
            del numbered.counts[deeper]

    def _numbered(self, properties: ElementTree.Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style."""
        direct = child(properties, "numPr")
        number = value_of(child(direct, "numId"))
        level = value_of(child(direct, "ilvl"))
        style = value_of(child(properties, "pStyle"))
        at, inherited = style, ""
        for _ in range(_DEEPEST):
            if at not in self._styles or number:
                break
            based, number, inherited = self._styles[at]
            if not number:
                at = based
        if not level:
            definition = self._numbers.get(number, ("", {}))[0]
            own = self._style_level.get((definition, at))
            level = str(own) if own is not None else inherited
        return number, int(level) if level.isdecimal() else 0

    def _add_style(self, style: ElementTree.Element) -> None:
        numbered = child(style, "pPr", "numPr")
        self._styles[value_of(style, "styleId")] = (
            value_of(child(style, "basedOn")),
            value_of(child(numbered, "numId")),
            value_of(child(numbered, "ilvl")),
        )

    def _add_definition(self, definition: ElementTree.Element) -> None:
        name = value_of(definition, "abstractNumId")
        numbered = self._lists.setdefault(name, _List())
        for level in definition:
            if kind_of(level) == "lvl":
                place = _integer(value_of(level, "ilvl"), 0)
                numbered.levels[place] = _level(level)
                style = value_of(child(level, "pStyle"))
                if style:
                    self._style_level[name, style] = place

    def _add_number(self, number: ElementTree.Element) -> None:
        starts = {}
        for override in number:
            if kind_of(override) == "lvlOverride":
                start = child(override, "startOverride")
                if start is not None:
                    starts[_integer(value_of(override, "ilvl"), 0)] = _integer(value_of(start), 1)
        name = value_of(number, "numId")
        self._numbers[name] = (value_of(child(number, "abstractNumId")), starts)


def _level(level: ElementTree.Element) -> _Level:
    kind = child(level, "numFmt")
    if kind is None:
        kind = child(level, "mc:AlternateContent", "mc:Fallback", "numFmt")
    return _Level(
        start=_integer(value_of(child(level, "start")), 1),
        kind=value_of(kind, default="decimal"),
        text=value_of(child(level, "lvlText")),
        suffix=value_of(child(level, "suff"), default="tab"),
        arabic=is_on(child(level, "isLgl")),
    )


def _written(numbered: _List, said: _Level, place: int) -> str:
    level = numbered.levels.get(place, _Level())
    return list_number(
        numbered.counts.get(place, level.start), "decimal" if said.arabic else level.kind
    )


def _integer(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default
