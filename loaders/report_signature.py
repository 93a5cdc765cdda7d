"""Who signed a report, when, and under which number, where no metadata line says so: 枝江市农业农村局 | 2022年12月15日."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policygraph.loaders.report_header import dates_in
from policygraph.loaders.report_parts import Paragraph
from policygraph.loaders.words.cues import WordPattern

_LINES = 4  # at the end of a text, within which it is signed
_LONGEST = 40  # characters of the line of who signs
_BRACKETS = "（()） 　"
# 枝江市农业农村局 | 中共龙王镇委员会 龙王镇人民政府
_BODY = WordPattern(r"[\u4e00-\u9fff]{2,}{signing-body}")
_RED_HEAD = WordPattern(r"{red-head}$")
_NUMBER = WordPattern(r"[\u4e00-\u9fff]{1,12}[〔\[（(【](?:19|20)\d{2}[〕\]）)】]第?\d{1,5}号")


def read_signature(text: str, paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """The issuer and the date of issue at the end of a text; none where no date stands there."""
    last = [text[paragraph.start : paragraph.end] for paragraph in paragraphs[-_LINES:]]
    for above, line in pairwise(["", *last]):
        if issued := date_alone(line):
            return {"issued": issued, "issuer": signing_body(above)}
        for match, date in dates_in(line):
            body = signing_body(line[: match.start()])
            if body and match.end() == len(line):
                return {"issued": date, "issuer": body}
    return {}


def date_alone(line: str) -> str:
    """The date of a line that holds nothing else, as ISO 8601; empty for any other line."""
    plain = line.strip(_BRACKETS)
    return next((date for match, date in dates_in(plain) if match[0] == plain), "")


def signing_body(line: str) -> str:
    """The body of a line that names one or two and nothing else, the last of two; empty for any other line."""
    names = _RED_HEAD.sub("", line.strip()).split()
    signed = len(line) <= _LONGEST and all(_BODY.fullmatch(name) for name in names)
    return names[-1] if names and signed else ""


def is_document_number(line: str) -> bool:
    """Whether a line is a document number alone: 枝农文〔2022〕68号."""
    return _NUMBER.fullmatch(line.strip()) is not None
