"""Dates, years, months and five-year plans as reports write them: the one place that knows them.

Building blocks are sources of patterns without groups of their own; a source that ends in ``_NAMED``
has the named groups its comment tells.
"""

from __future__ import annotations

import re
from calendar import monthrange

DIGIT = "[0-9０-９]"
YEAR_DIGITS = r"(?:19|20)\d{2}"
YEAR = rf"{YEAR_DIGITS}年"
_YEAR_GROUP = rf"({YEAR_DIGITS})年"
MONTH = r"\d{1,2}月"
DAY = r"\d{1,2}日"
DASH = "[-—–~～至到]"
UNTIL = "截[至止]"
PLAN_ORDINAL = "[一二三四五六]"
FIVE_YEAR_PLAN = f"“?十{PLAN_ORDINAL}五”?"
QUARTER = "[一二三四]季度"
# Words for a stretch of time, as a unit or after a number: 连续33个榨季.
SPAN_WORDS = ("年", "月", "日", "天", "周", "季")
CENTURY = "世纪"
ANNIVERSARY = "周年"
SEASONS = "榨季|采暖季|季度"

# -- dates and years of their own -------------------------------------------------------------

# 2022年12月31日 | 2022-12-31 | 2022.12.31, as year, month and day.
DATE = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
LOOSE_YEAR = re.compile(rf"({YEAR_DIGITS})\s*年?")
YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}")  # 2024世界智能产业博览会
# 二〇二二年; the last two digits.
SPELLED_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九]{2})年")
_SPELLED_DIGITS = {c: str(n % 10) for n, c in enumerate("零一二三四五六七八九")}
_SPELLED_DIGITS |= {"〇": "0", "○": "0"}
PLAN = re.compile(f"“?十({PLAN_ORDINAL})五”?")
CLOCK = re.compile(
    r"[0-9０-９]{1,2}[:：][0-9０-９]{2}(?![0-9])|[0-9０-９]{1,2}(?:时|点)(?:整|半|[0-9]{1,2}分)?"
)
# A year of its own at the head of a name: 2022年度.
YEAR_LEADING = re.compile(r"(?:\d{4}年度?|[）)·－—-])")
YEAR_ANYWHERE = re.compile(r"\d{4}年")
# 2021—2025年 | 2022年12月31日, in digits of any width, for what is no quantity.
_PLACE = rf"(?<!{DIGIT})(?<![.．])"
_GAP = r"\s{0,3}"
YEAR_NOT_COUNTED = (
    rf"{_PLACE}{DIGIT}{{4}}{_GAP}(?:年)?{_GAP}{DASH}{{1,3}}{_GAP}{DIGIT}{{4}}{_GAP}年(?:度)?"
    rf"|{_PLACE}(?:19|20|１９|２０){DIGIT}{{2}}{_GAP}年(?:度|代|底|末|初)?"
    rf"(?:{_GAP}{DIGIT}{{1,2}}{_GAP}月(?:{_GAP}{DIGIT}{{1,2}}{_GAP}日)?)?"
)
# 12月底 | 9月1日 | 3—5月; 12个月 is a quantity.
DATE_NOT_COUNTED = (
    rf"(?<!{DIGIT})(?<![个.．]){DIGIT}{{1,2}}(?:{_GAP}{DASH}{_GAP}{DIGIT}{{1,2}})?{_GAP}月"
    rf"(?:{_GAP}{DIGIT}{{1,2}}{_GAP}日|份|底|末|初|中旬|上旬|下旬)?"
)

# 2023-03-15 | 2023/3/15 | 2023.12
DATE_IN_FIGURES = (
    rf"{_PLACE}(?:19|20){DIGIT}{{2}}[-/.．]{DIGIT}{{1,2}}[-/.．]{DIGIT}{{1,2}}(?!{DIGIT})"
    rf"|{_PLACE}(?:19|20){DIGIT}{{2}}[-/.．](?:0?[1-9]|1[0-2])(?![{DIGIT[1:-1]}.．%％‰])"
)
# 3月19日至|20日
DAY_NOT_COUNTED = rf"(?<=日[至到—–~～-]){DIGIT}{{1,2}}日"

# -- time beside words ------------------------------------------------------------------------

# A clause that only says when: 截至12月底, | 2024年，
TIME_ONLY = re.compile(
    rf"\s*(?:{UNTIL}|到|至|自)?(?:{YEAR}|{MONTH}|\d{{1,2}}(?=[-—－至到]{MONTH})|{DAY}|[上下]半年"
    rf"|{QUARTER}|前三季度|[-—－至到底末份度中以来]|{FIVE_YEAR_PLAN}(?:时期|期间|末))+[，,]?"
)
# What may stand before the area or the group that a number is taken over: 截至2022年底，
TIME_BEFORE_SCOPE = re.compile(
    rf"(?:(?:{UNTIL}|到|至)?(?:{YEAR})?(?:{MONTH})?(?:{DAY})?(?:底|末|度|全年|以来)?[，,]?)?"
)
# What may stand before the predicate: 2022年 | 近三年 | “十四五”期间 | 连续5年.
TIME_BEFORE_VERB = re.compile(
    rf"(?:(?:截至|截止|到|至|自|从)?{YEAR_DIGITS}年?(?:[-—－至到]\d{{4}}年?)?(?:{MONTH})?(?:{DAY})?"
    r"(?:末|底|初|以来|起|度|全年)?|近[\d一二三四五六七八九十两几]+年|截至\w{0,4}(?:月底|年底|目前)|时隔\d+年"
    rf"|{FIVE_YEAR_PLAN}(?:时期|期间|以来|末)|连续[\d一二三四五六七八九十]+(?:年|个月|个季度))"
)
# A clause that says when something else happened: 到任后 | 灾害发生之际.
TIME_CLAUSE = re.compile(r"(?:时|后|以来|之际|之前|之后|过程中|情况下)\Z")
# What a noun before a number leaves behind: 截至12月底|, 2021年|, “十四五”期间|.
UP_TO_TIME = re.compile(
    rf"^.*(?:{UNTIL}[^，]{{0,8}}[月年日](?:底|末|份)?|\d{{4}}年(?:底|末|度)?"
    rf"|{FIVE_YEAR_PLAN}(?:末|期间|时期|以来))"
)
SPAN_UNIT = re.compile("(?:年|月|天|季度?)$")
SPAN_NOUN = re.compile(r"(?:年|月|季度|榨季|采暖季|交易日|季)")
# 连续|33个榨季, 近|3年来: how long, after the word that leads to it.
SPAN_COUNTED = (
    rf"[\d０-９一二三四五六七八九十两几]+多?个?(?:{SEASONS}|年|月|天|轮|届|次)(?:来|以来|间|中)?"
)
YEARS_AGO = re.compile(r"(\d{1,2})年前$")
YEARS_AGO_ANYWHERE = r"\d{1,2}年前"

