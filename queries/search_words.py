"""What a text that is searched for may be written as, and the parts of a question that can be found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from policygraph.ontology.concepts import meaning
from policygraph.ontology.pinyin import syllables
from policygraph.ontology.vocabulary import Concept, concepts_by_iri, vocabulary, word_cache
from policygraph.queries.word_boundaries import known_words, words_of

_TOKEN = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_BLANK = r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])"  # beside a Chinese character
_MARKS = f"[、，,；;。？?！!：:]+|{_BLANK}"  # between the parts of a question
_ACCENTS = re.compile(
    "[^\0-\u02ff\u3000-\u3029\u3400-\u9fff\uff00-\uffef]"
)  # what may combine, and little else
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_LAST = re.compile(rf"(?:{_YEAR.pattern})年?$")
_SHORTEST = 4  # letters from which on the beginning of an English word is enough
_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("us", "us"), ("s", ""))
_NAMED = (
    *("indicators", "groups", "named-groups", "topics", "programmes", "search-words"),
    "search-synonyms",
)
_DIGITS = "一二两三四五六七八九十几"
_HOW_MANY = "how many"
_FORMS = ("ed", "ing")  # endings of verbs: invested, monitoring
_NAMES = 24  # names that a question is compared with
_FEW_WORDS = 3  # English words behind how many that tell of what
_PLANNED, _OF_PLANS = "planned", 0.4  # what a word counts that asks for plans: 目标
_TELLING_NOTHING = ("generic", "share-word", "tail", _PLANNED)  # words whose absence tells nothing
_DONE = "了过"  # what follows a verb that is done
_NOT, _NOT_YET = "没", "未"
_SEAM = 0.3  # of what two neighbouring characters count that belong to two words
_LONGEST_LOOSE = 60  # tokens of a text that is compared loosely or taken apart


def tokens(text: str) -> list[str]:
    """The characters of Chinese and the words of other scripts, folded in width, case and accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if _ACCENTS.search(folded):
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _TOKEN.findall(folded)


def match(text: str) -> str:
    """The expression that finds every word of a text: phrases of characters, beginnings of words.

    A word in Latin letters is also found by the Chinese words for it, and as pinyin; a wording that a
    decision joins with an indicator by that indicator's name; 2024年 by the year.
    """
    return " AND ".join(found for part in text.split() if (found := _ways(part)))


def match_loosely(text: str) -> str:
    """The expression that finds any two neighbouring characters of a text, or any of its words."""
    said = tokens(text)[:_LONGEST_LOOSE]
    pairs = [f'"{one} {two}"' for one, two in pairwise(said)]
    return " OR ".join(dict.fromkeys(pairs or [f'"{token}" *' for token in said]))


def _ways(word: str) -> str:
    """All ways to find one word."""
    said = tokens(word)
    if not said:
        return ""
    begun = "" if _HAN.fullmatch(said[-1]) else " *"
    ways = [f'"{" ".join(said)}"{begun}']
    if len(said) == 1 and begun and said[0].isascii():
        ways += [f'"{" ".join(tokens(word))}"' for word in chinese_words(said[0])]
        spelled = syllables(said[0])
        ways += [f'"{" ".join(spelled)}" *'] if len(spelled) > 1 else []
    if len(said) == 2 and said[1] == "年" and _YEAR.fullmatch(said[0]):
        ways.append(f'"{said[0]}"')
    ways += [f'"{" ".join(tokens(other))}"' for other in _joined().get("".join(said), ())]
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def parts_of(
    question: str, is_found: Callable[[str], bool], names: Collection[str] = ()
) -> list[str]:
    """The longest parts of a question that are found somewhere, without the words that only ask, in their order.

    ``names`` are those of areas and bodies in it.
    """
    parts: list[str] = []
    for said in _asked_about(question):
        words = [word for each in _words_in(said, names) for word in _findable(each, is_found)]
        for _, run in groupby(words, key=bool):
            parts += [_written(part) for part in _longest(list(run), is_found)]
    return list(dict.fromkeys(filter(None, parts)))


