"""Objects of verbs as they stand, without the figures."""

from __future__ import annotations

import re

from policygraph.loaders.measures.subjects import Marks

_BEFORE = re.compile(r"(?:超过|约|近|超|逾|共|各|达到|达|总计|共计|合计|累计|等)\Z")
_AFTER = re.compile(r"(?:以上|以下|左右|以内|余|多)")
_QUANTITY = re.compile(
    r"(?:一大批|一批批|一批|一系列|一个个|一个|一项|一份|一条|一座|一家|一次|两个|多个|多项|多家|多条|首批|若干个|各类)"
    r"(?=\w)"
)
_LEADING = re.compile(r"(?:起了|出了|到了|[了起出过着的])(?=\w|[“《])")
# 选派干部到乡镇任职: the second party follows the object.
_DESTINATION = re.compile(r"(.{2,}?)(?:到|赴|去|深入)(.{2,}?)(?:任|担任|挂职|工作|服务|开展|驻)")
_SEPARATORS = re.compile(r"[、]+")
_CLOSING = re.compile(r"[\s。，；,;:：!！?？]+\Z")


def read_object(marks: Marks, start: int, end: int) -> str:
    """The words of ``[start, end)`` without figures; lists keep their 、.

    驻村第一书记1.77万人、驻村工作队1.2万支 → 驻村第一书记、驻村工作队.
    """
    text = marks.text
    kept: list[str] = []
    at = start
    for number in marks.numbers_in(start, end):
        # 地铁11号线 and 5号院 are names.
        if number.start < at or "号" in (number.unit, text[number.end : number.end + 1]):
            continue
        before = _BEFORE.sub("", text[at : number.start])
        if before.endswith("等") or text[number.start - 1 : number.start] == "等":
            before = before.removesuffix("等") + "等"
        kept.append(before)
        at = number.end
        after = _AFTER.match(text, at, end)
        if after:
            at = after.end()
    kept.append(text[at:end])
    return _tidy("".join(kept))


def _tidy(words: str) -> str:
    words = _CLOSING.sub("", words)
    parts = [part.strip() for part in _SEPARATORS.split(words)]
    # A number alone (1376个、14万户) leaves nothing of its part behind.
    words = "、".join(part for part in parts if part and part not in ("等", "各", "共"))
    for prefix in (_LEADING, _QUANTITY):
        match = prefix.match(words)
        words = words[match.end() :] if match else words
    return words


def split_destination(words: str) -> tuple[str, str]:
    """省市县机关年轻干部到乡镇任职 → 省市县机关年轻干部 and 乡镇."""
    match = _DESTINATION.match(words)
    return (match[1], match[2]) if match else (words, "")
