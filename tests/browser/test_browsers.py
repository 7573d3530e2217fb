"""The same walk through the page in each browser, served by a host and as one file from a disk.

What the network answers is compared with the same network under CPython, and with PyTorch's answer
that is stored.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import numpy as np
import pytest
from PIL import Image

from building.site.compose import Sources
from building.site.single import single_page
from cnnscope.pictures.resize import prepare, to_input
from cnnscope.text import load_text
from support.browser.console_watch import SETTLED
from support.browser.firefox import ENVIRONMENT_VARIABLE, Firefox, find_firefox
from support.browser.page_probes import FINISH
from support.browser.tabs import AnyTab, ChromiumTab
from support.model_files.small_networks import one_file
from support.networks import trained
from support.sampling import sampled

pytestmark = pytest.mark.browser

PATIENCE = 80  # seconds
ROOT = Path(__file__).parents[2]
ZH = load_text("zh")
UNTIL = """seconds => new Promise(done => {
    const end = performance.now() + 1000 * seconds;
    const look = () => {
        const holds = !!(TEST)();
        if (holds || performance.now() > end) done(holds);
        else setTimeout(look, 20);
    };
    look();
})"""
"""Waits until a condition holds; returns whether it did."""

SHOWN = """() => [
    document.documentElement.dataset.state, document.getElementById('progress-text')?.innerText,
    location.href, performance.getEntriesByType('resource').map(each => [each.name, each.duration]),
]"""
"""What to know of a page that does not come to be as it should."""

STATE = """() => [
    document.documentElement.dataset.state, document.getElementById('boot-error').innerText,
]"""
ANSWER = """() => Object.fromEntries([...document.querySelectorAll('[data-class]')]
    .map(each => [each.dataset.class, Number(each.dataset.probability)]))"""
HEADING = "() => document.querySelector('#article h2').innerText"
VIEW = "() => document.querySelector('.explainer').dataset.view"
PATCH = """() => [...document.querySelector('[data-paint="conv_1_1/3"]')
    .getContext('2d').getImageData(20, 20, 8, 8).data]"""
CATCH_COPY = """() => {
    navigator.clipboard.writeText = async text => { globalThis.copied = text; };
}"""

VIEWS = [
    ("conv_1_2/3", "convolution"),
    ("relu_1_1/2", "relu"),
    ("max_pool_2/9", "pooling"),
    ("output/6", "flatten"),
]


@pytest.fixture(scope="module")
def file_url(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page as one file, alone in a folder with an awkward name."""
    file = tmp_path_factory.mktemp("disk") / "Ünit 3 #1 (50 %)" / "cnnscope copy.html"
    file.parent.mkdir()
    file.write_bytes(single_page(sources))
    return file.as_uri()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = find_firefox()
    if path is None:
        pytest.skip(f"no Firefox is installed, and {ENVIRONMENT_VARIABLE} names none")
    with Firefox.started(path, tmp_path_factory.mktemp("firefox") / "profile") as firefox:
        yield firefox


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def name(request: Any) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["served", "file"])
def home(request: Any) -> str:
    return str(request.getfixturevalue("site_url" if request.param == "served" else "file_url"))


@pytest.fixture(scope="module")
def tab(name: str, home: str, request: Any) -> Iterator[AnyTab]:
    """The page, up, in a browser."""
    tab: AnyTab
    if name == "firefox":
        tab = request.getfixturevalue("firefox").tab(home)
    else:
        tab = ChromiumTab(request.getfixturevalue("browser"), home)
    start(tab, home)
    yield tab
    tab.close()


@pytest.fixture(autouse=True)
def _without_problems(tab: AnyTab) -> Iterator[None]:
    yield
    assert tab.problems == []
    assert tab.foreign == []


def start(tab: AnyTab, address: str) -> None:
    tab.go(address)
    until(tab, SETTLED)
    assert tab.run(STATE) == ["ready", ""]


