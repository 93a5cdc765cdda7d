"""Which stretch of a report is of when, and whether it tells what was done or what will be.

Chapters come first; inside them a paragraph that opens with a span of years (五年来), and inside
those the clauses that say a time of their own or look ahead (2024年将投入…，新建…).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policygraph.graph.statements import Section
from policygraph.loaders.report_parts import Paragraph
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.characters import BEFORE_OBJECT, COLONS, HAN, JOINTS, NOUN_LAST
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either
from policygraph.loaders.words.headings import HEADING
from policygraph.loaders.words.patterns import WordList, alternation
from policygraph.loaders.words.time import (
    DEADLINE,
    FIVE_YEAR_PLAN,
    MONTHS_FIRST,
    ONE_YEAR,
    SINCE_CONGRESS,
    TIME_NEAR_HEAD,
    last_year,
    read_plan,
    read_plan_end,
    read_span,
    read_time,
    read_years_ahead,
    with_years,
)
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.vocabulary import vocabulary, word_cache

# 2025年|和“十四五”时期工作回顾: what says no time of its own is of the one year
_BESIDE_SPAN = compiled(
    rf"((?:19|20)\d{{2}})年{HAN}{{0,2}}[{JOINTS}]|[{JOINTS}]((?:19|20)\d{{2}})年"
)
DIFFICULTY = "difficulty"
NOTES = "notes"
_WEAK = "task"
CHAPTER_OPENING = 1500  # characters within which a chapter says that it looks ahead
_LONGEST_LABEL = 30  # characters of a line that only names what stands below it
_PARAGRAPH_OPENING = 24  # characters within which a paragraph says the years it is of
_OBJECT_WITHIN = 8  # characters between a verb and the time of its object, at most
_CLAUSE_OPENING = 14  # characters of a clause before the time it says, at most


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch with its own period (ISO 8601), whether it tells what will be, and its kind.

    ``kind`` is that of its chapter (chapters.ttl): review, plan, difficulty, notes or empty.
    """

    start: int
    end: int
    period: str
    planned: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What passages are counted from: the period reviewed, the one planned for, the years.

    ``year`` is the last year reviewed, ``now`` that in which the report speaks.
    """

    period: str
    ahead: str
    year: int | None
    now: int | None
    planned: bool = False
    spoken: bool = False


# -- chapters ---------------------------------------------------------------------------------


@word_cache
def chapter_labels() -> tuple[tuple[str, str], ...]:
    """The words of headings with the kind of chapter they tell, longest first."""
    pairs = [(label, c.value("chapter")) for c in vocabulary("chapters") for label in c.labels]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def heading_kinds(heading: str) -> list[str]:
    """The kinds of chapter a heading names, in the order of its words."""
    found: dict[int, str] = {}
    taken: set[int] = set()
    for label, kind in chapter_labels():
        at = heading.find(label)
        if at >= 0 and kind != "turn" and not taken & set(range(at, at + len(label))):
            found[at] = kind
            taken |= set(range(at, at + len(label)))
    return [found[at] for at in sorted(found)]


def chapters(outline: Outline, frame: TimeFrame) -> list[Passage]:
    """One passage a section: 一、2024年工作回顾 | 二、2025年工作安排 | (三)下一步打算."""
    kinds = [heading_kinds(section.heading.quote) for section in outline.sections]
    plans = [at for at, each in enumerate(kinds) if _joined(each) == "plan"]
    found: list[Passage] = []
    by_number: dict[str, Passage] = {}
    last: Passage | None = None
    for place, section in enumerate(outline.sections):
        above = by_number.get(section.parent)
        # 主要工作 is what is to be done only where no later chapter says so of itself.
        weak = not any(at > place for at in plans)
        kind = NOTES if section.span_start == outline.notes_start else _joined(kinds[place])
        passage = _chapter(section, kind, above or last, frame, weak=weak)
        by_number[section.number] = passage
        if section.level == 1:
            last = passage
        found.append(passage)
    return found


def _joined(kinds: list[str]) -> str:
    """The kind of a heading: 工作计划完成情况 reviews; 存在的问题及下一步打算 is of neither kind."""
    if kinds[:1] in (["plan"], [_WEAK]) and kinds[-1] == "review":
        return "review"
    told = dict.fromkeys(kind for kind in kinds if kind != _WEAK)
    if len(told) > 1:
        return "mixed"
    return next(iter(told), kinds[0] if kinds else "")


def _chapter(
    section: Section, kind: str, before: Passage | None, frame: TimeFrame, *, weak: bool
) -> Passage:
    """The passage of a section; ``before`` is the section above it, else the chapter before."""
    top = section.level == 1
    heading = section.heading.quote
    told = _reviewed(heading, frame) if kind == "review" else heading
    said = "" if kind == "mixed" else _heading_time(told, frame, top=top)
    kind = _kind(kind, said, before, frame, heading=heading, top=top, weak=weak)
    planned = kind == "plan" or (kind == "" and frame.planned)
    if said:
        period = said
    elif not top and before is not None and before.planned == planned:
        period = before.period
    else:
        period = frame.ahead if planned and not frame.planned else frame.period
    return Passage(section.span_start, section.span_end, period, planned, kind)


def _reviewed(heading: str, frame: TimeFrame) -> str:
    """1993年工作的回顾|和1994年工作的方针: a heading up to the word that says it looks back, where a year stands before it."""
    ends = [
        at + len(label)
        for label, kind in chapter_labels()
        if kind == "review" and (at := heading.find(label)) >= 0
    ]
    before = heading[: min(ends, default=len(heading))]
    return before if read_time(with_years(before, frame.now), frame.year) else heading


def _heading_time(heading: str, frame: TimeFrame, *, top: bool) -> str:
    """The period a heading says: 2024年, 上半年, 过去五年, “十四五”时期; below a chapter only years."""
    heading = with_years(heading, frame.now)
    said = read_time(heading, frame.year)
    one = _BESIDE_SPAN.search(heading) if "/" in said else None
    if one:
        return one[1] or one[2]
    if said or not top:
        return said
    plan = read_plan(heading)
    if plan or frame.year is None:
        return plan
    return read_years_ahead(heading, frame.year) or read_span(heading, frame.year)


def _looks_on(heading: str, kind: str) -> bool:
    """Whether a heading that says no year is of the time to come: 二、今后五年安排, 未来三年工作."""
    head = HEADING.match(heading)
    return (
        kind in ("", _WEAK)
        and _AHEAD_HEADING.match(heading[head.end() if head else 0 :]) is not None
    )


def _kind(
    kind: str,
    said: str,
    before: Passage | None,
    frame: TimeFrame,
    *,
    heading: str,
    top: bool,
    weak: bool,
) -> str:
    above = before.kind if before is not None else ""
    first = int(said[:4]) if said else None
    ahead = _starts_after(said, frame) if said else _looks_on(heading, kind)
    if kind in (DIFFICULTY, NOTES, "plan", "review"):
        return "plan" if ahead and kind == "review" else kind
    if ahead and top:
        return "plan"
    if above in ("plan", NOTES) or (not top and above):
        return above
    if kind == _WEAK and top and weak and before is not None and frame.year is not None:
        later = frame.spoken or above in ("review", DIFFICULTY)
        return "plan" if later and first is None else "review"
    return "review" if first is not None and top and not frame.planned else ""


def _starts_after(said: str, frame: TimeFrame) -> bool:
    """Whether a heading's time begins after what the report reviews: 二季度 after 一季度."""
    if frame.year is None:
        return False
    end = frame.period.rpartition("/")[2]
    return said[:4] > str(frame.year) or (len(end) == len(said[:10]) == 10 and said[:10] > end)


