"""Headless Chromium for the tests that look at pages."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

ARGUMENTS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1400,900"),
    # One renderer for all pages of the tests: a new one for each page takes longer than most pages.
    *("--process-per-site", "--disable-site-isolation-trials"),
    "--disable-features=BackForwardCache,ProactivelySwapBrowsingInstance,SpareRendererForSitePerProcess",
)
PAINTED = """
const canvas = document.querySelector("canvas");
const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
let count = 0;
for (let at = 3; at < data.length; at += 4) if (data[at]) count++;
return count;
"""


def find_chromium() -> str:
    """Where Chromium is; skips without it on a user's machine, fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found and shutil.which("chromedriver"):
        return found
    said = "Chromium with chromedriver is not there"
    if os.environ.get("CI"):
        pytest.fail(f"{said}, and .ci/run is to install it")
    pytest.skip(said)


@contextmanager
def chromium_at(binary: str, profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser with an empty profile, closed at the end."""
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        options=options,
        service=webdriver.ChromeService(executable_path=shutil.which("chromedriver") or ""),
    )
    try:
        yield driver
    finally:
        driver.quit()


def open_view(browser: webdriver.Chrome, page: Path, query: str = "") -> None:
    """Open a view's page and wait until it says that it has drawn."""
    forget(browser)
    browser.get(page.as_uri() + query)
    wait_until(
        browser,
        lambda b: b.execute_script("return document.documentElement.dataset.drawn !== undefined"),
    )


def wait_until(browser: webdriver.Chrome, holds: Callable[[webdriver.Chrome], object]) -> None:
    """Wait for what a page is to become, asked twenty times a second."""
    WebDriverWait(browser, 30, poll_frequency=0.05).until(holds)


def forget(browser: webdriver.Chrome) -> None:
    """Drop what the browser has logged so far."""
    for log in ("browser", "performance"):
        browser.get_log(log)


def requested(browser: webdriver.Chrome) -> list[str]:
    """The addresses asked for since the page was opened, the page and data: left out."""
    events: list[dict[str, Any]] = [
        json.loads(entry["message"])["message"] for entry in browser.get_log("performance")
    ]
    urls = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    page = browser.current_url.partition("?")[0]
    return [url for url in urls if not url.startswith((page, "data:", "chrome:"))]


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Errors on the console: scripts that failed, policies that were broken."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
