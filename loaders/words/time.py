"""Dates, years, months and five-year plans as reports write them, and what they mean as ISO 8601.

The one place that knows them, so that title, heading and sentence are read alike.

Building blocks are sources of patterns without groups of their own; a source that ends in ``_NAMED``
has the named groups its comment tells.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.vocabulary import word_memo

DIGIT = "[0-9０-９]"
YEAR_DIGITS = r"(?:19|20)\d{2}"
YEAR = rf"{YEAR_DIGITS}年"
# 二〇二二年, in Chinese numerals.
SPELLED_YEAR = "[一二][九〇○零０0][〇○零0一二三四五六七八九]{2}年"
MONTH = r"\d{1,2}月"
DAY = r"\d{1,2}日"
DASH = "[-—–~～至到]"
UNTIL = "截[至止]"
PLAN_ORDINAL = "[一二三四五六]"
# “九五”时期, 十五计划: earlier plans are told by what follows them; “七五”普法 is none.
_EARLIER_PLAN = '[六七八九十]五(?=[”"]?(?:期间|时期|计划|以来|[期]?末))'
FIVE_YEAR_PLAN = f'[“"]?(?:十{PLAN_ORDINAL}五|{_EARLIER_PLAN})[”"]?'
# 党的十八大以来: from the year of a congress on, which has met every five years since the eleventh of 1977.
_ELEVENTH_CONGRESS = 1977
_CONGRESS_ORDINAL = "十[二三四五六七八九]|二十"
SINCE_CONGRESS = f"(?:{_CONGRESS_ORDINAL})大以来"
# 21年, 19年、20年: years without their century, or spans of years.
SHORT_YEARS = compiled(r"[12](?<![\d.．\-—–~～].)\d年(?:[、和及与至到][12]\d年)*")
# 2019至|21年, 2020—|21学年; 19-21年 at the head of its clause.
SHORT_SPAN = compiled(
    rf"(?<![\d.．])(?:(?P<first>20\d{{2}})年?|(?<![^，,。；;：:\s（(、])(?P<short>[12]\d))"
    rf"{DASH}{{1,2}}(?P<last>\d{{2}})(?=学?年)"
)
# 2023年|Q3|完成投资, |Q1|，: a quarter in figures.
QUARTER_IN_FIGURES = compiled(r"Q(?:(?<=年.)|(?<![^，,。；;：:\s（(、].))[1-4](?![A-Za-z\d.+-])")
# 次年, 翌年; 第二年 at the head of a clause, counted from the year named before.
YEAR_AFTER = compiled(
    r"(?P<next>[次翌转]年)(?![龄轻])|(?<=[，,。；;：:\n])第(?P<nth>[二三四五六])年(?![度级、])"
)
# A year that others are counted from; none that something is compared with.
YEAR_NAMED = compiled(rf"(?<![较比\d.])({YEAR_DIGITS})(?=年)")
QUARTER_WORD = "季度"
QUARTER = f"[一二三四]{QUARTER_WORD}"
# Words for a stretch of time, as a unit or after a number: 连续33个榨季.
SPAN_WORDS = ("年", "月", "日", "天", "周", "季")
CENTURY = "世纪"
HOUR = "小时"
REACH_UNITS = f"分钟|{HOUR}|公里"  # how far what a circle is named by reaches: 15分钟生活圈
ANNIVERSARY = "周年"
SEASONS = "榨季|采暖季|季度"

# -- dates and years of their own -------------------------------------------------------------

# 2022年12月31日 | 2022-12-31 | 2022.12.31, as year, month and day.
DATE = compiled(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
LOOSE_YEAR = compiled(rf"({YEAR_DIGITS})\s*年?")
YEAR_ALONE = compiled(r"(?:19|20)[0-9]{2}")  # 2024世界智能产业博览会
CLOCK = compiled(
    r"[0-9０-９]{1,2}[:：][0-9０-９]{2}(?![0-9])|[0-9０-９]{1,2}(?:时|点)(?:整|半|[0-9]{1,2}分)?"
)
# 前10个月: the months of a year up to one of them.
MONTHS_FIRST = r"前\w{1,2}个月"
# 8:30|开始, 14:00|—17:30: a time of day, and no ratio.
CLOCK_TOLD = r"(?<![\d.:：])(?:[01]?\d|2[0-3])[:：][0-5]\d(?=[开起结前至到—–-]|左右|许)"
# A year of its own at the head of a name: 2022年度.
YEAR_LEADING = compiled(r"(?:\d{4}年度?|[）)·－—-])")
YEAR_ANYWHERE = compiled(r"\d{4}年")
# 2021—2025年 | 2022年12月31日, in digits of any width, for what is no quantity.
_PLACE = rf"(?<!{DIGIT})(?<![.．])"
_GAP = r"\s{0,3}"
_DAYS_BEFORE = rf"(?:{DIGIT}{{1,2}}日?(?:{DASH}{{1,2}}|、)){{0,8}}"  # 3月|15-|20日, 6月|10、|11日
YEAR_NOT_COUNTED = (
    rf"{_PLACE}(?:19|20){DIGIT}{{2}}[-/／—–~～至]{{1,2}}(?:20)?{DIGIT}{{2}}(?=学年)|{_PLACE}{DIGIT}{{4}}{_GAP}(?:年)?{_GAP}{DASH}{{1,3}}{_GAP}{DIGIT}{{4}}{_GAP}年(?:度)?"
    rf"|{_PLACE}(?:19|20|１９|２０){DIGIT}{{2}}{_GAP}年(?:度|代|底|末|初)?"
    rf"(?:{_GAP}{DIGIT}{{1,2}}{_GAP}月(?:{_GAP}{_DAYS_BEFORE}{DIGIT}{{1,2}}{_GAP}日)?)?"
)
# 12月底 | 9月1日 | 3—5月 | 1至3季度; 12个月 is a quantity.
DATE_NOT_COUNTED = (
    rf"(?<![{DIGIT[1:-1]}.])[1-4]{_GAP}(?:{DASH}{_GAP}[1-4]{_GAP})?{QUARTER_WORD}|(?<!{DIGIT})(?<![个.．]){DIGIT}{{1,2}}(?:{_GAP}{DASH}{_GAP}{DIGIT}{{1,2}})?{_GAP}月"
    rf"(?:{_GAP}{_DAYS_BEFORE}{DIGIT}{{1,2}}{_GAP}日|份|底|末|初|中旬|上旬|下旬)?"
    rf"|(?<![{DIGIT[1:-1]}:：.]){DIGIT}{{1,2}}时{DIGIT}{{1,2}}分(?!之)|(?<=[日午晚晨夜]){DIGIT}{{1,2}}[时点](?![间分代])"
)

# 2023-03-15 | 2023/3/15 | 2023.12
DATE_IN_FIGURES = (
    rf"{_PLACE}(?:19|20){DIGIT}{{2}}[-/.．]{DIGIT}{{1,2}}[-/.．]{DIGIT}{{1,2}}(?!{DIGIT})"
    rf"|{_PLACE}(?:19|20){DIGIT}{{2}}[-/.．](?:0?[1-9]|1[0-2])(?![{DIGIT[1:-1]}.．%％‰])"
)
# 2022/6/30|前完成整改, 2023-03-15|召开会议: a day in figures before or after words.
DAY_IN_FIGURES = compiled(
    rf"(?<![\d./-])(?P<year>{YEAR_DIGITS})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?=[\u4e00-\u9fff，、])"
)
# 3月19日至|20日
DAY_NOT_COUNTED = (
    rf"(?<=日[至到—–~～-]){DIGIT}{{1,2}}日"
    rf"|(?<=日、){DIGIT}{{1,2}}日?{DASH}{{1,2}}{DIGIT}{{1,2}}日"
)

# -- time beside words ------------------------------------------------------------------------

# What of a year before is carried over into the next: 上年末结存; but 上年末存栏, 上年末存款.
_CARRIED_OVER = "末?[滚净]?(?:结|存(?![栏款量续]))"
# A clause that only says when: 截至12月底, | 2024年，| 去年|
TIME_ONLY = compiled(
    rf"\s*(?:{UNTIL}|到|至|自|从|在)?(?:{YEAR}|{SPELLED_YEAR}|去年|上年(?!{_CARRIED_OVER})|今年|本年|明年"
    rf"|{MONTH}|\d{{1,2}}(?=[-—－至到]{MONTH})|{DAY}|[上下]半年|第?{QUARTER}|前[一二两三1-3]个?季度|{MONTHS_FIRST}"
    rf"|的[一二两三四五六七八九十]年[内间里]|[-—－至到底末份度中以来]|{FIVE_YEAR_PLAN}(?:时期|期间|末|以来))+[，,]?"
)
# What may stand before the area or the group that a number is taken over: 截至2022年底，
TIME_BEFORE_SCOPE = compiled(
    rf"(?:(?:{UNTIL}|到|至)?(?:{YEAR})?(?:{MONTH})?(?:{DAY})?(?:底|末|度|全年|以来)?[，,]?)?"
)
# What may stand before the predicate: 2022年 | 近三年 | “十四五”期间 | 连续5年.
TIME_BEFORE_VERB = compiled(
    rf"(?:(?:{YEAR_DIGITS}年)?\d{{1,2}}月?[-—–~～至到]\d{{1,2}}月(?:份|[底末])?|(?:截至|截止|到|至|自|从)?{YEAR_DIGITS}年?(?:[-—－至到]\d{{4}}年?)?(?:{MONTH})?(?:{DAY})?"
    r"(?:末|底|初|以来|起|度|全年)?|[前第]?[1-4](?:[-—至到][2-4])?季度|近[\d一二三四五六七八九十两几]+年|截至\w{0,4}(?:月底|年底|目前)|时隔\d+年"
    rf"|{FIVE_YEAR_PLAN}(?:时期|期间|以来|末)|连续第?[\d一二三四五六七八九十]+(?:年|个月|个季度))"
)
# By when something is to be done, between 将 and its verb: 将|于2024年底前|建成.
DEADLINE = rf"(?:(?:到|在|于)?(?:{YEAR}(?:{MONTH})?[底末]?前?|年内|年底前?|{MONTH}底?前?))?"
# The one year that a paragraph opens with: 过去一年，| 一年来，| 年初
ONE_YEAR = compiled(r"(?:过去(?:的)?|这|刚刚过去的)(?:这)?一年|一年来|全年|今年|去年|本年|年初")
# A year or a part of it in the heading of a column: 2023年1-6月 | 2024年前三季度.
TIME_IN_HEADING = rf"(?:19|20)\d{{2}}\s*年?\s*(?:度|底|末)?\s*(?:\d{{1,2}}\s*[-—~至]\s*\d{{1,2}}月|\d{{1,2}}月份?|[上下]半年|前?{QUARTER})?"
# A time near the head of a clause, from its first character to its last.
TIME_NEAR_HEAD = compiled(
    r"[\d去上下今明前本第一二三四五六七八九十这过“年][^，,]*?(?:年|月|季度|底|五”|大以来)"
)
# The items of a list of times, each with a number of its own: 一季度、上半年、前三季度|分别增长.
EACH_TIME = compiled(
    rf"(?:{YEAR}|去年|今年|上年)?(?:前[一二两三]季度|{QUARTER}|[上下]半年|{MONTH}份?|全年)|{YEAR}|去年|今年"
)
_YEAR_LISTED = rf"{YEAR_DIGITS}(?=[、和及与]{YEAR_DIGITS})"  # 2019、2020、|2021年
YEARS_LISTED = compiled(_YEAR_LISTED)
# 第一、|第二季度, 一、二、|三季度
_QUARTER_LISTED = rf"第?[一二三四](?=(?:[、和及与]第?[一二三四]){{1,3}}{QUARTER_WORD})"
QUARTERS_LISTED = compiled(_QUARTER_LISTED)
TIMES_APART = compiled(
    rf"(?<![\d、比较从由至到])(?P<times>(?:{EACH_TIME.pattern}|第{QUARTER}|{_YEAR_LISTED}|{_QUARTER_LISTED})(?:[、，和及与](?:{EACH_TIME.pattern}|第{QUARTER}|{_YEAR_LISTED}|{_QUARTER_LISTED}))+)(?=[^，,、。；;\d]{{0,24}}$)"
)
# A clause that says when something else happened: 到任后 | 灾害发生之际.
TIME_CLAUSE = compiled(r"(?:时|后|以来|之际|之前|之后|过程中|情况下)\Z")
# What a noun before a number leaves behind: 截至12月底|, 2021年|, “十四五”期间|.
UP_TO_TIME = compiled(
    rf"^.*(?:\d{{1,2}}月(?:\d{{1,2}}日?[-—–~～至到、]){{1,8}}\d{{1,2}}日|{UNTIL}[^，]{{0,8}}[月年日](?:底|末|份)?|(?<![较比是从由])\d{{4}}年(?:底|末|度|内|初)?|\d{{1,2}}月(?:底|末|份|\d{{1,2}}日)?(?:之?前|以前)|(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?:份|[上中下]旬|[底末]前?)"
    rf"|(?<![较比])(?<![较比][“\"]){FIVE_YEAR_PLAN}(?:末|期间|时期|以来)|{SINCE_CONGRESS})"
)
SPAN_UNIT = compiled("(?:年|月|天|季度?)$")
SPAN_NOUN = compiled(r"(?:年|月|季度|榨季|采暖季|交易日|季)")
# 连续|33个榨季, 近|3年来: how long, after the word that leads to it.
SPAN_COUNTED = (
    rf"[\d０-９一二三四五六七八九十两几]+多?个?(?:{SEASONS}|年|月|天|轮|届|次)(?:来|以来|间|中)?"
)
YEARS_AGO = compiled(r"(\d{1,2})年前$")
YEARS_AGO_ANYWHERE = r"\d{1,2}年前"

# -- what a stretch of words says -------------------------------------------------------------

_SPELLED = compiled(SPELLED_YEAR)
# 三月份, 十二月底, 五月上旬; but 三月三, 五月花.
_SPELLED_MONTH = compiled(
    "(?<![\\d一二三四五六七八九十第])(?:十[一二]?|[一二三四五六七八九])(?=月(?:份|底|末|初|[上中下]旬))"
)
_SPELLED_MONTHS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_SPELLED_ORDINALS = {f"十{c}": 10 + n for n, c in enumerate("零一二三四五六七八九")} | {"二十": 20}
_SPELLED_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")}
_SPELLED_DIGITS |= {"〇": "0", "○": "0", "０": "0", "0": "0"}
# 过去年均 and 以上年轻人 hold no 去年 and no 上年; 较去年同期 is what is compared with, 去年同期 at the head of a clause when.
_RELATIVE = compiled(
    rf"(?<!过)去年(?!同期|均)|(?<!以)上(?:一)?年度?(?!同期|轻|龄|均|{_CARRIED_OVER})|(?<![^，,。；;\s])[去上]年(?=同期(?![相对]比|[增减上下提]))|(?<![\d一二三四五六七八九十两几])前年(?!均)"
    r"|今年|本年度?|(?<!年)(?:明年|来年)(?!均)"
)
_OFFSETS = {"去": -1, "上": -1, "前": -2, "今": 0, "本": 0, "明": 1, "来": 1}
_Y = rf"(?:(?<![\d.])({YEAR_DIGITS})年)"
_DASH = rf"\s*{DASH}+\s*"
_PLAN = rf"[“\"]?(十{PLAN_ORDINAL}五|{_EARLIER_PLAN})[”\"]?"
# 十一五 is 2006–2010, and so on.
PLAN_YEARS = {
    "六五": 1985,
    "七五": 1990,
    "八五": 1995,
    "九五": 2000,
    "十五": 2005,
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
    "十六五": 2035,
}
_QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# 较2020年 and 由2015年的 say with what is compared, not when.
_BASE = compiled(
    r"(?:较|比)[^，,、。；到至\d]{4,8}$|(?:较|比|从|自|由|以|按|同|与|相当于|占|恢复到)[^，,、。；到至]{0,3}$"
)
# 提高到2023年的52.3% says when, 恢复到2019年的87.4% of what it is a share.
_REACHED = compiled(
    r"(?:提高|增加|增长|上升|提升|下降|降低|减少|扩大|缩小|缩短|降|增|升|压减|发展|扩大|跃升)[到至]$"
)
_PRICES = compiled("[不可][变比]价")
_MULTIPLE_OF = compiled("(?:是|为|相当于|达到?)$")
_TIME = compiled(
    r"(?=[\d上下前第年十“\"一二三四六七八九])"  # what they begin with: looked at before all of them
    rf"(?:(?P<months>{_Y}?(?<!\d)(\d{{1,2}})月(?:(\d{{1,2}})日)?{_DASH}{_Y}(\d{{1,2}})月(?:(\d{{1,2}})日)?)"
    rf"|(?P<stretch>{_Y}?(?<!\d)(\d{{1,2}})月?(?:份)?{_DASH}(\d{{1,2}})月(?!\d*日)(?:份)?)"
    rf"|(?P<years>(?<![\d.])({YEAR_DIGITS})年?{_DASH}({YEAR_DIGITS})年)"
    rf"|(?P<days>{_Y}?(?<![\d.第])(\d{{1,2}})月(\d{{1,2}})日?{_DASH}(?:(\d{{1,2}})月)?(\d{{1,2}})日)"
    rf"|(?P<half>{_Y}?([上下])半年([末底])?)"
    rf"|(?P<first>{_Y}?(?:前|(?<!\d)[1一]{DASH})([一二两三四1234])个?季度([末底])?)"
    rf"|(?P<opening>{_Y}?前(\d{{1,2}}|[二两三四五六七八九十]|十一)个月)"
    rf"|(?P<quarter>{_Y}?第?([一二三四1234])季度([末底])?)"
    rf"|(?P<day>{_Y}?(?<![\d.第])(\d{{1,2}})月(\d{{1,2}})日)"
    rf"|(?P<month>{_Y}?(?<![\d.第])(\d{{1,2}})月(?![\d龄饼亮均薪租供])(?:份|底|末|初|中旬|上旬|下旬)?)"
    rf"|(?P<since>{_Y}(?:以来|至今))"
    rf"|(?P<congress>({_CONGRESS_ORDINAL})大以来)"
    rf"|(?P<yearend>{_Y}底|年底)"
    rf"|(?P<planend>{_PLAN}末)"
    rf"|(?P<plan>{_PLAN}(?:时期|期间|以来|五年))"
    rf"|(?P<year>{_Y}(?!间)))"
)
# 2024年某局|半年工作总结 is that of the first half.
# 2022年|首季工业运行情况
FIRST_QUARTER_ALONE = compiled("首季度?")
FIRST_QUARTER = "一季度"
HALF_ALONE = compiled("(?<![上下一两三])半年度?(?=[工总小])")
FIRST_HALF = "上半年"
# Every time of _TIME and every year in numerals holds one of these; most stretches of words do not.
_HINT = compiled(rf"[年月季]|十{PLAN_ORDINAL}五|{_EARLIER_PLAN}|大以来")
_SPAN = compiled(
    r"^[\s—]*([三四五十345])年(?:(?![期级规行计以内前后一任建整攻专制的多])(?:来|间|里|中(?!央))?|内(?=[，,]))|"
    r"(?:过去(?:的)?|这|(?:^|(?<=[，,。；;]))最?近)([一二两三四五六七八九十])年(?!级|级|一|期)(?:来|间|里|中)?"
    r"|(?<![\d一二三四五六七八九十第])([二三四五六七八九十])年(?:来|间|中)(?!央)"
    r"|(?:五年|“?十[一二三四五六]五”?)(?:时期|期间)的([五])年"
)
_AHEAD_SPAN = compiled(
    r"(?:今后|未来)(?:的)?([一二两三四五六七八九十])(?:到[一二三四五六七八九十])?年"
)
_YEARS_BACK = compiled("([一二三四五六七八九十]|[0-9]{1,2})年前的?$")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NUMERALS |= {str(n): n for n in (3, 4, 5)}


def nth_year(ordinal: str) -> int:
    """How many years after the first a year told by its numeral is: 第二年 is 1 after."""
    return _NUMERALS[ordinal] - 1


def is_period(period: str) -> bool:
    """Whether ISO 8601 names days that are in the calendar, and ends no earlier than it begins."""
    ends = period.split("/")
    try:
        for end in ends:
            date.fromisoformat(end + "-01-01"[len(end) - 4 :])  # a year or a month: its first day
    except ValueError:
        return False
    return len(ends) < 2 or ends[0] <= ends[1]


def last_year(period: str) -> int | None:
    """The last year of a period (2022-07-01/2022-12-31 → 2022), None where it says none."""
    years = re.findall(r"(?:^|/)(\d{4})", period)
    return int(years[-1]) if years else None


def with_digits(text: str) -> str:
    """Years and months in Chinese numerals as digits: 二〇二三年 → 2023年, 三月份 → 3月份."""
    if "年" in text:
        text = _SPELLED.sub(lambda year: "".join(_digit(c) for c in year[0][:-1]) + "年", text)
    if "月" in text:
        text = _SPELLED_MONTH.sub(lambda month: str(_SPELLED_MONTHS[month[0]]), text)
    return text


def _digit(character: str) -> str:
    return _SPELLED_DIGITS[character]


def first_year(text: str) -> int | None:
    """The first year a text names, in digits or spelled (二〇二二年)."""
    match = LOOSE_YEAR.search(with_digits(text))
    return int(match[1]) if match else None


def year_words(text: str) -> str:
    """The words in which a text names its first year, empty where it names none."""
    match = LOOSE_YEAR.search(text) or _SPELLED.search(text)
    return match[0].strip() if match else ""


def with_years(
    text: str, year: int | None, now: int | None = None, reviewed: int | None = None
) -> str:
    """去年, 今年 and 明年 as the years they mean, seen from ``now``; 上年 seen from ``year``.

    ``now`` is ``year`` where it is not given; 明年 is then seen from the last year ``reviewed``, where that is earlier.
    """
    text = with_digits(text)
    if year is None or "年" not in text:
        return text

    def said(match: re.Match[str]) -> str:
        counted_from = year if now is None or match[0][0] == "上" else now
        if now is None and reviewed is not None and _OFFSETS[match[0][0]] > 0:
            counted_from = min(year, reviewed)
        return f"{counted_from + _OFFSETS[match[0][0]]}年"

    return _RELATIVE.sub(said, text)


@word_memo
def read_time(
    text: str, year: int | None, *, now: int | None = None, reviewed: int | None = None
) -> str:
    """The ISO 8601 period that a stretch of words says last, empty where it says none.

    ``year`` is the year of a month or a quarter without one; ``now`` that in which the report
    speaks, from which 去年 is counted (``year`` where it is not given); ``reviewed`` the last year it reviews.
    """
    if not _HINT.search(text):
        return ""
    text = with_years(text, year, now, reviewed)
    said = ""
    for match in _TIME.finditer(text):
        if _is_base(text, match):
            continue
        period = _period(match, year)
        said = period if period and is_period(period) else said
    return said


def _is_base(text: str, match: re.Match[str]) -> bool:
    """Whether a time says with what is compared, or of what a number is a share."""
    before = text[max(0, match.start() - 12) : match.start()]
    if match.lastgroup in ("months", "stretch", "days", "years", "plan", "since"):
        # 五年新增3.5亿千瓦，是1950年到2002年的总和: compared with, not told of.
        return bool(re.search(r"(?:[较比是]|相当于|超过)$", before))
    if _PRICES.match(text, match.end()):
        return True  # 总量（2000年不变价）
    if text[match.end() :].startswith("的"):
        if match.end() + 1 == len(text):
            return _REACHED.search(before) is None
        if _MULTIPLE_OF.search(before):
            return True  # 是2017年的1.8倍
    if match.lastgroup == "planend" and _REACHED.search(before):
        return False
    return _BASE.search(before) is not None


def _period(match: re.Match[str], year: int | None) -> str:
    """The period of one match of _TIME; empty where it needs a year and has none."""
    kind, group = match.lastgroup or "", match.group
    # The groups inside a named group follow it directly.
    at = match.re.groupindex[kind]
    own = group(at + 1)
    if kind == "plan":
        first, last = PLAN_YEARS[own] - 4, PLAN_YEARS[own]
        # “十四五”以来 ends with the year of the report.
        since = match[0].endswith("以来") and year is not None and first <= year < last
        return f"{first}/{year}" if since else f"{first}/{last}"
    if kind == "planend":
        return str(PLAN_YEARS[own])
    if kind == "years":
        return f"{own}/{group(at + 2)}" if own < group(at + 2) else ""
    if kind == "congress":
        met = _ELEVENTH_CONGRESS + 5 * (_SPELLED_ORDINALS[own] - 11)
        return f"{met}/{year}" if year and met < year else ""
    named = int(own) if own else year
    if named is None:
        return ""
    if kind == "since":
        return f"{named}/{year}" if year and named < year else ""
    return _dated(kind, named, [*match.groups()[at + 1 : at + 6]])


def _dated(kind: str, year: int, parts: list[str | None]) -> str:
    """What a year and the groups after it say."""
    if kind == "year":
        return str(year)
    if kind == "yearend":
        return f"{year}-12"
    first = parts[0] or ""
    if kind in ("half", "first", "quarter"):
        return _part_of_year(kind, year, first, at_end=bool(parts[1]))
    if kind == "opening":
        months = int(first) if first.isdigit() else _SPELLED_MONTHS[first]
        return _months_of(year, 1, months) if 1 < months < 12 else ""
    if not 1 <= int(first) <= 12:
        return ""
    second = parts[1] or ""
    if kind == "month":
        return f"{year}-{int(first):02d}"
    if kind == "day":
        return f"{year}-{int(first):02d}-{int(second):02d}" if 1 <= int(second) <= 31 else ""
    if kind == "days":
        return _days(year, parts)
    if kind == "stretch":
        return _months_of(year, int(first), int(second)) if int(first) < int(second) <= 12 else ""
    return _between(year, parts)


def _part_of_year(kind: str, year: int, said: str, *, at_end: bool) -> str:
    """上半年, 前三季度, 四季度 as months; the last of them where 末 follows: 上半年末."""
    if kind == "half":
        first, last = (1, 6) if said == "上" else (7, 12)
    else:
        last = 3 * _QUARTERS[said]
        first = 1 if kind == "first" else last - 2
    return f"{year}-{last:02d}" if at_end else _months_of(year, first, last)


def _days(year: int, parts: list[str | None]) -> str:
    """3月15日至20日, 9月28日至10月3日 within one year; over its end into the next: 12月28日至1月5日."""
    month, day, until, last_day = (int(part) if part else 0 for part in parts[:4])
    until = until or month
    end = year + (until < month)
    return f"{year}-{month:02d}-{day:02d}/{end}-{until:02d}-{last_day:02d}"


def _between(year: int, parts: list[str | None]) -> str:
    """2022年10月至2023年9月, with days where they are said."""
    first, day, until, last, last_day = (int(part) if part else 0 for part in parts)
    if not 1 <= last <= 12 or until < year:
        return ""
    return (
        f"{year}-{first:02d}-{day or 1:02d}"
        f"/{until}-{last:02d}-{last_day or monthrange(until, last)[1]:02d}"
    )


def _months_of(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02d}-01/{year}-{last:02d}-{monthrange(year, last)[1]:02d}"


def read_plan(text: str) -> str:
    """The years of the five-year plan that a heading or title names: “十四五” → 2021/2025."""
    match = re.search(_PLAN, text)
    return f"{PLAN_YEARS[match[1]] - 4}/{PLAN_YEARS[match[1]]}" if match else ""


def read_plan_end(text: str) -> str:
    """The last year of the five-year plan whose end is named: “十三五”末 → 2020."""
    match = re.search(_PLAN + "末", text)
    return str(PLAN_YEARS[match[1]]) if match else ""


def year_in(text: str, year: int | None, now: int | None = None) -> str:
    """The year that a base of comparison names (从2015年的, 从去年的), or the end of a plan; else empty."""
    said = re.search(_Y, with_years(text, year, now))
    return said[1] if said else read_plan_end(text)


@word_memo
def read_span(text: str, year: int) -> str:
    """五年来, 过去三年, 这五年 as the years up to ``year``; empty where nothing is said of them."""
    match = _SPAN.search(text)
    if not match:
        return ""
    count = _NUMERALS[match[1] or match[2] or match[3] or match[4]]
    return f"{year - count + 1}/{year}" if count > 1 else str(year)


def years_back(text: str) -> int:
    """How many years before a level was reached: 由五年前的|23户; 0 where nothing is said."""
    match = _YEARS_BACK.search(text)
    return (int(match[1]) if match[1].isdigit() else _NUMERALS[match[1]]) if match else 0


def read_years_ahead(text: str, year: int) -> str:
    """今后五年, 未来三年 as the years after ``year``; empty where nothing is said of them."""
    match = _AHEAD_SPAN.search(text)
    if not match:
        return ""
    count = _NUMERALS[match[1]]
    return f"{year + 1}/{year + count}" if count > 1 else str(year + 1)