def _words_in(said: Sequence[str], names: Collection[str] = (), but: str = "") -> list[list[str]]:
    """The words among some tokens; 2023年 is one."""
    years = (one + two for one, two in pairwise(said) if two == "年" and _YEAR.fullmatch(one))
    names = {*names, *years}
    return [list(said[slice(*place)]) for place in words_of(said, names, but=but)]


def _findable(word: Sequence[str], is_found: Callable[[str], bool]) -> Iterator[str]:
    """A word, or where it stands nowhere the shorter words that it is made of: 贫困人口, or 贫困 and 人口.

    Empty is what is left of it: of 贫困县 a single 县.
    """
    written = _written(word)
    if len(word) == 1 or is_found(match(written)):
        yield written
        return
    for part in _words_in(word, but=written):
        yield from _findable(part, is_found) if len(part) > 1 else ("",)


def lacking_of(
    question: str, parts: Sequence[str], names: Collection[str], is_found: Callable[[str], bool]
) -> Iterator[str]:
    """The words of a question beside the parts of it that are found, which stand nowhere, in no other words either.

    ``names`` are those of areas and bodies in it.
    """
    years = [f"{year}年" for year in _YEAR.findall(question)]
    found = sorted(parts, key=len, reverse=True)
    between = re.compile("|".join(map(re.escape, found)) or "(?!)", re.IGNORECASE)
    for said in _asked_about(question):
        for left in between.split(_written(said)):
            for words in _left_words(tokens(left), names):
                others = (other for named in _others_of(words).values() for other in named)
                if (
                    words not in years
                    and _is_word(words)
                    and not any(is_found(match(other)) for other in others)
                ):
                    yield words


def asked_noun(question: str) -> list[str]:
    """What a question asks how many there are of, behind the words that ask: 龙头企业 of 有多少家龙头企业.

    Of English words, what reports say for them in Chinese.
    """
    found = _how_many().search(question.casefold())
    if found is None:
        return []
    behind = tokens(question[found.end() :])[:_LONGEST_LOOSE]
    first = "".join(behind[slice(*next(words_of(behind), (0, 0)))])
    if re.fullmatch(counting_words()[1], first):
        behind = behind[len(first) :]
    said = next(_asked_about(_written(behind).lstrip(_particles())), [])
    if not said or not said[0].isascii():
        is_noun = len(said) > 1 and not {said[0], *chinese_words_of("".join(said))[:1]} & {
            _NOT,
            _NOT_YET,
            *_verbs(),
        }
        run = "".join(said)
        done = _done().search(run)
        return [run[: done.start()] if done else run] if is_noun else []
    named = [
        said[0],
        *takewhile(lambda word: word.isascii() and not word.endswith(_FORMS), said[1:]),
    ]
    english = named[:_FEW_WORDS]
    return [chinese for word in english for chinese in chinese_words(word) if len(chinese) > 1]


def _left_words(left: Sequence[str], names: Collection[str]) -> Iterator[str]:
    """The known words of what is left of a question, and the characters between them that may be one: 孝感市, 碳达峰."""
    run: list[str] = []
    for word in [*_words_in(left, names), []]:
        if len(word) == 1 and not word[0].isascii():
            run += word
            continue
        yield _written(run).strip(f" {_particles()}")
        run = []
        yield _written(word)


def _is_word(text: str) -> bool:
    """Whether it is more than one Chinese character: 碳达峰, gdp; and neither a number of something nor common: 一支, 人数."""
    if len(text) < 2 or any(text in _told_by(kind) for kind in _TELLING_NOTHING):
        return False
    return text.isascii() or (len(tokens(text)) > 1 and text[0] not in _DIGITS)


def chinese_words_of(run: str) -> list[str]:
    """The known words of more than one character in a run of Chinese, the run itself where it has none."""
    said = tokens(run)
    words = ["".join(said[slice(*place)]) for place in words_of(said)]
    return [word for word in words if len(word) > 1] or [run]


def indicator_names(question: str, names: Iterable[str]) -> list[str]:
    """What a question may name as an indicator: each of its runs, and the last word of each, without the names of areas."""
    runs = runs_of(question, names)
    return list(dict.fromkeys(name for run in runs for name in (run, chinese_words_of(run)[-1])))


