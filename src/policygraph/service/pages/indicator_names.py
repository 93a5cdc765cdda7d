"""What an indicator is called for people who read no Chinese: its name in the vocabulary, else how it is read aloud."""

from __future__ import annotations

from policygraph.ontology.concepts import meaning
from policygraph.ontology.labels import ENGLISH
from policygraph.ontology.pinyin import readings
from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.service.pages.page_reader import PageReader
from policygraph.viz.markup import Markup, tag

_PINYIN = "zh-Latn-pinyin"


def english_name(name: str) -> str:
    """The English name of an indicator, empty where no vocabulary has one; nothing is translated here."""
    known = meaning("indicators", name)
    if known:
        return "" if known.kinds else known.concept.english
    return _heads().get(name, "")


@word_cache
def _heads() -> dict[str, str]:
    """The English of words that stand for a quantity of any kind: 县, 投资."""
    return {word: c.english for c in vocabulary("indicators") for word in c.labels}


def beside(name: str, reader: PageReader) -> Markup | None:
    """What stands beside a Chinese name on an English page: the English name, else its pinyin."""
    if not reader.english:
        return None
    known = english_name(name)
    if known:
        return tag("small", f" {known}", lang=ENGLISH)
    spelled = pinyin(name)
    return tag("small", f" {spelled}", lang=_PINYIN, title=reader.say("in_pinyin")) if spelled else None  # fmt: skip


def pinyin(name: str) -> str:
    """How a name is read aloud, in Latin letters without tones."""
    usual = next(iter(readings(name)), ())
    return " ".join(usual)
