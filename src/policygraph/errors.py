"""Every error policygraph raises on purpose.

PolicygraphError
├── SourceError      a source cannot be read (missing, empty, binary, too large)
├── QueryError       a query is unknown, malformed or lacks a parameter
│   └── FormatError  an answer cannot be written in a format
├── ServiceError     a request to the HTTP service cannot be answered; carries the HTTP status
│   └── SlowQueryError  a query took longer than it may
├── StoreError       the store cannot be opened, written or read
│   ├── NoStoreError there is none to read
│   └── FullError    its disk has no room left
├── ClusterError     a Dask cluster cannot be reached or was lost
├── UsageError       a command line means nothing: an option has an empty value
├── ValidationError  data or shapes cannot be read, or no SHACL engine is installed
├── ViewError        a view is unknown or its page cannot be written
└── VocabularyError  an ontology or vocabulary file lacks a term that code needs
"""

from __future__ import annotations


class PolicygraphError(Exception):
    """The root: one line that says what is wrong, where, and what to do."""


def reason(error: BaseException) -> str:
    """The system's message of an error, without its number and path."""
    return getattr(error, "strerror", None) or str(error)


class SourceError(PolicygraphError):
    """A source cannot be read as a report."""


class QueryError(PolicygraphError):
    """A query is unknown, malformed, or its parameters are wrong."""


class FormatError(QueryError):
    """An answer cannot be written in the format asked for, but in others."""


class ServiceError(PolicygraphError):
    """A request to the HTTP service cannot be answered: its HTTP status, and headers to send."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


class SlowQueryError(ServiceError):
    """A query took longer than it may."""


class StoreError(PolicygraphError):
    """A store cannot be opened, read or written."""


class NoStoreError(StoreError):
    """There is no store to read, or one whose making was broken off before anything was in it."""


class FullError(StoreError):
    """The disk a store lies on has no room left; what was reported as written is there."""


class ValidationError(PolicygraphError):
    """Data cannot be validated: it or the shapes cannot be read, or there is no engine."""


class ClusterError(PolicygraphError):
    """A Dask cluster cannot be reached, was lost, or Dask is not installed."""


class UsageError(PolicygraphError):
    """A command line means nothing."""


class ViewError(PolicygraphError):
    """A view is unknown or its page cannot be written."""


class VocabularyError(PolicygraphError):
    """An ontology or vocabulary file lacks what code needs."""