def runs_of(question: str, names: Iterable[str] = (), between: str = "") -> list[str]:
    """The several things a question joins, without the names in it and how many they are: 省直单位, 中央单位 of 省直单位和中央单位两家.

    ``between`` are characters that part two things too where they are words of their own.
    """
    left = one_of(names)
    shares = one_of(f"的{word}" for word in _told_by("share-word"))
    several = re.compile(rf"(?<=..)[{_DIGITS}](?:{counting_words()[1]})$|(?:{shares})$")
    runs = (re.sub(left, "", _written(run)) for run in _asked_about(question))
    apart = (each for run in runs for each in _apart(tokens(run), between))
    return [found for run in apart if len(found := several.sub("", run).strip()) > 1]


def _apart(said: Sequence[str], between: str) -> Iterator[str]:
    """What some characters part that are words of their own: 甲 and 乙 of 甲比乙, but 比例."""
    words = (
        ["".join(said[slice(*place)]) for place in words_of(said)]
        if said and not said[0].isascii()
        else [_written(said)]
    )
    run: list[str] = []
    for word in words:
        if len(word) == 1 and word in between:
            yield "".join(run)
            run = []
        else:
            run.append(word)
    yield "".join(run)


def with_written_negation(question: str) -> str:
    """A question whose 没 before a verb is 未, as reports write it: 没开工, but 没有提到."""
    return _negated().sub(lambda found: found["asked"] or _NOT_YET, question)


@word_cache
def _negated() -> re.Pattern[str]:
    """What finds 没 and 没有 before a verb, and the words that ask what is not told as they are."""
    asked = one_of(w for c in vocabulary("question-words") for w in c.labels if _NOT in w)
    verbs = one_of(word for word in _verbs() if len(word) > 1)
    return re.compile(f"(?P<asked>{asked}(?!{verbs}))|{_NOT}有?(?={verbs})")


def noun_of_each(question: str) -> list[str]:
    """The words for what something is asked for each of, where it is named behind that: 安置区 of 每个安置区平均."""
    found = re.search(rf"[每一](?:{counting_words()[1]})(?:平均)?", question)
    behind = tokens(question[found.end() :])[:_LONGEST_LOOSE] if found else []
    words = next((["".join(run)] for run in _asked_about(_written(behind))), [])
    first = next((word for run in words for word in chinese_words_of(run)), "")
    return [first, *_synonyms().get(first, ())] if first and first not in _verbs() else []


@dataclass(frozen=True, slots=True)
class Topic:
    """What a part of a question is compared by, with how much each counts: years, words, neighbouring characters.

    ``others`` has for a word of it the other words for what it says: 低保 for 最低生活保障.
    """

    units: dict[str, float]
    others: dict[str, tuple[str, ...]]


def topics_of(question: str, names: Collection[str] = ()) -> list[Topic]:
    """The parts of a question, without the words that only ask; the ``names`` of areas and bodies in it stand for themselves."""
    topics = (
        Topic(dict(_units_of(said, names)), _others_of("".join(said)))
        for said in _asked_about(question)
    )
    return [topic for topic in topics if topic.units]


def _units_of(said: Sequence[str], names: Collection[str]) -> Iterator[tuple[str, float]]:
    """What a run of a question is compared by; where two words meet is little of it, and beside a name or a particle nothing.

    福建省旅游 holds 福建 and 旅游, and no 省旅; 驻村人数 holds little of 村人.
    """
    begins = {start: (start, end) for start, end in words_of(said, names)}
    word = (0, 0)
    for at, (one, two) in enumerate(pairwise([*said, ""])):
        word = begins.get(at, word)
        if one + two in _told_by(_PLANNED):
            yield one + two, _OF_PLANS
        elif two == "年" and _YEAR.fullmatch(one):
            yield one + two, 2
        elif not _HAN.fullmatch(one):
            yield one, 2
        elif two and _HAN.fullmatch(two):
            beside = [word, begins.get(at + 1, word)]
            if weight := _weight_of_pair(["".join(said[slice(*each)]) for each in beside], names):
                yield one + two, weight
        elif len(said) == 1 and one in _single():
            yield one, 1


