"""Content negotiation: which format a request wants by its Accept header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.graph.formats import Format

_RANGE = re.compile(r"([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(accept: str, offers: Sequence[Format]) -> Format | None:
    """The offered format a request prefers, None where it accepts none.

    The most specific range that matches decides how much a format is liked (RFC 9110, 12.5.1);
    of formats liked the same the one offered first is taken.
    """
    ranges = list(_ranges(accept)) or [("*", "*", 1.0)]
    # The aliases of a format count only where they are named, not by a wildcard.
    named = [given for given in ranges if "*" not in given[:2]]
    liked = [
        (max(_liking(f.media, ranges), *(_liking(media, named) for media in f.aliases), 0.0), f)
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