def turned(
    text: str, outline: Outline, passages: Sequence[Passage], frame: TimeFrame
) -> list[Passage]:
    """Where no heading tells, what follows 今年经济社会发展主要预期目标 is to be done.

    The turn is at the head of the chapter that says so, else of the paragraph.
    """
    labels = [label for label, kind in chapter_labels() if kind == "turn"]
    found = [text.find(label, outline.body_start) for label in labels]
    first = min((at for at in found if at >= 0), default=-1)
    if first < 0:
        return list(passages)
    # The first chapter looks back, whatever it says of the year to come.
    heads = [
        section.span_start
        for section in [s for s in outline.sections if s.level == 1][1:]
        if section.span_start <= first < section.span_start + CHAPTER_OPENING
    ]
    paragraphs = [p.start for p in outline.paragraphs if p.start <= first]
    turn = max(heads or paragraphs or [first])
    notes = [p for p in passages if p.kind == NOTES]
    end = notes[0].start if notes else len(text)
    before = Passage(outline.body_start, turn, frame.period, planned=False)
    return [before, Passage(turn, end, frame.ahead, planned=True, kind="plan"), *notes]


# -- paragraphs -------------------------------------------------------------------------------

_NEXT = WordPattern(
    r"(?:{meanwhile}|{targeting}[^，,]{2,20})?[，,]?"
    r"(?:{next-step|facing-future}(?![五十]年[规])|{future}(?=[，,]|[一二两三四五六七八九十\d几]+年))"
)


