"""A short slice of make fuzz: requests made up byte by byte bring no fault."""

from __future__ import annotations

from pathlib import Path

import fuzz_service
import pytest

from .service_process import service

REQUESTS, CLIENTS = 80, 8


def test_made_up_requests_bring_no_fault(store: Path, tmp_path: Path) -> None:
    before = fuzz_service.digest(store)
    with (
        fuzz_service.serving(store, messages=tmp_path / "reading") as reading,
        fuzz_service.serving(
            tmp_path / "own", "--allow-update", messages=tmp_path / "writing"
        ) as writing,
    ):
        services = [reading, writing]
        found = fuzz_service.run(services, lambda so_far: so_far.requests < REQUESTS, CLIENTS)
        assert found.faults == []
        assert [fault for served in services for fault in fuzz_service.faults_of(served)] == []
        assert found.answers["200"]
    assert fuzz_service.digest(store) == before


def test_garbage_in_the_middle_of_a_request_is_one_refusal_without_a_traceback(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    with service(store, "--workers", "1") as served:
        for broken in (
            head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\nnothing of use\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
            b"\0\xff\r\n\r\n",
        ):
            answer = fuzz_service.exchange(served.place, broken)
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert answer.count(b"HTTP/1.1") == 1
        assert served.query("ASK {}").status == 200
    said = capfd.readouterr().err.splitlines()
    assert said[0] == "policygraph: serving; end with Ctrl-C"
    assert all(line.startswith("policygraph: waiting for ") for line in said[1:])
