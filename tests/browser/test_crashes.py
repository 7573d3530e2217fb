"""What becomes of a test when Chromium's renderer dies, shown on tests that let it die."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from support.browser.renderer_crashes import FORGIVEN
from support.sites import ROOT

pytestmark = pytest.mark.browser

TESTS = """
    from collections import Counter

    import pytest
    from playwright.sync_api import Error, sync_playwright
    from building.check.chromium import FLAGS, find_chromium
    from support.browser.console_watch import go, wait_until_ready, watched

    RUNS = Counter()
    PAGE = "data:text/html,<html data-state=ready>"

    @pytest.fixture(scope="session")
    def browser():
        with sync_playwright() as playwright:
            yield playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)

    @pytest.fixture
    def page(browser):
        page, _ = watched(browser.new_context(), PAGE)
        page.set_default_timeout(20_000)
        yield page

    def die(page):
        with pytest.raises(Error, match="ERR_ABORTED"):
            page.goto("chrome://crash")  # which the renderer of the page before dies of

    def begin(page, name, *, is_dying):
        RUNS[name] += 1
        print("run", RUNS[name], "of", name)
        go(page, PAGE.replace("ready", "loading") if is_dying else PAGE)
        if is_dying:
            die(page)
        wait_until_ready(page)

    def test_dies_once(page):
        begin(page, "once", is_dying=RUNS["once"] == 0)

    def test_dies_twice(page):
        begin(page, "twice", is_dying=True)

    def test_dies_once_it_is_up(page):
        begin(page, "up", is_dying=False)
        die(page)
        page.wait_for_function("() => document.title")

    def test_fails(page):
        begin(page, "fails", is_dying=False)
        assert page.title() == "another"

    def test_cannot_be_reached(page):
        begin(page, "reached", is_dying=False)
        go(page, "http://127.0.0.1:9/")

    def test_dies_later(page):
        begin(page, "later", is_dying=RUNS["later"] == 0)

    def test_dies_once_too_often(page):
        begin(page, "often", is_dying=RUNS["often"] == 0)
"""


def outcomes(folder: Path) -> tuple[dict[str, str], str]:
    """How each of those tests ended, and all that was said."""
    (folder / "test_renderer.py").write_text(textwrap.dedent(TESTS), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]", encoding="utf-8")
    paths = os.pathsep.join(str(ROOT / each) for each in ("src", "tests"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-s", "-p", "no:cacheprovider",
         "-p", "support.browser.renderer_crashes"],
        cwd=folder, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    found = re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\S+)", done.stdout, re.MULTILINE)
    return {name: outcome for outcome, name in found}, done.stdout


def test_only_a_renderer_that_dies_while_a_page_loads_is_forgiven_and_once(tmp_path: Path) -> None:
    assert FORGIVEN == 3
    ended, said = outcomes(tmp_path)
    assert ended == {
        "test_dies_once": "PASSED",
        "test_dies_twice": "FAILED",
        "test_dies_once_it_is_up": "FAILED",
        "test_fails": "FAILED",
        "test_cannot_be_reached": "FAILED",
        "test_dies_later": "PASSED",
        "test_dies_once_too_often": "FAILED",
    }
    runs = [name for _, name in re.findall(r"run (\d) of (\w+)", said)]
    begun = ["once", "once", "twice", "twice", "up", "fails", "reached", "later", "later", "often"]
    assert runs == begun
    told = re.findall(r"::(\w+): begun again", said.split("renderer crashes", 1)[1])
    assert sorted(told) == ["test_dies_later", "test_dies_once", "test_dies_twice"]