def stretches(text: str, outline: Outline, base: PassageTimes, frame: TimeFrame) -> list[Passage]:
    """Paragraphs that open with 五年来 or 下一步, and those that go on with them in their section."""
    found: list[Passage] = []
    opened: Passage | None = None
    leads = False
    headings = {section.span_start: section.heading.quote for section in outline.sections}
    for paragraph in outline.paragraphs:
        under = base.at(paragraph.start)
        if opened is not None and not _goes_on(
            opened, under, paragraph.start, headings, leads=leads
        ):
            opened = None
        head = text[paragraph.start : min(paragraph.end, paragraph.start + _PARAGRAPH_OPENING)]
        label = _label(text, paragraph)
        says = _says_time(head, under)
        opened = _opened(head, under, frame) if says else opened
        named = _labelled(label, under, frame) if label else None
        if label and opened is not None and opened.kind == DIFFICULTY:
            opened = None
        opened = named or opened
        leads = bool(label) if says or named else leads
        told = opened or (_one_year_within(head, under) if says else None)
        if told is not None and not (named and told.kind == DIFFICULTY):
            found.append(replace(told, start=paragraph.start, end=paragraph.end))
        if says and opened is not None and paragraph.start > under.start + _CHAPTER_HEAD:
            # A summary with figures of its own stands alone; 五年来，我们做了以下工作： leads on.
            opened = None if _TELLS.search(text, paragraph.start, paragraph.end) else opened
    return found


def _label(text: str, paragraph: Paragraph) -> str:
    """The words of a line that only leads to those below it: 明年打算：."""
    line = text[paragraph.start : paragraph.end]
    return line[:-1] if len(line) <= _LONGEST_LABEL and line.endswith(COLONS) else ""


def _labelled(label: str, under: Passage, frame: TimeFrame) -> Passage | None:
    """What a label opens: 下年度工作计划： and 2024年，我们将做好以下工作： a plan, 工作开展情况： a review."""
    if under.planned or under.kind == NOTES or "。" in label:
        return None
    kind = _joined(heading_kinds(label))
    if kind == "plan" or _looks_ahead(label, "", under, frame):
        period = _heading_time(label, frame, top=True) or frame.ahead or under.period
        return replace(under, period=period, planned=True, kind="plan")
    acts = lexicon().verb_at(label, 0, len(label)) and not _EXISTING.match(label)
    lacks = kind == DIFFICULTY and _PROBLEMS.fullmatch(label) is not None and not acts
    return replace(under, kind=kind) if lacks or kind == "review" else None


def _goes_on(
    opened: Passage, under: Passage, start: int, headings: Mapping[int, str], *, leads: bool
) -> bool:
    """Whether a paragraph still is of what was opened before it.

    五年来，主要做了以下工作： leads to the sections below its chapter too, where the chapter is not of one year alone;
    下一步打算： to all that is left of its section.
    """
    if not opened.start <= start < opened.end:
        return False
    if leads and not under.planned and (opened.planned or opened.kind == DIFFICULTY):
        return under.kind not in (NOTES, DIFFICULTY)
    if under.planned != opened.planned:
        return False
    if under.start == opened.start:
        return True
    return _YEARS_TOLD.search(headings.get(opened.start, "")) is not None


