"""What a name of another table may mean: candidates with scores and the reasons for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.ontology.register import Area
from policygraph.ontology.register.townships import YEAR

# Reason → (Chinese, English); a reason may carry a detail after a colon.
REASONS = {
    "code": ("代码一致", "the code is the same"),
    "name": ("名称一致", "the name is the same"),
    "short": ("简称或别称", "a shorter form of the name"),
    "english": ("英文名或拼音", "its English name or pinyin"),
    "parent": ("上级地区一致", "the area above it is named too"),
    "renamed": ("更名、改区划代码或改设", "the same area under the name or code of another year"),
    "merged": ("并入", "what the named area was merged into"),
    "split": ("析出", "one of the areas the named one was split into"),
    "former": ("曾用名，该年之外", "borne outside the year"),
    "column": ("同列其他名称同级或同属", "the other names of the column have its level or parent"),
    "spelling": ("一字之差", "one character differs"),
    "part": ("仅部分文字一致", "only a part of the text is a name"),
    "disagrees": ("上级地区或代码不符", "the area named above it, or the code, is another"),
    "undated": (f"乡级名录只有{YEAR}年", f"townships are known of {YEAR} only"),
    "unlisted": (
        "代码属于其下一地，名录未收",
        "the code is of a place in it that no table here has",
    ),
    "listed": ("也可能是并列的两地", "two areas may be named side by side"),
    "unread": ("有条件未能识别", "a condition given for it could not be read"),
    "decided": ("人工判定", "decided by a person"),
    "body": ("同一机构的另一写法", "another way to write the name of the body"),
    "concept": ("同一概念的另一说法", "another wording of the same concept"),
    "holds": ("名称包含该文字", "the name holds the text"),
    "many": ("名称含该文字者过多", "too many names hold the text"),
    "alike": ("文字相近", "the texts are alike"),
}


# Reasons of candidates that do not bear the name: they are but guessed.
GUESSES = frozenset({"spelling", "part", "unlisted", "alike", "holds", "many"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An area a name may mean: score 0–100, why, and whether nothing else can be meant."""

    area: Area
    score: int
    reasons: tuple[str, ...]
    match: bool = False


def describe(reasons: Iterable[str], language: int = 1) -> str:
    """The reasons as text: language 0 is Chinese, 1 is English."""
    return ("；" if language == 0 else "; ").join(REASONS[reason][language] for reason in reasons)
