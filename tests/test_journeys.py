"""What people do with the service, click by click in a real browser, from the first page on."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from policygraph import Graph, read
from policygraph.graph.statements import Document

from .browser import complaints, forget, requested, wait_until
from .service.service_process import Service, service


@pytest.fixture(scope="module")
def site(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("journeys")
    with Graph.open(folder / "store") as graph:
        graph.add(hubei)
        for name, text in OTHERS.items():
            (folder / f"{name}.txt").write_text(text, "utf-8")
            graph.add(read(folder / f"{name}.txt"))
    with service(folder / "store", "--workers", "1") as served:
        yield served


HUBEI = "https://w3id.org/policygraph/id/document/090cb592edbac444"
# Ten provinces: nine say what growth they had, Shanxi has only a target; Yunnan has the report of the year before.
_GROWN = {
    "安徽": "5.8",
    "福建": "5.5",
    "甘肃": "5.8",
    "广西": "4.2",
    "河南": "5.1",
    "吉林": "4.3",
    "江苏": "5.8",
    "四川": "5.7",
}
OTHERS = {
    "yunnan": "2025年云南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值31534亿元、增长3.3%。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5%左右。\n",
    "yunnan-before": "2024年云南省政府工作报告\n\n二、2024年工作安排\n2024年，全省地区生产总值增长5%左右。\n",
    "shanxi": "2025年山西省政府工作报告\n\n二、2025年工作安排\n2025年，全省地区生产总值增长5%左右，力争更好。\n",
    **{
        name: f"2025年{name}{'壮族自治区' if name == '广西' else '省'}政府工作报告\n\n一、2024年工作回顾\n"
        f"2024年，全{'区' if name == '广西' else '省'}地区生产总值增长{growth}%。\n"
        for name, growth in _GROWN.items()
    },
}


def find(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def text(browser: webdriver.Chrome, selector: str) -> str:
    wait_until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, selector))
    return find(browser, selector).text


def opened(browser: webdriver.Chrome, site: Service, path: str = "?lang=zh") -> None:
    browser.get("about:blank")
    forget(browser)
    browser.get(site.address + path)


def test_a_share_is_calculated_from_two_rows_and_its_address_shared(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "queries/money?indicator=财政衔接资金&lang=zh")
    find(browser, "td.choose input").click()
    find(browser, ".into-tray button").click()
    assert "239.82亿元" in text(browser, "ol.tray")
    find(browser, "main input[name=add]").send_keys("48.97亿元", Keys.ENTER)
    assert text(browser, "#share .result") == "20.419%"
    shared = browser.current_url
    browser.find_element(By.LINK_TEXT, "English").click()
    assert "between 20.4169–20.4220%" in text(browser, "#share .bounds")
    browser.back()
    browser.get("about:blank")
    browser.get(shared)
    assert text(browser, "#share .result") == "20.419%"
    assert complaints(browser) == []
    assert [url for url in requested(browser) if not url.startswith((site.address, "about:"))] == []


def test_figures_ticked_in_an_answer_are_added_up(browser: webdriver.Chrome, site: Service) -> None:
    opened(browser, site)
    asked = "经济强市县、省直单位、中央单位一共出了多少帮扶资金"
    find(browser, "input[name=q]").send_keys(asked, Keys.ENTER)
    wait_until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "form.choosing"))
    for entry in browser.find_elements(By.CSS_SELECTOR, "form.choosing li"):
        if entry.text.startswith(("4.69亿元", "8.71亿元", "12.83亿元")):
            entry.find_element(By.CSS_SELECTOR, "input").click()
    find(browser, ".into-tray button").click()
    assert text(browser, "#sum .result") == "26.23亿元"
    assert complaints(browser) == []


def test_the_search_box_is_reached_by_a_key_and_leads_to_the_sentence(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "queries/?lang=en")
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("income", Keys.ENTER)
    sentence = "全省脱贫人口人均纯收入达到14705元"
    wait_until(browser, lambda b: b.find_elements(By.PARTIAL_LINK_TEXT, sentence))
    browser.find_element(By.PARTIAL_LINK_TEXT, sentence).click()
    assert "14705元" in text(browser, ".passage mark")
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("tongcheng", Keys.ENTER)
    wait_until(browser, lambda b: b.find_elements(By.LINK_TEXT, "通城县"))
    browser.find_element(By.LINK_TEXT, "通城县").click()
    wait_until(browser, lambda b: text(b, "h1") == "Tongcheng County")
    assert "整改" in text(browser, "#evidence")
    assert complaints(browser) == []


def test_a_name_nobody_has_leads_to_the_one_that_was_meant(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "queries/who-does-what?lang=zh")
    find(browser, "input[name=actor]").send_keys("省委", Keys.ENTER)
    wait_until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".likely"))
    browser.find_element(By.LINK_TEXT, "中共湖北省委员会").click()
    assert "中共湖北省委员会" in text(browser, "#answer table")


# Writes down what gets the focus, so that many presses of a key are one errand to the browser.
WATCH = """
window.focused = [];
if (!window.watching) addEventListener("focusin", event => window.focused.push(event.target), true);
window.watching = true;
"""
WHERE = """
const says = one => [one.textContent.trim(), one.getAttribute("aria-label"), one.closest("label")?.querySelector("b")?.textContent];
return [window.focused.length, window.focused.findIndex(one => says(one).includes(arguments[0]))];
"""
HERE = "return document.activeElement === window.focused[arguments[0]]"
SEEN = "return arguments[0].matches(':focus-visible') && getComputedStyle(arguments[0]).outlineStyle !== 'none'"


def tabbed_to(browser: webdriver.Chrome, words: str, most: int = 100) -> WebElement:
    """Press Tab until what has the focus says these words, or is labelled with them; it is seen to have it."""
    for tried in range(0, most, 25):
        browser.execute_script(WATCH)
        pressed(browser, Keys.TAB * min(25, most - tried))
        count, place = browser.execute_script(WHERE, words)
        if place >= 0:
            if count - place - 1:
                back = ActionChains(browser).key_down(Keys.SHIFT)
                back.send_keys(Keys.TAB * (count - place - 1)).key_up(Keys.SHIFT).perform()
            while not browser.execute_script(
                HERE, place
            ):  # at its ends the page leaves the focus to nobody
                ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(
                    Keys.SHIFT
                ).perform()
            found = browser.switch_to.active_element
            assert browser.execute_script(SEEN, found), f"nobody sees that “{words}” has the focus"
            return found
    raise AssertionError(f"Tab never comes to “{words}”")


def pressed(browser: webdriver.Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def asked(browser: webdriver.Chrome, words: str) -> None:
    """A search from wherever one is, by the key that leads to the box."""
    find(browser, "body").send_keys("/")
    pressed(browser, words, Keys.ENTER)


def test_a_question_is_answered_and_its_sentence_cited_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site)
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("2021年脱贫人口人均纯收入是多少？", Keys.ENTER)
    assert "最接近的在前" in text(browser, ".parts")
    tabbed_to(browser, "14705元").send_keys(Keys.ENTER)
    assert "14705元" in text(browser, ".passage mark")
    assert "12,843–12,956" in text(browser, "main")
    assert "湖北省乡村振兴局" in text(browser, "#cite cite")
    tabbed_to(browser, "English").send_keys(Keys.ENTER)
    wait_until(browser, lambda b: "lang=en" in b.current_url)
    assert "14705元" in text(browser, ".passage mark")
    assert complaints(browser) == []


def test_a_table_is_narrowed_ordered_and_its_view_shared(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, f"queries/figures?document={HUBEI}&lang=zh")
    browser.find_element(By.XPATH, "//summary[contains(., '类型')]").click()
    browser.find_element(By.LINK_TEXT, "排名").click()
    browser.find_element(By.LINK_TEXT, "指标").click()
    find(browser, "input[name=_find]").send_keys("脱贫", Keys.ENTER)
    rows = text(browser, "#answer table")
    shared = browser.current_url
    browser.get("about:blank")
    browser.get(shared)
    assert text(browser, "#answer table") == rows
    assert find(browser, "input[name=_find]").get_attribute("value") == "脱贫"
    assert "排名" in text(browser, ".facet") or "排名" in text(browser, ".facets")
    assert complaints(browser) == []


def test_who_was_involved_in_a_rectification_is_found_and_read_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site)
    asked(browser, "通城县")
    assert "通城县" in text(browser, "ul.found")
    tabbed_to(browser, "通城县").send_keys(Keys.ENTER)
    assert "王蒙徽" in text(browser, "#evidence .beside")
    tabbed_to(browser, "跳到正文", 1).send_keys(Keys.ENTER)
    tabbed_to(browser, "王蒙徽").send_keys(Keys.ENTER)
    wait_until(browser, lambda b: find(b, "h1").text == "王蒙徽")
    assert "对挂牌督办作出指示" in text(browser, "#evidence")
    tabbed_to(browser, "在报告中阅读").send_keys(Keys.ENTER)
    assert "王蒙徽" in text(browser, "article a:target")
    assert complaints(browser) == []


NEXT_AND_BAR = """
const boxes = [...document.querySelectorAll(".choosing [name=add]")];
const bar = document.querySelector(".into-tray").getBoundingClientRect();
return [boxes[arguments[0] + 1].getBoundingClientRect().bottom, bar.top];
"""
TICK_THE_LAST_IN_SIGHT = """
const boxes = [...document.querySelectorAll(".choosing [name=add]")];
window.scrollTo(0, boxes[1].getBoundingClientRect().top - 500);
const last = boxes.findLastIndex((box) => box.getBoundingClientRect().bottom < innerHeight - 2);
boxes[last].click();
return last;
"""
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}


def test_on_a_phone_the_bar_of_the_tray_leaves_the_next_box_free(
    browser: webdriver.Chrome, site: Service
) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        opened(browser, site, "queries/figures?lang=zh")
        ticked = browser.execute_script(TICK_THE_LAST_IN_SIGHT)

        def is_free(b: webdriver.Chrome) -> bool:
            bottom, bar = b.execute_script(NEXT_AND_BAR, ticked)
            return bool(bottom <= bar)

        wait_until(browser, is_free)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_each_strong_county_gave_is_derived_in_the_tray_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site)
    asked(browser, "经济强市县 4.69亿元")
    text(browser, "ul.found")
    tabbed_to(browser, "4.69亿元").send_keys(Keys.ENTER)
    assert "43个经济强市县" in text(browser, ".passage")
    tabbed_to(browser, "放入算篮").send_keys(Keys.ENTER)
    assert "4.69亿元" in text(browser, "ol.tray")
    tabbed_to(browser, "数字的原文，如 239.82亿元").send_keys("43个", Keys.ENTER)
    assert text(browser, "#ratio .result") == "1,090.7万元/个"
    shared = browser.current_url
    tabbed_to(browser, "English").send_keys(Keys.ENTER)
    wait_until(browser, lambda b: "lang=en" in b.current_url)
    assert "tray=" in shared
    assert complaints(browser) == []


def test_the_table_of_money_is_exported_by_the_keyboard_alone_and_opens(
    browser: webdriver.Chrome, site: Service, downloads: Path
) -> None:
    opened(browser, site, "queries/?lang=zh")
    tabbed_to(browser, "资金", 150).send_keys(Keys.ENTER)
    tabbed_to(browser, "只看这份报告").send_keys("关于2022年", Keys.TAB)
    tabbed_to(browser, "查询").send_keys(Keys.ENTER)
    text(browser, "svg.bars")
    tabbed_to(browser, "XLSX").send_keys(Keys.ENTER)
    file = downloads / "money.xlsx"
    wait_until(browser, lambda _: file.is_file() and not list(downloads.glob("*.crdownload")))
    with zipfile.ZipFile(file) as book:
        assert "239.82亿元" in "".join(book.read(name).decode() for name in book.namelist())
    assert complaints(browser) == []


def test_growth_of_ten_provinces_is_ranked_and_a_bar_leads_to_its_words_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site)
    tabbed_to(browser, "比较").send_keys(Keys.ENTER)
    tabbed_to(browser, "指标名称，如 地区生产总值").send_keys("GDP", Keys.ENTER)
    assert text(browser, "svg.bars text")
    bars = [found.text for found in browser.find_elements(By.CSS_SELECTOR, "svg.bars text")]
    assert bars[-2:] == ["山西省 2025", "5%左右（力争、更好）（目标）"]
    assert len({name.partition(" ")[0] for name in bars[::2]}) == 10
    assert "31534亿元" in text(browser, "table.compare")
    assert "山西省" in text(browser, "#lacking .target")
    tabbed_to(browser, "云南省 2024: 3.3%").send_keys(Keys.ENTER)
    assert "增长3.3%" in text(browser, ".passage")
    assert "《2025年云南省政府工作报告》" in text(browser, "#cite cite")
    opened(browser, site, "queries/plan-result?indicator=地区生产总值&lang=zh")
    tabbed_to(browser, "云南省 2024 · 地区生产总值 目标 5%（左右）").send_keys(Keys.ENTER)
    assert "增长5%左右" in text(browser, ".passage")
    assert complaints(browser) == []


def test_a_view_of_the_network_is_made_shared_and_opened_again_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "network?lang=zh")
    tabbed_to(browser, "从哪里出发：名称的任意部分").send_keys("通城县")
    text(browser, ".finder .found button")
    pressed(browser, Keys.ARROW_DOWN)
    pressed(browser, Keys.ENTER)
    assert "通城县" in text(browser, "#explorer .panel:focus h2")
    pressed(browser, Keys.TAB)
    while find(
        browser, "#explorer .panel"
    ).text and not browser.switch_to.active_element.get_attribute("data-relation"):
        pressed(browser, Keys.TAB)
    relation = browser.switch_to.active_element.get_attribute("data-relation")
    pressed(browser, Keys.ENTER)
    kept = f"#explorer .panel button[data-relation='{relation}'][aria-pressed=true]:focus"
    wait_until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, kept))
    pressed(browser, Keys.ESCAPE)
    wait_until(browser, lambda b: not find(b, "#explorer .panel").is_displayed())
    links = text(browser, "#explorer .links tbody")
    shared = browser.current_url
    browser.get("about:blank")
    browser.get(shared)
    assert text(browser, "#explorer .links tbody") == links
    assert complaints(browser) == []
