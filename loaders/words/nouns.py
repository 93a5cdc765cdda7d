"""The noun a number belongs to: the phrase after it, or the phrase before it."""

from __future__ import annotations

import re

from policygraph.loaders.words.characters import DEMONSTRATIVES, TORN_ADVERBS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import UP_TO_TIME, YEAR, with_digits
from policygraph.loaders.words.verbs import acting, lexicon
from policygraph.ontology.vocabulary import word_cache, word_memo

EDGES = "、 　,，：:;；。.∶/—-¥￥\n\t"
_WITHIN = WordPattern(r"(?:(?<=[\u4e00-\u9fff]{2})(?<![高初])|(?<=[省市县区镇村]))中$")
_FIRST = WordPattern(r"^(?:[一二三四五六七八九十]{1,3}是(?:要)?|[Ⅰ-ⅿ]{1,3}[.．、])")
_QUOTES = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_AND_END = WordPattern(r"(?:以及|[和与]|(?<![惠普涉遍波顾以])及)$")
# 国民生产总值|要|比1980年翻两番; but 主要, 需要.
_TO_BE = WordPattern(r"(?<=[\u4e00-\u9fff]{3})(?<![主重必需纪摘首概简提扼紧次只])要$")
# 示范村10个|（省级2个、市级8个）.
_OPENED = WordPattern(
    r"^[（(](?=(?:{modifier}|(?:[\u4e00-\u9fff]{1,3}|[Ⅰ-ⅻIVX]{1,4})级|[\u4e00-\u9fff]{2,8}{person})$)"
)
_PART_OPENED = WordPattern(
    r"^(?:[（(](?:{part|bracket-part})[：:，,]?|{part}?{part-holds})"
)  # 泊位4300个（其中|新能源专用260个, 补助3731万元，其中包括|特别国债1618万元
_GRADES = tuple("IⅠⅡⅢⅣⅤVABCD")  # what begins a grade: Ⅲ类水质, A级景区
_SHORTEST_JOINED = 2  # characters of a noun that may end in 和
_AND_START = WordPattern(r"^(?!及[时格])(?:{and})")  # 及时受理率 begins with no 及
_MARK = "[，,。；;、：:\n！？]"
NEWLY, SHARE = "新", "占"
WITHIN = "中"  # 13个乡镇|中有9个为…
_REACH = 40  # characters after a number in which its noun ends
_NUMERAL = r"[\d０-９]"
# 较上年末 | 比2020年 at the end of a noun, but not the 比 of 同比, 环比, 占比, 比例 and 比重.
_COMPARISON = WordPattern(
    r"(?<![同环占对之])(?:较[^，,、]{0,10}|比(?![例重率值较对武赛选拼价])[^，,、]{1,10})$|[从由]$|{amounting}[^，,]{0,6}$"
)
_WITH_ANOTHER = WordPattern(
    r"{compare}[^，,、]{0,20}$"
    r"|(?<![同环占对])比(?![例重率值])[^，,、]{1,16}(?:[高低]出?|[快慢多少])$"
    r"|超过?{exceeded}[^，,、]{0,10}$"
    r"|(?<=[\u4e00-\u9fff]{2})(?:{link}|{amounting})+[^，,、]{0,8}{average-level}的?$"
)
# 总产值|从2020年的 | 总产值…|增长到2025年的: from when to when a level went, before the number.
_COURSE = WordPattern(
    r"(?:[从由自](?:(?:19|20)\d{2}年|{year-before})?[底末初]?"
    r"|(?:{up|down|link})[到至]?(?:19|20)\d{2}年[底末初]?)的?$"
)
_AMONG = WordPattern(r"在[^，,、]{2,14}[中里]$")  # 在全市考核中|排第2
# 居渝东南片区|第一, 位居全县|前列: where a rank is held.
_HELD_AMONG = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2})[均都]?(?:{rank-verb})(?:[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{2,10}[（(][\u4e00-\u9fff]{1,4}[）)][\u4e00-\u9fff]{0,4})$"
)
_HELD_ALONE = WordPattern(r"^、?(?:{rank-verb})[\u4e00-\u9fff]{2,10}$")  # ，|居全市法院|第二
# 剔除减税因素后|增长: on what terms something is compared.
_ADJUSTED = WordPattern(
    r"按[^，,、]{2,12}(?:计算|折算|核算|统计|口径|计价)"
    r"|(?:剔除|扣除|不考虑|不含|除去|若剔除|按(?!揭|月|年))[^，,、]{2,16}(?:因素|影响|政策|口径|基数)后?|(?:剔除|扣除)[^，,、]{2,16}后"
)
# 控制在省核定的|债务限额|3412亿元以内; 债务余额|控制在限额12亿元以内
_KEPT_WITHIN = WordPattern(
    r"^{kept-within}(?:[^，,、]{0,10}的)?(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2}){kept-within}[^，,、]{2,16}$"
)
# 在全国工作绩效评价中|名列第一
_ASSESSED = WordPattern(r"^在(?:全[国省市县区州])?(?P<in>[^，,、]{3,})[中里]$")
# 稳定|参保率|在97%以上
_HELD_STEADY = WordPattern(r"^(?:{steadying})?(?P<what>[^，,、]{3,}[率值量额重平])在$")
# 春运期间|运力, 在出入口设立|检查点, 为货车司机发放|通行证: when, where and for whom, before the verb.
_DURING = WordPattern("^[\u4e00-\u9fff]{2,6}期间(?=[\u4e00-\u9fff]{2})")
_AT_WHOM = WordPattern(
    r"^(?:在(?![建校册岗线职网编役])|为(?![民农])|给|向)[^，,、“”]{2,14}?{counting-verb}(?=[\u4e00-\u9fff]{2})"
)
# 涨幅|控制在|3%: the word for a speed stays, what leads from it to its level goes.
_SPEED_AT = WordPattern(r"(?P<speed>{speed})[^，,、]{0,2}在$")
# 有|医院23家, 现有|党员56名, but 有色金属, 有机肥.
_AT_END = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?<![所存潜内外正])在|各)$"
)  # 总投资|在|5000万元到1亿元之间, 补助资金|各|5000万元
_HAVING = WordPattern(r"^[共现设拥]?有(?![色线机效害轨限关偿序意])(?=[\u4e00-\u9fffA-Z]{2})")
_AREA = WordPattern(r"{rank-verb|rank-link}?{rank-area}{city-ranks}?(?:中)?$")
_NUMBER = WordPattern(_NUMERAL)
_TOLD_OF_PLACES = WordPattern(
    r"(?P<thing>[\u4e00-\u9fff]{0,12}?{measured-place})(?![域级])"
    r"(?:[\u4e00-\u9fff]{2,16}(?:{noun-head}|{rate-noun}|质量)|[\u4e00-\u9fff]{0,16}{sum-name})(?:{link})?$"
)
# 3个部门|预算执行率低于60%, 8个项目|资金1230万元, 17个重点制造业|增加值增长8%
_THEN_NUMBER = WordPattern(r"(?:{link}|{over}|{under}|{up}|{down})?\d")
_TOLD_OF_COUNTED = WordPattern(
    r"(?P<thing>[\u4e00-\u9fff]{0,6}?{counted-thing})(?![域级镇])"
    r"(?:[\u4e00-\u9fff]{2,12}{rate-noun}|[\u4e00-\u9fff]{0,8}{money-noun}|{sum-name})(?:{link}|{over}|{under})?$"
)
# 160个国控断面|中Ⅰ类水质占比86%
_AMONG_PLACES = WordPattern(
    r"(?P<thing>[\u4e00-\u9fff]{0,12}?{measured-place})中(?![国心小学央东西部医药级][\u4e00-\u9fff]?)"
)
# 131项高频事项|“跨省通办”: matters, before how they are handled.
_HANDLED = WordPattern(
    r"(?P<matter>[\u4e00-\u9fff]{0,12}?{handled-matter})“[^”]{2,12}”(?![\u4e00-\u9fff]{0,4}{handled-matter})"
)
_ATTAINING = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2})(?<!未){summing-adverb}?{attained}(?=[\u4e00-\u9fff]{2})"
)
_SPAN_BEFORE = WordPattern(
    r"^(?:(?:19|20)\d{2}[-/—–~至](?:20)?\d{2}学年度?|(?:19|20)\d{2}[./-]\d{1,2}(?:[./-]\d{1,2})?|\d{1,2}[-—–~～至到]\d{1,2}月份?|(?:(?:\d{1,2}月(?:\d{1,2}日|[底末初份])?|\d{1,2}日)[-—–~～至到]?)+"
    r"|\d{1,2}年来?|[上下]半年[末底]?|[前第]?[一二三四1-4](?:[-—至到][二三四2-4])?季度[末底]?)(?=[\u4e00-\u9fff]{2}|$)"
)
# 教育经费支出|五年|, 安居工程|今年|基本建成: when, between a noun and what is told of it.
_SPAN_WITHIN = WordPattern(
    r"(?<=[\u4e00-\u9fff]{3})(?:今年|去年|全年|当年|(?<![十百])[三四五]年[来间]?|[上下]半年)(?=$|基本|已|共|新|建成|开工)"
)
_AT_PRICES = WordPattern(
    r"[（(](?:按|以)?\d{4}年[^（）()]{0,4}价(?:格)?(?:计算)?[)）]"
)  # （2000年不变价）
# 粮食产量|1984年|达到, 存款余额|一九八七年底|为: when, between a noun and what links it with its number.
_YEAR_TOLD = WordPattern(
    rf"(?<=[\u4e00-\u9fff）)”]{{2}})(?<![较比是从由自以])(?:截[至止]|[到至])?{YEAR}[底末度]?$"
)
_RATE_NAMED = WordPattern("[\u4e00-\u9fff]{2,4}率")
_USED_FOR = WordPattern(r"[^，,]{0,12}{used-for}[^，,]{1,40}的{used-sum}")
_MODIFIES = WordPattern("[\u4e00-\u9fff]{1,6}的[\u4e00-\u9fff]{2}")
_CHANGED = WordPattern(
    r"^(?:从[^，,]{2,8}起)?(?:{leading}|逐[步年])*(?:{cutting|raising-by})(?=[\u4e00-\u9fff]{3})(?![值率额幅度])"
)
# 工业总产值|（不包括村办工业）, 棉花产量|因调减面积而, 旅客量|受疫情影响: what is left out and why are no part of a name.
_LEFT_OUT = WordPattern(r"(?<=[\u4e00-\u9fff]{2})[（(]{left-out}[^（()）]{1,20}[)）]$")
# 商品房销售面积同比|（下同）|增长5%: what a bracket says of all that follows.
_SAID_OF_ALL = WordPattern(r"[（(][^（()）]{0,14}?{same-below}[)）]")
_BECAUSE = WordPattern(r"(?<=[\u4e00-\u9fff]{2}){because}[^，,、]{2,16}(?:而|{because-end})$")
# 地区生产总值|连跨两个|万亿元台阶, 生产总值|连跨两个百亿台阶、|达到820亿元: how many marks of a sum were passed.
_STEPS = WordPattern(
    r"(?<=[\u4e00-\u9fff]{2}){stepping}(?:[一二两三四五六七八九十]{1,2}个(?:[十百千万亿]+[元吨斤]?{passed-mark})?)?$"
)
_YEARLY = WordPattern("(?<![一二两三四五六七八九十]){each-year}$")
_OWNS = WordPattern("{owning}$")  # 每万人|拥有|48个
# 计划|新增就业: what is announced is the indicator, not that it is.
# 建议今年|地区生产总值|增长
_ANNOUNCED = WordPattern(
    r"^(?:{announced}(?={new}|{leading})|{announced}(?:{finishing|attained})|{proposing}{leading}*(?=[\u4e00-\u9fff]{2}))"
)
_BUDGETED = WordPattern(r"(?<=收入|支出){budgeted}$")  # 一般公共预算收入|安排|820亿元
_PER = WordPattern(
    r"(?:{over|under})?(?:{per-person}|每\d{1,4}[万千百]?[人户名](?:口)?)$"
)  # 提高到|不低于每人每月|680元
# 新增|…, but 汽车更新申请
_NEWLY = WordPattern(r"(?<![更创革刷翻]){new}$")
# 易地扶贫搬迁开工|安置房312套: what was begun or built of works told before.
_BEGUN = WordPattern(
    r"^[\u4e00-\u9fff]{2,12}?{begun}(?=[\u4e00-\u9fff]{2})(?![\u4e00-\u9fff]{0,6}(?:{rate-noun}|{measured-name})$)"
)
# A verb after an adverb: 安置区|累计建成|配套工业园区.
_PREDICATE = WordPattern(r"{predicate-adverb}{counting-verb}(?=[\u4e00-\u9fff“《])")
_ADVERBS = WordPattern(r"{leading}+")
# A stop word, a mark, or 和 before another number; longer guard words and quotes pass.
_STOPS = WordPattern(
    rf"“[^”]{{1,20}}”|(?P<mark>{_MARK}|等(?![级于奖功])|(?:{{and}}|并)(?={_NUMERAL}))"
    r"|(?P<word>{guard|stop})"
)


