"""Running heads and page numbers: what stands at the edge of most pages is no text of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from policygraph.loaders.formats.pdf_lines import PageLine
from policygraph.loaders.words.compiled import compiled

_EDGE = 2  # lines at the top and bottom of a page that may be running heads
_PAGE_NUMBER = compiled(r"[\s\-—–―·第]*(?P<number>\d{1,4})[\s\-—–―·页]*(?:[/共]\s*\d{1,4}\s*页?)?")
_NUMBER = compiled(r"(?<!\d)\d{1,4}(?!\d)")
_BARE = compiled(r"\s*\d{1,4}\s*")
_FOOT = 60.0  # points from the foot of a page in which the number of a single page stands
# What a browser prints at the edges of a page: the day and the time with the title, the address with the page.
_PRINTED = compiled(
    r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?"
    r"|(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})[,，]?\s{0,3}(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s{2,}\S.*)?"
)
_HAS_WORDS = compiled(r"[^\W\d_]")


def without_heads(pages: Sequence[Sequence[PageLine]]) -> tuple[list[PageLine], list[str]]:
    """All lines but page numbers and those that stand at the edge of most pages; and the words of the latter."""
    counted = _counting(pages, _numbers_in)
    edges: Counter[str] = Counter()
    for number, page in enumerate(pages):
        edges.update({_shape(page[place].text, number, counted) for place in _edge_places(page)})
    often = max(3, (len(pages) + 1) // 2)
    bare = _counting(pages, _bare_number)
    kept: list[PageLine] = []
    heads: dict[str, str] = {}  # what was left out, by its words without the number of the page
    for number, page in enumerate(pages):
        at_edge = set(_edge_places(page))
        for place, line in enumerate(page):
            shape = _shape(line.text, number, counted)
            if place in at_edge and _is_page_number(line, number, bare):
                continue
            if place in at_edge and (
                _is_head(line.text, edges[shape], often) or _PRINTED.fullmatch(line.text.strip())
            ):
                heads.setdefault(shape, line.text.strip())
                continue
            kept.append(line)
    return kept, list(heads.values())


def _edge_places(page: Sequence[PageLine]) -> Iterator[int]:
    for place in range(len(page)):
        if place < _EDGE or place >= len(page) - _EDGE:
            yield place


def _shape(text: str, number: int, ahead: int | None) -> str:
    """A running head with the number of its page taken out; other numbers stay: 新建学校3所 is no head like 新建学校5所."""
    if ahead is None:
        return text.strip()
    return _NUMBER.sub(
        lambda digits: "#" if int(digits[0]) - number == ahead else digits[0], text.strip()
    )


def _is_head(text: str, times: int, often: int) -> bool:
    """Whether the same words stand at the edge of most pages; rows of numbers are no words."""
    return _HAS_WORDS.search(text) is not None and times >= often


def _numbers_in(text: str) -> set[int]:
    return {int(digits) for digits in _NUMBER.findall(text)}


def _bare_number(text: str) -> set[int]:
    return {int(text)} if _is_bare(text) else set()


def _counting(pages: Sequence[Sequence[PageLine]], read: Callable[[str], set[int]]) -> int | None:
    """How far numbers at the edges run ahead of the count of pages, where several agree."""
    ahead: Counter[int] = Counter()
    for number, page in enumerate(pages):
        said = {value for place in _edge_places(page) for value in read(page[place].text)}
        ahead.update({value - number for value in said})
    common = ahead.most_common(1)
    return common[0][0] if common and common[0][1] >= 2 else None


def _is_bare(text: str) -> bool:
    return _BARE.fullmatch(text) is not None


def _is_page_number(line: PageLine, number: int, ahead: int | None) -> bool:
    """— 3 — always; a bare 3 where it counts the pages, or stands at the foot of a page."""
    match = _PAGE_NUMBER.fullmatch(line.text.strip())
    if match is None:
        return False
    if not _is_bare(line.text):
        return True
    if ahead is not None:
        return int(match["number"]) - number == ahead
    return line.top < _FOOT
