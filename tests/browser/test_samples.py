"""The samples in a real Chromium: their order, what is answered, what is fetched of them."""

import json

import pytest
from playwright.sync_api import Page

from support.browser.console_watch import go, visit, wait_until_ready
from support.browser.page_probes import probabilities
from support.sites import ROOT

pytestmark = pytest.mark.browser

SAMPLES = json.loads((ROOT / "public" / "samples" / "samples.json").read_text(encoding="utf-8"))


def test_samples_stand_in_their_order_before_and_after_the_start(page: Page, site_url: str) -> None:
    index = ROOT / "public" / "samples" / "samples.json"
    order = [entry["key"] for entry in json.loads(index.read_text(encoding="utf-8"))]
    keys = "all => all.map(tile => tile.dataset.sample)"
    go(page, site_url, wait_until="commit")
    page.locator("[data-sample]").first.wait_for()
    assert page.locator("[data-sample]").evaluate_all(keys) == [*order, "own"]
    wait_until_ready(page)
    assert page.locator("[data-sample]").evaluate_all(keys) == [*order, "own"]


def test_every_sample_is_recognised_and_stands_out(ready_page: Page) -> None:
    shares = []
    for entry in SAMPLES:
        if entry["class"] is None:
            continue
        ready_page.locator(f"[data-sample={entry['key']}]").click()
        first = ready_page.locator("[data-first]")
        assert first.get_attribute("data-class") == entry["class"]
        shares.append(float(first.get_attribute("data-probability") or 0))
        weights = "all => all.filter(each => getComputedStyle(each).fontWeight >= 600).length"
        assert ready_page.locator(".percent").evaluate_all(weights) == 1
    assert len(shares) == 10
    assert sum(share >= 0.7 for share in shares) >= 8


def test_a_sample_is_fetched_whole_only_to_be_looked_at(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site_url)
    assert not [url for url in asked if "samples/" in url]
    page.locator("[data-key='picture']").click()
    image = page.get_by_role("dialog").locator("img")
    assert image.evaluate("async image => (await image.decode(), image.naturalWidth)") >= 256


def test_a_picture_of_no_class_is_marked_and_answered_all_the_same(ready_page: Page) -> None:
    out_of_distribution = [entry["key"] for entry in SAMPLES if entry["class"] is None]
    assert len(out_of_distribution) == 2
    answers = []
    for key in out_of_distribution:
        tile = ready_page.locator(f"[data-sample={key}]")
        assert "none of its classes" in (tile.get_attribute("aria-label") or "")
        tile.click()
        assert "none of the network’s classes" in ready_page.locator("#notice").inner_text()
        answers.append([float(share) for share in probabilities(ready_page)])
        assert len(answers[-1]) == 10
        assert sum(answers[-1]) == pytest.approx(1, abs=1e-5)
    assert answers[0] != answers[1]
