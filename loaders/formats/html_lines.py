"""The text of HTML elements, a block a line, with the cells of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from policygraph.loaders.formats.list_numbers import list_number
from policygraph.loaders.formats.superscripts import superscript
from policygraph.loaders.formats.table_layout import LineLayout
from policygraph.loaders.source_text import Line
from policygraph.loaders.words.compiled import compiled

BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "br",
        "table",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "dl",
        "dd",
        "dt",
        "blockquote",
        "center",
        "pre",
        "hr",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "header",
        "footer",
        "aside",
        "nav",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "details",
        "summary",
        "body",
        "html",
    ]
)
_SPACE = compiled(r"[ \t\r\f\v\xa0]+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f·—…“”‘’"
# A line of the source that is broken inside a Chinese word or a number goes on without a space.
_BROKEN = compiled(
    rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])|(?<=[{_WIDE}0-9.,%])\n(?=[{_WIDE}0-9.,%])"
)
_TABLE_TAGS = frozenset(("table", "tr", "td", "th"))
_NUMBERED = compiled(
    r"\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|第[一二三四五六七八九十])"
)
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def flat_text(node: LexborNode) -> str:
    """All text of an element on one line."""
    return " ".join(node.text(deep=True).replace("\xa0", " ").split(" ")).replace("\n", " ").strip()


def node_text(node: LexborNode) -> str:
    """The text of a text node: line ends of the source are spaces, none inside Chinese words."""
    text = _BROKEN.sub("", node.text_content or "")
    return _SPACE.sub(" ", text.replace("\n", " "))


def children(node: LexborNode) -> list[LexborNode]:
    """The elements and texts directly in an element."""
    return list(node.iter(include_text=True))


@dataclass(slots=True)
class _Numbering:
    """Where an ordered list has got to."""

    kind: str
    next: int


def article_lines(nodes: Sequence[LexborNode], skipped: frozenset[int]) -> list[Line]:
    """The text of elements, a block a line, in their order, without the elements to be skipped."""
    reader = _LineReader(skipped)
    for node in nodes:
        reader.read(node)
    return reader.layout.finish()


class _LineReader:
    """One pass over elements to any depth: no recursion."""

    def __init__(self, skipped: frozenset[int]) -> None:
        self.skipped = skipped
        self.layout = LineLayout()
        self.lists: list[_Numbering | None] = []

    def read(self, root: LexborNode) -> None:
        """The text of an element and all in it."""
        self.layout.line_break()
        waiting: list[tuple[LexborNode, bool]] = [(root, False)]
        while waiting:
            node, leaving = waiting.pop()
            tag = node.tag or ""
            if node.mem_id in self.skipped:
                continue
            if leaving:
                self._leave(tag)
            elif tag == "-text":
                self.layout.write(node_text(node))
            elif tag == "sup":
                self.layout.write(superscript(flat_text(node)))
            elif tag == "sub":
                self.layout.write_lowered(flat_text(node))
            elif tag == "pre":
                self._preformatted(node)
            else:
                self._enter(node, tag)
                if tag in BLOCKS or tag in _TABLE_TAGS:
                    waiting.append((node, True))
                waiting.extend((child, False) for child in reversed(children(node)))
        self.layout.line_break()

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag == "table":
            self.layout.open_table()
        elif tag == "tr":
            self.layout.open_row()
        elif tag in ("td", "th"):
            self.layout.open_cell(_span(node, "colspan"), _span(node, "rowspan"))
        elif tag in BLOCKS:
            self.layout.line_break()
        if tag in ("ol", "ul"):
            self.lists.append(_numbering(node) if tag == "ol" else None)
        elif tag == "li":
            self._item(node)

    def _leave(self, tag: str) -> None:
        if tag == "table":
            self.layout.close_table()
        elif tag == "tr":
            self.layout.close_row()
        elif tag in ("td", "th"):
            self.layout.close_cell()
        else:
            self.layout.line_break()
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()

    def _item(self, node: LexborNode) -> None:
        """The number that a browser shows before an item of an ordered list."""
        counter = self.lists[-1] if self.lists else None
        if counter is None:
            return
        said = node.attributes.get("value") or ""
        number = int(said) if said.isdecimal() and len(said) < 6 else counter.next
        counter.next = number + 1
        if not _NUMBERED.match(node.text(deep=True)[:12]):
            self.layout.write(f"{list_number(number, counter.kind)}. ")

    def _preformatted(self, node: LexborNode) -> None:
        self.layout.line_break()
        self.layout.write(node.text(deep=True).replace("\xa0", " "))
        self.layout.line_break()


def _span(node: LexborNode, name: str) -> int:
    said = (node.attributes.get(name) or "").strip()
    return int(said) if said.isdecimal() and len(said) < 5 else 1


def _numbering(node: LexborNode) -> _Numbering:
    start = node.attributes.get("start") or ""
    kind = _KINDS.get(node.attributes.get("type") or "", "decimal")
    return _Numbering(kind, int(start) if start.isdecimal() and len(start) < 6 else 1)


def text_blocks(root: LexborNode, skipped: frozenset[int]) -> Iterator[tuple[LexborNode, str, int]]:
    """Each line of text below an element: the block it stands in, its text, characters in links."""
    block: list[LexborNode] = [root]
    parts: list[str] = []
    linked = depth = 0
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, leaving = waiting.pop()
        tag = node.tag or ""
        if node.mem_id in skipped:
            continue
        if tag == "-text":
            words = node_text(node)
            parts.append(words)
            linked += len(words.strip()) if depth else 0
            continue
        bounds = tag in BLOCKS or tag in ("td", "th")
        if bounds and parts:
            yield block[-1], "".join(parts).strip(), linked
            parts, linked = [], 0
        if leaving:
            depth -= tag == "a"
            if bounds:
                block.pop()
            continue
        depth += tag == "a"
        if bounds:
            block.append(node)
        waiting.append((node, True))
        waiting.extend((child, False) for child in reversed(children(node)))
    if parts:
        yield root, "".join(parts).strip(), linked
