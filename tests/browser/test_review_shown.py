"""What the review page shows: to every eye, on every screen, whatever the articles hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from browser.review_pages import HOSTILE, article, hostile, press, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page

    Opened = Callable[..., Page]


def test_removed_furniture_is_folded_and_stays_open_where_it_was_opened(page: Page) -> None:
    fold = page.locator("details").first
    assert fold.get_attribute("open") is None
    page.locator("summary").first.click()
    assert "Baca juga: Harga cabai naik" in fold.inner_text()
    press(page, "w", "w")
    assert page.locator("details").first.get_attribute("open") is not None


def test_what_the_page_says_of_an_article_stands_at_its_front(page: Page) -> None:
    head = page.locator(".head").first.inner_text()
    for fact in ("Jembatan 0", "harian.example", "Bandung, 2024-05-06", "Siti Rahma", "Indonesian → English"):
        assert fact in head


def test_a_source_from_right_to_left_is_set_so(page: Page) -> None:
    text = page.locator("[data-id='2024-05-00002:0.0'] .source .text")
    page.select_option("select[aria-label=Article]", "2024-05-00002")
    assert text.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert text.get_attribute("lang") == "ar"


def test_nothing_hostile_becomes_markup_or_runs(opened: Opened, tmp_path: Path) -> None:
    page = opened(write(tmp_path / "a.html", [hostile(), article(1)], name=HOSTILE[1]))
    press(page, "j", "j", "e", "Escape", "g", "Escape", "w", "j", "a", "/")
    page.keyboard.type(HOSTILE[0])
    press(page, "Escape", "0", "?", "Escape")
    page.locator("[data-tip]").first.hover()
    assert page.evaluate("() => window.hit") is None
    assert page.locator("#list img, #list svg, #list script, a[href^=javascript]").count() == 0
    assert HOSTILE[1] in page.locator("h1").inner_text()
    texts = page.locator("#list .source .text").all_inner_texts()
    assert HOSTILE[0] in texts


def test_the_page_may_not_connect_to_anything(context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(write(tmp_path / "a.html", [article(0)]))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    refused = page.evaluate(
        """() => new Promise((done) => {
        addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
        fetch("https://kabar.example/x").catch(() => {}); })"""
    )
    assert (refused, asked) == ("connect-src", [])


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 900), ("light", 390)])
def test_axe_finds_nothing_serious(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    # Whatever fades has any contrast while it does; for those who ask for it, nothing fades.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(write(tmp_path / "a.html", [article(number, arabic=number == 2) for number in range(3)]))
    page.wait_for_selector("article")
    press(page, "x", "n", "a", "n")
    for keys in ([], ["?"], ["Escape", "g"], ["Escape", "e"], ["Escape", "c"]):
        press(page, *keys)
        page.wait_for_timeout(200)
        page.wait_for_function("document.getAnimations().length === 0")  # a message that fades has any contrast
        found = axe.Axe().run(page).response["violations"]
        told = [(one["id"], one["impact"], one["nodes"][0]["html"][:120]) for one in found]
        assert [one for one in told if one[1] in {"serious", "critical", "moderate"}] == []
    context.close()


def test_on_a_phone_next_flagged_never_lies_over_the_buttons_of_the_unit_it_went_to(
    browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(write(tmp_path / "a.html", [article(number) for number in range(4)]))
    page.wait_for_selector("article")
    press(page, "x")
    for _ in range(6):
        page.locator("#next").tap()
        foot = page.locator("article.current").evaluate("row => row.getBoundingClientRect().bottom")
        assert foot <= page.locator("#next").evaluate("button => button.getBoundingClientRect().top")
    context.close()


def test_how_sure_the_model_was_is_not_said_of_a_persons_words(page: Page) -> None:
    assert page.locator("article").first.locator(".score").count() == 1
    press(page, "j", "e", "Control+a")
    page.keyboard.type("In other words.")
    press(page, "Control+Enter")
    assert page.locator("article").first.locator(".score").count() == 0


def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(write(tmp_path / "a.html", [article(0), article(2, arabic=True), hostile()]))
    page.wait_for_selector("article")
    page.locator("article").nth(2).tap()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("() => document.getElementById('list').scrollWidth <= innerWidth")
    page.click("#more")
    page.locator("select[aria-label=Finding]").select_option("numbers")
    page.locator("article").first.tap()
    page.get_by_role("button", name="Glossary", exact=True).tap()
    page.locator("#glossary-source-words .word").first.tap()
    assert page.input_value("#glossary-source") == "Warga"
    assert page.locator("#glossary").evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    context.close()
