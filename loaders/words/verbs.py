"""Verbs of action and the words that stand before them, matched longest first."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.loaders.words.characters import TORN_ADVERBS
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_FLAGS = (
    "abstract",
    "becoming",
    "counted",
    "disposal",
    "fresh",
    "funding",
    "increment",
    "light",
    "nominal",
    "organizing",
    "patient",
    "pivot",
    "placing",
    "selected",
    "serial",
    "state",
    "strong",
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of action and what the grammar knows of it.

    ``strong`` verbs are rarely nouns, ``nominal`` ones often are; ``light`` ones take a nominal
    verb as object (开展培训); ``patient`` ones may follow what is acted on (项目开工);
    ``selected`` ones have the one selected as subject (入选); ``pivot`` ones take a whole clause
    (支持企业发展壮大); ``serial`` ones are followed by the verb that matters (选取11个县开展试点);
    ``disposal`` ones follow 将 and 把; ``counted`` ones stand between what is acted on and its
    number (户厕改造2.4万座); ``state`` ones state an indicator, and ``increment`` ones only seem to;
    ``abstract`` ones tell an attitude; ``becoming`` ones are an action only before a title or a list; ``organizing`` ones have others act (组织专家开展培训);
    ``funding`` ones put a sum into what the verb right after it does; ``placing`` ones join no verb
    before them; ``fresh`` ones begin a predicate even where a mark is missing. ``act`` is the key of
    the action the verb tells, that of the broader concept where there is one, and ``facets`` what
    the vocabulary says of that action: to-people, builds, wins …
    """

    text: str
    act: str
    flags: frozenset[str]
    facets: frozenset[str]

    def has(self, flag: str) -> bool:
        """Whether the verb carries a flag."""
        return flag in self.flags


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs and adverbs by their text, and the lengths to try at each first, before each last character."""

    verbs: dict[str, Verb]
    adverbs: dict[str, str]
    verb_lengths: dict[str, tuple[int, ...]]
    adverb_lengths: dict[str, tuple[int, ...]]
    ending_adverbs: dict[str, tuple[int, ...]]

    def verb_at(self, text: str, at: int, end: int) -> Verb | None:
        """The longest verb that begins here and ends by ``end``."""
        for length in self.verb_lengths.get(text[at : at + 1], ()):
            if at + length <= end:
                found = self.verbs.get(text[at : at + length])
                if found is not None:
                    return found
        return None

    def all_verbs(self, text: str) -> dict[int, Verb]:
        """The longest verb that begins at each offset where one does."""
        found: dict[int, Verb] = {}
        lengths, verbs = self.verb_lengths, self.verbs
        for at, char in enumerate(text):
            if char in lengths:
                for length in lengths[char]:
                    verb = verbs.get(text[at : at + length])
                    if verb is not None:
                        found[at] = verb
                        break
        return found

    def adverb_at(self, text: str, at: int, end: int) -> str:
        """The longest adverb, connective or time word that begins here, else empty."""
        for length in self.adverb_lengths.get(text[at : at + 1], ()):
            if at + length <= end and text[at : at + length] in self.adverbs:
                return text[at : at + length]
        return ""

    def verb_before(self, text: str, at: int, longest: int, start: int = 0) -> str:
        """The longest verb of two to ``longest`` characters that ends here and begins no earlier than ``start``, else empty."""
        endings = (text[at - length : at] for length in range(min(longest, at - start), 1, -1))
        return next((ending for ending in endings if ending in self.verbs), "")

    def adverb_before(self, text: str, at: int, start: int) -> str:
        """The longest adverb that ends here and begins no earlier than ``start``, else empty."""
        for length in self.ending_adverbs.get(text[at - 1 : at], ()):
            word = text[at - length : at]
            if length > at - start or word not in self.adverbs or self.adverbs[word] == "time":
                continue
            if text[at - length - 1 : at - length] not in TORN_ADVERBS.get(word, ()):
                return word
        return ""


@word_cache
def lexicon() -> Lexicon:
    """The verbs and adverbs of the bundled vocabularies."""
    verbs: dict[str, Verb] = {}
    acts = {concept.iri: concept for concept in vocabulary("verbs")}
    for concept in vocabulary("verbs"):
        if concept.value("cueOnly") != "true":
            act = acts.get(concept.broader, concept)
            for label in concept.labels:
                verbs[label] = _merge(verbs.get(label), label, act, concept)
    adverbs = {
        label: concept.value("role")
        for concept in vocabulary("adverbs")
        for label in concept.labels
    }
    return Lexicon(verbs, adverbs, _lengths(verbs), _lengths(adverbs), _lengths(adverbs, at=-1))


@word_cache
def acting(facet: str) -> tuple[str, ...]:
    """The verbs that tell actions of a facet, longest first: holds → 举办, 召开."""
    found = [verb.text for verb in lexicon().verbs.values() if facet in verb.facets]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _merge(known: Verb | None, label: str, act: Concept, concept: Concept) -> Verb:
    """A label of two concepts has what both allow; it is nominal only where both say so."""
    flags = frozenset(flag for flag in _FLAGS if concept.value(flag) == "true")
    if known is None:
        return Verb(label, act.key, flags, frozenset(act.properties.get("facet", ())))
    both = known.flags | flags
    if not ("nominal" in known.flags and "nominal" in flags):
        both -= {"nominal"}
    return Verb(label, known.act, both, known.facets)


def _lengths(words: dict[str, Verb] | dict[str, str], at: int = 0) -> dict[str, tuple[int, ...]]:
    """The first character of words, or that at another place → how long such words are, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in found.items()}
