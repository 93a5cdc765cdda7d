"""Government pages: the report of an HTML file, without navigation, buttons and footers."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policygraph.errors import SourceError
from policygraph.ontology.vocabulary import vocabulary

# Containers that the content systems of government sites put an article into, the narrowest first.
_BODIES = (
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
_NOISE = (
    "script, style, noscript, template, nav, header, footer, aside, form, button, select, iframe, svg, "
    ".share, .bdsharebuttonbox, .bshare, .print, .breadcrumb, .crumb, .nav, .navbar, .menu, .sidebar, "
    ".footer, .foot, .copyright, .related, .relevant, .xgwj, .qrcode, .ewm, .font-size, .toolbar, "
    ".pagination, .page-nav, #share, #footer, #header, #nav, #menu, [hidden], [aria-hidden=true]"
)
_BLOCKS = frozenset(
    (
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
        "ul",
        "ol",
        "dd",
        "dt",
        "blockquote",
        "center",
    )
)
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")
_TITLES = ('meta[name="ArticleTitle"]', 'meta[name="articletitle"]', 'meta[property="og:title"]')
_LEAST = 80  # characters of an article below which a container holds no report


def read_page(html: str, name: str) -> str:
    """The title, the metadata of the 索引号 table and the article of a page, a paragraph a line.

    Raises SourceError where there is no article.
    """
    tree = LexborHTMLParser(html)
    fields = _fields(tree)
    title = _title(tree)
    for node in tree.css(_NOISE):
        node.decompose()
    body = _article(tree)
    text = _lines(body) if body else ""
    if len(re.sub(r"\s", "", text)) < 2:
        raise SourceError(
            f"{name}: the page holds no text of a report; save the article's own page"
        )
    head = [title] if title and not text.startswith(title) else []
    known = "\n".join([*head, text[:400]])
    head += [f"{key}：{value}" for key, value in fields if f"{value}" not in known]
    return "\n".join([*head, "", text]) if head else text


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    """The narrowest known container with text, else the block with most text in paragraphs."""
    for selector in _BODIES:
        held = max(tree.css(selector), key=_weight, default=None)
        if held is not None and _weight(held) >= _LEAST:
            return held
    best, most = tree.body, 0
    for node in tree.css("div, td, section"):
        weight = sum(
            len(p.text(deep=True))
            for p in node.css("p")
            if p.parent is not None and p.parent == node
        )
        if weight > most:
            best, most = node, weight
    return best


def _weight(node: LexborNode) -> int:
    return len(_SPACE.sub("", node.text(deep=True)))


def _title(tree: LexborHTMLParser) -> str:
    for selector in _TITLES:
        node = tree.css_first(selector)
        if node is not None and (node.attributes.get("content") or "").strip():
            return _flat(node.attributes.get("content") or "")
    node = tree.css_first("h1") or tree.css_first("title")
    return re.split(r"[_|]|\s-\s", _flat(node.text(deep=True)))[0].strip() if node else ""


def _fields(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """索引号：…, 发布机构：… from the table above the article, in its order."""
    held = [concept for concept in vocabulary("header-fields") if concept.key != "other"]
    labels = {label for concept in held for label in concept.labels}
    found: dict[str, str] = {}
    for row in tree.css("tr, li, p, dl, div"):
        if any(inner.mem_id != row.mem_id for inner in row.css("tr, li, p, div")):
            continue
        cells = [
            _flat(cell.text(deep=True))
            for cell in row.css("td, th, span, strong, b, label, dt, dd, em")
        ]
        cells = [cell for cell in cells if cell] or [_flat(row.text(deep=True))]
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


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\n", " ")).strip()


def _lines(body: LexborNode) -> str:
    """The text of a node, a block a line."""
    parts: list[str] = []
    waiting: list[LexborNode | str] = [body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == "-text":
            parts.append(_SPACE.sub(" ", (node.text_content or "").replace("\n", " ")))
        else:
            mark = "\n" if node.tag in _BLOCKS else " " if node.tag in ("td", "th") else ""
            parts.append(mark)
            waiting.append(mark)
            waiting.extend(reversed(list(node.iter(include_text=True))))
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return "\n".join(line for line in lines if line)
