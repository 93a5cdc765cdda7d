"""XML the engine writes, refused where it would be malformed: XML 1.0 has no characters for some that RDF has."""

from __future__ import annotations

import re
from typing import Protocol

from policygraph.errors import FormatError

# Control characters, U+FFFE and U+FFFF; and a property whose IRI has no end that is an XML name.
_BAD = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|</?oxprefix:[\s>/]")
_MARGIN = 16  # bytes kept back so that nothing is cut in two


class Output(Protocol):
    """Where the XML goes."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""


class XmlOutput:
    """Passes on what the engine writes; carriage returns, which a reader of XML drops, are escaped."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._pending = b""

    def write(self, data: bytes) -> int:
        """Take bytes. Raises FormatError where XML cannot hold them."""
        pending = self._pending + bytes(data)
        self._pass(pending, max(0, len(pending) - _MARGIN))
        return len(data)

    def flush(self) -> None:
        """Nothing: the last bytes wait for close()."""

    def close(self) -> None:
        """Let the last bytes through. Raises FormatError."""
        self._pass(self._pending, len(self._pending))

    def _pass(self, pending: bytes, end: int) -> None:
        if match := _BAD.search(pending):
            raise FormatError(_reason(match[0]))
        self._out.write(pending[:end].replace(b"\r", b"&#xD;"))
        self._pending = pending[end:]


def well_formed(data: bytes) -> bytes:
    """XML the engine wrote as a whole. Raises FormatError where it is not well-formed."""
    if match := _BAD.search(data):
        raise FormatError(_reason(match[0]))
    return data.replace(b"\r", b"&#xD;")


def _reason(found: bytes) -> str:
    if found.startswith(b"<"):
        what = "a property whose IRI ends in no XML name"
    else:
        what = f"the character U+{ord(found.decode('utf-8', 'surrogatepass')):04X}"
    return (
        f"XML cannot hold {what}, which is in the answer; use another format (Turtle, JSON, CSV …)"
    )
