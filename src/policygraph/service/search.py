"""Full-text search at /search?q=…: as a page for people, as rows for programs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import PolicygraphError, QueryError, ServiceError
from policygraph.graph.formats import HTML, ROWS
from policygraph.graph.stores import open_store
from policygraph.queries.results import write
from policygraph.queries.search_index import FACETS, SearchIndex, SearchResult
from policygraph.service.http_documents import document, form_at, page_document
from policygraph.service.pages import page_routes
from policygraph.service.store_service import StoreService

_Result = TypeVar("_Result")
OFFERS = (*ROWS, HTML)
_SHOWN = 200  # entries of a page
_OF_EACH = 12  # of one kind, where several are shown
_MOST = 10_000  # entries of an answer for programs


class Search:
    """Answers searches from the index beside the store, which is made anew when the store has changed."""

    def __init__(self, store_service: StoreService) -> None:
        self._store_service = store_service
        self._making = threading.Lock()  # one index at a time

    async def answer(self, request: Request) -> Response:
        """What the parameter q finds, of one kind or in one document where they are given. Raises ServiceError."""
        form = form_at(request, "/search", OFFERS)
        asked = request.query_params
        only = {name: asked.get(name, "") for name in ("kind", *FACETS)}
        found = await self._found(asked.get("q", ""), only, form == HTML)
        modified = self._store_service.snapshot.modified
        if form == HTML:
            return page_document(request, page_routes.search_page(request, found), modified)
        body = write(found.solutions(), form.extension)
        return document(request, body, form, modified)

    async def _found(self, text: str, only: dict[str, str], page: bool) -> SearchResult:
        if not text.strip() and page:
            return SearchResult((), {})
        look = _for_people if page else _for_programs
        try:
            return await self.in_index(lambda index: look(index, text, only))
        except QueryError as error:
            if page:
                return SearchResult((), {})
            raise ServiceError(400, f"q: {error}") from error

    async def in_index(self, look: Callable[[SearchIndex], _Result]) -> _Result:
        """What a function finds in the index, in a thread. Raises ServiceError."""
        return await run_in_threadpool(self._look, look)

    def prepare(self) -> None:
        """Begin to make the index, if the store has none as it is, before somebody searches."""
        if not self._making.locked():
            threading.Thread(target=self._prepared, daemon=True).start()

    def _prepared(self) -> None:
        with contextlib.suppress(PolicygraphError):  # the search will tell
            self._look(lambda _: None)

    def _look(self, look: Callable[[SearchIndex], _Result]) -> _Result:
        with self._making, self.index() as index:
            return look(index)

    def index(self) -> SearchIndex:
        """The index of the store as it is; the caller closes it."""
        location = self._store_service.location
        index = SearchIndex.fresh(location)
        if index is None:
            with open_store(location, read_only=True) as store:
                index = SearchIndex.of(store, location)
        return index


def _for_people(index: SearchIndex, text: str, only: dict[str, str]) -> SearchResult:
    """What holds the text; where little does, what holds most of what it asks about."""
    each = 0 if only["kind"] else _OF_EACH
    return index.find(text, most=_SHOWN, of_each=each, alike=each, facets=True, **only)


def _for_programs(index: SearchIndex, text: str, only: dict[str, str]) -> SearchResult:
    """What holds the text."""
    return index.search(text, most=_MOST, of_each=0, facets=False, **only)
