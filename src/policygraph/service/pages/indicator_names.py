"""What indicators, areas and bodies are called for people who read no Chinese: in the vocabulary and the register, else how they are read aloud."""

from __future__ import annotations

from policygraph.ontology.bodies import body_of
from policygraph.ontology.concepts import meaning
from policygraph.ontology.english import body_name
from policygraph.ontology.labels import ENGLISH
from policygraph.ontology.pinyin import readings
from policygraph.ontology.register.history import english_names
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
def english_of_names(names: str) -> str:
    """The English of the full names of areas and bodies, with ; between them; empty where one has none."""
    known = [_english_of(name.strip()) for name in names.split(";")]
    return "; ".join(known) if all(known) else ""


def _english_of(name: str) -> str:
    if area := english_names().get(name):
        return area
    body = body_of(name, None, None)
    return body_name(body, body.area.english) if body is not None else ""


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
    return spoken(name, reader)


def spoken(name: str, reader: PageReader) -> Markup | None:
    """What stands beside a Chinese name of which nothing knows the English one: how it is read aloud, 仙溪镇 xian xi zhen."""
    spelled = pinyin(name) if reader.language_of(name) else ""
    return tag("small", f" {spelled}", lang=_PINYIN, title=reader.say("in_pinyin")) if spelled else None  # fmt: skip


def pinyin(name: str) -> str:
    """How a name is read aloud, in Latin letters without tones."""
    usual = next(iter(readings(name)), ())
    return " ".join(usual)
