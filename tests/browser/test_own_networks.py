"""Networks of the visitor's own in a real Chromium: opened from files, looked into, refused, left.

Nothing of them leaves the page, and nothing is kept.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from cnnscope.nn.network import Network
from cnnscope_own.case import begun, with_size
from cnnscope_own.opened import of_found
from cnnscope_own.words import words
from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from cnnscope_readers.registry import read
from support.browser.bringing import BROUGHT
from support.browser.console_watch import Watch, visit, watched
from support.browser.page_probes import (
    FOCUSED,
    SIZES,
    check_access,
    check_texts,
    resize,
    tab_to,
)
from support.model_files.small_networks import FORMATS, one_file
from support.model_files.torch_files import saved
from support.mutations import mutations
from support.sample_networks import FOLDER, entry, sample_networks
from support.sampling import sampled
from support.state_dicts import state_dict

pytestmark = pytest.mark.browser

SAY = words("en")
OPEN = "input[data-on=network]"
SHOWN = "() => document.querySelector('.explainer').dataset.network.startsWith('own')"
SETTLED = """() => document.querySelector('.explainer').dataset.network.startsWith('own')
    || !document.getElementById('alert').hidden"""
NUMBER = "() => document.querySelector('[data-key^=\"network/own\"]')?.dataset.key ?? ''"
OTHER = f"number => ({NUMBER})() !== number"
TRACE = "name => Array.from(cnnscope.trace(name))"
STORED = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie,
    (await indexedDB.databases()).map(each => each.name), await caches.keys(),
])"""


def network_of(files: dict[str, bytes], size: tuple[int, int] | None = None) -> Network:
    """The network in files, as CPython reads it."""
    kind, found = read(files)
    if isinstance(found, Weights):
        case = begun(found)
        return assemble((with_size(case, size) if size else case).found)
    return of_found("net", kind, found).network


def choose(page: Page, files: dict[str, bytes]) -> None:
    """Open files by the real file input, and wait until they are shown, or refused."""
    before = page.evaluate(NUMBER)
    page.locator(OPEN).set_input_files(
        [{"name": name, "mimeType": "", "buffer": each} for name, each in files.items()]
    )
    page.wait_for_function(
        f"number => ({OTHER})(number) || !document.getElementById('alert').hidden", arg=before
    )


def check_trace(page: Page, network: Network) -> None:
    """Compare every layer with what CPython computes for the numbers that the page read."""
    x = np.array(page.evaluate(TRACE, "input"), np.float32).reshape(network.input_shape)
    expected = network(x)
    for layer in network.layers:
        got = np.array(page.evaluate(TRACE, layer.name), np.float32)
        scale = 1 + float(abs(expected[layer.name]).max())
        assert got == pytest.approx(expected[layer.name].ravel(), abs=1e-4 * scale), layer.name


@pytest.mark.parametrize("kind", FORMATS)
def test_a_network_is_opened_from_its_files_and_computes_what_cpython_does(
    probed_page: Page, kind: str
) -> None:
    files = one_file(kind)
    choose(probed_page, files)
    assert probed_page.evaluate(SHOWN)
    expect(probed_page.locator(".own strong")).to_have_text(next(iter(files)))
    check_trace(probed_page, network_of(files))


def test_it_is_opened_by_keyboard_left_and_found_again(still_page: Page) -> None:
    choose(still_page, one_file("keras"))
    assert still_page.evaluate("location.hash") == ""
    tab_to(still_page, "own.fold")
    still_page.keyboard.press("Enter")
    expect(still_page.locator("[data-key='own.classes']")).to_be_visible()
    assert still_page.evaluate(FOCUSED) == "own.fold"
    still_page.keyboard.press("Tab")
    assert still_page.evaluate(FOCUSED) == "own.back"
    still_page.keyboard.press("Enter")
    expect(still_page.locator("[data-node='conv_1_1/9']")).to_be_visible()
    expect(still_page.locator(".own")).to_have_count(0)
    still_page.go_back()
    expect(still_page.locator(".own strong")).to_have_text("net.keras")