# 存在的困难和问题; but 针对存在的问题, 解决的突出问题
_PROBLEMS = WordPattern(r"(?!{problem-met})[^，,]{0,14}{problem-named}")
_EXISTING = WordPattern("{problem-exists}")
_CHAPTER_HEAD = 300  # characters in which a chapter opens
_TELLS = WordPattern(r"(?<!\d)\d{1,9}(?:\.\d+)?(?![\d年月日])[\u4e00-\u9fff%％‰]")
_YEARS_TOLD = WordPattern(rf"[三四五十]年|{FIVE_YEAR_PLAN}")


def _one_year_within(head: str, under: Passage) -> Passage | None:
    """A paragraph that opens with one of the years of its passage: 刚刚过去的|2025年 in 2021/2025."""
    first, mark, last = under.period.partition("/")
    clause = re.split("[，,。；;：:]", head, maxsplit=1)[0]
    said = read_time(clause, last_year(under.period))
    if not (mark and len(first) == len(last) == len(said) == 4 and first <= said <= last):
        return None
    return replace(under, period=said)


# 二、今后五年安排, 未来三年工作; but 面向未来，…
_AHEAD_HEADING = WordPattern(r"(?:{next-step}|{future}的?[一二两三四五六七八九十\d几]+年)[^，,]*$")

# 今年，我们要突出抓好…: what a report that speaks in the year after looks ahead to.
_THIS_YEAR_TO = WordPattern(r"{present-year}[，,]?(?:{leading})*?{this-year-plan}")
_YEAR_AHEAD = WordPattern(r"(?P<year>(?:19|20)\d{2})年(?P<what>[^，,\d]{2,14})")
_STARTS = WordPattern("年|下|接|今|明|来|未|十")
# 回望“十四五”，成绩来之不易.
_LOOKS_BACK = WordPattern(rf"{{looking-back}}[^，,。；;]{{0,4}}{FIVE_YEAR_PLAN}")


def _says_time(head: str, under: Passage) -> bool:
    if not _STARTS.search(head):
        return False
    year = last_year(under.period)
    clause = re.split("[。；;：:]", head, maxsplit=1)[0]
    return bool(
        ONE_YEAR.search(clause)
        or _NEXT.match(clause.lstrip("— 　"))
        or _LOOKS_BACK.search(clause)
        or (year and (read_span(clause, year) or read_time(clause, year)))
    )


def _opened(head: str, under: Passage, frame: TimeFrame) -> Passage | None:
    """The passage a paragraph's first words open inside a chapter; None where they say no more."""
    clause = re.split("[。；;：:]", head, maxsplit=1)[0].lstrip("— 　")
    if under.planned or under.kind == NOTES or _BESIDE_SPAN.search(clause):
        return None
    if _NEXT.match(clause):
        period = frame.ahead or under.period
        if frame.year is not None:
            period = read_years_ahead(clause, frame.year) or period
        return replace(under, period=period, planned=True, kind="plan")
    if (coming := _of_year_ahead(clause, frame)) is not None:
        return replace(under, period=coming, planned=True, kind="plan")
    if _THIS_YEAR_TO.match(clause) and frame.now and frame.year and frame.now > frame.year:
        return replace(under, period=str(frame.now), planned=True, kind="plan")
    year = last_year(under.period)
    if year is None:
        return None
    # “十三五”期间 opens a passage; 2021年至2022年 is of its own sentence.
    said = read_span(clause, year) or (read_time(clause, year) if read_plan(clause) else "")
    if not said and _LOOKS_BACK.search(clause):
        said = read_plan(clause)
    return replace(under, period=said) if said else None


def _of_year_ahead(clause: str, frame: TimeFrame) -> str | None:
    """2024年打算：…, 2024年主要目标：…: the year after the report's, before what is planned for it."""
    said = _YEAR_AHEAD.fullmatch(with_years(clause, frame.year))
    ahead = said is not None and frame.year is not None and int(said["year"]) > frame.year
    return said["year"] if said is not None and ahead and tells_plan(said["what"]) else None


# -- clauses ----------------------------------------------------------------------------------


@word_cache
def _adverbs(*roles: str) -> str:
    labels = [w for c in vocabulary("adverbs") if c.value("role") in roles for w in c.labels]
    return f"(?:{alternation(labels)})"


@word_cache
def _announcing() -> re.Pattern[str]:
    turns = [label for label, kind in chapter_labels() if kind in ("turn", "plan")]
    return compiled(f"{_adverbs('plan')}|{alternation(turns)}")


