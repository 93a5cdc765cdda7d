"""The written forms of areas and what makes them doubtful: words, other provinces, cut names."""

from __future__ import annotations

from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.loaders.words.characters import OWN_LEVELS, POINTING, TORN, TOWN_LEVELS
from policygraph.loaders.words.cues import words as words_of_class
from policygraph.ontology.register import COUNTRY, Area, Register
from policygraph.ontology.vocabulary import word_cache

OWN = OWN_LEVELS


@word_cache
def lengths_of() -> dict[str, tuple[int, ...]]:
    """First two characters → the lengths of the forms that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for form in Register.load().forms():
        found.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@word_cache
def cautions(role: str) -> tuple[str, ...]:
    """The words of area-cautions.ttl with a role."""
    return tuple(sorted(words("area-cautions", role)))


@word_cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The two characters that an area, 全省 or a caution can begin with."""
    pointed = {a + b for a in POINTING for b in OWN + TOWN_LEVELS} | set(words_of_class("country"))
    pointed |= set(words_of_class("whole-of-region"))
    skipped = {word[:2] for word in cautions("skipped")}
    return frozenset((pair[0], pair[1]) for pair in {*lengths_of(), *pointed, *skipped})


def beginnings(text: str, start: int) -> list[int]:
    """Where an area may begin; one look at each pair of characters."""
    pairs = _pairs()
    found = zip(text[start:], text[start + 1 :], strict=False)
    return [at for at, pair in enumerate(found, start) if pair in pairs]


def is_cut(text: str, end: int, last: str) -> bool:
    """Whether the last character of a form begins another word: 市场, 区域, 县级, but 宜春市|民政."""
    torn = end < len(text) and text[end] in TORN.get(last, "")
    return torn and not text.startswith(tuple(words("institutions", "afterLevel")), end)


def is_doubtful(form: str, area: Area) -> bool:
    """Whether a short form is also a word: 振兴, 合作; 大同 where no city of the name is meant."""
    below = area.level == "county" and form in words("area-cautions", "countyWord")
    return below or form in words("area-cautions", "common")


def is_acting_with(context: MentionContext, form: str, area: Area) -> bool:
    """会同|县教育局: a verb before the bare level in the report of another county than 会同县."""
    own = context.area_of(form[-1])
    led = form.startswith(words_of_class("acting-with"))
    return led and own is not None and own.code != area.code


def is_two_words(context: MentionContext, form: str, area: Area, level: str) -> bool:
    """会同|县住建局: a verb before the bare level, where an area of the name lies elsewhere."""
    elsewhere = context.area_of(level) is not None and not is_near(context, area)
    doubtful = elsewhere and is_doubtful(form[: -len(level)], area)
    return doubtful or is_acting_with(context, form, area)


def area_start(context: MentionContext, at: int, longest: int) -> int | None:
    """Where the longest written form of an area begins that ends here: 福建省|援宁工作队."""
    forms, floor = Register.load().forms(), max(context.start, at - longest)
    return next((start for start in range(floor, at - 1) if context.text[start:at] in forms), None)


def is_near(context: MentionContext, area: Area) -> bool:
    """Whether an area is in the report's own province, or the report is of none."""
    home = context.context.area
    return home is None or home.code == COUNTRY or area.code[:2] == home.code[:2]


def is_own(context: MentionContext, area: Area) -> bool:
    """Short forms are read only inside the report's own province."""
    home = context.context.area
    return home is not None and home.code != COUNTRY and area.code[:2] == home.code[:2]


def resolve(context: MentionContext, form: str, within: Area | None) -> Area | None:
    """What a form means in the report's year, seen from within an area; never the country."""
    area = Register.load().resolve(form, within=within, year=context.context.year)
    return area if area is not None and area.code != COUNTRY else None
