"""What a number does: counts, measures, tells a level, a change, a rank, a share of a target."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext, is_bound
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening
from policygraph.loaders.words.nouns import noun_before, noun_end

_REACHED = WordPattern(r"[到至为达在]{nearly}?$")
_BY = WordPattern(r"{turn-by}(?:了|{nearly})?$")
_NEW = WordPattern(r"{gain}(?:了|{nearly})?$")
_LOWER = WordPattern(r"{lower}[^，,]{0,12}$")
_NOUN_NEXT = re.compile(r"[^，,。；;、：:（(）)的以左上和与及至到\s0-9]")
# 参与人次超630万: the noun says in what.
_COUNTED = WordPattern(r"({counted-suffix})数?$")
# 增长|超过, 增幅|达: what may stand between a turn and its number.
_NEAR = WordPattern(r"{before-amount|over|under|approx}+$")
_COMPLETED = WordPattern(r"{completion-link}?(?:了)?{completion}(?:[^，,]{0,4}的|的)?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A kind, whether the value is a decrease, and the unit: certain though dropped, or missing."""

    kind: FigureKind
    falls: bool = False
    unit: str = ""
    missing: bool = False


def completed() -> WordPattern:
    """达到年度目标的103.7% | 完成年度计划112% | 为预算的102.5%."""
    return _COMPLETED


def read_quantity(number_context: NumberContext) -> Quantity:
    """The kind of a number_context's number."""
    number = number_context.number
    if number.form == "rank":
        return Quantity("rank")
    if number.form == "doubling":
        return Quantity("change")
    if is_bound(number_context):
        return Quantity("threshold")
    tail = (
        number_context.gap[-12:]
        if not cue("part").search(number_context.gap[-12:])
        else number_context.gap[-6:]
    )
    reached = bool(_REACHED.search(tail))
    turn = _NEAR.sub("", tail)
    falls = closing("down").search(turn) is not None and not reached
    rises = closing("up").search(turn) is not None and not reached
    compares = bool(cue("base").search(number_context.whole[-20:])) and not reached
    if number.missing:
        return _unitless(number_context, falls=falls, changes=rises or falls)
    if number.dimension == "points":
        return Quantity("change", falls or bool(_LOWER.search(number_context.whole)))
    if number.dimension == "ratio":
        return _ratio(number_context, rises=rises, falls=falls, compares=compares)
    if (
        (rises or falls)
        and _BY.search(tail)
        and not _NEW.search(tail)
        and not is_counted(number_context)
    ):
        return Quantity("change", falls)
    return Quantity("count" if number.dimension in ("count", "") else "amount")


def _unitless(number_context: NumberContext, *, falls: bool, changes: bool) -> Quantity:
    """同比增长9.2, is %; 收入倍差缩小至1.83 and 指数达91.2 have no unit; 危房8612 lacks one."""
    noun = noun_before(number_context.left)
    counted = _COUNTED.search(noun)
    if counted:
        return Quantity("count", unit=counted[1])
    if closing("quotient").search(noun):
        return Quantity("rate")
    if closing("index").search(noun):
        return Quantity("amount")
    if changes:
        return Quantity("change", falls, "%", missing=True)
    return Quantity("count", missing=True)


def _ratio(number_context: NumberContext, *, rises: bool, falls: bool, compares: bool) -> Quantity:
    number = number_context.number
    if completed().search(number_context.left[-20:]) and not rises and not falls:
        return Quantity("completion")
    if number.form in ("ratio", "fraction", "tenths") and not rises and not falls:
        return Quantity("rate")
    if number.unit == "倍":
        return Quantity("change")
    if rises or falls or compares:
        return Quantity("change", falls)
    return Quantity("rate")


def is_counted(number_context: NumberContext) -> bool:
    """Whether the counted noun follows the number: 43个经济强市县."""
    number = number_context.number
    right = number_context.text[number_context.noun_at : number_context.noun_at + 20]
    if number.form != "plain" or number.dimension not in ("count", ""):
        return False
    after = number_context.after
    if (
        after
        and number_context.left
        and not number_context.left.endswith("的")
        and (number_context.group is None or number_context.group.span.end == after.start)
        and noun_end(number_context.text, number_context.noun_at, number_context.clause.end)
        >= after.start
        and not closing("link", "up", "down").search(
            number_context.text[number_context.noun_at : after.start]
        )
    ):
        # 创建国家现代农业产业园15个优势特色产业集群9个 lacks its 、 and goes on noun first.
        return not noun_before(number_context.left) and after.start > number.end
    if number.noun:
        return True
    return bool(_NOUN_NEXT.match(right)) and bool(
        opening("guard").match(right) or not opening("stop", "up", "down").match(right)
    )