def noun_end(text: str, start: int, limit: int) -> int:
    """Where the noun phrase that begins at ``start`` ends: 集群|入选, 医保报销项目|和301个."""
    limit = min(limit, start + _REACH)
    stops = frozenset(words("stop"))
    newly = text.startswith(NEWLY, start)  # 3920个|新投产项目
    for match in _STOPS.finditer(text, start, limit):
        ends = match["mark"] or (
            match["word"] in stops and not (newly and match.start() == start + 1)
        )
        if ends and (match.start() > start or match["mark"]):
            return _before_done(text, start, match.start())
    return _before_done(text, start, limit)


def _before_done(text: str, start: int, end: int) -> int:
    """19个省市|承担了援疆任务: where a verb that 了 marks ends a noun; else ``end``."""
    done = text.find("了", start + 3, end)
    if done < 0 or text[done - 2 : done] not in lexicon().verbs:
        return end
    return done - 2


def thing_end(text: str, start: int, limit: int) -> int:
    """Where what is counted ends, before what is told of it: 11个水功能区|水质达标率100%."""
    end = noun_end(text, start, limit)
    number = _NUMBER.search(text, start, end)
    words = text[start : number.start() if number else end]
    followed = number is not None or _THEN_NUMBER.match(text, end) is not None
    kinds = (_TOLD_OF_PLACES, _AMONG_PLACES, *([_TOLD_OF_COUNTED] if followed else []))
    told = next((found for kind in kinds if (found := kind.match(words))), None)
    return start + told.end("thing") if told else end