def tells_plan(sentence: str) -> bool:
    """Whether a sentence announces what will be: 2024年计划新增就业3万人 | 2024年预期目标是…."""
    return _announcing().search(sentence) is not None


@word_cache
def _verbs() -> str:
    return f"(?:{alternation(verb for verb in lexicon().verbs if len(verb) > 1)})"


# 营养改善|计划惠及…: a plan by name, which announces nothing.
_NAMED_PLAN = "(?<=[善动升育兴训进展长养持助增造复引护才])"


# 赤字率拟|按3%|安排
_AT_RATE = r"按[^，,、。；;]{0,4}\d[\d.]*[%‰][^，,、。；;\d]{0,3}"


@word_cache
def _modal() -> re.Pattern[str]:
    """将|进一步|建成: what is to be done, where a verb follows; 将 before a noun (参保率) is 把."""
    return compiled(
        rf"(?<![主重需必只不首纪摘健武小上中大少简还也按照模虚])(?!{_NAMED_PLAN}{either('named-plan')}){_adverbs('plan')}{DEADLINE}"
        rf"(?:{_AT_RATE})?{_adverbs('plain')}*(?:{_verbs()}|{either('lead-in')})(?![的{NOUN_LAST}])"
    )


@word_cache
def _demand() -> re.Pattern[str]:
    """会议要求各地|开展…: what is demanded is to be done; 按照省委要求|开展… was done."""
    return compiled(
        rf"(?![^，,]*?{either('by-rule')})[^，,、的]{{0,20}}{either('demanding')}"
        rf"(?={_adverbs('plain')}*{_verbs()}|{either('demanded')})"
    )


@word_cache
def _bare_verb() -> re.Pattern[str]:
    """A clause that goes on under the same subject: (并|再)(全面)新建…, 在全省建设…."""
    return compiled(rf"{_adverbs('plain', 'conn')}*(?:在[^，,、。；;]{{2,8}}?)?{_verbs()}")


@word_cache
def _cue() -> re.Pattern[str]:
    """What a clause that says a time of its own or looks ahead holds."""
    ahead = either("next-step", "facing-future", "future", "demanding", "up-to-now")
    return compiled(
        rf"(?<!\d)\d{{1,2}}月|[年半季]|月[份底末初]|[上中下]旬|{MONTHS_FIRST}|{FIVE_YEAR_PLAN}末|{SINCE_CONGRESS}|{_adverbs('plan')}|{ahead}"
    )


@word_cache
def _long_verbs() -> WordList:
    return WordList(verb for verb in lexicon().verbs if len(verb) > 1)


def _is_of_object(before: str) -> bool:
    """用于|2023年…, 落实|2023年度…: the time after a verb is that of its object."""
    for end in range(len(before), max(len(before) - _OBJECT_WITHIN, 1) - 1, -1):
        if before[end - 1] in BEFORE_OBJECT or _long_verbs().ends(before, end):
            return True
        if before[end - 1] in "，,":
            return False
    return False


_EXPECTED = WordPattern("{estimated}")
_REACHED = WordPattern(r"(?:{leading})*(?P<verb>{attaining})(?P<what>[^，,。；;\d]{0,8})\d")
_WHOLE = "总"  # 计划完成总投资1.8亿元，|完成投资1.7亿元
_SEMICOLONS = "；;"
# 2023年，计划… | 2023年全县将…: a year to come, at the head of its clause.
_TO_COME = WordPattern(r"{estimated}?于?((?:19|20)\d{2})年(?:度)?(?!\d|[底末初]|前)")
_UNTIL = WordPattern(r"(?:到|至)((?:19|20)\d{2})年")
_UNTIL_PLAN_END = WordPattern(rf"(?:到|至)?(?={FIVE_YEAR_PLAN}末)")
_DONE = WordPattern(r"已|{told-done}|[了过]$")
_WHOLE_YEAR = WordPattern(r"{whole-year}(?!{task-noun})")
# 建议2024年生产总值增长6%左右: what follows is proposed for that year.
_PROPOSED = WordPattern(r"(?:^|[，,、并]){proposing}(?P<year>(?:19|20)\d{2})年")
_LATELY = WordPattern(r"{lately}")  # 近年来的增速都在5%以上
# 争取中央资金12亿元, 争取新增专项债券额度168亿元: what was got, no plan.
_OBTAINED = WordPattern(r"^(?:{leading})*{seeking}(?:到|了)?(?=[^，,、\d]{0,12}{obtained})")
_TERM = WordPattern("[年月][底末]?之?前")
_UP_TO_NOW = WordPattern("{up-to-now}")
_BUILT_ON = WordPattern(r"{groundwork}$")
# 确保|3个项目年底前|完工
_ENSURES = WordPattern(
    r"{ensuring}(?!了)[^，,、]{2,30}?(?:{by-when}|\d{1,2}月(?:\d{1,2}日|[底末初中])?{deadline}?)(?=[\u4e00-\u9fff]{2})"
)
_STRIVES = WordPattern(r"(?:^|[，,年月，]){striving}")
# 将审批权限下放至乡镇: 将 at the head of a clause takes an object.
_TAKES = WordPattern(r"将[^，,]{2,30}(?:[至到给成入于]|作?为)")


