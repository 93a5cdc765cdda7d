"""What reading resolved, as entities: areas of the register, bodies, and all that has only a name."""

from __future__ import annotations

from functools import cache

from policygraph.graph.statements import Entity, MentionType
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.words.cues import words
from policygraph.ontology.bodies import Body, body_above, body_of, canonical
from policygraph.ontology.register import COUNTRY, Area, Register

# Things of these kinds are told from namesakes by the area of the report.
_LOCAL = frozenset(("Area", "Group"))


@cache
def area_entity(area: Area) -> Entity:
    """An area of the register."""
    return Entity("Area", area.name, area.key, area)


def home_entity(context: ReportContext) -> Entity | None:
    """The area whose report it is, None where it is unknown; a town or zone lies in its parent."""
    above = area_entity(context.area) if context.area is not None else None
    if context.locality:
        town = _township(context.locality, context.area)
        return town or Entity("Area", context.locality, above.name if above else "", parent=above)
    return above


def _township(name: str, within: Area | None) -> Entity | None:
    """The one township of a full name in a county, or in a city without counties; None where it is not certain.

    Of a larger area it is not: a town that has ended since may have borne the name elsewhere in it.
    """
    if within is None or within.level not in ("county", "prefecture"):
        return None
    found = Register.load().townships_named(name, within)
    certain = len(found) == 1 and found[0].parent == within.code
    return area_entity(found[0]) if certain else None


def country() -> Entity:
    """The country as a whole."""
    area = Register.load().by_code(COUNTRY)
    assert area is not None, "the register begins with the country"
    return area_entity(area)


def area_named(name: str, context: ReportContext) -> Entity:
    """An area by its full name: of the register, else a town or village of the report's area."""
    area = Register.load().resolve(name, within=context.area, year=context.year)
    return area_entity(area) if area is not None else named_entity("Area", name, context)


def body_entity(body: Body) -> Entity:
    """A party or state body under the body it belongs to: 省委宣传部 under 省委, 省财政厅 under 省政府."""
    above = body_above(body)
    parent = body_entity(above) if above is not None and above.name != body.name else None
    return Entity("Organization", body.name, area=body.area, body=canonical(body), parent=parent)


def implied_actor(context: ReportContext, *, government: bool) -> Entity | None:
    """Who acts where a report names nobody: 湖北省人民政府 in its own work report, else who issued it.

    ``government`` tells a government's own report. None where neither is certain.
    """
    if government and context.area_name:
        national = context.area is not None and context.area.code == COUNTRY
        name = (
            words("document-state-council")[0]
            if national
            else context.area_name + words("document-government")[0]
        )
        return organization_entity(name, context)
    return organization_entity(context.issuer, context) if context.issuer else None


def speaker_post(name: str, context: ReportContext) -> Entity | None:
    """The post in which a report was delivered, in its body, as it is where a sentence names it.

    湖北省省长 is in 湖北省人民政府, 国务院总理 in 国务院. None where the header names no post.
    """
    head = next((head for head in words("head-of-office") if name.endswith(head)), "")
    whose = name.removesuffix(head)
    acting = next((word for word in words("document-acting") if whose.endswith(word)), "")
    whose = whose.removesuffix(acting)
    if not name or not whose:
        return Entity("Post", name) if name else None
    if context.area is not None and whose == context.area.name:
        whose += words("document-government")[0]
    body = organization_entity(whose, context)
    if body.body is None:
        return Entity("Post", name)
    return post_entity(name, body.body.area, body)


def organization_entity(name: str, context: ReportContext) -> Entity:
    """An organization by its full name: a body where a pattern makes the name, else a name alone."""
    body = body_of(name, context.area, context.year)
    return Entity("Organization", name) if body is None else Entity("Organization", name, body=body)


def post_entity(name: str, area: Area | None, body: Entity | None) -> Entity:
    """A post at an area, in a body."""
    return Entity("Post", name, area=area, parent=body)


def named_entity(
    kind: MentionType, name: str, context: ReportContext, within: Area | None = None
) -> Entity:
    """A thing known by its name; groups, towns and villages are those of the report's area.

    An area made here is a township of the county ``within`` which it stands, else of the report's, where the
    register knows it; else a town, a village or an open namesake with a name alone. A group in the report of
    a town or zone has that as its parent.
    """
    home = home_entity(context) if context.locality else None
    if kind == "Area":
        elsewhere = None not in (within, context.area) and within != context.area
        if home is not None and name == home.name and not elsewhere:
            return home
        town = _township(name, within or context.area)
        if town is not None:
            return town
    key = context.area_name if kind in _LOCAL else ""
    if kind == "Group" and home is not None:
        return Entity(kind, name, key, parent=home)
    return Entity(kind, name, key, context.area if kind == "Group" else None)
