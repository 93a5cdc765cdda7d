"""Requests made up from the OpenAPI description: no fault, no answer that is not described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .service_process import Service


def test_no_request_brings_a_fault_or_an_answer_that_is_not_described(
    reading: Service, tmp_path: Path
) -> None:
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    command = [schemathesis, "run", f"{reading.address}openapi.json", "--checks", checks]
    command += [
        "--max-examples",
        "8",
        "--seed",
        "1",
        "--no-color",
        "--phases",
        "examples,coverage,fuzzing",
    ]
    command += ["--suppress-health-check", "all", "--generation-database", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:]