def noun_after(text: str, start: int, limit: int) -> str:
    """The noun phrase after a number: 5个|集群|入选…."""
    while start < limit and text[start] in "的 ":
        start += 1
    noun = text[start : noun_end(text, start, limit)].strip(EDGES)
    joined = _AND_END.sub("", noun) if len(noun) > _SHORTEST_JOINED else noun
    told = _told_next().search(joined, 2)
    joined = joined[: told.start()] if told else joined
    handled = _HANDLED.match(joined)
    joined = handled["matter"] if handled else joined
    return balanced(_WITHIN.sub("", joined))


@word_cache
def _held_at() -> re.Pattern[str]:
    """我省选手在世界技能大赛上共获得|金牌, 健儿在全运会斩获|奖牌: who won it where, before what was won."""
    won = alternation(acting("wins"))
    return compiled(
        rf"^[\u4e00-\u9fff]{{0,8}}在[^，,]{{2,16}}?[中上里]?共?(?:{won})(?=[\u4e00-\u9fff]{{2}})"
    )


@word_cache
def _told_next() -> re.Pattern[str]:
    """1.1亿元债务|尚未化解: what begins to tell of the noun after a number."""
    return compiled(alternation(word for word in words("told-next") if len(word) > 1))


def phrase_after(text: str, start: int, limit: int) -> str:
    """All that follows a number up to the next mark, without adverbs before its verb."""
    match = compiled(r"[^，,。；;：:\n！？]{0,30}").match(text, start, limit)
    return strip_leading(match[0] if match else "")


