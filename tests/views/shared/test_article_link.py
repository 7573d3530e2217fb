"""From every view and card a link leads to the section of the article about it."""

import pytest

from cnnscope.app.app import App
from cnnscope.state.url import from_hash
from cnnscope.text import load_text
from cnnscope.views.registry import INPUT_SECTION
from cnnscope.views.registry import VIEWS as REGISTERED
from support.articles import TEXTS, ids, tree
from support.fake_page import FakePage
from support.networks import CLASSES, picture, tiny_vgg

SECTIONS = {INPUT_SECTION, *(view.section for view in REGISTERED)}
NOT_OF_LABELS = {"flatten", "batch-normalisation", "activations", "hidden-layers"}
"""Of a column that shows another section, and of kinds of layer that the network lacks."""

VIEWS = {
    "view=conv_1_1/3": "convolution",
    "view=conv_2_1/3&channel=2": "convolution",
    "view=relu_1_2/0": "relu",
    "view=max_pool_2/9": "pooling",
    "view=output/6": "flatten",
    "view=output/6&softmax=on": "softmax",
    "view=picture": "input-layer",
    "node=input/1": "input-layer",
}


def shown(address, window=(1440, 900)):
    page = FakePage(address, window)
    App(page, tiny_vgg(), CLASSES, {"waves": picture(tiny_vgg(), 1)}, load_text()).start()
    return page


@pytest.mark.parametrize(("address", "section"), VIEWS.items(), ids=list(VIEWS))
@pytest.mark.parametrize("window", [(1440, 900), (390, 844)])
def test_every_view_leads_to_its_section(address, section, window):
    links = [
        element
        for key, element in shown(address, window).elements.items()
        if key.startswith("about.") and element["href"] == f"#{section}"
    ]
    assert links
    assert all(link["aria-label"].startswith("About ") for link in links)


def test_the_card_of_every_column_leads_to_its_section():
    page = shown("")
    layers = [key.partition("/")[2] for key in page.elements if key.startswith("label/")]
    assert len(layers) == 12
    links = [shown(f"layer={layer}").elements["card.more"] for layer in layers]
    assert {link["href"][1:] for link in links} == SECTIONS - NOT_OF_LABELS
    assert all(link["title"].startswith("About ") for link in links)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_section_that_is_linked_to_is_there(path):
    assert set(ids(tree(path))) >= SECTIONS


def test_each_of_these_addresses_opens_a_view():
    assert all(from_hash(address).focus != from_hash("").focus for address in VIEWS)