def until(tab: AnyTab, condition: str) -> None:
    """Wait until a function of JavaScript returns what is true."""
    holds = tab.run(UNTIL.replace("TEST", condition), PATIENCE)
    assert holds, f"{condition}: {tab.run(SHOWN)}"


def press(tab: AnyTab, selector: str) -> None:
    until(tab, f"() => document.querySelector({json.dumps(selector)})?.checkVisibility()")
    tab.run(FINISH)
    tab.click(selector)


def opened(tab: AnyTab, view: str) -> None:
    until(tab, f"() => document.querySelector('.explainer').dataset.view === '{view}'")


def answer_of(picture: np.ndarray) -> dict[str, float]:
    """What CPython answers to a picture, (rows, cols, 3)."""
    shares = trained()(to_input(prepare(picture)))["output"]
    classes = json.loads((ROOT / "weights" / "classes.json").read_text())
    return {entry["name"]: float(share) for entry, share in zip(classes, shares, strict=True)}


def bring(tab: AnyTab, file: Path) -> dict[str, float]:
    """The page's answer to a file that is chosen while a sample is shown."""
    press(tab, "[data-sample='pizza']")
    until(tab, "() => document.querySelector('[data-sample=pizza][aria-pressed=true]')")
    tab.choose("#chooser", file)
    until(tab, "() => document.querySelector('[data-sample=own][aria-pressed=true]')")
    return tab.run(ANSWER)


def sample(key: str) -> np.ndarray:
    with Image.open(ROOT / "public" / "samples" / f"{key}.webp") as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("key", sampled(["espresso", "koala", "house"], every=3))
def test_a_sample_has_the_answer_that_cpython_gives(tab: AnyTab, key: str) -> None:
    press(tab, f"[data-sample='{key}']")
    until(tab, f"() => document.querySelector('[data-sample={key}][aria-pressed=true]')")
    assert tab.run(ANSWER) == pytest.approx(answer_of(sample(key)), abs=1e-5)


def test_a_picture_has_the_answer_that_pytorch_gives(tab: AnyTab, tmp_path: Path) -> None:
    with np.load(ROOT / "tests" / "fixtures" / "tiny_vgg_activations.npz") as stored:
        Image.fromarray(stored["picture"]).save(tmp_path / "picture.png")
        expected = stored["output"][np.argsort(stored["output.positions"])]
    found = bring(tab, tmp_path / "picture.png")
    assert list(found.values()) == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.parametrize("kind", sampled(["keras", "torch", "onnx"], every=3))
def test_a_network_of_ones_own_is_opened(tab: AnyTab, kind: str, tmp_path: Path) -> None:
    ((name, content),) = one_file(kind).items()
    (tmp_path / name).write_bytes(content)
    start(tab, tab.run("() => location.href").partition("#")[0])
    tab.choose("input[data-on=network]", tmp_path / name)
    until(tab, "() => document.querySelector('.explainer').dataset.network === 'own'")
    assert tab.run("() => document.querySelector('.own strong').textContent") == name
    press(tab, "[data-key='own.back']")
    until(tab, "() => document.querySelector('.explainer').dataset.network === 'photos'")


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_larger_picture_is_made_smaller_as_cpython_does_it(
    tab: AnyTab, kind: str, tmp_path: Path
) -> None:
    file = tmp_path / f"ladybug.{kind}"
    Image.fromarray(sample("ladybug")[:, :200]).save(file, quality=90)
    with Image.open(file) as picture:
        expected = answer_of(np.asarray(picture.convert("RGB")))
    assert bring(tab, file) == pytest.approx(expected, abs=1e-5)


def test_each_view_opens_and_back_leaves_it(tab: AnyTab) -> None:
    for node, view in VIEWS:
        press(tab, f"[data-node='{node}']")
        opened(tab, view)
        assert f"view={node}" in tab.run("() => location.hash")
        tab.back()
        opened(tab, "overview")
        tab.forward()
        opened(tab, view)
        tab.back()
        opened(tab, "overview")
    tab.run("() => { location.hash = 'picture=koala&view=output/6&softmax=on'; }")
    opened(tab, "softmax")
    tab.back()
    opened(tab, "overview")


