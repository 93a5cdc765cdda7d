"""Regular expressions that were compiled when the package was built, as Python keeps its own modules.

``re`` takes longer to compile the expressions of the reader than the reader takes for a report. What
``re`` gives its engine is therefore kept (prepared_patterns.py), for the very interpreter that gave it:
under any other one, without the file, and for an expression that is not in it, ``re`` compiles.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
from array import array
from contextlib import suppress
from functools import cache
from pathlib import Path

try:
    import _sre  # type: ignore[import-not-found]  # the engine of re
except ImportError:  # an interpreter with another one
    _sre = None

FILE = Path(__file__).parent / "patterns.prepared"
FORMAT = 1  # of the file; counted up with what Kept is
CODES = "I"  # how array names unsigned integers of 32 bits

Key = tuple[str, int]  # an expression and its flags
# Its flags, its codes, how many groups, the number of each named group, the name of each number.
Kept = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
made: dict[Key, re.Pattern[str]] = {}


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives; raises re.error as that does.

    It is kept as long as the process: for expressions made of vocabularies, not of what a text says.
    """
    key = source, int(flags)
    if key not in made:
        made[key] = _compile(key)
    return made[key]


def head(data: bytes) -> bytes:
    """What the file must begin with: its format and interpreter, and the digest of the rest, so that no damaged one is loaded."""
    interpreter = (
        FORMAT,
        sys.implementation.cache_tag,
        sys.hexversion,
        sys.byteorder,
        getattr(_sre, "MAGIC", 0),
        getattr(_sre, "CODESIZE", 0),
    )
    return f"{interpreter} {hashlib.sha256(data).hexdigest()}\n".encode()


def _compile(key: Key) -> re.Pattern[str]:
    kept = _kept().get(key)
    if kept is None:
        return re.compile(*key)
    flags, codes, groups, numbers, names = kept
    pattern: re.Pattern[str] = _sre.compile(
        key[0], flags, array(CODES, codes).tolist(), groups, numbers, names
    )
    return pattern


@cache
def _kept() -> dict[Key, Kept]:
    """Each expression that was kept for this interpreter."""
    with suppress(OSError):
        first, end, data = FILE.read_bytes().partition(b"\n")
        if first + end == head(data):
            kept: dict[Key, Kept] = marshal.loads(data)
            return kept
    return {}
