"""A pattern that was not prepared, as its words are nowhere, would have found nothing."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from pathlib import Path

import pytest

from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.loaders.words.cues import WordPattern, words_of
from policygraph.loaders.words.needed_words import needed_words
from policygraph.ontology.rules import rules

LOADERS = Path(__file__).parents[1] / "loaders"
CLASSES = {"up": ("增长", "提高"), "law": ("法",)}


def classes(*keys: str) -> list[str]:
    return [word for key in keys for word in CLASSES[key]]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("年内", ["年内"]),
        ("将{up}到", ["将", "增长 提高", "到"]),
        ("{up|law}?后", ["后"]),
        ("^(?:保持在|控制在)(?:[^，]{0,10}的)?", ["保持在 控制在"]),
        ("年{2}度{0,3}内+月{,2}日{0}", ["年", "内"]),
        ("(?<!不)为(?!了)[的地]", ["为", "地 的"]),
        ("(?P<what>[^，]*)(?=等|，|。)", ["。 等 ，"]),
        ("{!law}从{^up}", ["从"]),
        (r"[{^up}]\d{4}年|\n月?日", ["年 日"]),
        ("年|{up}?", []),
        (r"(?P<x>年)(?P=x)", []),
    ],
)
def test_what_a_source_needs_is_told_from_it(source: str, needed: list[str]) -> None:
    found = [" ".join(sorted(words)) for words in needed_words(source, classes)]
    assert found == needed


@pytest.fixture(scope="module")
def texts() -> list[str]:
    report = read_text(BUNDLED)
    clauses = re.split("[，。；\n]", report)
    return [report, *clauses, *(rule.example for rule in rules())]


def patterns() -> list[tuple[str, WordPattern]]:
    found = []
    for path in sorted(LOADERS.rglob("*.py")):
        name = path.relative_to(LOADERS).with_suffix("").as_posix().replace("/", ".")
        module = import_module(f"policygraph.loaders.{name}")
        found += [
            (f"{name}.{key}", each)
            for key, each in vars(module).items()
            if isinstance(each, WordPattern)
        ]
    return found


def test_what_lacks_the_words_of_a_pattern_holds_no_match(texts: list[str]) -> None:
    wrong = [
        (name, text)
        for name, pattern in patterns()
        for needed in [needed_words(pattern.source, words_of)]
        for text in texts
        if any(not any(map(text.__contains__, words)) for words in needed)
        and pattern.pattern.search(text)
    ]
    assert wrong == []


def test_a_pattern_finds_the_same_before_and_after_it_is_prepared() -> None:
    pattern = WordPattern("将{up}")
    lacking, holding = "全省生产总值", "明年将增长5%"
    for text in (lacking, holding, lacking):
        found = [match[0] for match in pattern.finditer(text)]
        assert found == [match[0] for match in re.finditer("将增长", text)]
        assert pattern.sub("", text) == re.sub("将增长", "", text)
        assert pattern.split(text) == re.split("将增长", text)
        assert (pattern.search(text) is None) is (text is lacking)


def test_garbage_is_looked_for_again_after_a_report_was_read() -> None:
    assert gc.isenabled()
    read_string("全省新建学校5所。")
    assert gc.isenabled()
    gc.disable()
    try:
        read_string("全省新建学校5所。")
        assert not gc.isenabled()
    finally:
        gc.enable()
