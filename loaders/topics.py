"""What the sections and sentences of a report are about, told from the words that open them.

``(四)强化产业帮扶。`` makes its section one of 产业帮扶; 大力推进消费帮扶 at the beginning of a sentence adds
消费帮扶 to what the section says. What stands above the first heading sums up the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policygraph.graph.statements import Section, Stretch
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.patterns import firsts
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

LONGEST_HEAD = 40  # characters of a sentence that heads a paragraph without a number
SHORTEST_CLAUSE = 6  # characters below which a clause only leads in: 2022年，

_OPENING = compiled(rf"[^，,；;：:。！？!?\n]{{{SHORTEST_CLAUSE},}}")


def with_topics(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with the topics that their headings name."""
    for section in sections:
        yield replace(section, topics=topics_of(section.heading.quote))


def find_topics(text: str, outline: Outline, sections: tuple[Section, ...]) -> list[Stretch]:
    """The stretches of a text that have a topic, in reading order, none over another."""
    by_number = {section.number: section for section in sections}
    heads = _paragraph_heads(text, outline)
    found: list[Stretch] = []
    paragraph = 0
    for start, end in outline.sentences:
        while (
            paragraph + 1 < len(outline.paragraphs) and outline.paragraphs[paragraph].end <= start
        ):
            paragraph += 1
        place = outline.section_at(start)
        section = _of_section(sections[place], by_number) if place >= 0 else _opening(sections)
        words = _OPENING.search(text, start, end)
        finer = (*heads.get(paragraph, ()), *(topics_of(words[0]) if words else ()))
        _lengthen(found, start, end, _joined(section, finer))
    return found


def topics_of(words: str) -> tuple[str, ...]:
    """The topics that words name, in their order; a topic above another of them is left out."""
    pattern, keys = _labels()
    found = tuple(dict.fromkeys(keys[match[0]] for match in pattern.finditer(words)))
    above = {higher for key in found for higher in _above()[key]}
    return tuple(key for key in found if key not in above)


def _joined(section: tuple[str, ...], finer: tuple[str, ...]) -> tuple[str, ...]:
    """The section's topics and those that say more than they do."""
    above = {higher for key in section for higher in _above()[key]}
    return tuple(dict.fromkeys((*section, *(key for key in finer if key not in above))))


def _lengthen(found: list[Stretch], start: int, end: int, topics: tuple[str, ...]) -> None:
    """Add a sentence, to the stretch before it where both are about the same."""
    if not topics:
        return
    last = found[-1] if found else None
    if last and last.topics == topics and last.end <= start and not start - last.end > 8:
        found[-1] = replace(last, end=end)
    else:
        found.append(Stretch(start, end, topics))


def _of_section(section: Section | None, by_number: dict[str, Section]) -> tuple[str, ...]:
    """The topics of the innermost section that has any."""
    while section is not None and not section.topics:
        section = by_number.get(section.parent)
    return section.topics if section else ()


def _opening(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The topic of what stands above the first heading; none where there are no headings."""
    return tuple(c.key for c in vocabulary("topics") if c.value("role") == "opening" and sections)


def _paragraph_heads(text: str, outline: Outline) -> dict[int, tuple[str, ...]]:
    """Place of a paragraph → the topics of the short sentence that heads it."""
    found = {}
    for place, paragraph in enumerate(outline.paragraphs):
        stop = text.find("。", paragraph.start, paragraph.start + LONGEST_HEAD)
        if 0 <= stop < paragraph.end - 1:
            found[place] = topics_of(text[paragraph.start : stop])
    return found


@word_cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of all topics, the longest first, and the topic of each."""
    concepts = {label: concept for concept in vocabulary("topics") for label in concept.labels}
    ordered = sorted(concepts, key=lambda label: (-len(label), label))
    pattern = "|".join(re.escape(label) + _unless(concepts[label]) for label in ordered)
    begins = firsts(concepts)
    return compiled(f"(?=[{begins}])(?:{pattern})"), {
        label: concept.key for label, concept in concepts.items()
    }


def _unless(concept: Concept) -> str:
    """What must not follow: 乡村振兴 names no topic in 乡村振兴局."""
    after = concept.value("notBefore")
    return f"(?![{re.escape(after)}])" if after else ""


@word_cache
def _above() -> dict[str, tuple[str, ...]]:
    """Topic → all topics above it."""
    concepts = {concept.iri: concept for concept in vocabulary("topics")}
    return {concept.key: tuple(_higher(concept, concepts)) for concept in concepts.values()}


def _higher(concept: Concept, concepts: dict[str, Concept]) -> Iterator[str]:
    seen = {concept.iri}
    while (above := concepts.get(concept.broader)) and above.iri not in seen:
        seen.add(above.iri)
        yield above.key
        concept = above
