"""The value of a numeral: Arabic digits of any width, Chinese numerals up to 万亿."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import takewhile

from policygraph.loaders.words.characters import DIGIT_VALUES, HAN_NUMERALS, POINT, POWERS

SCALE_VALUES = {name: Decimal(10**power) for name, power in POWERS.items()}
_SECTIONS = ("亿", "万")


def arabic_value(text: str) -> Decimal:
    """The value of Arabic digits of any width with thousands separators."""
    return Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))


def han_value(text: str) -> Decimal:
    """The value of a Chinese numeral: 二十三 is 23, 两 is 2, 百 is 100, 一亿三千八百万 is 138000000, 十点四 is 10.4, 一点二亿 is 120000000."""
    whole, point, decimals = text.partition(POINT)
    value = _whole(whole)
    if point:
        places = "".join(takewhile(DIGIT_VALUES.__contains__, decimals))
        value += Decimal("0." + "".join(str(DIGIT_VALUES[char]) for char in places))
        value *= SCALE_VALUES.get(decimals[len(places) :], Decimal(1))
    return value


def _whole(text: str) -> Decimal:
    for scale in _SECTIONS:
        if scale in text:
            above, _, below = text.rpartition(scale)
            return (_whole(above) if above else 1) * SCALE_VALUES[scale] + _whole(below)
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> Decimal:
    total, digit = 0, 0
    for char in text:
        if char in DIGIT_VALUES:
            digit = (
                digit * 10 + DIGIT_VALUES[char]
                if digit and "十" not in text
                else DIGIT_VALUES[char]
            )
        else:
            total += (digit or 1) * int(SCALE_VALUES[char])
            digit = 0
    return Decimal(total + digit)


def numeral_value(text: str) -> Decimal:
    """The value of a numeral in either script."""
    return han_value(text) if text[0] in HAN_NUMERALS else arabic_value(text)
