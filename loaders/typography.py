"""How text is typed: spaces, separators, signs, quotation marks and compatibility characters that change nothing.

``1.25 亿元`` is ``1.25亿元``, ``12 345.6万元`` and ``12，345.6万元`` are ``12,345.6万元``, ``−5.6%`` is ``-5.6%``. What
has a form of the same length is folded; a space that only sets a number off is left out of the
reading copy, and what is found there is put back to the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from policygraph.loaders.words.characters import (
    FORMAL_NUMERALS,
    FORMAL_ONLY,
    HAN_PLACES,
    LOOSE,
    POINT,
    POWERS,
    SCALES,
    SIMPLIFIED,
    TRADITIONAL_POINTS,
    TRADITIONAL_SCALES,
    TRADITIONAL_UNITS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.units import points, unit_dimensions
from policygraph.ontology.vocabulary import word_cache

# Full-width letters, digits and the marks inside numbers have half-width forms of the same length.
_SAME_LENGTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_SAME_LENGTH |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
# Hyphens and dashes of one width that stand for - in numbers and spans of years.
_SAME_LENGTH |= {0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2D, 0xFE58: 0x2D, 0xFE6A: 0x25}
_SAME_LENGTH |= {0xFF05: 0x25, 0xFF0E: 0x2E, 0x2212: 0x2D, 0xFE63: 0x2D, 0xFF0D: 0x2D}
# The dots of other scripts that stand for · in 6・2% and in names.
_SAME_LENGTH |= dict.fromkeys((0x30FB, 0xFF65, 0x2027), 0xB7)
# Radicals and compatibility ideographs, which some PDF files have for characters: ⼈ is 人.
_IDEOGRAPHS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
}
_SAME_LENGTH |= {code: ord(char) for code, char in _IDEOGRAPHS.items() if len(char) == 1}
# Line and page ends that are not \n: next line, line and paragraph separator, form feed.
_SAME_LENGTH |= dict.fromkeys((0x0C, 0x85, 0x2028, 0x2029), 0x0A)
# Quotation marks typed otherwise: 「班班通」, and straight ones in pairs within a paragraph.
_SAME_LENGTH |= {0x300C: 0x201C, 0x300D: 0x201D, 0x300E: 0x201C, 0x300F: 0x201D, 0xFF02: 0x22}
# ▼3.2%, （▲1.5个百分点）: arrows of a rise or a fall; ▲ at the head of an item is none.
_ARROWS = str.maketrans(dict.fromkeys("▲△⬆⇧↗", "↑") | dict.fromkeys("▼▽⬇⇩↘", "↓"))
# 净利润△320万元: a fall in accounts; where a text has ▽ too, △ is a rise.
_ACCOUNTED, _FALLING = compiled(r"(?<=[^\n])△(?=\d)"), compiled("[▽▼]")
_STRAIGHT = compiled('"([^"\n]{1,60})"')
# 二Ｏ二三年, 2O23年: a year whose nought was typed as a letter or a circle.
_NOUGHTS = "OoＯｏΟО◯"
_NOUGHT_IN_YEAR = compiled(
    rf"[一二][九零〇○0０{_NOUGHTS}][零〇○0０一二三四五六七八九{_NOUGHTS}]{{2}}年|(?<![\w.])[12][09{_NOUGHTS}][\d{_NOUGHTS}]{{2}}年"
)
_APOSTROPHES = compiled(r"(?<![\d.'])[1-9]\d{0,2}(?:'\d{3})+(?![\d'])")  # 1'234'567
_FOLDED = compiled("[" + re.escape("".join(map(chr, _SAME_LENGTH))) + "]")

_DIGITS_TO_HAN = dict(zip(map(ord, "0123456789"), HAN_PLACES[0] + HAN_PLACES[2:], strict=True))
# What texts with such numerals hold: looked for first, since most texts have none.
_MIXED_HINT = compiled(r"\d[千百]零?\d")
_POINT_HINT = compiled(rf"\d{POINT}\d")
_FORMAL_HINT = compiled(f"[{FORMAL_ONLY}拾]")

_SPACE = "[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"
_INVISIBLE = compiled(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+|(?<=\\d)[\u0300-\u036f\u20d0-\u20ff]+"
)
_ANY_SPACE = compiled(rf"{_SPACE}{{1,2}}(?!\s)")
_TAB = compiled(r"\t(?!\s)")
# 4月24日 10:54 are a day and a time; a number at the end of a line is that of a page or a cell.
_DIGIT = compiled(r"[-+]?\d(?!\d?[:：]\d)(?![\d.,]*\s*(?:\n|$))")
# What every such number, sign or mark holds: looked for first, since most texts have none.
_SPACED = compiled(rf"\d{_SPACE}\d{{3}}")
_NOTED = compiled(r"\d(?:[①-⑳¹²³⁴-⁹]|\[\d)")
# 生产总值¹达到586亿元²，, 新建学校2所①。: the mark of a note after a word, not m² nor the mark of an item.
_NOTE_AFTER = compiled(
    r"(?<=[\u4e00-\u9fff%‰”》])[¹²³⁴-⁹][⁰¹²³⁴-⁹]?|(?<=[\u4e00-\u9fff%‰”》])[①-⑳](?=[，。；,;）)]|\s*$|\s*\n)"
)
_COMMAED = compiled(r"，\d{3}")
_APART_HINT = compiled(rf"\d(?:\.{_SPACE}|{_SPACE}\.)\d|\d{_SPACE}\d{_SPACE}[\d.]")
_TYPED_HINT = compiled(r"[（(][-—–+±][）)]|\]\(http|\[\^|&|\.\.|\*")
_STOP_HINT = compiled(r"\D\.")
# 同比下降（-）4.5%: a sign in brackets of its own before its number.
_SIGN_BRACKETS = r"(?<![\d%‰])[（(](?=[-—–+±][）)]\d)|(?<=[（(][-—–+±])[）)](?=\d)"
# [养老院](http://…): the marks and the address of a link in Markdown; 356万元[^1]: those of a note.
_LINK_MARKS = (
    r"\[(?=[^\[\]\n]{1,80}\]\(https?://[^\s()]{1,300}\))|\]\(https?://[^\s()]{1,300}\)"
    r"|(?<=[^\n])\[\^\d{1,3}\]"
)
# &nbsp;: a space of HTML in a plain text. 12..5亿元: a point typed twice. **建成养老院5所**: marks of Markdown around what is to be bold.
_TYPED_TWICE = WordPattern(
    rf"{_SIGN_BRACKETS}|{_LINK_MARKS}|&(?:nbsp|ensp|emsp|thinsp);|(?<=\d)\.(?=\.\d)|(?<!\*)\*\*(?=[^*\s][^*\n]{{0,300}}\*\*)|(?<=[^*\s])\*\*(?!\*)"
    r"|(?<=[\u4e00-\u9fff，,（(])\*(?=[+-]?\d[^*\n]{0,12}\*(?!\d))|(?<=[%‰\u4e00-\u9fff])\*(?=[\u4e00-\u9fff，,。；;）)\n]|$)"
)
# 常住人口56.3万人|.其中: a full stop typed as a point, after a number with its unit or at the end of a line.
_FULL_STOP = WordPattern(
    r"\.(?:(?<=[\u4e00-\u9fff%‰]\).)|(?<=\d[\u4e00-\u9fff%‰].)|(?<=\d[\u4e00-\u9fff]{2}.)|(?<=\d[\u4e00-\u9fff]{3}.))(?=[\u4e00-\u9fff“《])"
    r"|\.(?<=[\u4e00-\u9fff%‰].)(?<![一二三四五六七八九十].)(?=[ \t]*(?:\n|$))"
)
# After digits, in traditional characters: 356|萬圓, 1.2|億元, 120|張, 0.2|個百分點.
_TRADITIONAL = compiled(
    rf"(?<=[\d多余])(?:[{TRADITIONAL_SCALES}]{{1,2}}[{TRADITIONAL_UNITS}]?|[{TRADITIONAL_UNITS}])(?:(?<=個){TRADITIONAL_POINTS})?"
)
# 12 345.6万元, 12，345.6万元: groups of three digits before a decimal point, a multiplier or a unit.
_GROUPED = r"(?<![\d.,，])(?:{first})[1-9]\d{{0,2}}(?:{separator}\d{{3}})+(?=(?:\.\d+)?{space}?(?:{after}))"


def folded(text: str) -> str:
    """The text with every character in its plain form of the same length."""
    if _FOLDED.search(text):
        text = text.translate(_SAME_LENGTH)
    text = _NOUGHT_IN_YEAR.sub(_with_noughts, text)
    if "·" in text:
        text = _decimal_dot().sub(".", text)
    if "'" in text:
        text = _APOSTROPHES.sub(lambda found: found[0].replace("'", ","), text)
    if "△" in text and not _FALLING.search(text):
        text = _ACCOUNTED.sub("-", text)
    text = _arrow().sub(lambda found: found[0].translate(_ARROWS), text)
    text = _TRADITIONAL.sub(lambda found: found[0].translate(SIMPLIFIED), text)
    text = _folded_numerals(text)
    if _STOP_HINT.search(text):
        text = _FULL_STOP.sub("。", text)
    if '"' in text:
        text = _STRAIGHT.sub("“\\1”", text)
    if not _COMMAED.search(text):
        return text
    return _with_commas().sub(lambda found: found[0].replace("，", ","), text)


def _with_noughts(year: re.Match[str]) -> str:
    nought = "0" if year[0][0].isascii() else HAN_PLACES[0]
    return re.sub(f"[{_NOUGHTS}]", nought, year[0])


def _folded_numerals(text: str) -> str:
    """1千8百万元 is 一千八百万元, 壹仟贰佰万元 is 一千二百万元, 1点2亿元 is 1.2亿元."""
    if _MIXED_HINT.search(text):
        text = _mixed().sub(lambda found: found[0].translate(_DIGITS_TO_HAN), text)
    if _FORMAL_HINT.search(text):
        text = _formal().sub(lambda found: found[0].translate(FORMAL_NUMERALS), text)
    return _pointed().sub(".", text) if _POINT_HINT.search(text) else text


@word_cache
def _arrow() -> re.Pattern[str]:
    """An arrow before a rate or, for a fall or after its base, before any number."""
    return compiled(
        rf"[▲△⬆⇧↗▼▽⬇⇩↘](?=\d[\d.,]{{0,9}}(?:[%‰]|{alternation(points())}))|[▼▽⬇⇩↘](?=\d)|(?<=[比年期（(])[▲△⬆⇧↗](?=\d)"
    )


@word_cache
def _pointed() -> re.Pattern[str]:
    """The decimal point of 1点2亿元, told in Chinese."""
    return compiled(
        rf"(?<=\d){POINT}(?=\d{{1,8}}(?:[{SCALES}%‰]|{alternation([*points(), *words('times')])}))"
    )


@word_cache
def _mixed() -> re.Pattern[str]:
    """Digits with a Chinese multiplier after each: 1千8百, 1百20, 3千零50, 2亿3千5百."""
    unit = f"(?=[{LOOSE}]?(?:{_after_number()}))"
    return compiled(
        rf"(?<![\d.,{SCALES}])(?:\d{{1,4}}亿)?(?:\d{{1,4}}万)?"
        rf"(?:[1-9]千(?:[1-9]百(?:零?[1-9]\d?十?)?|零?[1-9]\d)|[1-9]百(?:零[1-9]|[1-9]\d|[1-9]十\d?)){unit}"
    )


@word_cache
def _formal() -> re.Pattern[str]:
    """Numerals as on a cheque; one of two characters that are common in names is none."""
    formal = "".join(map(chr, FORMAL_NUMERALS))
    return compiled(
        rf"(?=[{formal}]*[{FORMAL_ONLY}]|[{formal}]拾)[{formal}][{formal}零万亿]{{0,20}}(?={_after_number()})"
    )


@word_cache
def _decimal_dot() -> re.Pattern[str]:
    """The dot in the middle of 3·5亿元, which is a decimal point."""
    return compiled(rf"(?<=\d)·(?=\d+(?:[%‰万亿元]|{points()[0]}))")


def left_out(text: str) -> list[tuple[int, int]]:
    """The stretches of a folded text that the reading copy goes without, in order."""
    found = [match.span() for match in _INVISIBLE.finditer(text)]
    found += _spaces(text)
    if _TYPED_HINT.search(text):
        found += [match.span() for match in _TYPED_TWICE.finditer(text)]
    found += [match.span() for match in _NOTE_AFTER.finditer(text)]
    found += [match.span() for match in _note_marks().finditer(text)] if _NOTED.search(text) else []
    for match in _apart().finditer(text) if _APART_HINT.search(text) else ():
        found += [
            (match.start() + gap.start(), match.start() + gap.end())
            for gap in re.finditer(_SPACE, match[0])
        ]
    for match in _with_spaces().finditer(text) if _SPACED.search(text) else ():
        found += [
            (match.start() + gap.start(), match.start() + gap.end())
            for gap in re.finditer(_SPACE, match[0])
        ]
    return _merged(sorted(found))


@word_cache
def _note_marks() -> re.Pattern[str]:
    """The mark of a note between a number and what it counts: 床位320|①|张, 学校3|[1]|所, 1230|²|家."""
    units = alternation(unit_dimensions())
    return compiled(rf"(?<=\d)(?:[①-⑳]|[¹²³⁴-⁹][⁰¹²³⁴-⁹]?|\[\d{{1,2}}\])(?=(?:{units}))")


@word_cache
def _apart() -> re.Pattern[str]:
    """A number whose characters stand apart: 发放资金|1. 2|亿元, 产值|1 2 . 5|亿元; but 共12. 5个村 are two numbers."""
    measures = alternation(
        unit for unit, dimension in unit_dimensions().items() if dimension != "count"
    )
    return compiled(
        rf"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]{_SPACE}))(?:\d{{1,9}}(?:\.{_SPACE}|{_SPACE}\.{_SPACE}?)\d{{1,6}}"
        rf"|\d(?:{_SPACE}\d){{0,8}}{_SPACE}?\.{_SPACE}?\d(?:{_SPACE}\d){{0,3}}|\d(?:{_SPACE}\d){{3,8}})"
        rf"(?={_SPACE}?[{LOOSE}]?(?:{alternation(POWERS)}|{measures}))"
    )


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@word_cache
def _after_number() -> str:
    """What measures or multiplies the digits before it."""
    return alternation([*POWERS, *unit_dimensions()])


@word_cache
def _with_commas() -> re.Pattern[str]:
    return compiled(
        _GROUPED.format(
            first=r"(?=\d{1,3}，)", separator="[,，]", space=_SPACE, after=_after_number()
        )
    )


@word_cache
def _with_spaces() -> re.Pattern[str]:
    return compiled(
        _GROUPED.format(
            first=rf"(?<!\d{_SPACE})(?=\d{{1,3}}{_SPACE})",
            separator=_SPACE,
            space=_SPACE,
            after=_after_number(),
        )
    )


def _spaces(text: str) -> Iterator[tuple[int, int]]:
    """Spaces between digits and their unit, and between a word and its number; none of a column."""
    for match in chain(_ANY_SPACE.finditer(text), _tabs(text)):
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        if before.isdigit() or before in "%‰":
            if _unit_after().match(text, end):
                yield start, end
        elif before in SCALES[-2:] or (
            (before in "：，、（" or "\u4e00" <= before <= "\u9fff") and _DIGIT.match(text, end)
        ):
            yield start, end


def _tabs(text: str) -> Iterator[re.Match[str]]:
    """The tabs in lines of running text, which end a sentence and are no rows of cells."""
    end, running = -1, False
    for match in _TAB.finditer(text):
        if match.start() > end:
            end = text.find("\n", match.start()) % (len(text) + 1)
            running = text[match.start() : end].rstrip().endswith("。")
        if running:
            yield match


@word_cache
def _unit_after() -> re.Pattern[str]:
    return compiled(f"[{LOOSE}]?(?:{_after_number()})")
