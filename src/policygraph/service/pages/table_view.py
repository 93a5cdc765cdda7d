"""How a reader looks at a table: sorted, filtered, some columns, some values; all of it is in the address.

The parameters begin with ``_``, which no parameter of a query does: ``_sort=-value``, ``_find=资金``,
``_columns=text,value``, ``_is.kind=count``, ``_from=300``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Self

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.service.pages.cell_words import cell_text, is_number
from policygraph.service.pages.page_reader import PageReader

SHOWN = 300  # rows of one page
MARK = "_"
_VALUE = "_is."
_FEW, _MANY = 2, 40  # values a facet has at least and at most

Line = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class TableView:
    """What is shown of a table. ``only`` has the values that columns are narrowed to."""

    sort: str = ""
    descending: bool = False
    find: str = ""
    columns: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    first: int = 0

    @classmethod
    def of(cls, parameters: Iterable[tuple[str, str]]) -> Self:
        """The view of an address; what means nothing is left out."""
        view = cls()
        for name, value in parameters:
            if name == "_sort":
                view = replace(view, sort=value.lstrip("-"), descending=value.startswith("-"))
            elif name == "_find":
                view = replace(view, find=value.strip())
            elif name == "_columns":
                view = replace(view, columns=(*view.columns, *filter(None, value.split(","))))
            elif name == "_from" and value.isdecimal():
                view = replace(view, first=int(value[:9]))
            elif name.startswith(_VALUE):
                view = replace(view, only={**view.only, name.removeprefix(_VALUE): value})
        return view

    def parameters(self) -> dict[str, str]:
        """The parameters of an address that has this view."""
        said = {
            "_sort": ("-" if self.descending else "") + self.sort if self.sort else "",
            "_find": self.find,
            "_columns": ",".join(self.columns),
            "_from": str(self.first) if self.first else "",
            **{f"{_VALUE}{name}": value for name, value in self.only.items()},
        }
        return {name: value for name, value in said.items() if value or name.startswith(_VALUE)}

    def shown(self, columns: Sequence[str]) -> list[str]:
        """The columns that are shown: those chosen, else all but the places in the text."""
        chosen = [name for name in columns if name in self.columns]
        return chosen or [name for name in columns if not _is_place(name)] or list(columns)


@dataclass(frozen=True, slots=True)
class Facet:
    """A column's values with their words and how many rows have each, the most first."""

    column: str
    values: tuple[tuple[str, str, int], ...]


class Rows:
    """The rows of an answer, looked at by a view. ``titles`` names the reports by IRI."""

    def __init__(
        self, lines: Sequence[Line], reader: PageReader, titles: Mapping[str, str]
    ) -> None:
        self._lines, self._reader, self._titles = lines, reader, titles

    def chosen(self, view: TableView) -> list[Line]:
        """The rows the view leaves, in its order."""
        found = [line for line in self._lines if self._fits(line, view)]
        if not view.sort:
            return found
        have = [line for line in found if line.get(view.sort) is not None]
        lacking = [line for line in found if line.get(view.sort) is None]
        have.sort(key=lambda line: self._order(line[view.sort]), reverse=view.descending)
        return [*have, *lacking]

    def facets(self, view: TableView) -> Iterator[Facet]:
        """The columns with few values, counted among the rows that all else in the view leaves."""
        for column in self._lines[0] if self._lines else ():
            if _is_place(column) or not self._is_facet(column):
                continue
            others = {name: value for name, value in view.only.items() if name != column}
            wider = replace(view, only=others)
            terms = [line.get(column) for line in self._lines if self._fits(line, wider)]
            counts = Counter(map(_raw, terms))
            ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            words = {
                value: self.text(column, term)
                for value, term in {_raw(t): t for t in terms}.items()
            }
            if len(ordered) >= _FEW or column in view.only:
                yield Facet(column, tuple((value, words[value], count) for value, count in ordered))

    def _is_facet(self, column: str) -> bool:
        terms = [line.get(column) for line in self._lines]
        if any(map(is_number, terms)):
            return False
        distinct = len({_raw(term) for term in terms})
        return _FEW <= distinct <= _MANY and distinct * 2 <= len(terms)

    def _fits(self, line: Line, view: TableView) -> bool:
        if any(_raw(line.get(name)) != value for name, value in view.only.items()):
            return False
        if not view.find:
            return True
        words = view.find.casefold()
        return any(words in self.text(name, term).casefold() for name, term in line.items())

    def text(self, column: str, term: Term | None) -> str:
        """What a cell says to the reader."""
        said = cell_text(self._reader, column, term)
        return self._titles.get(said, said) if isinstance(term, ox.NamedNode) else said

    def _order(self, term: Term | None) -> tuple[int, Decimal, str]:
        if is_number(term):
            return 0, Decimal(_raw(term)), ""
        return 1, Decimal(0), self._titles.get(_raw(term), _raw(term))


def _is_place(column: str) -> bool:
    """Whether a column has places in a text, which are shown only where they are asked for: start, resultEnd."""
    return column in ("start", "end") or column.endswith(("Start", "End"))


def _raw(term: Term | None) -> str:
    return str(getattr(term, "value", ""))