def _weight_of_pair(words: Sequence[str], names: Collection[str]) -> float:
    """How much two neighbouring characters count that stand in these words."""
    if all(len(word) == 1 for word in words):  # 上访, 要挖
        return _SEAM if set(words) & set(_particles()) else 1
    if words[0] == words[1] or words[0] == _NOT_YET:
        return 1
    return 0 if set(words) & {*names, *_particles()} else _SEAM


def asked_alone(question: str, names: Iterable[str]) -> str:
    """What is left of a question without the words that only ask and the names in it: 人口 of 湖北省有多少人口."""
    left = "".join(_written(said) for said in _asked_about(question))
    for name in names:
        left = left.replace(name, "")
    return left.strip(f" {_particles()}")


def _others_of(run: str) -> dict[str, tuple[str, ...]]:
    """Word of a run of a question → the other words for it that do not stand there too."""
    found: dict[str, list[str]] = {}
    for word, named in (*_synonyms().items(), *_joined().items()):
        if word in run:
            others = [other for other in named if word not in other and other not in run]
            found.setdefault(word, []).extend(others)
    return {word: tuple(others) for word, others in found.items() if others}


def asked_names(question: str) -> list[str]:
    """What a question may name, the longest first: what it ends with (贷款 of 易地搬迁贷款), and what English words mean.

    A wording is followed by the indicator that it means.
    """
    names: dict[str, None] = {}
    for said in _without_tails(_asked_about(question)):
        names |= dict.fromkeys(_english_names().get(tuple(map(_stem, said)), ()))
        starts = [start for start, _ in words_of(said) if said[:start][-1:] != [_NOT_YET]]
        names |= dict.fromkeys(_written(said[start:]) for start in starts)
        if len(said) > 1:  # GDP总量
            names |= dict.fromkeys(
                w for each in said if each.isascii() for w in chinese_words(each)
            )
    longest = sorted((name for name in names if len(name) > 1), key=len, reverse=True)[:_NAMES]
    return list(dict.fromkeys(each for name in longest for each in (name, *_usual(name))))


def with_other_names(names: Iterable[str]) -> list[str]:
    """Names of indicators with the other words for them: 地方一般公共预算收入 beside 财政收入."""
    said = list(names)
    others = (other for name in said for other in _synonyms().get(name, ()))
    return list(dict.fromkeys([*said, *(e for o in others for e in (o, *_usual(o)))]))


def _without_tails(runs: Iterable[list[str]]) -> Iterator[list[str]]:
    """Each run, and it without what is only said of an indicator at its end: 新能源汽车产量 of 新能源汽车产量增长."""
    tails = _told_by("tail")
    for said in runs:
        yield said
        left = _YEAR_LAST.sub("", "".join(said))
        while tail := next((t for t in tails if left.endswith(t) and left != t), ""):
            left = left.removesuffix(tail)
        if left != "".join(said):
            yield tokens(left)


def _usual(name: str) -> Iterator[str]:
    """The name of the indicator that a wording means: 粮食总产量 for 粮食产量."""
    meant = meaning("indicators", name)
    if meant is not None:
        yield meant.concept.label


