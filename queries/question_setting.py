"""The areas, bodies and years a question names: what it is asked of, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from policygraph.ontology.pinyin import readings
from policygraph.ontology.register import LAST_YEAR, Register, stem_of
from policygraph.ontology.vocabulary import word_cache
from policygraph.ontology.word_classes import class_members
from policygraph.queries.search_words import one_of

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?")
_CENTURY = "20"
_BEFORE_SPAN = "近这满共了续去来第达超前"  # before a number of years that is no year: 近20年
_AFTER_SPAN = "after-span"  # the class of words behind one: 20年来
_KIND_OF_AREA = re.compile(
    r"( special administrative| autonomous)?( province| region| prefecture| municipality| city| league)?$"
)
_SHORTEST = 3  # characters of the name of a body that is known without its area: 财政局
_HIGH = ("province", "prefecture")  # areas that are known by a shorter form too: 武汉


@dataclass(frozen=True, slots=True)
class Setting:
    """The full names of the areas a question names, the years, and the words that name the areas in it.

    ``reports`` are those of the bodies it names; ``words`` has the words for these too.
    """

    areas: tuple[str, ...]
    years: tuple[str, ...]
    words: tuple[str, ...]
    reports: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        question: str,
        known: Iterable[str] = (),
        bodies: Iterable[tuple[str, str, str]] = (),
    ) -> Setting:
        """江苏2025年粮食产量目标: 江苏省, 2025, and 江苏.

        ``known`` are areas that are meant by their short names too, whatever else these may mean: 万载 is 万载县.
        ``bodies`` are reports with their area and the name of a body that gave them.
        """
        known = tuple(known)
        forms = {form: name for name in known for form in (name, stem_of(name)) if len(form) > 1}
        named = [*_areas_in(question, forms), *_counties_in(question, known)]
        areas = dict.fromkeys(name for _, _, name in named)
        years = dict.fromkeys(_YEAR.findall(question))
        words = [question[start:end] for start, end, _ in named]
        reports: dict[str, None] = {}
        for form, of_body in _bodies_in(question, bodies):
            reports |= {iri: None for iri, area in of_body if not areas or area in areas}
            words.append(form)
        return cls(tuple(areas), tuple(years), tuple(words), tuple(reports))


def with_whole_years(question: str) -> str:
    """A question with its years in four digits: 24年低保标准, but 近20年 and 12年级."""
    return _short_year().sub(_CENTURY, question)


@word_cache
def _short_year() -> re.Pattern[str]:
    """What finds a year of two digits."""
    span = one_of(class_members()[_AFTER_SPAN])
    return re.compile(rf"(?<![\d.{_BEFORE_SPAN}])(?=[0-2]\d年(?!{span}|级))")


def _bodies_in(
    question: str, bodies: Iterable[tuple[str, str, str]]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each name of a body in a question, the longest at each place, with the reports of that body and their areas."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for iri, area, name in bodies:
        for form in _forms_of(name, area):
            forms.setdefault(form, []).append((iri, area))
    for form in dict.fromkeys(re.findall(one_of(forms), question)):
        yield form, forms[form]


def _forms_of(name: str, area: str) -> Iterator[str]:
    """What a body is called: 咸宁市生态环境局, 咸宁生态环境局, 市生态环境局, 生态环境局."""
    yield name
    own = name.removeprefix(area)
    if area and own != name and len(own) >= _SHORTEST:
        stem = stem_of(area)
        yield from dict.fromkeys((f"{stem}{own}", f"{area.removeprefix(stem)}{own}", own))


def _areas_in(question: str, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and full name of each area, the longest form at each place."""
    chinese = _chinese_names()
    longest = _longest()
    at = 0
    while at < len(question):
        ends = range(min(len(question), at + longest), at + 1, -1)
        forms = ((end, question[at:end]) for end in ends)
        meant = ((end, known.get(form) or chinese.get(form)) for end, form in forms)
        end, name = next(((end, name) for end, name in meant if name is not None), (0, ""))
        if name:
            yield at, end, name
        at = end or at + 1
    pattern, english = _english_names()
    for named in pattern.finditer(question.casefold()):
        yield *named.span(), english[named[0]]


def _counties_in(question: str, known: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Start, end and full name of each of the known counties, in English: Zhenyuan County."""
    pattern, english = _english_counties(known)
    for named in pattern.finditer(question.casefold()):
        yield *named.span(), english[named[0]]


@lru_cache(maxsize=8)
def _english_counties(known: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds the English names of known areas that are no provinces and cities, and their Chinese ones."""
    areas = (
        area for area in Register.load().areas if area.name in known and area.level not in _HIGH
    )
    names = {area.english.casefold(): area.name for area in areas if area.english}
    return re.compile(rf"\b(?:{one_of(names)})\b"), names


@cache
def _longest() -> int:
    """How long the form of an area may be."""
    return max(map(len, _chinese_names()))


@cache
def _chinese_names() -> Mapping[str, str]:
    """Form that is safe to recognise, or short form of a higher area → the one area it means, empty where it is open."""
    register = Register.load()
    found = {}
    for form, areas in register.forms().items():
        if register.is_full(form) or any(area.level in _HIGH for area in areas):
            area = register.resolve(form, within=None, year=LAST_YEAR)
            found[form] = area.name if area is not None else ""
    return found


@cache
def _english_names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds the English names of provinces and cities, without what kind of area each is, and their Chinese ones."""
    areas = [a for a in Register.load().areas if a.level in _HIGH and a.valid(LAST_YEAR)]
    names = {_spelled(stem_of(a.name)): a.name for a in areas if a.level == "province"}
    names |= {_KIND_OF_AREA.sub("", area.english.casefold()): area.name for area in areas}
    names.pop("", None)
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), names


def _spelled(name: str) -> str:
    """A name as it is read, in one word: guangxi."""
    return "".join(next(iter(readings(name)), ()))
