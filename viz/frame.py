"""The frame of a page: what every head says, and the page that holds all it needs in itself."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from policygraph.viz.markup import Child, Markup, join, tag

ASSETS = Path(__file__).parent / "assets"


def frame(title: str, head: Child, body: Child, **attributes: str) -> Markup:
    """A whole page with this in its head and body, and the attributes of its root."""
    return join(
        Markup("<!doctype html>\n"),
        tag(
            "html",
            tag(
                "head",
                tag("meta", charset="utf-8"),
                tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
                tag("meta", name="color-scheme", content="light dark"),
                tag("title", title),
                tag("link", rel="icon", href="data:,"),
                head,
            ),
            "\n",
            body,
            **attributes,
        ),
    )


def enclose(
    title: str,
    style: str,
    scripts: tuple[str, ...],
    *body: Child,
    kind: str | None = None,
    **attributes: str,
) -> Markup:
    """A page with its style and scripts inside that loads nothing; Chinese until a script switches the language."""
    head = join(
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(scripts)),
        tag("style", Markup(style)),
    )
    run = (tag("script", Markup(script)) for script in scripts)
    whole = tag("body", *body, "\n", *run, class_=kind)
    return frame(title, head, whole, lang="zh-Hans", **attributes)


def asset(name: str) -> str:
    """The text of a bundled asset."""
    return (ASSETS / name).read_text("utf-8")


def _policy(scripts: tuple[str, ...]) -> str:
    """The Content-Security-Policy of a page that runs these scripts and loads nothing."""
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts)
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src 'unsafe-inline'; script-src {allowed}"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
