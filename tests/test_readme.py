"""README.md and README.zh-CN.md say the same: commands, links, headings, inline code; and their commands work."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.graph.statements import Document

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
RUN = ("search", "derive", "query", "view", "compare", "queries")  # that need but a store


def blocks(text: str) -> list[str]:
    """The lines of code, without their comments."""
    code = "\n".join(re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return [line for line in (re.sub(r"\s*#.*", "", line) for line in code.split("\n")) if line]


def prose(text: str) -> str:
    return re.sub(r"^```\w+\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_both_have_the_same_commands_headings_links_and_inline_code() -> None:
    assert blocks(ENGLISH) == blocks(CHINESE)
    for pattern in (r"^(#+) ", r"\]\(([^)]*)\)", r"`([^`\n]+)`", r"\b\d[\d,.]*\d\b"):
        said = [
            Counter(re.findall(pattern, prose(text), re.MULTILINE)) for text in (ENGLISH, CHINESE)
        ]
        for own in ("README.md", "README.zh-CN.md"):
            said[0].pop(own, None)
            said[1].pop(own, None)
        assert said[0] == said[1], pattern


def test_a_block_can_be_pasted_whole_for_what_serves_until_it_is_ended_comes_last() -> None:
    for block in re.findall(r"^```sh\n(.*?)^```$", ENGLISH, re.MULTILINE | re.DOTALL):
        lines = [line for line in block.split("\n") if line]
        assert not any(line.startswith("policygraph serve") for line in lines[:-1])


def test_each_names_the_other_and_every_link_leads_somewhere() -> None:
    assert "](README.zh-CN.md)" in ENGLISH and "](README.md)" in CHINESE
    for target in re.findall(r"\]\(([^)]*)\)", CHINESE + ENGLISH):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def commands() -> list[str]:
    """The commands of the code and of the prose that need but a store of the bundled report."""
    inline = re.findall(r"`(policygraph [^`\n…]+)`", prose(ENGLISH))
    lines = [*blocks(ENGLISH), *inline]
    chosen = [
        line
        for line in lines
        if line.startswith("policygraph ") and line.split()[1] in RUN and "my.rq" not in line
    ]
    return list(dict.fromkeys(line for line in chosen if not line.endswith(" -")))


@pytest.fixture(scope="module")
def store(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readme") / "store"
    with Graph.open(path) as graph:
        graph.add(hubei)
    return path


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_works(
    command: str, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)[1:]
    if words[0] != "queries":
        words[1:1] = ["--store", str(store)]
    assert main(words) == 0


def test_make_run_builds_and_serves() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nrun:")[2].partition("\n\n")[0]
    assert re.search(r"policygraph build .*\n.*policygraph serve ", recipe)
