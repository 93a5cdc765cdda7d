"""Which elements of a page hold the report: where its sentences stand, whatever the layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policygraph.loaders.formats.html_lines import article_lines, text_blocks
from policygraph.loaders.source_text import Line
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import vocabulary, word_cache

# Containers that the content systems of government sites put an article into, the narrowest first.
_CONTAINERS = (
    ".TRS_Editor",
    ".trs_editor_view",
    "#UCAP-CONTENT",
    ".pages_content",
    ".article-content",
    ".article_content",
    ".news_conent_two_text",
    ".xxgk_content",
    ".content_text",
    "#zoom",
    ".zoom",
    "#Zoom",
    "#content",
    ".article",
    "article",
    "main",
)
_LEAST = 80  # characters of an article below which a known container holds no report
_MOST = 0.9  # of the sentences of a page that the element of the report holds
_HALF = 0.5
_SHORTEST = 12  # characters of a line without a full stop below which it is no running text
_MARKS = compiled("[。；！？，]")
_HEADINGS = frozenset(("h1", "title"))
# Elements that hold blocks of text; an inline element or a paragraph is too narrow.
_HOLDERS = frozenset(
    [
        "body",
        "div",
        "td",
        "th",
        "section",
        "article",
        "main",
        "form",
        "table",
        "center",
        "blockquote",
        "li",
        "dd",
    ]
)


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of a report on a page, and what of the page is not in them.

    ``left_out`` counts the characters of the page that are not in the lines, ``sentences_left_out``
    those of them that stand in running text.
    """

    lines: tuple[Line, ...]
    left_out: int
    sentences_left_out: int


def find_article(tree: LexborHTMLParser, furniture: str, skipped: frozenset[int]) -> Article | None:
    """The lines of the report; None where the page has no text of its own.

    ``furniture`` selects what navigation and footers are put into, ``skipped`` holds the elements
    that are never text.
    """
    body = tree.body
    if body is None:
        return None
    page = _PageText(body, skipped)
    sides = {
        node.mem_id
        for node in tree.css(furniture)
        if not page.sentences_of(node) or page.sentences_of(node) < _HALF * page.sentences_of(body)
    }
    skipped |= sides
    page_text = _PageText(body, skipped) if sides else page
    nodes = _container(tree, page_text, body) or _common(body, page_text)
    lines = _trimmed(article_lines(nodes, skipped), page_text)
    if not any(line.text for line in lines) or not page_text.has_text:
        return None
    kept = sum(len(line.text) for line in lines)
    read = sum(len(line.text) for line in lines if page_text.is_running(line.text))
    outside = page.sentences_of(body) - read
    return Article(tuple(lines), max(0, page.characters - kept), max(0, outside))


class _PageText:
    """How many characters of running text stand in each element of a page."""

    def __init__(self, body: LexborNode, skipped: frozenset[int]) -> None:
        own: dict[int, int] = {}
        self.linked: set[str] = set()
        self.characters = 0
        self.has_text = False
        headings = set()
        for block, text, linked in text_blocks(body, skipped):
            if not text:
                continue
            self.characters += len(text)
            if 2 * linked > len(text):
                self.linked.add(text)
            elif block.tag in _HEADINGS:
                headings.add(text)
            elif not _furniture().search(text):
                self.has_text = self.has_text or text not in headings
                if self.is_running(text):
                    own[block.mem_id] = own.get(block.mem_id, 0) + len(text)
        self.sentences = _summed(body, own)

    def sentences_of(self, node: LexborNode) -> int:
        """Characters of running text in an element and all below it."""
        return self.sentences.get(node.mem_id, 0)

    def is_running(self, text: str) -> bool:
        """Whether a line is running text, no heading, link or line of the page."""
        return (
            (len(text) >= _SHORTEST or bool(_MARKS.search(text)))
            and text not in self.linked
            and not _furniture().search(text)
        )


def _summed(body: LexborNode, own: dict[int, int]) -> dict[int, int]:
    """The weight of each element with all below it."""
    order: list[tuple[LexborNode, int]] = []
    waiting = [(body, 0)]
    while waiting:
        node, parent = waiting.pop()
        order.append((node, parent))
        waiting.extend((child, node.mem_id) for child in node.iter())
    total = dict(own)
    for node, parent in reversed(order):
        weight = total.get(node.mem_id, 0)
        if weight and parent:
            total[parent] = total.get(parent, 0) + weight
    return total


@word_cache
def _furniture() -> re.Pattern[str]:
    """Words that a line around an article has: 当前位置, 浏览次数, ICP备."""
    labels = [label for concept in vocabulary("page-furniture") for label in concept.labels]
    return compiled(alternation(labels))


def _container(tree: LexborHTMLParser, page: _PageText, body: LexborNode) -> list[LexborNode]:
    """All known containers of one kind, where they hold most of the running text of the page."""
    for selector in _CONTAINERS:
        found = [node for node in tree.css(selector) if page.sentences_of(node)]
        inner = {node.mem_id for node in found}
        outermost = [node for node in found if not _stands_in(node, inner)]
        weight = sum(map(page.sentences_of, outermost))
        if weight >= _LEAST and weight >= _HALF * page.sentences_of(body):
            return outermost
    return []


def _stands_in(node: LexborNode, others: set[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in others:
            return True
        above = above.parent
    return False


def _common(body: LexborNode, page: _PageText) -> list[LexborNode]:
    """The innermost element that holds nearly all running text of the page."""
    node = body
    while True:
        most = max(node.iter(), key=page.sentences_of, default=None)
        if most is None or page.sentences_of(most) < _MOST * max(page.sentences_of(body), 1):
            break
        node = most
    while node.tag not in _HOLDERS and node.parent is not None:
        node = node.parent
    return [node]


def _trimmed(lines: list[Line], page: _PageText) -> list[Line]:
    """Lines without those of the page before the first and after the last running text."""
    running = [place for place, line in enumerate(lines) if page.is_running(line.text)]
    first, last = (running[0], running[-1]) if running else (len(lines), -1)
    return [
        line
        for place, line in enumerate(lines)
        if line.text
        and (
            first <= place <= last
            or not (line.text in page.linked or _furniture().search(line.text))
        )
    ]