@word_cache
def _english_names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """English name, as stems → the Chinese names."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for name in _NAMED:
        for concept in vocabulary(name):
            for english in concept.english.split(";"):
                stems = tuple(map(_stem, tokens(english)))
                found.setdefault(stems, {}).update(dict.fromkeys(concept.labels))
    return {stems: tuple(labels) for stems, labels in found.items() if stems}


def _stem(word: str) -> str:
    """An English word without the ending of its plural: villages, counties, taxes."""
    for ending, singular in _PLURALS:
        if word.isascii() and word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + singular
    return word


def _asked_about(question: str) -> Iterator[list[str]]:
    """The tokens of a question between the words that only ask."""
    chinese, english = _question_words()
    for piece in _pieces(chinese, question):
        run: list[str] = []
        for token in tokens(piece)[:_LONGEST_LOOSE]:
            if token in english:
                yield run
                run = []
            else:
                run.append(token)
        yield run


def _pieces(asking: re.Pattern[str], question: str) -> Iterator[str]:
    """What stands between the words that ask; 参与 holds none."""
    begin = 0
    for found in asking.finditer(question):
        if found.lastgroup is None:
            yield question[begin : found.start()]
            begin = found.end()
    yield question[begin:]


def _longest(said: Sequence[str], is_found: Callable[[str], bool]) -> list[list[str]]:
    """The longest run of words that is found, and those left and right of it; single Chinese characters are no part."""
    ends = []  # for each word, where the longest run from it ends
    end = 0
    for start in range(len(said)):
        end = max(end, start)
        while end < len(said) and is_found(match(_written(said[start : end + 1]))):
            end += 1
        ends.append(end)
    return _chosen(said, ends, 0, len(said))


def _chosen(said: Sequence[str], ends: Sequence[int], low: int, high: int) -> list[list[str]]:
    def weight(run: tuple[int, int]) -> int:
        return sum(len(word) if _HAN.match(word) else 2 for word in said[slice(*run)])

    runs = [(start, min(ends[start], high)) for start in range(low, high)]
    best = max(runs, key=weight, default=(low, low))
    if weight(best) < 2:
        return []
    start, end = best
    left, right = _chosen(said, ends, low, start), _chosen(said, ends, end, high)
    return [*left, list(said[start:end]), *right]


def _written(said: Sequence[str]) -> str:
    """Tokens as a text: words apart, characters together."""
    text = ""
    for token in said:
        apart = text and text[-1].isascii() and token[0].isascii()
        text += f" {token}" if apart else token
    return text


@word_cache
def _question_words() -> tuple[re.Pattern[str], frozenset[str]]:
    """What finds the Chinese words of questions, the longest first; and the English ones."""
    concepts = [c for c in vocabulary("question-words") if "kept" not in asked_for(c)]
    chinese = {word for c in concepts for word in c.labels}
    english = {
        word
        for c in concepts
        for word in re.split(r";\s*" if asked_for(c) else r"[;\s]+", c.english)
    }
    asking, counted = counting_words()
    leading = [c.label for c in vocabulary("question-words") if "before" in asked_for(c)]
    told = (*chinese, *(f"{verb}{word}" for word in chinese for verb in leading))
    ways = [*map(re.escape, sorted(told, key=lambda word: (-len(word), word)))]
    single = [word for word in told if len(word) == 1]
    asked = {word for c in vocabulary("question-words") for word in c.labels}
    words = known_words() - asked | set(_told_by("generic"))
    held = one_of(word for word in words if any(map(word.__contains__, single)))
    several = f"(?:{'|'.join(leading)})?(?:{asking})(?:{counted})"
    numbers = [w for c in vocabulary("question-words") if "unit" in asked_for(c) for w in c.labels]
    how_many = re.compile(f".*(?:{'|'.join(numbers)})")
    before_noun = "|".join(way for way in ways if how_many.fullmatch(way))
    of_noun = f"(?:{before_noun})(?={'|'.join(map(re.escape, _like_units(counted)))})"
    longer = [way for way in ways if way not in single]
    patterns = _MARKS, of_noun, several, *longer, f"(?P<held>{held})", *single
    return re.compile("|".join(patterns)), frozenset(english)


def _like_units(counted: str) -> list[str]:
    """What indicators end with that begins as a unit does and is none: 人口 after 多少, which asks for no persons."""
    begins, unit = re.compile(f"(?:{counted})"), re.compile(counted)
    ends = {label[-2:] for concept in vocabulary("indicators") for label in concept.labels}
    return sorted(end for end in ends if begins.match(end) and not unit.fullmatch(end)) or ["(?!)"]


@word_cache
def counting_words() -> tuple[str, str]:
    """Patterns of what asks how many before a unit, 几, and of the units: 几座, 几公里.

    多少 stands before units as before nouns: 多少家庭农场.
    """
    asking = [c.label for c in vocabulary("question-words") if "unit" in asked_for(c)]
    return "|".join(asking), one_of(u for unit in vocabulary("units") for u in unit.labels)


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; of none, one that finds nothing."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def asked_for(concept: Concept) -> tuple[str, ...]:
    """What a word of questions asks for."""
    return concept.properties.get("asksFor", ())


@word_cache
def _particles() -> str:
    """The single characters around the words of a question: 了, 在."""
    words = (c.labels for c in vocabulary("question-words") if "particle" in asked_for(c))
    return "".join(word for labels in words for word in labels)


@word_cache
def _verbs() -> frozenset[str]:
    """The words for what is done: 惠及, 出了."""
    doing = (c.labels for c in vocabulary("verbs"))
    return frozenset((*(word for labels in doing for word in labels), *_told_by("generic")))


@word_cache
def _done() -> re.Pattern[str]:
    """What finds where a noun ends before what is told as done of it: 市州|参加了."""
    return re.compile(f"(?<=..)(?:{one_of(word for word in _verbs() if len(word) > 1)})[{_DONE}]")


@word_cache
def _single() -> frozenset[str]:
    """The single characters that are looked for alone: 煤 of 挖多少煤."""
    words = (c.labels for name in ("search-words", "search-synonyms") for c in vocabulary(name))
    return frozenset(word for labels in words for word in labels if len(word) == 1)


def _told_by(kind: str) -> tuple[str, ...]:
    """The words of questions of a kind, the longest first: those whose absence tells nothing, those said of an indicator."""
    return _kinds_of_words().get(kind, ())


@word_cache
def _kinds_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for concept in vocabulary("question-words"):
        for kind in asked_for(concept):
            found.setdefault(kind, []).extend(concept.labels)
    return {kind: tuple(sorted(words, key=lambda w: (-len(w), w))) for kind, words in found.items()}


@word_cache
def _how_many() -> re.Pattern[str]:
    """What asks how many there are of the noun behind it: 多少, 几, how many."""
    asking = (c.labels for c in vocabulary("question-words") if "unit" in asked_for(c))
    chinese = one_of(word for labels in asking for word in labels)
    return re.compile(rf"(?:{chinese})|\b(?:{_HOW_MANY})\b\s*")


@word_cache
def _joined() -> dict[str, list[str]]:
    """Wording → the names of the indicators that a decision joins it with."""
    labels = {iri: concept.label for iri, concept in concepts_by_iri("indicators").items()}
    found: dict[str, dict[str, None]] = {}
    for concept in vocabulary("merges"):
        into = labels.get(concept.value("into"))
        if into and not {"undone", "ofKind"} & set(concept.properties):
            for word in concept.properties.get("wording", ()):
                found.setdefault("".join(tokens(word)), {})[into] = None
    return {word: list(names) for word, names in found.items()}


@word_cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Word → the other words that search takes for it."""
    found: dict[str, dict[str, None]] = {}
    for concept in vocabulary("search-synonyms"):
        for word in concept.labels:
            others = (other for other in concept.labels if other != word)
            found.setdefault("".join(tokens(word)), {}).update(dict.fromkeys(others))
    return {word: tuple(others) for word, others in found.items()}


def chinese_words(english: str) -> list[str]:
    """What reports say for an English word, or for those that begin so, in Chinese."""
    if len(english) < _SHORTEST:
        return list(_search_words().get(english, ()))
    begun = {english, _stem(english)}
    begun |= {english.removesuffix(e) for e in _FORMS if len(english) >= len(e) + _SHORTEST}
    found = [words for word, words in _search_words().items() if any(map(word.startswith, begun))]
    return list(dict.fromkeys(word for words in found for word in words))


@word_cache
def _search_words() -> dict[str, tuple[str, ...]]:
    """English word → its Chinese words."""
    found: dict[str, dict[str, None]] = {}
    for concept in vocabulary("search-words"):
        for word in re.split(r"[;\s]+", concept.english):
            found.setdefault(word, {}).update(dict.fromkeys(concept.labels))
    return {word: tuple(words) for word, words in found.items()}
