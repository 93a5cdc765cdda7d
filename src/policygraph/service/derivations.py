"""Arithmetic on stated figures over HTTP: /derive?tray=… as a page for people, as rows for programs."""

from __future__ import annotations

from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from policygraph.errors import QueryError, ServiceError
from policygraph.graph.formats import HTML, ROWS
from policygraph.queries import arithmetic
from policygraph.queries.arithmetic import Derivation, StatedFigure
from policygraph.queries.comparability import caveats
from policygraph.queries.derivation_table import derivation_table
from policygraph.queries.results import write
from policygraph.queries.stated_figures import (
    find_figures,
    quoted_figures,
    short_reference,
)
from policygraph.queries.stated_passages import Ask, filled, lookup, node, text_of
from policygraph.service.http_documents import document, form_at, page_document
from policygraph.service.pages import page_routes
from policygraph.service.pages.derive_page import Tray
from policygraph.service.pages.tray import ADD, TRAY, references

OFFERS = (*ROWS, HTML)


async def answer(request: Request) -> Response:
    """What is derived from the figures of an address. Raises ServiceError."""
    form = form_at(request, "/derive", OFFERS)
    asked = request.query_params
    kept, added = references(asked.getlist(TRAY)), references(asked.getlist(ADD))
    operation, ask = asked.get("operation", ""), page_routes.select_of(request)
    if operation and operation not in arithmetic.OPERATIONS:
        known = ", ".join(arithmetic.OPERATIONS)
        raise ServiceError(400, f"operation={operation}: choose one of {known}")
    modified = request.app.state.store_service.snapshot.modified
    if form != HTML:
        try:
            made = await run_in_threadpool(_derived, ask, (*kept, *added), operation)
        except QueryError as error:
            raise ServiceError(400, str(error)) from error
        return document(request, write(derivation_table(made), form.extension), form, modified)
    tray = await run_in_threadpool(_tray, ask, kept, added)
    if not (kept or added):
        tray = Tray((), examples=await run_in_threadpool(examples, ask))
    if added and not tray.missing and not tray.candidates:
        found = [short_reference(figure.iri) for figure in tray.figures]
        return RedirectResponse(page_routes.tray_address(request, found), 303)
    return page_document(request, page_routes.derive_page(request, tray, operation), modified)


def _derived(ask: Ask, given: tuple[str, ...], operation: str) -> list[Derivation]:
    figures = find_figures(ask, given)
    return [arithmetic.derive(operation, figures)] if operation else arithmetic.derivations(figures)


def _tray(ask: Ask, kept: tuple[str, ...], added: tuple[str, ...]) -> Tray:
    """The figures of the references, each once; words that several figures have are left open."""
    figures, missing = {}, []
    asked, candidates = "", list[StatedFigure]()
    for reference in (*kept, *added):
        try:
            (figure,) = find_figures(ask, [reference])
            figures[figure.iri] = figure
        except QueryError:
            found = quoted_figures(ask, reference)
            if found:
                asked, candidates = reference, found
            else:
                missing.append(reference)
    return Tray(tuple(figures.values()), tuple(missing), asked, tuple(candidates))


def examples(ask: Ask) -> tuple[Derivation, ...]:
    """What can be derived from figures of the first report: of each operation the first of which nothing is doubtful."""
    reports = [text_of(row, "document") for row in ask(lookup("reports"), {})]
    found: dict[str, Derivation] = {}
    for row in ask(filled("derivable", document=str(node(reports[0]))), {}) if reports else ():
        operation, *pair = (text_of(row, name) for name in ("of", "one", "other"))
        if operation not in found:
            with suppress(QueryError):
                derivation = arithmetic.derive(operation, find_figures(ask, pair))
                if not caveats(derivation):
                    found[operation] = derivation
    return tuple(found.values())
