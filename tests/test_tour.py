"""The tour shows every picture that its script takes, and each is of a page that works."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
import tour
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from .service.service_process import service

TOUR = Path(__file__).parents[1] / "docs" / "tour.md"


def test_the_tour_shows_what_its_script_takes() -> None:
    shown = re.findall(r"\]\(images/tour-(\w+)\.png\)", TOUR.read_text("utf-8"))
    assert sorted(shown) == sorted(shot.name for shot in tour.SHOTS)
    assert all((tour.IMAGES / f"tour-{name}.png").is_file() for name in shown)


def test_every_picture_is_of_a_page_that_works(tmp_path: Path) -> None:
    with service(tour.build(tmp_path), "--workers", "1") as served:
        for shot in tour.SHOTS:
            answer = served.ask(
                "GET", quote(shot.path, safe="/?&=,%"), headers={"Accept": "text/html"}
            )
            assert answer.status == 200, shot.path
            page = HTMLParser(answer.text)
            assert page.css_first("main h1") is not None, shot.path
            assert page.css(".wrong, [role=alert]") == [], shot.path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pictures_are_of_both_languages(language: str) -> None:
    assert any(f"lang={language}" in shot.path for shot in tour.SHOTS)
