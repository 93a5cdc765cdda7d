"""Re-verification of a store: digests, quotes and that every number is accounted for, from what is stored alone.

Nothing here calls the reader: the numbers of a text are looked for anew, so that what the reader
overlooked shows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from policygraph.graph.statements import digest, plain_form
from policygraph.ontology.prefixes import expand
from policygraph.ontology.terms import term
from policygraph.ontology.vocabulary import vocabulary, word_cache

if TYPE_CHECKING:
    from policygraph.graph.stores import Store
_DIGITS = re.compile(r"[0-9０-９]+")
_CONTEXT = 12  # characters shown on either side of what is wrong


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: where, and what was expected of the text there."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one document, or all of them."""

    document: str = ""
    title: str = ""
    quotes: int = 0
    figures: int = 0
    excluded: int = 0
    findings: int = 0
    sha256: bool = True
    wrong: tuple[Fault, ...] = ()
    unaccounted: tuple[Fault, ...] = ()

    @property
    def found(self) -> int:
        """The numbers of the text: those in figures, those excluded, those in neither."""
        return self.figures + self.excluded + len(self.unaccounted)

    @property
    def holds(self) -> bool:
        """Whether the digest, every quote and every number is as it should be."""
        return self.sha256 and not self.wrong and not self.unaccounted

    def as_json(self) -> dict[str, object]:
        """The counts as policygraph check --json prints them."""
        return {
            "quotes": {"checked": self.quotes, "wrong": len(self.wrong)},
            "numbers": {
                "found": self.found,
                "figures": self.figures,
                "excluded": self.excluded,
                "unaccounted": len(self.unaccounted),
            },
            "findings": self.findings,
            "sha256": self.sha256,
        }


def total(verdicts: list[Verdict]) -> Verdict:
    """The sum of the documents' verdicts."""
    return Verdict(
        quotes=sum(v.quotes for v in verdicts),
        figures=sum(v.figures for v in verdicts),
        excluded=sum(v.excluded for v in verdicts),
        findings=sum(v.findings for v in verdicts),
        sha256=all(v.sha256 for v in verdicts),
        wrong=tuple(fault for v in verdicts for fault in v.wrong),
        unaccounted=tuple(fault for v in verdicts for fault in v.unaccounted),
    )


def check(store: Store) -> Iterator[Verdict]:
    """The verdict on each document of a store, one at a time in the order of their IRIs."""
    for graph in store.documents():
        contents = _gather(store, graph)
        if contents.text is not None:
            yield _verdict(graph, contents)


@dataclass(slots=True)
class _Contents:
    """The checkable statements of one graph, by subject."""

    text: str | None = None
    sha256: str = ""
    title: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


@cache
def _columns() -> dict[str, str]:
    """Predicate → the dict of _Contents its values go to."""
    return {
        term("text"): "text",
        term("sha256"): "sha256",
        expand("dcterms:title"): "title",
        term("start"): "start",
        term("end"): "end",
        term("quote"): "quote",
        expand("rdfs:label"): "heading",
        expand("rdf:type"): "type",
    }


def _gather(store: Store, graph: str) -> _Contents:
    """One pass over the quads of a graph."""
    contents, columns = _Contents(), _columns()
    classes = {term(name): name for name in ("Section", "Figure", "Exclusion", "Finding")}
    for quad in store.quads(graph):
        column = columns.get(quad.predicate.value)
        if column is None:
            continue
        subject, value = _text(quad.subject), _text(quad.object)
        if column == "type":
            if value in classes:
                contents.kinds[subject] = classes[value]
        elif column in ("text", "sha256", "title"):
            if subject == graph:
                setattr(contents, column, value)
        elif column == "heading":
            contents.headings[subject] = value
        elif column == "quote":
            contents.quotes[subject] = value
        else:
            where = contents.starts if column == "start" else contents.ends
            where[subject] = int(value) if value.isdigit() else -1
    return contents


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _verdict(graph: str, contents: _Contents) -> Verdict:
    text = contents.text or ""
    named = digest(plain_form(text))[:16]
    wrong = [*_wrong_quotes(contents, text), *_wrong_headings(contents, text)]
    figures = _spans(contents, "Figure", text)
    excluded = _spans(contents, "Exclusion", text)
    counted = {"figures": 0, "excluded": 0}
    unaccounted = []
    for start, end in numbers(text):
        if _inside(figures, start, end):
            counted["figures"] += 1
        elif _inside(excluded, start, end):
            counted["excluded"] += 1
        else:
            unaccounted.append(Fault(start, end, _shown(text, start, end)))
    return Verdict(
        document=graph,
        title=contents.title,
        quotes=len(contents.quotes) + len(contents.headings),
        figures=counted["figures"],
        excluded=counted["excluded"],
        findings=sum(kind == "Finding" for kind in contents.kinds.values()),
        sha256=digest(text) == contents.sha256 and named in graph,
        wrong=tuple(sorted(wrong, key=lambda fault: (fault.start, fault.message))),
        unaccounted=tuple(unaccounted),
    )


def _wrong_quotes(contents: _Contents, text: str) -> Iterator[Fault]:
    for subject, quote in contents.quotes.items():
        start, end = contents.starts.get(subject, -1), contents.ends.get(subject, -1)
        if not 0 <= start <= end <= len(text) or _written(text[start:end]) != quote:
            yield Fault(start, end, f"{subject} quotes {quote[:40]!r}")


def _wrong_headings(contents: _Contents, text: str) -> Iterator[Fault]:
    """A section has no quote: its label is the heading, which stands where the section starts."""
    for section, heading in contents.headings.items():
        if contents.kinds.get(section) != "Section":
            continue
        start = contents.starts.get(section, -1)
        end = start + len(heading)
        if not 0 <= start < end <= len(text) or _written(text[start:end]) != heading:
            yield Fault(start, end, f"{section} is headed {heading[:40]!r}")


def _written(text: str) -> str:
    """The text as RDF can hold it: a lone surrogate is written as U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _spans(contents: _Contents, kind: str, text: str) -> list[tuple[int, int]]:
    found = [
        (contents.starts.get(subject, -1), contents.ends.get(subject, -1))
        for subject, held_kind in contents.kinds.items()
        if held_kind == kind
    ]
    return sorted((start, end) for start, end in found if 0 <= start < end <= len(text))


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans holds the number; the few that begin before it are tried."""
    place = bisect_right(spans, (start, 1 << 60))
    return any(spans[n][1] >= end for n in range(max(0, place - 8), place))


def _shown(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    return f"{before}【{text[start:end]}】{after}".replace("\n", "⏎")


@word_cache
def _numerals() -> re.Pattern[str]:
    """A Chinese numeral with a counting word, 第N, 首位, 翻番."""
    units = {label for concept in vocabulary("units") for label in concept.labels} - {"方"}
    counting = "|".join(map(re.escape, sorted(units, key=lambda unit: (-len(unit), unit))))
    return re.compile(
        rf"(?<![零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]+(?={counting})|首位|榜首|翻番|翻[一两]番|倍增"
    )


def numbers(text: str) -> list[tuple[int, int]]:
    """Every maximal run of digits and every Chinese numeral with a counting word."""
    found = [match.span() for match in _DIGITS.finditer(text)]
    digits = {end for _, end in found}
    # 4.69亿元: the 亿 goes with the digits before it.
    han = [m.span() for m in _numerals().finditer(text) if m.start() not in digits]
    return sorted(found + han)
