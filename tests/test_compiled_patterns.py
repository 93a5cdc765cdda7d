"""Expressions that were compiled when the package was built are those that re compiles; anything else is not loaded."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policygraph.loaders import prepared_patterns
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.loaders.words import compiled

EXPRESSIONS = (
    ("(?:上|较)年(?P<what>[^，]*?)(?:增长|下降)", 0),
    ("[a-zé一-鿿]+(?<!人)", int(re.IGNORECASE)),
    (r"^\s*(?P<a>第)?(?P<b>\d+)条(?(a)$|)", int(re.MULTILINE | re.ASCII)),
)
TAG, ORDER = str(sys.implementation.cache_tag).encode(), sys.byteorder.encode()


@pytest.fixture(scope="module")
def keys() -> list[compiled.Key]:
    """The expressions of the reader that reading the bundled report needs, and some more."""
    read_string(read_text(BUNDLED))
    return list(dict.fromkeys([*compiled.made, *EXPRESSIONS]))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of kept expressions, and nothing compiled yet."""
    monkeypatch.setattr(compiled, "FILE", tmp_path / "patterns.prepared")
    monkeypatch.setattr(compiled, "made", {})
    compiled._kept.cache_clear()
    yield compiled.FILE
    compiled._kept.cache_clear()


@pytest.mark.usefixtures("kept")
def test_all_that_is_kept_is_what_re_compiles(keys: list[compiled.Key]) -> None:
    prepared_patterns.prepare(keys)
    assert len(keys) > 500
    assert set(compiled._kept()) == set(keys)
    # Expressions are equal where source, flags and codes are.
    assert [key for key in keys if compiled.compiled(*key) != re.compile(*key)] == []
    for source, flags in EXPRESSIONS:
        kept_one, own = compiled.compiled(source, flags), re.compile(source, flags)
        assert (kept_one.groupindex, kept_one.groups) == (own.groupindex, own.groups)


def test_the_same_expressions_are_the_same_bytes(kept: Path) -> None:
    prepared_patterns.prepare(EXPRESSIONS)
    first = kept.read_bytes()
    prepared_patterns.prepare(reversed(EXPRESSIONS))
    assert kept.read_bytes() == first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: data.replace(TAG, b"another", 1),
        lambda data: data.replace(ORDER, b"middle", 1),
    ],
    ids=["empty", "cut", "one bit", "another interpreter", "another machine"],
)
def test_a_file_of_another_interpreter_or_a_damaged_one_is_not_loaded(
    spoil: Callable[[bytes], bytes], kept: Path
) -> None:
    prepared_patterns.prepare(EXPRESSIONS)
    assert spoil(kept.read_bytes()) != kept.read_bytes()
    kept.write_bytes(spoil(kept.read_bytes()))
    assert compiled._kept() == {}
    for source, flags in EXPRESSIONS:
        assert compiled.compiled(source, flags) == re.compile(source, flags)


@pytest.mark.usefixtures("kept")
def test_without_the_file_re_compiles_and_says_what_is_wrong() -> None:
    assert compiled.compiled("年末?").fullmatch("年末")
    with pytest.raises(re.error, match="unterminated"):
        compiled.compiled("(年")
