"""Who delivered a report, in which post, when and before which congress: the lines under its title.

——2025年1月15日在湖北省第十四届人民代表大会第三次会议上 | 湖北省人民政府代省长 李殿勋
"""

from __future__ import annotations

import re
from dataclasses import replace

from policygraph.graph.statements import Header, Span
from policygraph.loaders.words.characters import DIGIT_VALUES
from policygraph.loaders.words.cues import WordPattern, cue, words
from policygraph.ontology.vocabulary import concept_of, vocabulary, word_cache

_LONGEST = 700  # characters within which the lines under the title stand
_N = "[一二三四五六七八九十]{1,3}"
_CONGRESS = WordPattern(
    rf"第?(?P<term>{_N})届(?P<nation>{{document-whole-nation}})?{{peoples-congress}}第?(?P<session>{_N}){{session}}"
)
_WHOSE = WordPattern(r"(?:在|于)[“\"]?(?P<area>[\u4e00-\u9fff]{0,14})$")
_POST = WordPattern(
    r"(?P<body>[\u4e00-\u9fff]{0,16}?)(?P<acting>{document-acting})?(?P<head>{head-of-office})[ 　\t：:]*"
    r"(?P<name>[\u4e00-\u9fff][ 　]{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[\u4e00-\u9fff·•]{2,8}?)"
    r"(?={after-speaker}|作[《政工报了]|在[\u4e00-\u9fff]|向[\u4e00-\u9fff]|[\s　，,。：:（()）]|$)"
)
_POST_AFTER = WordPattern(
    r"(?:^|[\s　日])(?P<name>[\u4e00-\u9fff]{2,3})(?P<acting>{document-acting})?(?P<head>{head-of-office})(?=[在作]|{after-speaker})"
)
_DATE = WordPattern(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HAN_DATE = WordPattern(
    r"([一二][九〇○零０][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = DIGIT_VALUES | {"○": 0, "０": 0}
_SALUTATION = WordPattern(r"{delegates}")
_GOVERNMENT_AT_END = WordPattern(r"{document-government}$")


def read_delivery(text: str, header: Header, area: str) -> Header:
    """The header with speaker, post, congress and date of delivery, empty where it says none.

    ``area`` is the full name of the report's area, which completes 省长 and 省第十四届….
    """
    salutation = _SALUTATION.search(text, 0, 3000)
    end = salutation.start() if salutation else min(header.body_start, _LONGEST)
    lines = text[: min(end, 3000)]
    congress = _CONGRESS.search(lines)
    if congress is None and salutation is None:
        return header
    spans: list[Span] = []
    named = _congress(lines, congress, area, spans)
    speaker, post = _speaker(lines, area, spans)
    if not named and not speaker:
        return header
    delivered = _date(lines, congress, spans)
    return replace(
        header,
        speaker=speaker,
        post=post,
        congress=named,
        delivered=delivered,
        delivery=tuple(sorted(spans)),
    )


def _congress(lines: str, match: re.Match[str] | None, area: str, spans: list[Span]) -> str:
    """The full name of the congress: 湖北省第十四届人民代表大会第三次会议."""
    if match is None:
        return ""
    if match["nation"]:
        spans.append(Span(match.start(), match.end(), match[0]))
        return _full_name("people", match)
    before = _WHOSE.search(lines, max(0, match.start() - 16), match.start())
    said = before["area"] if before else ""
    start = match.start() - len(said)
    spans.append(Span(start, match.end(), lines[start : match.end()]))
    return _full_name("local-people", match, _whose(said, area))


def _full_name(kind: str, match: re.Match[str], area: str = "") -> str:
    """The full name of a session, made as the vocabulary of congresses says."""
    return (
        concept_of("congresses", kind)
        .value("full")
        .format(area=area, n=match["term"], m=match["session"])
    )


def _whose(said: str, area: str) -> str:
    """The area said before a congress or a post; a mere level (省) and nothing mean the report's."""
    return area if not said or said in words("area-level") else said


def _speaker(lines: str, area: str, spans: list[Span]) -> tuple[str, str]:
    """The name and the full post: 省长 王予波 | 龚正市长 | 国务院总理 李克强."""
    for pattern in (_POST, _POST_AFTER):
        for match in pattern.finditer(lines):
            name = re.sub(r"[ 　]", "", match["name"])
            if not _is_name(name):
                continue
            said = match.groupdict().get("body", "")
            said = re.split(r"[日上的]", said)[-1]
            start = match.start("head") - len(match["acting"] or "") - len(said)
            if pattern is _POST_AFTER:
                start = match.start("name")
            end = max(match.end("name"), match.end("head"))
            spans.append(Span(start, end, lines[start:end]))
            return name, _post(said, match["acting"] or "", match["head"], area)
    return "", ""


def _post(said: str, acting: str, head: str, area: str) -> str:
    """The full name of a post: 省长 → 湖北省省长, 湖北省人民政府代省长 → 湖北省代省长."""
    if head in words("head-of-state-council"):
        return words("document-state-council")[0] + head
    return _whose(_GOVERNMENT_AT_END.sub("", said), area) + acting + head


@word_cache
def _surnames() -> frozenset[str]:
    return frozenset(label for c in vocabulary("surnames") for label in c.labels)


def _is_name(name: str) -> bool:
    """Whether a name begins with a surname, or is one of four characters or more (嘎玛泽登)."""
    surname = name[:1] in _surnames() or name[:2] in _surnames()
    return (surname and 2 <= len(name) <= 4) or (len(name) >= 4 and not cue("meeting").search(name))


def _date(lines: str, congress: re.Match[str] | None, spans: list[Span]) -> str:
    """The date of delivery, the one nearest before the congress, as ISO 8601."""
    limit = congress.start() if congress else len(lines)
    found = dates_in(lines)
    before = [each for each in found if each[0].end() <= limit]
    best = max(before, key=lambda each: each[0].end(), default=None)
    if best is None and found and congress is None:
        best = found[0]
    if best is None:
        return ""
    match, date = best
    spans.append(Span(match.start(), match.end(), match[0]))
    return date


def dates_in(lines: str) -> list[tuple[re.Match[str], str]]:
    """The dates of days, each with the date as ISO 8601: those in digits, then those spelled (二〇二三年一月五日)."""
    found = [(m, f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}") for m in _DATE.finditer(lines)]
    for m in _HAN_DATE.finditer(lines):
        year = "".join(str(_DIGITS.get(c, 0)) for c in m[1])
        found.append((m, f"{year}-{_number(m[2]):02d}-{_number(m[3]):02d}"))
    return found


def _number(han: str) -> int:
    """二十七 → 27."""
    if "十" not in han:
        return _DIGITS[han[0]]
    tens, _, ones = han.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
