"""Make the pictures of docs/tour.md: the pages of a service over the bundled report and three made-up ones.

python tools/tour.py            # writes docs/images/tour-*.png; needs Chromium with chromedriver
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
HUBEI = "/id/document/090cb592edbac444"
TRAY = "090cb592edbac444/2093-2101,090cb592edbac444/2106-2113"
# Made up for the pictures of a comparison.
REPORTS = (
    "2025年云南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值30000亿元、增长3.5%。固定资产投资增长2%。城镇新增就业50万人。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5%左右，固定资产投资增长4%。城镇新增就业50万人以上。\n",
    "2025年贵州省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值2.3万亿元、增长5.5%，高于全国0.5个百分点。固定资产投资增长1.5%。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5.5%以上，力争达到6%。城镇新增就业60万人。\n",
    "2025年四川省政府工作报告\n\n二、2025年工作安排\n2025年，全省地区生产总值增长5.5%左右，固定资产投资增长5%。城镇新增就业85万人。\n",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the address it is of, the size of the window, light or dark."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    dark: bool = False


SHOTS = (
    Shot("home", "/?lang=zh"),
    Shot("report", f"{HUBEI}?lang=zh"),
    Shot("search", "/search?q=43个经济强市县平均每个出了多少钱&lang=zh"),
    Shot("thing", "/id/area/421222?lang=zh", height=1150),
    Shot("figure", f"{HUBEI}/figure/341-347?lang=en", width=1024, height=1400),
    Shot("table", "/queries/money?lang=zh&_sort=-value", width=1024, height=900),
    Shot("derive", f"/derive?tray={TRAY}&lang=zh"),
    Shot("meant", "/queries/who-does-what?actor=省委&lang=zh", width=390, height=844),
    Shot("heat", "/compare?lang=zh"),
    Shot("compare", "/compare?indicator=GDP&sort=growth&lang=en", height=1100),
    Shot("dark", "/compare?indicator=GDP&lang=zh", width=390, height=844, dark=True),
    Shot("queries", "/queries/?lang=en", height=768, width=1024),
)


def build(folder: Path) -> Path:
    """A store of the bundled report and the made-up ones."""
    with Graph.open(folder / "store") as graph:
        graph.add(read(BUNDLED))
        for place, text in enumerate(REPORTS):
            source = folder / f"{place}.txt"
            source.write_text(text, "utf-8")
            graph.add(read(source))
    return folder / "store"


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """The address of a service over a store, which ends with the block."""
    command = [sys.executable, "-m", "policygraph", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()


def main() -> None:
    """Write every picture."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    chromedriver = webdriver.ChromeService(shutil.which("chromedriver") or "")
    with tempfile.TemporaryDirectory() as folder, serving(build(Path(folder))) as address:
        browser = webdriver.Chrome(options=options, service=chromedriver)
        try:
            for shot in SHOTS:
                scheme = {"name": "prefers-color-scheme", "value": "dark" if shot.dark else "light"}
                size = {"width": shot.width, "height": shot.height}
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
                browser.execute_cdp_cmd(
                    "Emulation.setDeviceMetricsOverride",
                    {**size, "deviceScaleFactor": 1, "mobile": False},
                )
                browser.get(address + quote(shot.path, safe="/?&=,%"))
                browser.save_screenshot(str(IMAGES / f"tour-{shot.name}.png"))
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
