"""Text in Chinese and in English side by side; style shows one language or both."""

from __future__ import annotations

from policygraph.viz.markup import Markup, join, tag

Both = tuple[str, str]  # a text in Chinese and in English


def both(text: Both) -> Markup:
    """A short text in both languages on one line, once where they are the same."""
    zh, en = text
    if zh == en:
        return tag("span", zh, lang=tongue(zh))
    return join(
        tag("span", zh, class_="zh", lang="zh-Hans"),
        tag("span", en, class_="en", lang="en"),
    )


def say(zh: str, en: str) -> Markup:
    """Both languages of a fixed text on one line."""
    return both((zh, en))


def tongue(text: str) -> str:
    """The language a text is in, where nothing says so: Chinese letters or mostly Latin ones."""
    chinese = sum(ord(letter) > 0x2E7F for letter in text)
    return "zh-Hans" if chinese * 2 > len(text) else "en"
