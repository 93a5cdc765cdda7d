"""Which words each class of words holds, of the vocabularies of classes and of the lexicon."""

from __future__ import annotations

from policygraph.errors import VocabularyError
from policygraph.ontology.vocabulary import vocabulary, word_cache

CLASSES = ("figure-words", "clause-words", "name-words", "document-words")
LEXICONS = ("verbs", "nouns")


@word_cache
def class_members() -> dict[str, tuple[str, ...]]:
    """Class → its words, longest first."""
    concepts = [concept for name in CLASSES for concept in vocabulary(name)]
    named = {c.iri: c.key for c in concepts if "wordClass" not in c.properties}
    found: dict[str, set[str]] = {
        concept.key: set(concept.labels[1:]) for concept in concepts if concept.iri in named
    }
    for concept in (*concepts, *(c for name in LEXICONS for c in vocabulary(name))):
        for iri in concept.properties.get("wordClass", ()):
            if iri not in named:
                raise VocabularyError(
                    f"{concept.iri}: pg:wordClass <{iri}> is not a class of words"
                )
            found[named[iri]].update(concept.labels)
    return {
        key: tuple(sorted(members, key=lambda word: (-len(word), word)))
        for key, members in found.items()
    }
