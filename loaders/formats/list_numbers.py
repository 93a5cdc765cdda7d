"""The numbers that word processors and browsers count themselves: 1, 一, a, i, ①."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.loaders.words.characters import BRANCHES, NINE, STEMS

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def list_number(number: int, kind: str) -> str:
    """A number in the way a list writes it; kinds are the names of OOXML's ST_NumberFormat."""
    if number < 0 or number > 9999:
        return str(number)
    return _WRITERS.get(kind, str)(number)


def _chinese(number: int) -> str:
    """十二, 二十, 一百零五."""
    if number == 0:
        return "零"
    said, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            said += ("零" if gap and said else "") + NINE[digit] + word
            gap = False
        else:
            gap = True
    return said.removeprefix("一") if 10 <= number < 20 else said


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said or "0"


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else str(number)


def _bullet(_: int) -> str:
    return ""


_WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(
        ("〇" + NINE[1:])[int(digit)] for digit in str(number)
    ),
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        {48 + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "bullet": _bullet,
    "none": _bullet,
}
