"""Party and state bodies as a pattern of area, level and function.

The vocabularies hold the patterns (``{area}人民政府``), the words for what a department is for (农业农村) and
the last words of departments (厅, 局); an area makes a body of them. Central bodies have their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.ontology.register import COUNTRY, Area, Register
from policygraph.ontology.vocabulary import SCHEMES, Concept, concept_of, vocabulary, word_cache

_LONGEST_AREA = 20


@dataclass(frozen=True, slots=True)
class Body:
    """One body: its full name, its area, and the concepts that make up the name."""

    name: str
    area: Area
    concept: Concept
    suffix: Concept | None = None

    @property
    def central(self) -> bool:
        """Whether it is a body of the whole country."""
        return self.area.code == COUNTRY

    @property
    def unit(self) -> bool:
        """Whether it is a part of another body and none of its own."""
        return bool(self.concept.value("unitOf"))


def pattern(concept: Concept, area: Area, name: str = "full") -> str:
    """A pattern at the level of an area: the court of 湖北省 is {area}高级人民法院, of 红安县 {area}人民法院."""
    return concept.value(name + area.level.capitalize()) or concept.value(name)


def party(area: Area) -> str:
    """How names of party bodies begin: 中共湖北省委, 中共广西壮族自治区党委."""
    return f"中共{area.name}" + ("党委" if area.name.endswith("自治区") else "委")


def fill(written: str, area: Area) -> str:
    """A pattern with the names of an area in it."""
    return written.replace("{area}", area.name).replace("{party}", party(area))


def local_body(concept: Concept, area: Area) -> Body:
    """A body of the vocabulary bodies at an area."""
    return Body(fill(pattern(concept, area), area), area, concept)


def department(concept: Concept, suffix: Concept, area: Area) -> Body:
    """A department: 湖北省 + 农业农村 + 厅."""
    name = area.name + concept.value("full") + suffix.value("full")
    return Body(name, area, concept, suffix)


def canonical(body: Body) -> Body:
    """The body by the first concept of its pattern: 省政府扶贫办 is the department 扶贫 + 办公室."""
    if body.central:
        return body
    written = pattern(body.concept, body.area)
    if body.suffix is not None:
        written = "{area}" + body.concept.value("full") + body.suffix.value("full")
    return Body(body.name, body.area, *_patterns().get(written, (body.concept, body.suffix)))


def central_body(concept: Concept) -> Body:
    """A body of the whole country."""
    return Body(concept.value("full"), _country(), concept)


def named(
    concept: Concept, area: Area, above: Sequence[Area], like: Body | None = None
) -> Body | None:
    """A body by its concept alone; None where its last word, and so its name, is not certain.

    ``above`` are the areas above: in some provinces a department is named otherwise. A department
    takes the last word of one ``like`` it where that one departs from the usual (区卫生健康委员会).
    """
    if concept.scheme == SCHEMES + "central-body":
        return central_body(concept)
    if concept.scheme == SCHEMES + "body":
        return local_body(concept, area)
    usual = concept.value(_suffix_name(area))
    if like is not None and like.suffix is not None and _is_unusual(like):
        own = like.suffix.iri
        usual = own if own in _suffixes(concept) else usual
    suffix = concepts().get(usual)
    if suffix is None or is_elsewhere(concept, (area, *above)):
        return None
    return department(concept, suffix, area)


def is_elsewhere(concept: Concept, areas: Iterable[Area]) -> bool:
    """Whether a concept says that it does not hold in one of the areas."""
    excluded = concept.properties.get("notIn", ())
    return any(area.name in excluded for area in areas)


def _is_unusual(body: Body) -> bool:
    """Whether a department has another last word than is usual at its level."""
    suffix = body.suffix
    return suffix is not None and body.concept.value(_suffix_name(body.area)) != suffix.iri


def _suffix_name(area: Area) -> str:
    """The property that holds the last word: a municipality has 局 like a city, no 厅."""
    if area.level == "province":
        return "suffixPrefecture" if area.name.endswith("市") else "suffix"
    return "suffix" + area.level.capitalize()


def body_above(body: Body) -> Body | None:
    """The body this one belongs to: 省委宣传部 to 省委, 省财政厅 to 省政府."""
    above = concepts().get(body.concept.value("unitOf") or body.concept.value("organOf"))
    if above is None and body.suffix is not None and body.concept.value("vertical") != "true":
        above = concepts()[SCHEMES + "body/government"]
    if above is None:
        return None
    return central_body(above) if body.central else local_body(above, body.area)


def in_force(concepts: Iterable[Concept], year: int | None, suffix: str = "") -> Concept:
    """Of concepts that share a word the one named so in the year, by its last word where that tells.

    金融办 is 金融工作办公室, 金融局 地方金融监督管理局; the latest where no year is given.
    """
    known = tuple(concepts)
    fitting = [c for c in known if suffix and suffix in _suffixes(c)] or known
    return next((c for c in fitting if is_valid(c, year)), fitting[0])


def is_valid(concept: Concept, year: int | None) -> bool:
    """Whether a name is in force in a year, or now where no year is given."""
    first, last = concept.value("validFrom", "0"), concept.value("validUntil", "9998")
    return int(first) <= (9998 if year is None else year) <= int(last)


def _suffixes(concept: Concept) -> set[str]:
    names = ("suffix", "suffixPrefecture", "suffixCounty")
    return {concept.value(name) for name in names} - {""}


def body_of(name: str, within: Area | None, year: int | None) -> Body | None:
    """The body a full name means, None where no pattern makes it.

    ``within`` and ``year`` tell namesake areas apart.
    """
    central = _central().get(name)
    if central is not None:
        return central_body(central)
    for area, slot, words in _areas_in(name, within, year):
        found = _patterns().get(name.replace(words, slot, 1))
        if found is not None:
            return Body(name, area, *found)
    return None


def _areas_in(name: str, within: Area | None, year: int | None) -> Iterator[tuple[Area, str, str]]:
    """Areas a name may begin with, what stands for them in a pattern, and their words in the name."""
    register = Register.load()
    for opening in _openings():
        if not name.startswith(opening):
            continue
        for end in range(min(len(name), len(opening) + _LONGEST_AREA), len(opening) + 1, -1):
            form = name[len(opening) : end]
            if form not in register.forms():
                continue
            area = register.resolve(form, within=within, year=year)
            if area is not None and area.name == form:
                yield area, "{area}", form
                yield area, "{party}", party(area)


@word_cache
def _openings() -> tuple[str, ...]:
    """What stands before the area in the patterns: nothing, 中共, 共青团, longest first."""
    found = {"中共"} | {
        written.partition("{area}")[0] for written in _patterns() if "{area}" in written
    }
    return tuple(sorted(found, key=lambda opening: (-len(opening), opening)))


@word_cache
def _patterns() -> dict[str, tuple[Concept, Concept | None]]:
    """Every pattern a body of an area can have → its concept, and its last word."""
    found: dict[str, tuple[Concept, Concept | None]] = {}
    for concept in vocabulary("bodies"):
        if concept.value("function"):
            continue  # another way to write a department
        for name in ("full", "fullPrefecture", "fullCounty"):
            if concept.value(name):
                found.setdefault(concept.value(name), (concept, None))
    for concept in vocabulary("departments"):
        for suffix in vocabulary("body-suffixes"):
            written = "{area}" + concept.value("full") + suffix.value("full")
            found.setdefault(written, (concept, suffix))
    return found


@word_cache
def _central() -> dict[str, Concept]:
    return {concept.value("full"): concept for concept in vocabulary("ministries")}


@word_cache
def concepts() -> dict[str, Concept]:
    """IRI → concept of the vocabularies that bodies are made of."""
    names = ("bodies", "departments", "ministries", "body-suffixes", "levels")
    return {concept.iri: concept for name in names for concept in vocabulary(name)}


def _country() -> Area:
    country = Register.load().by_code(COUNTRY)
    assert country is not None
    return country


def level_of(area: Area) -> Concept:
    """The level of the bodies of an area, of the vocabulary levels."""
    key = "centre" if area.level == "country" else area.level
    return concept_of("levels", key)