@word_memo
def strip_links(noun: str) -> str:
    """Without what links a noun with its number or compares it: 粮食总产量|达到, 收入|比上年增长."""
    links = closing("link", "up", "down", "base", "degree", "moves-up", "moves-down")
    while noun:
        shorter = noun
        link = _NEWLY.search(shorter) or links.search(shorter.removesuffix("了"))
        guard = closing("guard").search(shorter)
        whole = guard is None or (link and link.start() <= guard.start())  # 两年|平均
        if link and whole and not _OWNS.search(shorter):
            shorter = shorter[: link.start()]
        shorter = _SPEED_AT.sub(r"\g<speed>", _PER.sub("", _YEARLY.sub("", shorter)))
        shorter = _STEPS.sub("", shorter)
        shorter = shorter.removesuffix("不")  # 低保标准不|低于人均消费支出的65%
        shorter = _WITH_ANOTHER.sub("", shorter)
        shorter = _COMPARISON.sub("", shorter)
        shorter = _AREA.sub("", shorter).rstrip(EDGES)
        shorter = _TO_BE.sub("", _AND_END.sub("", shorter.removesuffix("的")))
        if shorter == noun:
            return noun
        noun = shorter
    return noun


@word_memo
def strip_leading(noun: str) -> str:
    """Without adverbs and the verb before a noun: 累计|创建|国家现代农业产业园."""
    while noun:
        word = opening("leading").match(noun)
        shorter = noun
        if word and not opening("guard").match(noun) and len(noun) > len(word[0]) + 1:
            shorter = noun[word.end() :].lstrip(EDGES)
        verb = opening("counting-verb").match(shorter)
        if (
            verb
            and len(shorter) - verb.end() >= 4
            and not opening("guard").match(shorter)
            and not _is_named_by(verb[0], shorter)
        ):
            shorter = shorter[verb.end() :].lstrip(EDGES + "了")
        if shorter == noun:
            return noun
        noun = shorter
    return noun


