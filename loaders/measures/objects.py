"""Objects of verbs as they stand, without the figures."""

from __future__ import annotations

from policygraph.loaders.measures.subjects import SpanIndex
from policygraph.loaders.words.characters import LISTED
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words_of
from policygraph.loaders.words.time import DASH

_BEFORE = WordPattern(r"{object-count}\Z")
# 设立|总规模100亿元的|基金, 抓好|预增产值过10亿元的|项目
_SIZED = WordPattern(
    r"{measure-prefix}{0,2}(?:{price}(?:{over|under|approx|over-noun})?|(?:{sum-noun|money-noun}){over|under|over-noun})\Z"
)
# 提出审计建议|并被采纳: what became of the object is no part of it.
_AND_THEN = WordPattern(r"(?<=.{2})并(?:{passive}|{receiving}).*\Z")
_AFTER = WordPattern(r"{object-count-after}")
# 三次产业结构|由上年的, 标准提高|至每人每月: what leads from and to levels.
_FROM_LEVEL = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2})(?<![自理缘事])[由从](?:{year-before}|\d{4}年)?\Z"
    r"|^[至到]?每[\u4e00-\u9fff]{1,2}每[年月日天]\Z|^[为至到]\Z"
)
# 龙金大道|6月底前|通车
_BY_WHEN = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2})(?:于|在)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底末初中份])?{deadline}?|{by-when})\Z"
)
_DAY = compiled(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底末初中份])?")  # 6月25日|通过验收
_QUANTITY = WordPattern(r"{quantity}(?!性)(?=\w)")
_LEADING = WordPattern(r"(?!{aspect-look-alike}){aspect}(?!(?<=[出过])口)(?=\w|[“《])")
# 选派干部到乡镇任职: the second party follows the object.
_DESTINATION = WordPattern(r"(.{2,}?){towards}(.{2,}?){posted}")
_RANGE = compiled(DASH)
_IS = WordPattern(r"{being}(?!否)")
_USE = WordPattern(r"([^，,的]{2,}?|){used-for}([^，,]{2,})")
_BRACKETS = compiled(r"[（(][^（）()]*[）)]?")
_KINDS = compiled(r"(?<=\d[个名家户位][\u4e00-\u9fff])(?P<kinds>[（(][\u4e00-\u9fff、]{1,6}[)）])")
_CLOSING = "。，；,;:：∶!！?？"
_LEFT_BEHIND = ("等", "各", "共", "和", "与", "及")
_THAN = compiled("[比较][上去前往][一两]?年")  # 比上年|多安排260万元


def read_object(marks: SpanIndex, start: int, end: int) -> str:
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
        sized = _SIZED.search(before) if text.startswith("的", number.end) else None
        if sized:
            kept.append(before[: sized.start()])  # 设立|总规模100亿元的|科创母基金
            at = number.end + 1
            continue
        if at > start and _RANGE.fullmatch(before):
            before = ""  # 扶持三|至|五千户贫困户
        if at > start and before[:1] in LISTED and _is_area(marks, at + 1, number.start):
            # 下达宁德市乡村振兴资金3.6亿元、|龙岩市2.4亿元: the same, of another area.
            at = number.end
            continue
        if before.endswith("等") or text[number.start - 1 : number.start] == "等":
            before = before.removesuffix("等") + "等"
        kept.append(before)
        at = number.end
        after = _AFTER.match(text, at, end)
        if after:
            at = after.end()
    kept.append(text[at:end])
    if at > start:
        # 招聘教师236人|（研究生41人、公费师范生58人）: the bracket after a number tells its parts; 38个村（社区）
        kinds = {each["kinds"] for each in _KINDS.finditer(text, start, end)}
        kept[1:] = [_BRACKETS.sub(lambda m: m[0] * (m[0] in kinds), "".join(kept[1:]))]
    return _tidy("".join(kept))


def _is_area(marks: SpanIndex, start: int, end: int) -> bool:
    named = marks.mentions_in(start, end)
    return bool(named) and named[0].type == "Area" and named[0].span.quote == marks.text[start:end]


def _tidy(words: str) -> str:
    while words and (words[-1] in _CLOSING or words[-1].isspace()):
        words = words[:-1]
    if "、" in words:
        parts = [part.strip() for part in words.split("、")]
        # A number alone (1376个、14万户) leaves nothing of its part behind.
        told = words_of("up", "down")  # 实现生产总值9.86万亿元、|增长|5.7%
        parts = [part for part in parts if part not in told]
        words = "、".join(part for part in parts if part and part not in _LEFT_BEHIND)
    else:
        words = words.strip()
        words = "" if words in _LEFT_BEHIND else words
    words = (
        "" if _IS.match(words) or _THAN.fullmatch(words) else words.lstrip("-—–~～")
    )  # 开行80列、|是上年的2.1倍
    words = _FROM_LEVEL.sub("", _AND_THEN.sub("", words) if "并" in words else words)
    words = "" if _DAY.fullmatch(words) else _BY_WHEN.sub("", words)
    words = words.removesuffix("的")  # 完成年度目标的|115.7%
    for prefix in (_LEADING, _QUANTITY):
        match = prefix.match(words)
        words = words[match.end() :] if match else words
    return words


def split_destination(words: str) -> tuple[str, str]:
    """省市县机关年轻干部到乡镇任职 → 省市县机关年轻干部 and 乡镇; 资金用于公路建设 → 资金 and 公路建设."""
    match = _USE.fullmatch(words) or _DESTINATION.match(words)
    return (match[1], match[2]) if match else (words, "")
