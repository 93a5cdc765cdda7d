"""What people do with the service, click by click in a real browser, from the first page on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver
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
    with service(folder / "store") as served:
        yield served


OTHERS = {
    "yunnan": "2025年云南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值31534亿元、增长3.3%。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5%左右。\n",
    "shanxi": "2025年山西省政府工作报告\n\n二、2025年工作安排\n2025年，全省地区生产总值增长5%左右，力争更好。\n",
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


def test_the_search_box_is_reached_by_a_key_and_leads_to_the_sentence(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "queries/?lang=en")
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("income", Keys.ENTER)
    assert "脱贫人口人均纯收入" in text(browser, "main")
    browser.find_element(By.PARTIAL_LINK_TEXT, "全省脱贫人口人均纯收入达到14705元").click()
    assert "14705元" in text(browser, ".passage mark")
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("tongcheng", Keys.ENTER)
    browser.find_element(By.LINK_TEXT, "通城县").click()
    assert text(browser, "h1") == "Tongcheng County"
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


def test_growth_is_compared_over_provinces_and_the_one_with_only_a_target_seen(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site, "?lang=zh")
    browser.find_element(By.LINK_TEXT, "比较").click()
    find(browser, "main input[name=indicator]").send_keys("GDP", Keys.ENTER)
    assert "31534亿元" in text(browser, "table.compare")
    assert "山西省" in text(browser, "#lacking .target")
    browser.find_element(By.LINK_TEXT, "3.3%").click()
    assert "增长3.3%" in text(browser, ".passage")
    assert "《2025年云南省政府工作报告》" in text(browser, "#cite cite")
    assert complaints(browser) == []


def tabbed_to(browser: webdriver.Chrome, words: str) -> WebElement:
    """Press Tab until what has the focus has these words."""
    for _ in range(80):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element.text == words:
            return browser.switch_to.active_element
    raise AssertionError(f"Tab never comes to “{words}”")


def test_a_question_is_answered_and_its_sentence_cited_by_the_keyboard_alone(
    browser: webdriver.Chrome, site: Service
) -> None:
    opened(browser, site)
    find(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("2021年脱贫人口人均纯收入是多少？", Keys.ENTER)
    assert "没有一处含有" in text(browser, ".parts")
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
    opened(browser, site, "queries/figures?lang=zh")
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