def test_a_file_that_is_dropped_is_opened_and_a_picture_still_is_a_picture(
    still_page: Page,
) -> None:
    ((name, content),) = one_file("keras").items()
    assert still_page.evaluate(BROUGHT, ["drop", {}, [[name, "", list(content)]]])
    still_page.wait_for_function(SHOWN)
    expect(still_page.locator(".own strong")).to_have_text(name)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and no more of it", "damaged"),
        (b"\x1c\0\0\0TFL3" + bytes(90), "tflite"),
        (b'{"format": "graph-model", "modelTopology": {}}', "tfjs_graph"),
        (b"{" + b'"a":[' * 60_000, "unknown"),
    ],
    ids=["damaged", "tflite", "tfjs_graph", "deep"],
)
def test_what_cannot_be_opened_says_why_and_the_page_goes_on(
    still_page: Page, content: bytes, reason: str
) -> None:
    before = still_page.evaluate(NUMBER)
    choose(still_page, {"net.bin": content})
    said = still_page.locator("#alert-text").inner_text()
    assert SAY.strings[f"own.refused.{reason}"].split("{")[0] in said
    assert still_page.evaluate(NUMBER) == before
    choose(still_page, one_file("onnx"))
    expect(still_page.locator("#alert")).to_be_hidden()
    assert still_page.evaluate(SHOWN)


@pytest.fixture
def alone(browser: Browser, site_url: str) -> Iterator[tuple[Page, Watch]]:
    """A page and its own context, whose requests are watched."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page, watch = watched(context, site_url)
    visit(page, site_url)
    yield page, watch
    context.close()


def test_nothing_is_asked_of_anybody_and_nothing_is_kept(alone: tuple[Page, Watch]) -> None:
    page, watch = alone
    choose(page, one_file("keras"))  # with which the code that opens it has come
    stored = page.evaluate(STORED)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    choose(page, one_file("torch"))
    page.locator("[data-key='own.fold']").click()
    page.locator("[data-key='own.scale/unit']").click()
    page.locator("[data-node='conv_1/3']").click()
    page.locator("[data-key='own.back']").click()
    assert [each for each in asked if "/images/" not in each] == []  # its icon is asked for again
    assert page.evaluate(STORED) == stored
    assert page.evaluate("location.href").count("net.") == 0
    watch.check()


@pytest.mark.parametrize("size", sampled(SIZES, every=3))
def test_no_text_overlaps_another_with_all_questions_open(still_page: Page, size: Any) -> None:
    choose(still_page, {"my own network.pth": saved(dict(state_dict("tfjs_mnist").arrays))})
    resize(still_page, size)
    check_texts(still_page, more_than=30)
    assert still_page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], every=2))
def test_axe_finds_nothing_to_object_to(still_page: Page, scheme: str) -> None:
    choose(still_page, {"net.pth": saved(dict(state_dict("tfjs_mnist").arrays))})
    check_access(still_page, scheme)


def samples() -> Any:
    """Every file of many frameworks, where the folder is; one a format always."""
    manifest = FOLDER / "manifest.json"
    names = (
        [each["file"] for each in json.loads(manifest.read_text())["files"]]
        if (manifest.exists())
        else ["net.keras"]
    )
    return sample_networks(*names)


FIRST = ("net.keras", "yunjey_convnet.pth", "tfjs_mnist.model.json", "tinyvgg_external.onnx",
         "d2l_bn_lenet.pt2", "odd_traced.pt", "nn_tutorial_mnist.safetensors",
         "mlp_fashion_tfkeras2.h5", "tf_flowers_keras3tf.keras", "odd_module.pt")  # fmt: skip


@pytest.mark.parametrize(
    "file",
    [
        each if each.values[0] in FIRST
        else pytest.param(*each.values, marks=[*each.marks, pytest.mark.long])
        for each in samples()
    ],
)  # fmt: skip
def test_a_file_of_a_framework_computes_what_cpython_does(probed_page: Page, file: str) -> None:
    names = [file, *entry(file)["others"]]
    files = {name: (FOLDER / name).read_bytes() for name in names}
    choose(probed_page, files)
    assert probed_page.evaluate(SHOWN), probed_page.locator("#alert-text").inner_text()
    check_trace(probed_page, network_of(files))


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.long) for kind in FORMATS])
def test_damaged_files_leave_the_page_alive(probed_page: Page, kind: str) -> None:
    first, *others = one_file(kind).items()
    for content in mutations(first[1], seed=7, count=340):
        files = {first[0]: content, **dict(others)}
        try:
            network_of(files)
        except RefusedError:
            choose(probed_page, files)
            probed_page.locator("[data-on=dismiss]").click()
    choose(probed_page, one_file(kind))
    assert probed_page.evaluate(SHOWN)
