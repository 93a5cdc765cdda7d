"""What a heading or a label of a table says: words, unit, time, and what its figures do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.graph.statements import FigureKind
from policygraph.loaders.tables.cell_values import Unit, read_unit
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue
from policygraph.loaders.words.cues import words as words_of
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import TIME_IN_HEADING, read_time
from policygraph.ontology.vocabulary import concept_of, word_cache

_BRACKETS = str.maketrans("﹙﹚（）［］【】〔〕：％　", "()()()()():% ")
_IN_BRACKETS = WordPattern(r"\(([^()]{1,30})\)")
_UNIT_SAID = WordPattern(r"{unit-label}?单\s{0,4}位\s*[:：]\s*([^\s()（）。；;]{1,16})")
_AT_END = WordPattern(r"[,，、/:\s]\s*([^\s,，、/:()]{1,8}(?:/[^\s,，、/:()]{1,4})?)$")
_SIGN_AT_END = WordPattern(r"[±]?([%‰])$")
_YEARS = WordPattern(TIME_IN_HEADING)
_NUMBERED = WordPattern(
    r"^(?:[#＃*·•]|\(?[一二三四五六七八九十]{1,3}[、)]|\(?\d{1,2}[.、)](?!\d)|[①-⑳])\s*"
)
_PART = compiled(r"^[#＃]|其\s*中\s*[:：]?")
_WHOLE = WordPattern("^[在居]?(?:全|本)[国省市县区州盟旗]")
_EDGES = " ,，、:：;；/·—-_"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or label taken apart; ``words`` is what is left to say what is counted."""

    words: str = ""
    unit: Unit | None = None
    period: str = ""
    kind: FigureKind | None = None
    falls: bool = False
    by_amount: bool = False
    share: bool = False
    planned: bool = False
    cumulative: bool = False
    total: bool = False
    part: bool = False

    def within(self, above: Heading) -> Heading:
        """This heading under another: what it does not say, the one above says."""
        return Heading(
            words=above.words + self.words if self.words != above.words else self.words,
            unit=self.unit or above.unit,
            period=self.period or above.period,
            kind=self.kind or above.kind,
            falls=self.falls or above.falls,
            by_amount=self.by_amount or above.by_amount,
            share=self.share or above.share,
            planned=self.planned or above.planned,
            cumulative=self.cumulative or above.cumulative,
            total=self.total or above.total,
            part=self.part or above.part,
        )


@word_cache
def heading_words(key: str) -> tuple[str, ...]:
    """The words of one class of table-headings.ttl, longest first."""
    labels = concept_of("table-headings", key).labels
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


@word_cache
def _any_of(key: str) -> re.Pattern[str]:
    natural = words_of("natural-rate")[0]
    # 增加值 and 人口自然增长率 are indicators, no changes.
    return compiled(rf"(?<!{natural})(?:{alternation(heading_words(key))})(?!值)")


def is_column(text: str, key: str) -> bool:
    """Whether a heading names a column of one class: 单位, 序号, 指标, 地区, 年份."""
    bare = re.sub(r"[\s()/、·]|[（）]", "", text.translate(_BRACKETS))
    return bare in heading_words(key)


def said_units(text: str) -> list[Unit]:
    """The units that （单位：亿元、%） or a caption's brackets say, in their order."""
    folded = text.translate(_BRACKETS)
    match = _UNIT_SAID.search(folded)
    said = match[1] if match else ""
    units = [read_unit(word, known=False) for word in re.split("[、,，;和]", said) if word]
    if not units:
        units = [read_unit(inner) for inner in _IN_BRACKETS.findall(folded)]
    return [unit for unit in units if unit is not None]


def read_heading(text: str, year: str) -> Heading:
    """A heading taken apart; ``year`` is the year that 本年 is."""
    folded = _NUMBERED.sub("", text.translate(_BRACKETS).strip())
    part = _PART.search(text.strip()) is not None
    folded = _PART.sub("", folded, count=1).strip() if part else folded
    words, unit = _without_unit(folded)
    kind, words = _kind(words)
    period, words = _without_time(words, year, kind)
    if kind == "rank":
        words = _WHOLE.sub("", words)  # 全市位次: among whom it is ranked
    bare = words.strip(_EDGES)
    words = "" if bare in heading_words("value") or bare in heading_words("planned") else words
    return Heading(
        words=re.sub(r"\s+", "", words).strip(_EDGES),
        unit=unit,
        period=period,
        kind=kind,
        falls=kind == "change" and _any_of("fall").search(folded) is not None
        and _any_of("change").search(folded) is None,
        by_amount=_any_of("change-amount").search(folded) is not None,
        share=_any_of("share").search(folded) is not None,
        planned=kind != "completion" and _is_planned(folded),
        cumulative=cue("document-cumulative").search(folded) is not None,
        total=_any_of("total").fullmatch(re.sub(r"\s", "", folded)) is not None,
        part=part,
    )  # fmt: skip


def _without_unit(text: str) -> tuple[str, Unit | None]:
    """产量(万吨), 产量，万吨, 增长% → the words and the unit."""
    match = _UNIT_SAID.search(text)
    if match:
        words = text[: match.start()] + text[match.end() :]
        return words.replace("()", ""), read_unit(match[1], known=False)
    for match in reversed(list(_IN_BRACKETS.finditer(text))):
        unit = read_unit(match[1].lstrip("±+-"))
        if unit is not None:
            return text[: match.start()] + text[match.end() :], unit
    match = _SIGN_AT_END.search(text) or _AT_END.search(text)
    unit = read_unit(match[1]) if match else None
    if match and unit is not None:
        return text[: match.start()], unit
    return text, read_unit(text) if text == "%" else None


def _kind(text: str) -> tuple[FigureKind | None, str]:
    """What the figures under a heading are, and the heading without the words that say so."""
    for key, kind in (("completion", "completion"), ("rank", "rank")):
        match = _any_of(key).search(text)
        if match:
            return ("completion" if kind == "completion" else "rank"), _cut(text, match)
    match = _any_of("change").search(text) or _any_of("fall").search(text)
    if match:
        rest = _cut(text, match)
        again = _any_of("change").search(rest)
        return "change", _cut(rest, again) if again else rest
    return None, text


def _is_planned(text: str) -> bool:
    """2025年目标, 计划数(万元): the heading ends on the word, whatever its unit."""
    bare = _without_unit(text)[0].strip(_EDGES)
    return bare.endswith(heading_words("planned"))


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _without_time(text: str, year: str, kind: FigureKind | None) -> tuple[str, str]:
    """2023年产量 → 2023 and 产量; 本年 and 上年 by the year of the passage."""
    match = _YEARS.search(text)
    if match and kind == "change" and re.search(r"[比较]$", text[: match.start()]):
        # 比2019年增长: the base, not the time.
        return "", text[: match.start() - 1] + text[match.end() :]
    if match:
        said = re.sub(r"\s", "", match[0])
        said = said if "年" in said else said[:4] + "年" + said[4:]
        period = read_time(said, int(year) if year.isdigit() else None)
        return period, _cut(text, match)
    bare = text.strip(_EDGES)
    if year.isdigit():
        for key, back in (("this-year", 0), ("last-year", 1)):
            for word in heading_words(key):
                if bare.startswith(word):
                    return str(int(year) - back), bare.removeprefix(word)
    return "", text
