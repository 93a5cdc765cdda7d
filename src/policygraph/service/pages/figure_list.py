"""A stated figure as pages show it: its words, what it is about, where it stands, its sentence on demand."""

from __future__ import annotations

from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.queries.arithmetic import StatedFigure, direction, printed
from policygraph.queries.comparability import LOOSE
from policygraph.queries.tones import tone_names, tones
from policygraph.service.pages.page_reader import PageReader
from policygraph.viz.markup import Markup, join, tag


def quote_link(figure: StatedFigure, reader: PageReader) -> Markup:
    """The words of a figure, linked to its page."""
    where = reader.local(figure.iri) or figure.iri
    return tag("a", figure.quote, href=where, class_="quote", lang="zh-Hans")


def about_figure(figure: StatedFigure, reader: PageReader) -> Markup:
    """What a figure is about, the section and report it stands in, and its sentence."""
    about = " · ".join(filter(None, (figure.indicator, figure.scope, figure.period)))
    way = direction(figure.kind, figure.value)
    words = reader.say(way) if way else "", qualifier_words(figure.qualifiers, reader)
    said = reader.say("comma").join(filter(None, words))
    place = reader.local(figure.document)
    where = f"{place}#at-{figure.start}" if place else figure.document
    return join(
        tag("span", about, lang="zh-Hans"),
        tag("em", f" {said}") if said else None,
        tag(
            "details",
            tag("summary", " · ".join(filter(None, (figure.title, figure.section))), lang="zh-Hans"),
            tag("blockquote", *_marked(figure), lang="zh-Hans"),
            tag("a", reader.say("read_report"), href=where),
        ),
    )  # fmt: skip


def _marked(figure: StatedFigure) -> list[Markup]:
    begin, end = figure.place, figure.place + len(figure.quote)
    text = figure.sentence
    return [join(text[:begin], tag("mark", text[begin:end]), text[end:])]


def spoken(figure: StatedFigure, reader: PageReader) -> str:
    """A figure with the words that say how firmly it is meant: 超过3000亿元, 5%左右（力争更好）.

    Words that do not stand right beside it follow in brackets; a cell of a table has the unit of its heading.
    """
    begin, end = figure.place, figure.place + len(figure.quote)
    said = tones(figure.sentence, begin, end)
    if said and reader.english:
        words = dict.fromkeys(tone_word(tone.word, reader) for tone in said)
        return printed(figure) + reader.say("in_brackets", text=reader.say("comma").join(words))
    before = [tone.word for tone in said if figure.sentence[:begin].endswith(tone.word)]
    after = [tone.word for tone in said if tone.start == end]
    apart = [tone.word for tone in said if tone.word not in (*before, *after)]
    if not said:
        loose = tuple(key for key in figure.qualifiers if key in LOOSE)
        apart = [qualifier_words(loose, reader)] if loose else []
    bracket = reader.say("in_brackets", text=reader.say("comma").join(apart)) if apart else ""
    return "".join((*before, printed(figure), *after, bracket))


def tone_word(word: str, reader: PageReader) -> str:
    """A word of tone in the reader's language: 以上, at least."""
    return (tone_names().get(word, "") if reader.english else "") or word


def qualifier_words(qualifiers: tuple[str, ...], reader: PageReader) -> str:
    """What qualifies a figure, in the reader's language: 计划、约."""
    words = (reader.pick(_qualifiers().get(key, (key, key))) for key in qualifiers)
    return reader.say("comma").join(words)


@word_cache
def _qualifiers() -> dict[str, tuple[str, str]]:
    return {concept.key: (concept.label, concept.english) for concept in vocabulary("qualifiers")}