def _is_named_by(verb: str, noun: str) -> bool:
    """Whether a verb is part of a rate's name: 规范管理率, 监督覆盖率; but 实现|覆盖率."""
    rest = noun[len(verb) :]
    return verb not in words("attaining") and _RATE_NAMED.fullmatch(rest) is not None


@word_memo
def strip_rank(left: str) -> str:
    """Without what leads to a rank: 食糖产量|排全国, 粮食总产量|稳居全国."""
    links = closing("rank-link")
    while left:
        shorter = _AMONG.sub("", _AREA.sub("", left.rstrip(EDGES)))
        shorter = _HELD_ALONE.sub("", _HELD_AMONG.sub("", shorter))
        link = links.search(shorter)
        if link:
            shorter = shorter[: link.start()]
        if shorter == left:
            return left
        left = shorter
    return left


@word_memo
def after_predicate(noun: str) -> str:
    """What follows the last verb that an adverb marks as one."""
    found = (
        match
        for match in _PREDICATE.finditer(noun)
        if not _is_torn(noun, match.start()) and noun[match.start() - 1] != SHARE  # 占|全部投资比重
    )
    last = max(found, key=lambda match: match.start(), default=None)
    if last and len(noun) - last.end() >= 2 and last.start() >= 1:
        return noun[last.end() :].lstrip(EDGES + "了")
    return noun


def _is_torn(noun: str, at: int) -> bool:
    """Whether a character only ends another word: 公|共服务支出."""
    return at > 0 and noun[at - 1] in TORN_ADVERBS.get(noun[at], "")


@word_memo
def after_turn(noun: str) -> str:
    """What is changed: 从今年起逐步降低|农业税税率."""
    return _CHANGED.sub("", noun)


