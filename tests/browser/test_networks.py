"""A second network in a real Chromium: chosen, named by the address, drawn with all its layers."""

import base64

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from cnnscope.pictures.shipped import read_shipped
from support.browser.console_watch import visit
from support.browser.encoding import png
from support.browser.page_probes import (
    FOCUSED,
    SIZES,
    check_access,
    check_texts,
    resize,
    tab_to,
)
from support.networks import ROOT
from support.packing import file_of
from support.sampling import sampled
from support.table_networks import table_classes, table_networks

pytestmark = pytest.mark.browser

SHOWN = ".explainer[data-network=digits]"
TAKE = "file => cnnscope.network(Uint8Array.from(atob(file), sign => sign.charCodeAt(0)))"
DRAWN = ("keras_mnist", "pytorch_mnist", "d2l_bn_lenet", "tf_cifar", "jovian_cifar", "yes_or_no")


def choose_digits(page: Page) -> None:
    page.locator("[data-key='network/digits']").click()
    page.locator(SHOWN).wait_for()


def test_digits_are_chosen_by_keyboard_and_back_leads_to_the_photos(still_page: Page) -> None:
    tab_to(still_page, "network/digits")
    still_page.keyboard.press("Enter")
    still_page.locator(SHOWN).wait_for()
    assert still_page.evaluate(FOCUSED) == "network/digits"
    assert still_page.evaluate("location.hash") == "#network=digits"
    expect(still_page.locator("[data-node='conv_2/15']")).to_be_visible()
    expect(still_page.locator("#controls [data-sample]:visible")).to_have_count(10)
    still_page.go_back()
    expect(still_page.locator("[data-node='conv_1_1/9']")).to_be_visible()


def test_every_layer_agrees_with_pytorch(probed_page: Page) -> None:
    choose_digits(probed_page)
    with np.load(ROOT / "tests" / "fixtures" / "lenet_activations.npz") as fixture:
        stored = dict(fixture)
    drawn = {"name": "p.png", "mimeType": "image/png", "buffer": png(stored["picture"])}
    probed_page.locator("#chooser").set_input_files(drawn)
    probed_page.wait_for_function("() => !document.documentElement.dataset.reading")
    shipped = read_shipped((ROOT / "weights" / "digits.npz").read_bytes())
    for layer in shipped.network.layers:
        values = probed_page.evaluate("name => Array.from(cnnscope.trace(name))", layer.name)
        got = np.array(values, np.float64)
        at_places = got[stored[f"{layer.name}.positions"]]
        np.testing.assert_allclose(at_places, stored[layer.name], rtol=0, atol=1e-4)
        summary = [got.mean(), got.std(), got.min(), got.max()]
        np.testing.assert_allclose(summary, stored[f"{layer.name}.summary"], rtol=0, atol=1e-4)


def test_an_address_starts_with_its_network_and_shows_no_other_before(
    page: Page, site_url: str
) -> None:
    page.add_init_script("""(function look() {
        const [root, first] = [document.documentElement, document.getElementById('network')];
        if (root?.dataset.state === 'ready') return;
        globalThis.seen ||= first?.checkVisibility({visibilityProperty: true}) ? 'photos' : 'none';
        requestAnimationFrame(look);
    })()""")
    visit(page, f"{site_url}#network=digits&view=conv_2/3")
    assert page.evaluate("seen") == "none"
    expect(page.locator("[data-view='convolution'][data-network='digits']")).to_be_visible()


def test_a_network_that_does_not_come_is_told_of_and_can_be_asked_for_again(
    faulty_page: Page, site_url: str
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="busy")

    visit(faulty_page, site_url)
    faulty_page.route("**/networks/*", refuse)
    faulty_page.locator("[data-key='network/digits']").click()
    expect(faulty_page.locator("#alert")).to_contain_text("Digits")
    faulty_page.unroute("**/networks/*")
    choose_digits(faulty_page)
    expect(faulty_page.locator("#alert")).to_be_hidden()


@pytest.mark.parametrize("name", sampled(DRAWN, every=3))
def test_no_text_overlaps_another_whatever_the_network(probed_page: Page, name: str) -> None:
    file = base64.b64encode(file_of(table_networks()[name], table_classes(name))).decode()
    probed_page.evaluate(TAKE, file)
    for size in SIZES:
        resize(probed_page, size)
        check_texts(probed_page, more_than=15)
        assert probed_page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_no_text_of_digits_overlaps_another(still_page: Page) -> None:
    choose_digits(still_page)
    for size in SIZES:
        resize(still_page, size)
        check_texts(still_page, more_than=15)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(still_page: Page, scheme: str) -> None:
    choose_digits(still_page)
    check_access(still_page, scheme)
