"""A person at the pages without a script: asks in the box, follows links by their words, reads what is shown."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from .service.service_process import Service


class Person:
    """Where a person is, and what the page says."""

    def __init__(self, site: Service, language: str = "zh") -> None:
        self._site, self._language = site, language
        self._address = "/"

    def ask(self, question: str) -> Person:
        """Type into the box of the page and press Enter; what the tray holds goes along."""
        tray = re.search(r"[?&]tray=([^&]*)", self._address)
        kept = f"&tray={tray[1]}" if tray else ""
        return self.open(f"/search?q={quote(question)}&lang={self._language}{kept}")

    def open(self, address: str) -> Person:
        """Open an address of the service."""
        answer = self._site.get(address, "text/html")
        assert answer.status == 200, (address, answer.status, answer.text[:300])
        self._address, self._page = address, HTMLParser(answer.text)
        return self

    def follow(self, words: str, *, within: str = "") -> Person:
        """Follow the first link with these words, in the first list entry or row that also has ``within``."""
        for node in self._page.css("main li, main tr, main p" if within else "body"):
            if within in node.text():
                for link in node.css("a"):
                    if words in link.text():
                        where = urljoin(self._address, link.attributes["href"] or "")
                        return self.open(where.partition("#")[0])
        raise AssertionError(
            f"no link “{words}” beside “{within}” at {self._address}\n{self.reads()[:1500]}"
        )

    def reads(self) -> str:
        """The words of the page, with single blanks."""
        main = self._page.css_first("main")
        return " ".join(main.text().split())

    def first_of(self, selector: str) -> str:
        """The words of the first element that a selector finds, with single blanks."""
        return " ".join(self._page.css_first(selector).text().split())

    @property
    def path(self) -> str:
        """The path of the page."""
        return urlsplit(self._address).path