# -- what a stretch of words says -------------------------------------------------------------

_YEAR_SAID = re.compile(rf"(?<![\d.]){_YEAR_GROUP}(?!以来|间)")
_YEARS = re.compile(rf"({YEAR_DIGITS})年?\s*{DASH}+\s*({YEAR_DIGITS})年")
_SINCE = re.compile(rf"{_YEAR_GROUP}以来")
_BY_MONTH = re.compile(rf"{UNTIL}(?:到)?(?:{_YEAR_GROUP})?(\d{{1,2}})月(?:(\d{{1,2}})日)?")
_MONTHS = re.compile(rf"(?<!\d)(?:{_YEAR_GROUP})?(\d{{1,2}})月?\s*{DASH}+\s*(\d{{1,2}})月(?!\d*日)")
_PLAN_END = re.compile(f"“?十({PLAN_ORDINAL})五”?末")
_PLAN_SPAN = re.compile(f"“十({PLAN_ORDINAL})五”(?:时期|期间|以来)")
_HALF = (("上半年", 1, 6), ("下半年", 7, 12), ("一季度", 1, 3), ("前三季度", 1, 9))
# 较2020年 and 由2015年的 say with what is compared, not when.
_BASE = re.compile(r"(?:较|比|从|自|由|以|同|与)[^，,、]{0,3}$")


def plan_years(ordinal: str) -> tuple[int, int]:
    """The first and the last year of a five-year plan: 一 (十一五) is 2006–2010."""
    first = 2001 + 5 * ("一二三四五六".index(ordinal) + 1)
    return first, first + 4


def first_year(text: str) -> int | None:
    """The first year a text names, in digits or spelled (二〇二二年)."""
    match = LOOSE_YEAR.search(text)
    if match:
        return int(match[1])
    spelled = SPELLED_YEAR.search(text)
    return int("20" + "".join(_SPELLED_DIGITS[c] for c in spelled[1])) if spelled else None


def year_words(text: str) -> str:
    """The words in which a text names its first year, empty where it names none."""
    match = LOOSE_YEAR.search(text) or SPELLED_YEAR.search(text)
    return match[0].strip() if match else ""


def year_in(text: str) -> str:
    """The year that a base of comparison names (从2015年的), or the end of a plan; else empty."""
    said = re.search(_YEAR_GROUP, text)
    if said:
        return said[1]
    end = _PLAN_END.search(text)
    return str(plan_years(end[1])[1]) if end else ""


def read_time(text: str, year: str) -> str:
    """The ISO 8601 period that a stretch of words says, empty where it says none.

    ``year`` is the year that words without one are of, empty where it is unknown.
    """
    return _within_a_year(text, year) or _of_years(text, year)


def _within_a_year(text: str, year: str) -> str:
    """截至2022年9月 | 1—9月 | 上半年."""
    by_month = _BY_MONTH.search(text)
    if by_month:
        said = by_month[1] or year
        if said and 1 <= int(by_month[2]) <= 12:
            day = f"-{int(by_month[3]):02d}" if by_month[3] else ""
            return f"{said}-{int(by_month[2]):02d}{day}"
    months = _MONTHS.search(text)
    if months:
        said = months[1] or year
        first, last = int(months[2]), int(months[3])
        if said and 1 <= first < last <= 12:
            return _months(int(said), first, last)
    for word, first, last in _HALF:
        if word in text and year:
            return _months(int(year), first, last)
    return ""


def _of_years(text: str, year: str) -> str:
    """2021—2025年 | “十四五”时期 | “十三五”末 | 2012年以来 | 2019年."""
    years = _YEARS.search(text)
    if years:
        return f"{years[1]}/{years[2]}"
    plan = _PLAN_SPAN.search(text)
    if plan:
        first, last = plan_years(plan[1])
        return f"{first}/{last}"
    end = _PLAN_END.search(text)
    if end and not _BASE.search(text[: end.start()]):
        return str(plan_years(end[1])[1])
    since = _SINCE.search(text)
    if since and year and since[1] < year:
        return f"{since[1]}/{year}"
    for match in _YEAR_SAID.finditer(text):
        # 恢复到2019年的87.4% says of what it is a share.
        if text[match.end() :] != "的" and not _BASE.search(text[: match.start()]):
            return match[1]
    return ""


def _months(year: int, first: int, last: int) -> str:
    """The months of a year as a period of whole days."""
    return f"{year}-{first:02d}-01/{year}-{last:02d}-{monthrange(year, last)[1]:02d}"
