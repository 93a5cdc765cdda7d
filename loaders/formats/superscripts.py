"""Raised digits: a note mark or an exponent stays apart from the number it stands beside."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_DIGITS = re.compile(r"\s*[0-9+-]{1,4}\s*")


def superscript(text: str) -> str:
    """Raised digits as Unicode superscripts (6.1%² is no 6.1%2); other raised text as it is."""
    return text.strip().translate(_RAISED) if _DIGITS.fullmatch(text) else text
