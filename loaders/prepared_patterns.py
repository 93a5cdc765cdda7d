"""Keeps what ``re`` compiles the reader's expressions to, for the next start (words/compiled.py).

hatch_build.py runs it when the package is built; git does not hold the file.

    python -m policygraph.loaders.prepared_patterns
"""

from __future__ import annotations

import importlib
import marshal
import os
import pkgutil
from array import array
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from policygraph.loaders.words import compiled
from policygraph.loaders.words.compiled import CODES, Kept, Key

# Of marshal: the same expressions give the same bytes; later versions tell which objects are one.
_VERSION = 2


def prepare(keys: Iterable[Key]) -> None:
    """Write what some expressions are compiled to; raises OSError."""
    data = marshal.dumps({key: _kept(*key) for key in sorted(keys)}, _VERSION)
    new = compiled.FILE.with_suffix(f".{os.getpid()}.new")
    try:
        new.write_bytes(compiled.head(data) + data)
        new.replace(compiled.FILE)
    finally:
        new.unlink(missing_ok=True)


def _kept(source: str, flags: int) -> Kept:
    compiler: Any = importlib.import_module("re._compiler")
    engine = _Listening(compiler._sre)
    compiler._sre = engine
    try:
        compiler.compile(source, flags)
    finally:
        compiler._sre = engine.engine
    _, all_flags, codes, groups, numbers, names = engine.given
    return int(all_flags), array(CODES, map(int, codes)).tobytes(), groups, dict(numbers), names


class _Listening:
    """The engine of ``re``, which keeps what it was given last."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.given: tuple[Any, ...] = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def compile(self, *given: Any) -> Any:
        self.given = given
        return self.engine.compile(*given)


def main() -> None:
    """Keep the expressions of every module of the reader, and those that reading the bundled report makes."""
    from policygraph.loaders.reader import read_string
    from policygraph.loaders.sources import BUNDLED, read_text
    from policygraph.loaders.words.cues import WordPattern

    package = importlib.import_module("policygraph.loaders")
    for found in pkgutil.walk_packages(package.__path__, "policygraph.loaders."):
        with suppress(ImportError):  # of a format whose package is not installed
            for each in vars(importlib.import_module(found.name)).values():
                if isinstance(each, WordPattern):
                    _ = each.pattern  # compiled when it is asked for
    read_string(read_text(BUNDLED))
    prepare(compiled.made)


if __name__ == "__main__":
    main()
