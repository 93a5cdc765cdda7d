"""Who delivered a report, in which post, when and before which congress: the lines under its title.

——2025年1月15日在湖北省第十四届人民代表大会第三次会议上 | 湖北省人民政府代省长 李殿勋
"""

from __future__ import annotations

import re
from dataclasses import replace

from policygraph.graph.statements import Header, Span
from policygraph.ontology.vocabulary import vocabulary, word_cache

_LONGEST = 700  # characters within which the lines under the title stand
_N = "[一二三四五六七八九十]{1,3}"
_CONGRESS = re.compile(
    rf"第?(?P<term>{_N})届(?P<nation>全国)?(?:人民代表大会|人大)第?(?P<session>{_N})次会议"
)
_WHOSE = re.compile(r"(?:在|于)[“\"]?(?P<area>[\u4e00-\u9fff]{0,14})$")
_HEADS = "省长|市长|州长|盟长|县长|区长|旗长|镇长|乡长|主席|总理|院长|检察长|主任"
_POST = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{0,16}}?)(?P<acting>代理?)?(?P<head>{_HEADS})[ 　\t：:]*"
    r"(?P<name>[\u4e00-\u9fff][ 　]{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[\u4e00-\u9fff·•]{2,8}?)"
    r"(?=同志|作[《政工报了]|在[\u4e00-\u9fff]|向[\u4e00-\u9fff]|代表|所作|[\s　，,。：:（()）]|$)"
)
_POST_AFTER = re.compile(
    rf"(?:^|[\s　日])(?P<name>[\u4e00-\u9fff]{{2,3}})(?P<acting>代理?)?(?P<head>{_HEADS})(?=在|代表|作)"
)
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HAN_DATE = re.compile(
    r"([一二][九〇○零０][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "０": 0}
_SALUTATION = re.compile(r"各位(?:代表|委员)")
_LEVELS = ("省", "市", "县", "区", "州", "旗", "盟", "自治区", "自治州", "自治县", "自治旗", "")


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
        return f"第{match['term']}届全国人民代表大会第{match['session']}次会议"
    before = _WHOSE.search(lines, max(0, match.start() - 16), match.start())
    said = before["area"] if before else ""
    start = match.start() - len(said)
    spans.append(Span(start, match.end(), lines[start : match.end()]))
    whose = area if said in _LEVELS else said
    return f"{whose}第{match['term']}届人民代表大会第{match['session']}次会议"


def _speaker(lines: str, area: str, spans: list[Span]) -> tuple[str, str]:
    """The name and the full post: 省长 王予波 | 龚正市长 | 国务院总理 李克强."""
    for pattern in (_POST, _POST_AFTER):
        for match in pattern.finditer(lines):
            name = re.sub(r"[ 　]", "", match["name"])
            if not _is_name(name):
                continue
            said = match["body"] if "body" in pattern.groupindex else ""
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
    body = re.sub(r"人民政府$", "", said)
    if head == "总理":
        return "国务院" + head
    whose = area if body in _LEVELS else body
    return whose + acting + head


@word_cache
def _surnames() -> frozenset[str]:
    return frozenset(label for c in vocabulary("surnames") for label in c.labels)


def _is_name(name: str) -> bool:
    """Whether a name begins with a surname, or is one of four characters or more (嘎玛泽登)."""
    surname = name[:1] in _surnames() or name[:2] in _surnames()
    return (surname and 2 <= len(name) <= 4) or (len(name) >= 4 and "大会" not in name)


def _date(lines: str, congress: re.Match[str] | None, spans: list[Span]) -> str:
    """The date of delivery, the one nearest before the congress, as ISO 8601."""
    limit = congress.start() if congress else len(lines)
    found = [(m, f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}") for m in _DATE.finditer(lines)]
    for m in _HAN_DATE.finditer(lines):
        year = "".join(str(_DIGITS.get(c, 0)) for c in m[1])
        found.append((m, f"{year}-{_number(m[2]):02d}-{_number(m[3]):02d}"))
    before = [each for each in found if each[0].end() <= limit]
    best = max(before, key=lambda each: each[0].end(), default=None)
    if best is None and found and congress is None:
        best = found[0]
    if best is None:
        return ""
    match, date = best
    spans.append(Span(match.start(), match.end(), match[0]))
    return date


def _number(han: str) -> int:
    """二十七 → 27."""
    if "十" not in han:
        return _DIGITS[han[0]]
    tens, _, ones = han.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
