"""Government pages: the report of an HTML file, without navigation, buttons and footers."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policygraph.errors import SourceError
from policygraph.loaders.formats.html_article import Article, find_article
from policygraph.loaders.formats.html_lines import flat_text
from policygraph.loaders.source_text import Line, ReadingNote, SourceText, assemble
from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.vocabulary import vocabulary

# What is never text of a report, wherever it stands.
_NO_TEXT = (
    "script, style, noscript, template, button, select, input, textarea, iframe, svg, object, audio, "
    "video, canvas, rt, rp, del, [hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none']"
)
# What holds navigation and footers as a rule; where it holds the article it stays.
_FURNITURE = (
    "nav, header, footer, aside, form, "
    ".share, .bdsharebuttonbox, .bshare, .print, .breadcrumb, .crumb, .nav, .navbar, .menu, .sidebar, "
    ".footer, .foot, .copyright, .related, .relevant, .xgwj, .qrcode, .ewm, .font-size, .toolbar, "
    ".pagination, .page-nav, #share, #footer, #header, #nav, #menu"
)
_TITLES = ('meta[name="ArticleTitle"]', 'meta[name="articletitle"]', 'meta[property="og:title"]')
# 资金&amp;nbsp;1.25&amp;nbsp;亿元: references that were escaped once more.
_ESCAPED_TWICE = compiled(
    r"&amp;(?=(?:nbsp|ensp|emsp|thinsp|[lr]dquo|quot|[mn]dash|middot|permil|minus|times|#\d{2,6}|#x[0-9a-fA-F]{2,5});)"
)
_LONGEST_FIELD = 400  # characters of a block above which it is no metadata line
_ATTACHED = compiled(r"\.(?:docx?|pdf|wps|xlsx?|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)


def read_page(html: str, name: str) -> SourceText:
    """The title, the metadata of the 索引号 table and the article of a page, a paragraph a line.

    Raises SourceError where there is no article.
    """
    tree = LexborHTMLParser(_ESCAPED_TWICE.sub("&", html))
    title = _title(tree)
    skipped = frozenset(node.mem_id for node in tree.css(_NO_TEXT))
    article = find_article(tree, _FURNITURE, skipped)
    text = "\n".join(line.text for line in article.lines) if article else ""
    if article is None or len(re.sub(r"\s", "", text)) < 2:
        raise SourceError(f"{name}: the page holds no text of a report; {_instead(tree)}")
    head = [title] if title and not text.startswith(title) else []
    known = "\n".join([*head, text[:400]])
    head += [f"{key}：{value}" for key, value in _fields(tree) if f"{value}" not in known]
    lines = [*map(Line, head), Line(""), *article.lines] if head else article.lines
    return assemble(lines, _left_out(article, len(lines[0].text)))


def _left_out(article: Article, end: int) -> list[ReadingNote]:
    """A note where more of a page was left out than was kept, or sentences in number."""
    kept = sum(len(line.text) for line in article.lines)
    if article.left_out <= kept and 5 * article.sentences_left_out <= kept:
        return []
    message = (
        f"{article.left_out} characters of the page were left out as no part of the report, "
        f"{article.sentences_left_out} of them in running text; {kept} were kept"
    )
    return [ReadingNote(0, end, "text-left-out", message)]


def _instead(tree: LexborHTMLParser) -> str:
    """What to give instead of a page without an article."""
    for node in tree.css("a[href]"):
        if _ATTACHED.search(node.attributes.get("href") or ""):
            return f"it is in an attachment ({flat_text(node)[:60]}); get that file"
    return "save the article's own page"


def _title(tree: LexborHTMLParser) -> str:
    for selector in _TITLES:
        node = tree.css_first(selector)
        if node is not None and (node.attributes.get("content") or "").strip():
            return " ".join((node.attributes.get("content") or "").split())
    node = tree.css_first("h1") or tree.css_first("title")
    return re.split(r"[_|]|\s-\s", flat_text(node))[0].strip() if node else ""


def _fields(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """索引号：…, 发布机构：… from the table above the article, in its order."""
    fields = [concept for concept in vocabulary("header-fields") if concept.key != "other"]
    labels = {label for concept in fields for label in concept.labels}
    found: dict[str, str] = {}
    for row in _innermost_rows(tree):
        cells = [flat_text(cell) for cell in row.css("td, th, span, strong, b, label, dt, dd, em")]
        cells = [cell for cell in cells if cell] or [flat_text(row)]
        for place, cell in enumerate(cells):
            key, _, value = re.sub(r"\s+", "", cell.partition("：")[0]), "", cell.partition("：")[2]
            if key.rstrip(":：") not in labels:
                continue
            if not value and place + 1 < len(cells):
                after = cells[place + 1]
                value = "" if re.sub(r"\s+", "", after).rstrip(":：") in labels else after
            if value.strip():
                found.setdefault(key.rstrip(":："), value.strip())
    return list(found.items())


def _innermost_rows(tree: LexborHTMLParser) -> list[LexborNode]:
    """Rows, list items and blocks that hold no other, with little text: one pass over the page."""
    rows = tree.css("tr, li, p, dl, div")
    above: set[int] = set()
    for row in rows:
        node = row.parent
        while node is not None and node.mem_id not in above:
            above.add(node.mem_id)
            node = node.parent
    return [
        row
        for row in rows
        if row.mem_id not in above and len(row.text(deep=True)) <= _LONGEST_FIELD
    ]
