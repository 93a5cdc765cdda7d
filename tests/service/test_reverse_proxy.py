"""Behind a reverse proxy that serves it under a path: every address in an answer keeps the path."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from .service_process import Answer, Service, service
from .test_addresses import one

PREFIX = "/pg"
PER_KIND = 2  # addresses of one shape that are followed


@contextmanager
def proxy(behind: Service, *, strips: bool) -> Iterator[Service]:
    """A proxy on loopback that passes on what is under /pg/ and knows nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(f"{PREFIX}/"):
                self.send_error(404, "not of this service")
                return
            path = self.path.removeprefix(PREFIX) if strips else self.path
            headers = {name: value for name, value in self.headers.items() if name != "Connection"}
            if strips:
                headers |= {"X-Forwarded-Prefix": f"{PREFIX}/", "Forwarded": "for=x;proto=https"}
            size = int(self.headers.get("Content-Length", 0))
            with closing(http.client.HTTPConnection(*behind.place, timeout=60)) as connection:
                connection.request(self.command, path, self.rfile.read(size) or None, headers)
                response = connection.getresponse()
                body = response.read()
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Service(f"http://127.0.0.1:{server.server_address[1]}/", behind.process)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["the proxy tells it", "--root-path"])
def proxied(request: pytest.FixtureRequest, reading: Service, store: Path) -> Iterator[Service]:
    if request.param == "--root-path":
        with (
            service(store, "--root-path", f"{PREFIX}/", "--workers", "1") as served,
            proxy(served, strips=False) as front,
        ):
            yield front
    else:
        with proxy(reading, strips=True) as front:
            yield front


def addresses(here: str, answer: Answer) -> Iterator[str]:
    """Every address an answer leads to, as a client would ask for it."""
    for link in re.findall(r"<([^>]*)>", answer.headers.get("link", "")):
        yield urljoin(here, link)
    if "location" in answer.headers:
        yield urljoin(here, answer.headers["location"])
    if answer.media == "text/html":
        page = HTMLParser(answer.text)
        for name in ("href", "src", "action"):
            for node in page.css(f"[{name}]"):
                yield urljoin(here, node.attributes[name] or "")
    if answer.media == "application/json":
        for href in re.findall(r'"href": "([^"]*)"', answer.text):
            yield urljoin(here, href)


def shape(address: str) -> str:
    """What addresses of one kind have in common."""
    path = urlsplit(address).path
    if path.count("/") < 3:
        return path
    return f"{path[: path.index('/', 4)]}/…{PurePosixPath(path).suffix}"


def test_whatever_is_reached_stands_under_the_path(proxied: Service) -> None:
    root = proxied.address.rstrip("/")
    start = [
        f"{root}{PREFIX}{path}"
        for path in ("/", "/queries/", "/vocabulary", "/catalogue/", "/service")
    ]
    waiting, seen, shapes = start, set(start), dict.fromkeys(start, 0)
    while waiting:
        here = waiting.pop()
        path = here.removeprefix(root)
        wants = (
            "application/json"
            if path == f"{PREFIX}/queries/" and "json" not in seen
            else "text/html"
        )
        seen.add("json") if wants == "application/json" else None
        answer = proxied.ask("GET", path, headers={"Accept": f"{wants}, */*;q=0.1"})
        assert answer.status in (200, 303, 307), (here, answer.status, answer.text[:200])
        for found in addresses(here, answer):
            address = urldefrag(found)[0].replace("https://127.", "http://127.")
            if not address.startswith(f"{root}/"):
                continue
            assert address.startswith(f"{root}{PREFIX}/"), (here, address)
            kind = shape(address)
            shapes[kind] = shapes.get(kind, 0) + 1
            if address not in seen and shapes[kind] <= PER_KIND:
                seen.add(address)
                waiting.append(address)
    assert {
        f"{PREFIX}/search",
        f"{PREFIX}/assets/….css",
        f"{PREFIX}/id/….ttl",
    } <= shapes.keys()


def test_scripts_and_descriptions_keep_it(proxied: Service, reading: Service) -> None:
    page = proxied.get(f"{PREFIX}/query", "text/html").text
    assert '"root": "/pg"' in page or '"root":"/pg"' in page
    network = proxied.get(f"{PREFIX}/views/actors", "text/html").text
    assert re.search(r'"home": ?"/pg/"', network)
    assert json.loads(proxied.get(f"{PREFIX}/openapi.json").body)["servers"] == [{"url": PREFIX}]
    described = proxied.get(f"{PREFIX}/sparql", "application/n-triples").text
    assert re.search(
        r"sparql-service-description#endpoint> <https?://127[^>]*/pg/sparql>", described
    )
    relative = "SELECT ?x { BIND (<there> AS ?x) }"
    rows = proxied.get(f"{PREFIX}/sparql", "text/csv", query=relative).text
    assert re.search(r"https?://127[^/]*/pg/there", rows)
    figure = one(reading, "Figure")
    thing = proxied.get(f"{PREFIX}{figure}", "application/n-triples").text
    assert f"<https://w3id.org/policygraph{figure}>" in thing  # IRIs are what they are


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "/a/../b", "javascript:x", '/"><script>', "a", "/a, /b"]
)
def test_a_prefix_that_is_no_path_is_not_taken(reading: Service, prefix: str) -> None:
    plain = reading.get("/", "text/html")
    answer = reading.ask("GET", "/", headers={"Accept": "text/html", "X-Forwarded-Prefix": prefix})
    assert answer.body == plain.body


def test_only_a_trusted_proxy_is_believed(reading: Service) -> None:
    import asyncio

    from starlette.requests import Request
    from starlette.responses import PlainTextResponse

    from policygraph.service.reverse_proxy import ReverseProxyMiddleware, prefix_of
    from policygraph.service.settings import Settings

    async def told(peer: str, settings: Settings) -> str:
        sent: list[bytes] = []

        async def app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
            await PlainTextResponse(prefix_of(Request(scope)))(scope, receive, send)

        async def send(message) -> None:  # type: ignore[no-untyped-def]
            sent.append(message.get("body", b""))

        scope = {
            "type": "http",
            "client": (peer, 1),
            "path": "/",
            "raw_path": b"/",
            "headers": [(b"x-forwarded-prefix", b"/pg")],
        }
        await ReverseProxyMiddleware(app, settings)(scope, None, send)  # type: ignore[arg-type]
        return b"".join(sent).decode()

    assert asyncio.run(told("127.0.0.1", Settings())) == "/pg"
    assert asyncio.run(told("192.0.2.7", Settings())) == ""
    assert asyncio.run(told("192.0.2.7", Settings(trusted_proxies=("192.0.2.7",)))) == "/pg"