def clause_passages(
    text: str, outline: Outline, base: PassageTimes, frame: TimeFrame
) -> list[Passage]:
    """The clauses that say a time of their own or look ahead, and those they carry on to."""
    found: list[Passage] = []
    sentence, period, ahead, lasting, words = -1, "", "", False, ""
    for place in _cued(text, outline):
        clause = outline.clauses[place]
        under = base.at(clause.start)
        opens = place == 0 or outline.clauses[place - 1].sentence != clause.sentence
        if clause.sentence != sentence:
            sentence, period, ahead, lasting = clause.sentence, "", "", False
        elif not lasting and text[clause.start - 1] in _SEMICOLONS:
            period = ahead = ""  # 预计2021年6月建成；|国道累计完成投资1.56亿元
        last, words = words, text[clause.start : clause.end]
        told = _clause_time(words, under, frame)
        period = told or period
        ahead = "" if ahead and _comes_true(last, words) else ahead
        ahead = _looks_ahead(words, ahead, under, frame)
        expected = _EXPECTED.search(words) is not None
        lasting = lasting or (opens and bool(ahead == "opened" or (period and not expected)))
        lately = _LATELY.match(words) is not None
        if under.kind == NOTES or not (period or ahead or lately):
            continue
        if period or lately or not under.planned:
            planned = (under.planned and not (period and _is_past(period, under))) or bool(ahead)
            planned = not lately and (planned or _is_year_ahead(words, period, frame))
            found.append(
                replace(
                    under,
                    start=clause.start,
                    end=clause.end,
                    period=period or under.period,
                    planned=planned,
                )
            )
        if told and _BUILT_ON.search(words):
            period = ""
    return found


def _comes_true(planned: str, words: str) -> bool:
    """年度计划完成15000万元，|完成投资14242万元: whether a clause tells how far what was planned was reached."""
    told, meant = _REACHED.match(words), _REACHED.search(planned)
    if told is None or meant is None or meant["verb"] != told["verb"]:
        return False
    return meant["what"] in ("", told["what"], _WHOLE + told["what"])


def _is_year_ahead(words: str, period: str, frame: TimeFrame) -> bool:
    """Whether a clause is of the year planned for: 2025年主要预期目标：…占比提高2个百分点 in a report of 2024, or has a term after what is reviewed: 确保2025年底前建成."""
    if not period:
        return False
    term = _TERM.search(words) is not None and _DONE.search(words) is None
    last = frame.year if term else frame.now or frame.year
    return period == frame.ahead or (last is not None and int(period[:4]) > last)


def _is_past(period: str, under: Passage) -> bool:
    """Whether a clause tells of a year before those that its chapter plans for: 去年新建学校120所."""
    last = period.rpartition("/")[2]
    return under.planned and bool(under.period) and last[:4] < under.period[:4]


def _cued(text: str, outline: Outline) -> Iterator[int]:
    """The clauses that hold a cue, and those after them in the same sentence."""
    clauses = outline.clauses
    starts = [clause.start for clause in clauses]
    done = 0
    for match in _cue().finditer(text, outline.body_start):
        place = bisect_right(starts, match.start()) - 1
        if place < done or place < 0:
            continue
        sentence = clauses[place].sentence
        while place < len(clauses) and clauses[place].sentence == sentence:
            yield place
            place += 1
        done = place


