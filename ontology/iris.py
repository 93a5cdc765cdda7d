"""The only place that mints IRIs: ASCII, stable, independent of the order of reading; those of licences."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from policygraph.errors import VocabularyError

DEFAULT_BASE = "https://w3id.org/policygraph/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?@!$&'()*+,;=-]*[/#]")


def is_absolute_iri(text: str) -> bool:
    """Whether a text begins with a scheme and holds no character that an IRI cannot hold."""
    return _ABSOLUTE.fullmatch(text) is not None


def _digest(*parts: str) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


def _plain(kind: str, name: str) -> str:
    """A name as it may stand in an IRI: itself where it is plain ASCII, else its digest."""
    return name if _PLAIN.fullmatch(name) else _digest(kind, name)


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints every IRI of ours below one base address, which ends in / or #.

    Raises VocabularyError on a base that is no ASCII IRI.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        """Refuse a base no IRI can start with, before anything is written under it."""
        if not _BASE.fullmatch(self.base):
            raise VocabularyError(
                f"{self.base or 'empty base'}: not an ASCII IRI that ends in / or #; "
                f"give one like {DEFAULT_BASE}"
            )

    def document(self, version: str) -> str:
        """A report, by the digest of its version (``Document.version``)."""
        return f"{self.base}id/document/{version[:16]}"

    def section(self, document: str, number: str) -> str:
        """A section, by its dotted number."""
        return f"{document}/section/{number}"

    def sentence(self, document: str, start: int, end: int) -> str:
        """A sentence, by its offsets."""
        return f"{document}/sentence/{start}-{end}"

    def statement(self, document: str, kind: str, start: int, end: int, nth: int = 1) -> str:
        """A figure, mention or measure; the second and later on one span are numbered."""
        tail = f"-{nth}" if nth > 1 else ""
        return f"{document}/{kind}/{start}-{end}{tail}"

    def finding(self, document: str, start: int, end: int, code: str) -> str:
        """A doubtful reading, by its offsets and code."""
        return f"{document}/finding/{start}-{end}-{_plain('finding', code)}"

    def exclusion(self, document: str, start: int, end: int) -> str:
        """A number that is no figure, by its offsets."""
        return f"{document}/exclusion/{start}-{end}"

    def span(self, document: str, start: int, end: int) -> str:
        """A piece of evidence, by its offsets."""
        return f"{document}/span/{start}-{end}"

    def below(self, iri: str, name: str) -> str:
        """A part of something that has an IRI: its position, quote, deed, reading or figures."""
        return f"{iri}/{name}"

    def thing(self, kind: str, name: str, area: str = "") -> str:
        """An actor, programme, event …: by its kind and full name, a group also by its area."""
        return f"{self.base}id/{kind.lower()}/{_digest(kind, area, name)}"

    def change(self, reform: str, area: str) -> str:
        """What a reform changed at one area, by the key of the reform and the area's name."""
        return f"{self.base}id/change/{_digest('change', reform, area)}"

    def area(self, local_id: str) -> str:
        """An area of the register, by Register.local_id: 420000, or 420600-1980 where the code passed on."""
        return f"{self.base}id/area/{local_id}"

    def indicator(self, words: str) -> str:
        """An indicator, by its words."""
        return f"{self.base}id/indicator/{_digest('indicator', words)}"

    def unit(self, text: str) -> str:
        """A unit that no vocabulary has, by its text."""
        return f"{self.base}id/unit/{_digest('unit', text)}"

    def period(self, text: str) -> str:
        """A period, by its ISO 8601 text; the two ends of an interval joined by --."""
        return f"{self.base}id/period/{text.replace('/', '--')}"

    def rule(self, name: str) -> str:
        """A rule of the reader, by its name."""
        return f"{self.base}id/rule/{_plain('rule', name)}"

    def concept(self, scheme: str, key: str) -> str:
        """A concept of a bundled vocabulary."""
        return f"{self.base}vocabulary/{scheme}/{key}"

    def scheme(self, name: str) -> str:
        """A bundled vocabulary."""
        return f"{self.base}vocabulary/{name}"

    def rebased(self, iri: str) -> str:
        """An IRI a bundled file has, below this base; one of others as it is."""
        if iri.startswith(DEFAULT_BASE):
            return self.base + iri.removeprefix(DEFAULT_BASE)
        return iri

    def service(self) -> str:
        """What the service says of itself, as a named graph."""
        return f"{self.base}service"

    def part(self, kind: str, *names: str) -> str:
        """A node in the service's own graph, by its kind and what it is about."""
        tail = f"-{names[0] if len(names) == 1 and _PLAIN.fullmatch(names[0]) else _digest(*names)}"
        return f"{self.service()}#{kind}{tail if names else ''}"

    def software(self, version: str) -> str:
        """This software in one version."""
        return f"{self.base}id/software/policygraph-{version}"
