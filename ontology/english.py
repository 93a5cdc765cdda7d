"""English names of bodies and posts, put together from the English of areas and vocabularies.

``place`` is the English name of an area as it stands alone: Hubei Province, Wuhan, Hong'an County.
"""

from __future__ import annotations

from policygraph.ontology.bodies import Body, pattern
from policygraph.ontology.register import Area
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_SMALL = frozenset(("and", "of", "for", "in", "the", "under", "to"))
_ATTRIBUTES = {"省": "Provincial", "市": "Municipal"}


def body_name(body: Body, place: str) -> str:
    """Hubei Provincial Department of Finance; empty where the area has no English name."""
    if body.central:
        return body.concept.english
    if not place:
        return ""
    written = pattern(body.concept, body.area, "english")
    if not written and body.suffix is not None:
        written = body.suffix.value("english")
    filled = written.replace("{area}", attribute(body.area, place)).replace("{place}", place)
    return filled.replace("{function}", capitalised(body.concept.english))


def attribute(area: Area, place: str) -> str:
    """An area before the name of a body: Hubei Provincial, Wuhan Municipal, Hong'an County."""
    word = _ATTRIBUTES.get(area.name[-1], "")
    return f"{place.removesuffix(' Province')} {word}" if word else place


def capitalised(words: str) -> str:
    """Human Resources and Social Security."""
    capital = [w if w in _SMALL else w[:1].upper() + w[1:] for w in words.split(" ")]
    return " ".join(
        "-".join(p[:1].upper() + p[1:] for p in w.split("-")) if "-" in w else w for w in capital
    )


def role_of(post: str) -> Concept | None:
    """The role a post is: 中共湖北省委副书记 is a 副书记."""
    for words, role in _roles():
        if post.endswith(words):
            return role
    return None


@word_cache
def _roles() -> tuple[tuple[str, Concept], ...]:
    """Last words of posts, longest first."""
    found = [(words, role) for role in vocabulary("roles") for words in role.labels]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def post_name(role: Concept, body: str, place: str) -> str:
    """Governor of Hubei Province, Secretary of the CPC Hubei Provincial Committee; empty where part is unknown."""
    written = role.value("english")
    if written:
        return written.replace("{place}", place) if place or "{place}" not in written else ""
    return f"{role.english} of the {body}" if body else ""
