"""A page of one file that holds a network of somebody's own, opened from a disk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from building.site.compose import Sources
from building.site.single import single_page
from cnnscope.nn.network import Network
from cnnscope.pictures.shipped import EXACT
from cnnscope_notebook.network_file import arrays_of, packed
from cnnscope_notebook.page import embedded
from support.browser.console_watch import SETTLED
from support.browser.firefox import ENVIRONMENT_VARIABLE, Firefox, find_firefox
from support.browser.tabs import AnyTab, ChromiumTab
from support.networks import picture
from support.sampling import sampled
from support.table_networks import table_networks

pytestmark = pytest.mark.browser

PATIENCE = 80  # seconds
UNTIL = """seconds => new Promise(done => {
    const end = performance.now() + 1000 * seconds;
    const look = () => (TEST)() || performance.now() > end ? done((TEST)()) : setTimeout(look, 20);
    look();
})"""
STATE = "() => document.documentElement.dataset.state"
NETWORK = "() => document.querySelector('[data-network]').dataset.network"
ANSWER = """() => Object.fromEntries([...document.querySelectorAll('[data-class]')]
    .map(each => [each.dataset.class, Number(each.dataset.probability)]))"""
SAMPLES = """() => [...document.querySelectorAll('#controls [data-sample]')]
    .filter(each => each.checkVisibility()).map(each => each.dataset.sample)"""
KEPT = "() => JSON.stringify(Object.values(localStorage)).length"
NAMES = ("no", "yes", "perhaps")


def network() -> Network:
    return table_networks()["learnpytorch_05"]


VALUES = np.random.default_rng(8).standard_normal((3, 64, 64)).astype(np.float32)


@pytest.fixture(scope="module")
def lesson(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of such a file."""
    samples = {"first": picture(network(), 3), "exact": picture(network(), 4)}
    arrays = {**arrays_of(network()), EXACT: VALUES[None]}
    file = packed(arrays, NAMES, samples, exact=["exact"])
    path = tmp_path_factory.mktemp("disk") / "lesson.html"
    path.write_text(embedded(single_page(sources).decode(), file), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=sampled(["chromium", "firefox"], every=2))
def tab(lesson: str, request: Any, tmp_path: Path) -> Iterator[AnyTab]:
    if request.param == "chromium":
        chromium = ChromiumTab(request.getfixturevalue("browser"), lesson)
        yield chromium
        chromium.close()
        return
    path = find_firefox()
    if path is None:
        pytest.skip(f"no Firefox is installed, and {ENVIRONMENT_VARIABLE} names none")
    with Firefox.started(path, tmp_path / "profile") as firefox:
        yield firefox.tab(lesson)


def until(tab: AnyTab, condition: str) -> None:
    assert tab.run(UNTIL.replace("TEST", condition), PATIENCE), condition


def shows(tab: AnyTab, name: str) -> None:
    until(tab, f"() => ({NETWORK})() === {json.dumps(name)}")


def test_it_starts_on_that_network_and_the_shipped_ones_are_a_press_away(
    tab: AnyTab, lesson: str
) -> None:
    tab.go(lesson)
    until(tab, SETTLED)
    assert tab.run(STATE) == "ready"
    assert tab.run(NETWORK) == "own"
    assert tab.run(SAMPLES) == ["first", "exact"]
    assert tab.run("() => location.hash") == ""
    tab.click("[data-sample=exact]")
    expected = network()(VALUES)[network().layers[-1].name]
    until(tab, "() => location.hash === '#picture=exact'")
    assert tab.run(ANSWER) == pytest.approx(
        dict(zip(NAMES, map(float, expected), strict=True)), 1e-4
    )
    tab.click("[data-key='network/photos']")
    shows(tab, "photos")
    tab.back()
    shows(tab, "own")
    assert tab.run(KEPT) < 1000
    assert (tab.problems, tab.foreign) == ([], [])
