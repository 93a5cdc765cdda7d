"""Chinese government work reports as a knowledge graph.

>>> from policygraph import Graph, read
>>> graph = Graph.open("store")            # Graph.open() keeps it in memory
>>> graph.add(read("report.txt"))
>>> graph.query("money").to_pandas()
"""

import logging

from policygraph.api import Graph, read
from policygraph.errors import (
    PolicygraphError,
    QueryError,
    ServiceError,
    SourceError,
    StoreError,
    ViewError,
    VocabularyError,
)
from policygraph.version import __version__

# Quiet unless the program that imports it sets up logging.
logging.getLogger(__name__).addHandler(logging.NullHandler())

__all__ = [
    "Graph",
    "PolicygraphError",
    "QueryError",
    "ServiceError",
    "SourceError",
    "StoreError",
    "ViewError",
    "VocabularyError",
    "__version__",
    "read",
]
