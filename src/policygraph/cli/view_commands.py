"""The commands that write or serve pages."""

from __future__ import annotations

import argparse
import math
import re
import sys
from pathlib import Path
from typing import Any

from policygraph.cli.command_io import open_store, refuse_other_endings, write_out
from policygraph.cli.options import LIMITS
from policygraph.errors import UsageError

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def view(options: argparse.Namespace) -> int:
    """Write the page of one view."""
    from policygraph.viz.network_page import render
    from policygraph.viz.views import view

    refuse_other_endings(options.output, ("html", "htm"), "html")
    with open_store(options) as store:
        page = render(view(options.name, store.select)).encode()
    output = options.output or f"{options.name}.html"
    write_out(output, page)
    if output != "-":
        print(Path(output).resolve().as_uri(), file=sys.stderr)
    return 0


def show(options: argparse.Namespace) -> int:
    """Write all pages and print the address of the first."""
    from policygraph.viz.site import write_site

    with open_store(options) as store:
        index = write_site(store.select, Path(options.output))
    print(index.resolve().as_uri())
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    from policygraph.service import reverse_proxy, server
    from policygraph.service.app import application
    from policygraph.service.settings import Limits, Settings

    settings = Settings(
        base=server.choose_base(options.store, options.base),
        allow_update=options.allow_update,
        token=server.read_token(Path(options.token_file)) if options.token_file else "",
        services=tuple(options.allow_service),
        root_path=reverse_proxy.check_prefix(options.root_path),
        trusted_proxies=reverse_proxy.trusted_addresses(options.trusted_proxy),
        update_url=options.update_url or "",
        graph_store_url=options.graph_store_url or "",
        licence=_address(options.licence),
        publisher=options.publisher,
        limits=Limits(**_limits(options)),
    )
    server.check(options.host, settings)
    app = application(options.store, settings)
    server.serve(app, options.host, options.port)
    return 0


def _address(licence: str) -> str:
    """A licence that can be linked to. Raises UsageError."""
    if not _ADDRESS.fullmatch(licence):
        raise UsageError(f"--licence {licence}: give the address of a licence, https://…")
    return licence


def _limits(options: argparse.Namespace) -> dict[str, Any]:
    """The limits that were given. Raises UsageError for one that nothing could be served within."""
    given: dict[str, Any] = {}
    for name, _, least, text in LIMITS:
        value = getattr(options, name)
        if value is None:
            continue
        if not least <= value < math.inf:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} {value:g}: give {text}; {least:g} or more")
        given[name] = value
    return given
