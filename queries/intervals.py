"""Decimals with the interval that the rounding of a printed number allows: 2.1万 is 20,500 to 21,500."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product

_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
RATES = ("%", "‰", "个百分点", "‱")  # units whose whole numbers are rounded too
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the least and greatest it may be, in one unit."""

    low: Decimal
    value: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal | int) -> Interval:
        """A number known exactly."""
        return cls(Decimal(value), Decimal(value), Decimal(value))

    @property
    def is_exact(self) -> bool:
        """Whether nothing else than the value is possible."""
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        """The sum."""
        return Interval(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        """The difference."""
        return Interval(self.low - other.high, self.value - other.value, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        """The product."""
        ends = [a * b for a, b in product((self.low, self.high), (other.low, other.high))]
        return Interval(min(ends), self.value * other.value, max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient. Raises ZeroDivisionError where the other may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        ends = [a / b for a, b in product((self.low, self.high), (other.low, other.high))]
        return Interval(min(ends), self.value / other.value, max(ends))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of all."""
    added = Interval.exact(0)
    for interval in intervals:
        added = added + interval
    return added


def printed_interval(quote: str, value: Decimal, unit: str) -> tuple[Interval, bool]:
    """The value of a printed number with what its rounding allows, and whether digits of it were found.

    A number stands for all that is rounded to its last digit: 239.82亿元 for half of 0.01亿元 more or
    less. A whole number without 万 or 亿 is taken as counted, save in per cent.
    """
    exact = Interval.exact(value)
    for match in _PRINTED.findall(unicodedata.normalize("NFKC", quote).replace("，", ",")):
        number = Decimal(match.replace(",", ""))
        if not number or not _is_power_of_ten(abs(value) / number):
            continue
        scale, decimals = abs(value) / number, len(match.partition(".")[2])
        if not decimals and scale == 1 and unit not in RATES:
            return exact, True
        half = _HALF * scale.scaleb(-decimals)
        return Interval(value - half, value, value + half), True
    return exact, value == 0


def _is_power_of_ten(number: Decimal) -> bool:
    return number.normalize().as_tuple().digits == (1,)


_SCALES = (  # from which number on, the divisor and its word
    ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 5, "万")),
    (
        (Decimal(10) ** 12, " trillion "),
        (Decimal(10) ** 9, " billion "),
        (Decimal(10) ** 6, " million "),
    ),
)


def scale_of(number: Decimal, *, english: bool = False) -> tuple[Decimal, str]:
    """The divisor that people write a number with, and its word: 亿 or billion; 1 where it is small."""
    for least, word in _SCALES[english]:
        if abs(number) >= least:
            return (Decimal(10) ** 4 if word == "万" else least), word
    return Decimal(1), ""


def readable(number: Decimal, spread: Decimal = Decimal(0)) -> str:
    """A number in plain digits with thousands separated, as fine as the first digit of the spread around it.

    >>> readable(Decimal("12899.1228"), Decimal("113"))
    '12,899'
    """
    places = 4 if not number or abs(number) < 1 else 2
    if abs(number) >= 10_000:
        places = 0
    if spread:
        places = _places(spread)
    rounded = format(number.quantize(Decimal(1).scaleb(-places)), ",f")
    return rounded.rstrip("0").rstrip(".") if "." in rounded and not spread else rounded


def readable_interval(low: Decimal, high: Decimal) -> tuple[str, str]:
    """Both ends of an interval in plain digits, as fine as the value between them or one digit finer.

    Fractions are rounded outwards, so that what is shown holds all there is.

    >>> readable_interval(Decimal("10.35"), Decimal("10.449"))
    ('10.35', '10.45')
    """
    places = _places(high - low)
    if not places:
        return readable(low, high - low), readable(high, high - low)
    unit = Decimal(1).scaleb(-places)
    if low % unit or high % unit:
        unit = unit.scaleb(-1)
    ends = low.quantize(unit, ROUND_FLOOR), high.quantize(unit, ROUND_CEILING)
    return format(ends[0], ",f"), format(ends[1], ",f")


def _places(spread: Decimal) -> int:
    """The decimal places that show the first digit of a spread, at most six."""
    return min(max(-spread.adjusted(), spread.adjusted() == 0, 0), 6)
