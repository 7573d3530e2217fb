"""The page in another language, in a real browser: chosen by it, by the visitor, by the address."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from cnnscope.text import load_text
from support.browser.console_watch import visit, wait_until_ready, watched
from support.browser.page_probes import FOCUSED

EN, ZH = load_text("en"), load_text("zh")
SAID = """() => ({
    lang: document.documentElement.lang,
    title: document.title,
    article: document.querySelector('#article').lang,
    lead: document.querySelector('[data-speak=lead]').textContent,
    details: document.querySelector('[data-key=details]').textContent,
    languages: [...document.querySelectorAll('.languages a')].map(each => each.textContent),
})"""
SPOKEN = "text => document.title === text"

DETAILS = "text => document.querySelector('[data-key=details]').textContent === text"


def said(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(SAID)
    return found


def in_language(text, other) -> dict[str, object]:
    return {
        "lang": text("language.tag"),
        "title": text("page.title"),
        "article": text("language.tag"),
        "lead": text("page.lead"),
        "details": text("details"),
        "languages": [other("language.name")],
    }


def test_the_visitor_changes_the_language_and_keeps_view_and_focus(page: Page, site_url: str):
    visit(page, site_url)
    assert said(page) == in_language(EN, ZH)
    page.locator("[data-node='relu_1_1/3']").click()
    link = page.locator(".languages a")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(SPOKEN, arg=ZH("page.title"))
    assert said(page) == in_language(ZH, EN)
    assert page.locator(".explainer").get_attribute("data-view") == "relu"
    assert page.locator("[data-key='stage.close']").text_content() == f"×{ZH('stage.close')}"
    assert page.evaluate("() => document.activeElement.dataset.args") == "en"
    page.wait_for_function("() => location.hash === '#view=relu_1_1/3&lang=zh'")
    page.reload()
    wait_until_ready(page)
    page.wait_for_function(SPOKEN, arg=ZH("page.title"))
    assert said(page) == in_language(ZH, EN)
    page.locator(".languages a").click()
    page.wait_for_function(SPOKEN, arg=EN("page.title"))
    assert said(page) == in_language(EN, ZH)
    page.wait_for_function("() => location.hash === '#view=relu_1_1/3'")
    assert page.evaluate(FOCUSED) is None


@pytest.mark.parametrize(
    ("locale", "address", "text"),
    [("zh-CN", "", ZH), ("zh-TW", "#lang=en", EN), ("de-DE", "", EN), ("de-DE", "zh.html", ZH)],
)
def test_the_page_comes_in_the_language_of_browser_or_address(
    browser: Browser, site_url: str, locale: str, address: str, text
):
    context = browser.new_context(locale=locale, service_workers="block")
    page, watch = watched(context, site_url)
    visit(page, site_url + address)
    page.wait_for_function(SPOKEN, arg=text("page.title"))
    assert said(page) == in_language(text, EN if text is ZH else ZH)
    context.close()
    watch.check()


def test_the_language_can_be_changed_while_the_page_loads(page: Page, site_url: str):
    page.route("**/numpy.zip.gz*", lambda route: None)  # so that it does not get further
    page.goto(site_url, wait_until="domcontentloaded")
    page.locator(".languages a").click()
    page.wait_for_function(SPOKEN, arg=ZH("page.title"))
    assert page.locator("#controls [data-on=details]").text_content() == ZH("details")
    assert page.evaluate("location.hash") == "#lang=zh"
    page.unroute_all(behavior="ignoreErrors")


def test_without_scripts_the_other_page_is_a_link_away(browser: Browser, site_url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url)
    page.locator(".languages a").click()
    expect(page).to_have_title(ZH("page.title"))  # the click does not wait for the other page
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    context.close()


def test_where_the_other_page_cannot_be_fetched_python_speaks_alone(faulty_page: Page, site_url):
    page = faulty_page
    visit(page, site_url)
    page.route("**/zh.html*", lambda route: route.abort())
    page.locator(".languages a").click()
    page.wait_for_function(DETAILS, arg=ZH("details"))
    page.wait_for_function("() => document.querySelector('[data-speak=lead]').lang === 'en'")
    assert page.title() == EN("page.title")
    assert page.locator("#article").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("#controls").get_attribute("lang") is None
    page.unroute("**/zh.html*")
    page.evaluate("cnnscopeLanguage.speak('zh')")
    page.wait_for_function(SPOKEN, arg=ZH("page.title"))
    assert page.locator("[data-speak=lead]").get_attribute("lang") is None


def test_of_two_changes_in_flight_the_last_holds(faulty_page: Page, site_url):
    page = faulty_page
    visit(page, site_url)
    held: list[Route] = []
    page.route("**/zh.html*", lambda route: held.append(route))
    page.evaluate("() => { cnnscopeLanguage.speak('zh'); cnnscopeLanguage.speak('en'); }")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    with page.expect_event("requestfinished", lambda request: "zh.html" in request.url):
        held[0].continue_()
    page.evaluate("() => new Promise(done => setTimeout(done))")
    assert said(page) == in_language(EN, ZH)
    page.unroute("**/zh.html*")


def test_a_frame_in_another_language_leads_out_in_it(browser: Browser, site_url: str):
    context = browser.new_context(service_workers="block")
    page, watch = watched(context, site_url)
    visit(page, f"{site_url}zh.html?embed=relu#view=relu_1_1/3")
    link = page.locator("[data-key='embed.open']")
    assert link.text_content() == ZH("page.open")
    assert link.get_attribute("href") == f"{site_url}zh.html#view=relu_1_1/3"
    context.close()
    watch.check()
