"""What a query sees of an update while snapshots are being made, by the real worker processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from policygraph.service.metrics import Metrics
from policygraph.service.settings import Limits, Settings
from policygraph.service.store_service import StoreService

INSERT = "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }"
SELECT = "SELECT ?s WHERE { GRAPH <a:g> { ?s <a:b> ?o } }"


async def _rows_beside_a_refresh(path: Path) -> int:
    settings = Settings(allow_update=True, limits=Limits(workers=1))
    store_service = StoreService(path, settings, Metrics())
    await store_service.start()
    try:
        await store_service.update(INSERT, "http://127.0.0.1/sparql")
        # As when the data have just been counted: a snapshot is on its way as the query comes.
        _, rows = await asyncio.gather(store_service.refresh(), store_service.select(SELECT))
        return len(rows)
    finally:
        await store_service.close()


def test_a_query_sees_the_update_before_it_while_a_snapshot_is_on_its_way(tmp_path: Path) -> None:
    assert asyncio.run(_rows_beside_a_refresh(tmp_path / "store")) == 1
