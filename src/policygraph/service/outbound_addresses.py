"""The addresses a request may make the service fetch: by scheme, host and port, and where names lead.

A name the owner allows must lead to the public internet whenever it is asked for: whoever answers for
the name could else point it at the machine's own network. An address within that network is fetched
only where the owner wrote it as a number (or ``localhost``), and only in its usual form: decimal,
hexadecimal and IPv6-mapped forms are refused, as are link-local addresses, where clouds keep secrets.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from policygraph.errors import ServiceError

_PORTS = {"http": 80, "https": 443}
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)  # what inet_aton takes
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_HERE = "localhost"
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class OutboundAddress:
    """An http(s) address in one form: host in lower case, port as a number, path with its query string."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, address: str) -> OutboundAddress:
        """An address as it was written. Raises ServiceError where it is none that may be fetched."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError as error:
            raise _no_address(address, str(error)) from error
        host = (parts.hostname or "").removesuffix(".")
        if parts.scheme not in _PORTS or not host:
            raise _no_address(address, "write http://HOST/… or https://HOST/…")
        if parts.username is not None or parts.password is not None:
            raise _no_address(address, "a user or password does not belong in it")
        if any(char in address for char in "\\\t\r\n ") or not address.isascii():
            raise _no_address(address, "only ASCII without spaces and backslashes is an address")
        _check_host(address, host)
        query = f"?{parts.query}" if parts.query else ""
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], f"{parts.path or '/'}{query}")

    @property
    def is_by_number(self) -> bool:
        """Whether the host is an address itself, or this machine, and no name to look up."""
        return self.host == _HERE or _ip(self.host) is not None

    def covers(self, other: OutboundAddress) -> bool:
        """Whether another address is this one, or any of its host where this one has no path."""
        here = (self.scheme, self.host, self.port)
        return here == (other.scheme, other.host, other.port) and self.path in ("/", other.path)

    def resolve(self) -> str:
        """The IP address to connect to now. Raises ServiceError where its name leads nowhere allowed."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise ServiceError(502, f"{self.host}: there is no such name") from error
        addresses = [_ip(str(info[4][0]).partition("%")[0]) for info in found]
        for ip in addresses:
            if ip is None or not self._may_lead_to(ip):
                raise ServiceError(
                    502,
                    f"{self.host}: leads to an address that is not on the public internet; "
                    "one of an own network is allowed as a number (--allow-service http://10.0.0.5/…)",
                )
        return str(addresses[0])

    def _may_lead_to(self, ip: Ip) -> bool:
        if any(other.is_link_local or other.is_unspecified for other in _meanings(ip)):
            return False
        if self.host == _HERE:
            return ip.is_loopback
        return self.is_by_number or all(_is_public(other) for other in _meanings(ip))


@dataclass(frozen=True, slots=True)
class AllowList:
    """The addresses the owner allows."""

    addresses: tuple[OutboundAddress, ...]

    @classmethod
    def of(cls, services: Iterable[str]) -> AllowList:
        """The list of --allow-service. Raises ServiceError for one that could never be fetched."""
        return cls(tuple(map(OutboundAddress.parse, services)))

    def permits(self, iri: str) -> bool:
        """Whether an address is among them, however it is written."""
        try:
            asked = OutboundAddress.parse(iri)
        except ServiceError:
            return False
        return any(allowed.covers(asked) for allowed in self.addresses)


def _check_host(address: str, host: str) -> None:
    """Refuse a host in an unusual form, or one where nothing public or own can be."""
    ip = _ip(host)
    if ip is None:
        if _NUMERIC.fullmatch(host) or ":" in host:
            raise _no_address(address, "write the number of a host as 192.0.2.1 or [2001:db8::1]")
        if not _HOST.fullmatch(host):
            raise _no_address(address, "no name of a host")
        return
    if isinstance(ip, ipaddress.IPv6Address) and len(_meanings(ip)) > 1:
        raise _no_address(address, "write an IPv4 address as such")
    if ip.is_link_local or ip.is_unspecified or ip.is_multicast:
        raise _no_address(address, "such an address is not fetched")


def _ip(text: str) -> Ip | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _meanings(ip: Ip) -> list[Ip]:
    """An address, and the IPv4 address inside it where it holds one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inner: list[Ip | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in ipaddress.ip_network("64:ff9b::/96") or (not int(ip) >> 32 and int(ip) > 1):
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [ip, *(other for other in inner if other is not None)]


def _is_public(ip: Ip) -> bool:
    return ip.is_global and not ip.is_multicast


def _no_address(address: str, why: str) -> ServiceError:
    return ServiceError(403, f"{address[:200]}: cannot be allowed or fetched: {why}")
