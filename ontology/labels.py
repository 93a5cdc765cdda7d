"""The one policy for labels: Simplified Chinese and English, and what stands in where one lacks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

# Chinese as this project means it whatever the tag, and as the vocabularies tag it.
CHINESE = "zh-Hans"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
# How Chinese is tagged in the graph: a tag without upper case, which every store keeps as it is.
GRAPH_CHINESE = "zh"
# The language of a page, as HTML and HTTP name it.
PAGE_CHINESE = "zh-Hans"
_SPELLINGS = {"zh-hans": CHINESE, "zh": CHINESE, "zh-cn": CHINESE, "zh-hans-cn": CHINESE}


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """A language tag as this project writes it: zh, zh-CN and zh-hans are zh-Hans, en-GB is en."""
    low = tag.lower()
    return _SPELLINGS.get(low) or (ENGLISH if low.split("-")[0] == ENGLISH else tag)


def counted(count: int, noun: str) -> str:
    """A count with its English noun: 1 document, 2 documents."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def choose(labels: Mapping[str, str], wanted: str = CHINESE) -> str:
    """The label to show a reader of one language: theirs, else Chinese, else English, else any.

    Empty where there is no label at all.
    """
    texts = {language(tag): text for tag, text in labels.items()}
    for tag in (language(wanted), *LANGUAGES):
        if texts.get(tag):
            return texts[tag]
    return texts[min(texts)] if texts else ""


def tagged(chinese: str, english: str = "") -> tuple[tuple[str, str], ...]:
    """The labels a thing is written with: (text, language tag), the Chinese one first."""
    pairs = ((chinese, GRAPH_CHINESE), (english, ENGLISH))
    return tuple((text, tag) for text, tag in pairs if text)


def graph_tag(tag: str) -> str:
    """A language tag as the graph has it: zh-Hans and its other spellings are zh."""
    return GRAPH_CHINESE if language(tag) == CHINESE else tag
