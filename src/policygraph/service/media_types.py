"""Media types: which format a request wants, by its Accept header or by an extension."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its extension, the media type it is sent as, and others it is asked for by."""

    extension: str
    media: str
    also: tuple[str, ...] = ()
    rows: ox.QueryResultsFormat | None = None
    graph: ox.RdfFormat | None = None

    @property
    def content_type(self) -> str:
        """The media type with its character set where one has to be said."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


ROWS = (
    Format(
        "json",
        "application/sparql-results+json",
        ("application/json",),
        rows=ox.QueryResultsFormat.JSON,
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ("application/xml", "text/xml"),
        rows=ox.QueryResultsFormat.XML,
    ),
    Format("csv", "text/csv", rows=ox.QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", rows=ox.QueryResultsFormat.TSV),
)
GRAPHS = (
    Format("ttl", "text/turtle", ("application/x-turtle",), graph=ox.RdfFormat.TURTLE),
    Format("nt", "application/n-triples", ("text/plain",), graph=ox.RdfFormat.N_TRIPLES),
    Format("jsonld", "application/ld+json", ("application/json",), graph=ox.RdfFormat.JSON_LD),
    Format(
        "rdf", "application/rdf+xml", ("application/xml", "text/xml"), graph=ox.RdfFormat.RDF_XML
    ),
    Format("trig", "application/trig", graph=ox.RdfFormat.TRIG),
    Format("nq", "application/n-quads", graph=ox.RdfFormat.N_QUADS),
)
HTML = Format("html", "text/html", ("application/xhtml+xml",))
BY_EXTENSION = {form.extension: form for form in (*ROWS, *GRAPHS, HTML)}

_RANGE = re.compile(r"([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(accept: str, offers: Sequence[Format]) -> Format | None:
    """The offered format a request likes best, None where it likes none.

    The most specific range that matches decides how much a format is liked (RFC 9110, 12.5.1);
    of formats liked the same the one offered first is taken.
    """
    ranges = list(_ranges(accept)) or [("*", "*", 1.0)]
    # The other names of a format count only where they are asked for by name.
    named = [given for given in ranges if "*" not in given[:2]]
    liked = [
        (max(_liking(f.media, ranges), *(_liking(media, named) for media in f.also), 0.0), f)
        for f in offers
    ]
    best = max((quality for quality, _ in liked), default=0.0)
    return next((f for quality, f in liked if quality == best), None) if best else None


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    """Type, subtype and quality of every well-formed range of an Accept header."""
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        match = _RANGE.fullmatch(media)
        if not match or (match[1] == "*" and match[2] != "*"):
            continue
        given = [p.partition("=")[2].strip() for p in parameters if p.partition("=")[0] == "q"]
        if not given:
            yield match[1], match[2], 1.0
        elif _QUALITY.fullmatch(given[0]):
            yield match[1], match[2], float(given[0])


def _liking(media: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """How much a media type is liked: by the most specific range that matches it, 0 is not."""
    kind, _, sub = media.partition("/")
    found = [
        ((t != "*") + (s != "*"), quality)
        for t, s, quality in ranges
        if t in (kind, "*") and s in (sub, "*")
    ]
    narrowest = max((specific for specific, _ in found), default=0)
    return max((quality for specific, quality in found if specific == narrowest), default=0.0)
