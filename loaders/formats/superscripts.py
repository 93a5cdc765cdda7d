"""Raised and lowered digits: a note mark, an exponent or the 2 of CO₂ stays apart from the number it stands beside."""

from __future__ import annotations

from policygraph.loaders.words.compiled import compiled

_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_DIGITS = compiled(r"\s*[0-9+-]{1,4}\s*")


def superscript(text: str) -> str:
    """Raised digits as Unicode superscripts (6.1%² is no 6.1%2); other raised text as it is."""
    return text.strip().translate(_RAISED) if _DIGITS.fullmatch(text) else text


def subscript(text: str) -> str:
    """Lowered digits as Unicode subscripts (CO₂350吨 is no CO2350吨); other lowered text as it is."""
    return text.strip().translate(_LOWERED) if _DIGITS.fullmatch(text) else text