def last_item(noun: str) -> str:
    """The last item of a list of events: …项目落地、|投资; one of things stays whole."""
    head, mark, tail = noun.rpartition("、")
    if mark and tail in words("price"):
        # …等一批跨市协同重点产业项目落地、投资: the thing, then what of it is measured.
        thing = cue("such-as").split(closing("counting-verb", "stop").sub("", head))[-1]
        return thing + tail
    if mark and (_MODIFIES.match(tail) or _USED_FOR.fullmatch(noun)):
        return opening("used-for").sub("", noun)  # 用于教育、卫生、|保障性住房方面的支出
    if mark and cue("such-as").search(tail):
        acts = [match.end() for match in cue("counting-verb", "down").finditer(head)]
        return noun[acts[-1] :] if acts else noun  # 降低|物流、融资、用能、用地等成本
    if mark and tail and (cue("counting-verb", "stop").search(head) or len(head) > 12):
        return tail
    return noun


@word_memo
def noun_before(left: str) -> str:
    """The noun phrase before a number without links, dates, adverbs and the verb."""
    left = _SAID_OF_ALL.sub("", left)
    left = with_digits(_ADJUSTED.sub("", _PART_OPENED.sub("", left.strip(EDGES))))
    left = _before_year(_AT_PRICES.sub("", left))
    noun = _FIRST.sub("", UP_TO_TIME.sub("", _COURSE.sub("", _OPENED.sub("", left.strip(EDGES)))))
    noun = _SPAN_BEFORE.sub("", re.sub(r"[（(][^（()）]*$", "", noun))
    if noun in words("new"):
        return noun
    # 规模以上工业企业|实现|营业收入: a verb of attaining adds nothing.
    noun = _ANNOUNCED.sub("", noun)
    noun = _SPAN_WITHIN.sub("", _ATTAINING.sub("", strip_links(noun)))
    noun = _ANNOUNCED.sub("", after_predicate(noun))
    noun = _AT_WHOM.sub("", _DURING.sub("", noun))
    noun = strip_leading(_AND_START.sub("", noun)).strip(EDGES)
    noun = _LEFT_OUT.sub("", _BECAUSE.sub("", noun))
    noun = strip_leading(_ANNOUNCED.sub("", noun))  # 明年|计划|新增就业
    noun = _BUDGETED.sub("", _SPAN_BEFORE.sub("", noun))
    noun = _AND_START.sub("", _ASSESSED.sub(r"\g<in>", _HELD_STEADY.sub(r"\g<what>", noun)))
    noun = _HAVING.sub("", _KEPT_WITHIN.sub("", _held_at().sub("", noun))).removesuffix("等")
    noun = noun.removeprefix(WITHIN) if noun[1:2] in _GRADES else noun  # 160个断面|中Ⅰ类水质占比
    noun = _newly(_AT_END.sub("", noun))
    begun = _BEGUN.sub("", noun)
    noun = noun if begun in lexicon().verbs else begun  # 新建成|运营
    told = noun not in (WITHIN, *DEMONSTRATIVES) and not _ADVERBS.fullmatch(noun)
    return balanced(noun) if told else ""


def _newly(noun: str) -> str:
    """新增|停车位: the thing that is new; 新增就业 stays whole."""
    new = opening("gain").match(noun)
    thing = noun[new.end() :] if new else ""
    kept = len(thing) < 2 or thing in lexicon().verbs or closing("new-kept").search(thing)
    return noun if kept else thing


def _before_year(left: str) -> str:
    """粮食产量|1984年达到: the noun that the year of its number parts from its link."""
    unlinked = strip_links(left) if "年" in left else ""
    return _YEAR_TOLD.sub("", unlinked) if _YEAR_TOLD.search(unlinked) else left


def balanced(noun: str) -> str:
    """Without a mark whose partner was left outside: 数字领航”企业 → 数字领航企业."""
    for mark, partner in _QUOTES:
        if noun.count(mark) != noun.count(partner):
            noun = noun.replace(mark, "").replace(partner, "")
    return noun
