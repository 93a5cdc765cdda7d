"""Which concept a wording means: the same indicator, group or programme in every report.

Other wordings are put under a concept by decisions (merges.ttl), each with its reason; one that
says ``pg:undone true`` is not followed.
"""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concept a wording means, and the decision that says so where it is not its own name."""

    concept: Concept
    merge: Concept | None = None


def meaning(name: str, words: str) -> Meaning | None:
    """What a wording means in one vocabulary: GDP in indicators is 地区生产总值."""
    return _meanings(name).get(words)


@word_cache
def _meanings(name: str) -> dict[str, Meaning]:
    """Wording → meaning: labels of the concepts, then the decisions that point at them."""
    concepts = {concept.iri: concept for concept in vocabulary(name)}
    found = {
        words: Meaning(concept)
        for concept in concepts.values()
        for words in (*concept.properties.get("full", ()), *concept.labels)
    }
    for merge in vocabulary("merges"):
        concept = concepts.get(merge.value("into"))
        if concept is not None and merge.value("undone") != "true":
            for words in merge.properties.get("wording", ()):
                found.setdefault(words, Meaning(concept, merge))
    return found
