"""Bytes → text: which encoding a file is in, and what a broken byte costs (one character)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.loaders.words.characters import COMMON
from policygraph.loaders.words.compiled import compiled

REPLACED = "\ufffd"
# A text has few control characters; noise has many.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CHINESE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-big5": "cp950",
    "cp950": "cp950",
    "hz-gb-2312": "hz",
}
_COMMON = frozenset(COMMON)
_BUNDLED = Path(__file__).parents[1] / "reports" / "hubei-2022.txt"
_HZ = re.compile(rb"~\{(?:[\x21-\x7d][\x21-\x7e])+~\}")
_CHARACTER = compiled(f"{REPLACED}{{1,3}}")  # the bytes of one broken character of UTF-8
_TOLERATED = 0.02  # the share of broken characters above which the encoding was not understood
_UTF16_SAMPLE = 4096  # bytes
_USUAL = 0.9  # the share of usual characters in a text that is UTF-16
_REACH = 120  # bytes on each side of a broken byte that are read anew (even: characters have two)
_MOST_BROKEN = 120


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file and the encoding they were read in."""

    text: str
    encoding: str


def decode_bytes(data: bytes, name: str) -> Decoded:
    """The characters of a text file. Raises SourceError where it is empty or no text.

    A byte that fits no encoding is one U+FFFD.
    """
    if not data.strip() or data.strip() in (mark for mark, _ in _MARKS):
        raise SourceError(f"{name}: is empty; give a report with text in it")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            decoded = Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
            return _believed(decoded, name, len(mark))
    wide = _wide_encoding(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    _refuse_noise(data, name)
    if _HZ.search(data) and max(data) < 0x80:
        return Decoded(data.decode("hz", "replace"), "hz")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error.start)


def _refuse_noise(data: bytes, name: str) -> None:
    sample = data[:65536]
    if sum(byte in _CONTROLS for byte in sample) > len(sample) / 200:
        first = next(place for place, byte in enumerate(sample) if byte in _CONTROLS)
        raise SourceError(
            f"{name}: is not text (control bytes, first at offset {first}); "
            "give the report as UTF-8 or GB18030 text"
        )


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: it has zero bytes, and nearly all its characters are usual ones."""
    sample = data[:_UTF16_SAMPLE]
    sample = sample[: len(sample) - len(sample) % 2]
    if len(sample) < 4 or 0 not in sample:
        return ""
    shares = {
        encoding: sum(map(_is_usual, sample.decode(encoding, "ignore"))) / (len(sample) / 2)
        for encoding in ("utf-16-le", "utf-16-be")
    }
    likeliest = max(shares, key=lambda encoding: shares[encoding])
    return likeliest if shares[likeliest] >= _USUAL else ""


def _is_usual(char: str) -> bool:
    code = ord(char)
    return (
        0x4E00 <= code < 0xA000
        or 0x20 <= code < 0x7F
        or char in "\t\n\r\f"
        or 0x2010 <= code < 0x2040
        or 0x3000 <= code < 0x3020
        or 0xFF00 <= code < 0xFF60
    )


def _legacy(data: bytes, name: str, first: int) -> Decoded:
    """The likeliest of UTF-8 with broken bytes, GB18030 and Big5; a page may say which."""
    declared = _DECLARED.search(data[:4096])
    said = _CHINESE.get(declared[1].decode("ascii").lower(), "") if declared else ""
    tried = [Decoded(_CHARACTER.sub(REPLACED, data.decode("utf-8", "replace")), "utf-8")]
    tried += [Decoded(_mended(data, code), code) for code in ("gb18030", "cp950")]
    return _believed(max(tried, key=lambda decoded: _likelihood(decoded, said)), name, first)


def _believed(decoded: Decoded, name: str, first: int) -> Decoded:
    """A text with few broken characters; raises SourceError where there are many."""
    if decoded.text.count(REPLACED) > max(2, _TOLERATED * len(decoded.text)):
        raise SourceError(
            f"{name}: is neither UTF-8 nor GB18030 text (byte offset {first}); save it as UTF-8"
        )
    return decoded


def _likelihood(decoded: Decoded, said: str) -> float:
    """How much of a text is common characters, less what is broken; what a page says tips it."""
    text = decoded.text[:200_000]
    wide = [char for char in text if char >= "\x80"]
    if not wide:
        return 0.0
    common = sum(char in _COMMON or char in "，。、；：（）　" for char in wide)
    broken = text.count(REPLACED)
    return (common - 4 * broken) / len(wide) + (0.02 if decoded.encoding == said else 0.0)


def _mended(data: bytes, encoding: str) -> str:
    """Text in a two-byte encoding; where a byte is missing or wrong, one character is lost."""
    decode = codecs.getdecoder(encoding)
    parts: list[str] = []
    at = 0
    while at < len(data):
        try:
            parts.append(decode(data[at:], "strict")[0])
            break
        except UnicodeDecodeError as error:
            broken = at + error.start
            begin, end = _run_around(data, at, broken)
            parts.append(decode(data[at:begin], "replace")[0])
            parts.append(_resynchronised(data[begin:end], encoding))
            at = end
        if len(parts) > _MOST_BROKEN:  # no report has so many: it is another encoding
            parts.append(data[at:].decode(encoding, "replace"))
            break
    return re.sub(f"{REPLACED}+", REPLACED, "".join(parts))


def _run_around(data: bytes, first: int, broken: int) -> tuple[int, int]:
    """The stretch of two-byte characters around a broken byte, between plain ASCII characters."""
    begin = broken
    while begin > first and data[begin - 1] >= 0x80 and broken - begin < _REACH:
        begin -= 1
    end = broken
    while end < len(data) and data[end] >= 0x80 and end - broken < _REACH:
        end += 1
    return begin, max(end, broken + 1)


def _resynchronised(run: bytes, encoding: str) -> str:
    """A run of two-byte characters that lacks a byte or has one too many, read around that byte."""
    best, most = "", -1.0
    for drop in range(len(run)):
        text = (
            run[:drop].decode(encoding, "replace")
            + REPLACED
            + run[drop + 1 :].decode(encoding, "replace")
        )
        weight = sum(_weight(char) for char in text)
        if weight > most:
            best, most = text, weight
        if len(run) == 1:
            break
    return best


@cache
def _in_reports() -> frozenset[str]:
    """The characters of a whole report, the bundled one."""
    return frozenset(_BUNDLED.read_text("utf-8"))


@lru_cache(maxsize=30_000)
def _weight(char: str) -> float:
    """How likely a character stands in a report."""
    if char in _COMMON:
        return 3.0
    if char in _in_reports():
        return 2.5
    if char == REPLACED:
        return 0.0
    code = ord(char)
    if 0x4E00 <= code < 0xA000:
        # The first level of GB 2312 holds the characters that are in use.
        lead = char.encode("gb18030")[0]
        return 1.5 if 0xB0 <= lead <= 0xD7 and len(char.encode("gb18030")) == 2 else 0.2
    return 1.0 if char in "，。、；：（）　“”％《》" else 0.0
