"""Frames between the service and its workers: a letter, a length in bytes, and that many bytes."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEAD, DATA, END, ERROR = b"H", b"D", b"E", b"X"
_SHAPE = struct.Struct(">cI")
SIZE = _SHAPE.size


def pack(letter: bytes, payload: bytes) -> bytes:
    """One frame as bytes."""
    return _SHAPE.pack(letter, len(payload)) + payload


def unpack(head: bytes) -> tuple[bytes, int]:
    """The letter of a frame and how many bytes follow."""
    letter, size = _SHAPE.unpack(head)
    return letter, size


def message(letter: bytes, **fields: Any) -> bytes:
    """One frame with named fields as JSON."""
    return pack(letter, json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message on a stream; None when the other process has ended."""
    head = stream.read(SIZE)
    if len(head) < SIZE:
        return None
    fields: dict[str, Any] = json.loads(stream.read(unpack(head)[1]))
    return fields