def test_maps_are_painted(tab: AnyTab) -> None:
    press(tab, "[data-sample='koala']")
    patch = np.reshape(tab.run(PATCH), (64, 4))
    assert len(np.unique(patch, axis=0)) > 10
    assert (patch[:, 3] == 255).all()


def test_the_original_of_a_sample_is_shown(tab: AnyTab) -> None:
    press(tab, "[data-sample='koala']")
    press(tab, "[data-key='picture']")
    until(tab, "() => document.querySelector('[role=dialog] img')?.naturalWidth >= 256")
    tab.back()


def test_a_window_slides_over_a_map(tab: AnyTab) -> None:
    press(tab, "[data-node='conv_1_1/3']")
    opened(tab, "convolution")
    text = "() => document.querySelector('.readout, .explainer').innerText"
    before = tab.run(text)
    press(tab, "[data-action='step']")
    assert tab.run(text) != before
    tab.back()
    opened(tab, "overview")


def test_the_tour_opens_at_the_stop_of_its_address(tab: AnyTab, home: str) -> None:
    tab.run("() => { location.hash = 'tour=4'; }")
    until(tab, "() => document.querySelector('#tour h2')?.innerText")
    assert "4" in tab.run("() => document.querySelector('.tour').innerText")
    tab.run(CATCH_COPY)
    press(tab, "[data-on='tour-link']")
    assert tab.run("() => copied") == f"{home}#tour=4"
    tab.back()
    until(tab, "() => !document.querySelector('#tour h2')?.checkVisibility()")


def test_the_playground_computes(tab: AnyTab) -> None:
    change = """() => {
        const field = document.querySelector('#playground input[name=kernel], #playground input');
        field.value = Number(field.value) - 1;
        field.dispatchEvent(new Event('input', {bubbles: true}));
    }"""
    text = "() => document.getElementById('playground').innerText"
    before = tab.run(text)
    assert len(before) > 100
    tab.run(change)
    assert tab.run(text) != before


def test_the_language_is_changed_and_changed_back(tab: AnyTab) -> None:
    title, heading = tab.run("() => document.title"), tab.run(HEADING)
    press(tab, ".languages a")
    until(tab, f"() => document.title === {json.dumps(ZH('page.title'))}")
    assert tab.run("() => document.documentElement.lang") == ZH("language.tag")
    assert tab.run(HEADING) != heading
    press(tab, ".languages a")
    until(tab, f"() => document.title === {json.dumps(title)}")
    assert tab.run(HEADING) == heading


def test_one_view_alone_is_shown_where_it_is_asked_for(tab: AnyTab, home: str) -> None:
    start(tab, f"{home}?embed=relu#picture=koala&view=relu_1_2/3")
    opened(tab, "relu")
    assert not tab.run("() => document.querySelector('.controls').checkVisibility()")
    href = tab.run("() => document.querySelector('.embed-open').href")
    assert href == f"{home}#picture=koala&view=relu_1_2/3"


@pytest.mark.parametrize("home", ["file"], indirect=True)
def test_a_file_that_was_cut_short_says_so(tab: AnyTab, home: str, tmp_path: Path) -> None:
    file = tmp_path / "cnnscope.html"
    whole = Path(url2pathname(urlsplit(home).path)).read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    tab.go(file.as_uri())
    until(tab, SETTLED)
    assert tab.run(STATE) == ["error", load_text("en")("boot.incomplete")]


@pytest.mark.parametrize(("name", "home"), [("firefox", "served")], indirect=True)
def test_firefox_keeps_the_page_for_use_without_a_network(tab: AnyTab) -> None:
    ready = load_text("en")("boot.offline.ready")
    until(tab, f"() => document.getElementById('offline').innerText === {json.dumps(ready)}")
