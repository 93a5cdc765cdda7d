"""Which concept a wording means: the same indicator, group or programme in every report.

Other wordings are put under a concept by decisions (merges.ttl), each with its reason; one that
says ``pg:undone true`` is not followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache, word_memo


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concept a wording means, and the decision that says so where it is not its own name."""

    concept: Concept
    merge: Concept | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The keys of the only kinds of figure it holds for; none where it holds for all."""
        iris = self.merge.properties.get("ofKind", ()) if self.merge else ()
        return tuple(iri.rpartition("/")[2] for iri in iris)

    def holds_for(self, kind: str) -> bool:
        """Whether a figure of this kind (change, amount …) has this meaning."""
        return not self.kinds or kind in self.kinds


def meaning(name: str, words: str) -> Meaning | None:
    """What a wording means in one vocabulary: GDP in indicators is 地区生产总值, and so is 生产总值(GDP)."""
    known = _meanings(name)
    return known.get(words) or known.get(_ABBREVIATED.sub("", words))


# A name with its abbreviation in Latin letters: 居民消费价格指数（CPI）.
_ABBREVIATED = re.compile(r"[（(][A-Za-z&./-]{2,8}[)）]$")


# What stands before a head and makes it another quantity: 人均消费 is no kind of 消费.
_OTHER = re.compile(r"(?:人均|户均|亩均|地均|单位|非|未|无|每|占|与|和|及)$")


def shared_head(name: str, words: str) -> Concept | None:
    """The concept that a wording narrows: its longest end that one means (省重点 + 项目).

    None where what stands before makes it another quantity.
    """
    ends, itself = _narrowable(name), meaning(name, words)
    for start in range(1, len(words)):
        concept = ends.get(words[start:])
        if concept is not None and (itself is None or concept != itself.concept):
            return None if _OTHER.search(words[:start]) else concept
    return None


# What is told for one of many is a level: 人均补贴 is no sum that was paid.
_FOR_ONE = re.compile(r"人均|户均|亩均|地均|均价|单价|每[人户亩月]")

_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


@word_memo
def is_payment(words: str) -> bool | None:
    """Whether the sums of an indicator are money spent, allotted, raised, invested or lent; None where its name does not tell."""
    if _FOR_ONE.search(words):
        return False
    words = _BRACKET.sub("", words) or words
    known = meaning("indicators", words)
    if known and known.concept.value("payment"):
        return known.concept.value("payment") == "true"
    head = shared_head("indicators", known.concept.label if known else words)
    if head is not None and not head.value("payment"):
        return is_payment(head.label)
    said = head or _narrowable("indicators").get(words)
    return said.value("payment") == "true" if said and said.value("payment") else None


@word_cache
def _narrowable(name: str) -> dict[str, Concept]:
    """Wording → concept, of all that may be narrowed: heads, and what a vocabulary names outright."""
    # What means something for some kinds only is no head: 数字经济规模 is no 经济规模 of an area.
    known = {words: found.concept for words, found in _meanings(name).items() if not found.kinds}
    return known | {words: c for c in vocabulary(name) if c.value("head") for words in c.labels}


@word_cache
def _meanings(name: str) -> dict[str, Meaning]:
    """Wording → meaning: labels of the concepts, then the decisions that point at them."""
    concepts = {concept.iri: concept for concept in vocabulary(name)}
    found = {
        words: Meaning(concept)
        for concept in concepts.values()
        # A bare head (项目, 投资) means something else in every sentence.
        if concept.value("head") != "true"
        for words in (*concept.properties.get("full", ()), *concept.labels)
    }
    for merge in vocabulary("merges"):
        concept = concepts.get(merge.value("into"))
        if concept is not None and merge.value("undone") != "true":
            for words in merge.properties.get("wording", ()):
                found.setdefault(words, Meaning(concept, merge))
    return found
