"""Requests made up from the OpenAPI description: no fault, no answer that is not described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .service_process import Service

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# All named queries are answered by the same code: one for each type of parameter, of which one that has rows and one
# that makes a graph for each form of answer.
SOME = r"^/(?!queries/)|^/queries/(documents|cube)\.|^/queries/(about|cube|documents|evidence|figures)$"


@pytest.mark.parametrize(
    "options",
    [
        ("--phases", "examples"),
        ("--phases", "coverage,fuzzing", "--max-examples", "3", "--include-path-regex", SOME),
    ],
    ids=["the examples of every address", "values of every kind"],
)
def test_no_request_brings_a_fault_or_an_answer_that_is_not_described(
    reading: Service, tmp_path: Path, options: tuple[str, ...]
) -> None:
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    command = [schemathesis, "run", f"{reading.address}openapi.json", "--checks", CHECKS]
    command += ["--seed", "1", "--no-color", *options]
    command += ["--suppress-health-check", "all", "--generation-database", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:]