def _clause_time(words: str, under: Passage, frame: TimeFrame) -> str:
    """The time a clause says of itself at its head, none of what it is done for."""
    year = last_year(under.period)
    now = frame.now if frame.spoken else None  # 明年 is counted from what is reviewed
    head = words[: 2 * _CLAUSE_OPENING]
    if _WHOLE_YEAR.match(head):
        return str(year) if year else ""
    if _UP_TO_NOW.match(head):
        return under.period  # 截至10月底…；截至目前，…
    place = TIME_NEAR_HEAD.search(head)
    if place is None or place.start() > _CLAUSE_OPENING:
        return ""
    term = _TERM.search(head, place.start(), place.end() + 3)  # 确保|2025年底前|建成…
    of_object = term is None and _is_of_object(head[: place.start()])
    if of_object or "《" in head[: place.start()]:
        return ""
    told = head[: place.end() + 12]
    said = read_time(told, year, now=now, reviewed=frame.year)
    return said or (read_span(told, year) if year else "")


def _looks_ahead(words: str, before: str, under: Passage, frame: TimeFrame) -> str:
    """How a clause tells what will be, given how the one before in its sentence does.

    ``opened`` by 下一步 or 到2030年 it goes on to the sentence's end, ``said`` by 将 or 计划 only to
    clauses without a subject of their own.
    """
    until = _UNTIL.match(with_years(words, last_year(under.period), frame.now))
    end = until[1] if until else read_plan_end(words) if _UNTIL_PLAN_END.match(words) else ""
    later = end and frame.year is not None and int(end) > (frame.now or frame.year)
    head = _TO_COME.match(words)
    to_come = head and frame.year is not None and int(head[1]) > (frame.now or frame.year)
    proposed = _PROPOSED.search(with_years(words, last_year(under.period), frame.now))
    set_now = proposed and frame.year is not None and int(proposed["year"]) > frame.year
    if _NEXT.match(words) or later or to_come or set_now or _STRIVES.search(words):
        return "opened"
    if _DONE.search(words):
        return ""
    if before == "opened":
        return before
    if _ENSURES.match(words):
        return "said"
    modal = _modal().search(_OBTAINED.sub("", words))
    if modal and not (modal.start() == 0 and _TAKES.match(words)):
        return "said"
    if _demand().match(words):
        return "said"
    return before if before and _bare_verb().match(words) else ""


class PassageTimes:
    """Layers of passages, each in reading order; the innermost that holds an offset counts."""

    def __init__(self, whole: Passage, layers: Sequence[Sequence[Passage]] = ()) -> None:
        self.whole = whole
        self.layers = [list(layer) for layer in layers]
        self.starts = [[passage.start for passage in layer] for layer in layers]
        self._finest_first = list(zip(self.layers, self.starts, strict=True))[::-1]

    def over(self, layer: Sequence[Passage]) -> PassageTimes:
        """These passages with a finer layer above them."""
        return PassageTimes(self.whole, [*self.layers, layer])

    def at(self, offset: int, *, depth: int | None = None) -> Passage:
        """The passage of the finest layer that holds an offset, else the whole.

        ``depth`` leaves out what is finer than that many layers: 2 for paragraphs, 1 for chapters.
        """
        finest = 0 if depth is None else max(0, len(self.layers) - depth)
        for layer, starts in self._finest_first[finest:]:
            place = bisect_right(starts, offset) - 1
            if place >= 0 and offset < layer[place].end:
                return layer[place]
        return self.whole


def read_passages(text: str, outline: Outline, frame: TimeFrame, *, turns: bool) -> PassageTimes:
    """All layers; ``turns`` lets a report without headings turn to its plan where it says so."""
    whole = Passage(0, 1 << 60, frame.period, frame.planned)
    by_heading = chapters(outline, frame)
    if turns and frame.year is not None and not any(p.planned for p in by_heading):
        by_heading = turned(text, outline, by_heading, frame)
    found = PassageTimes(whole, [by_heading])
    found = found.over(stretches(text, outline, found, frame))
    return found.over(clause_passages(text, outline, found, frame))
