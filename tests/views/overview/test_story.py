"""The line above the network: what goes in, what comes out, on every picture, in every view."""

import re

import numpy as np
import pytest

from cnnscope.drawing.element import fragment
from cnnscope.state.state import Edit, Node
from cnnscope.text import load_text
from cnnscope.views.overview.story import PARTS, story, story_pose
from support.app_on_fake_page import pictures, started, started_trained, trace_of
from support.networks import model, other_network


def said(page):
    return " ".join(filter(None, (page.elements[key].get("text") for key in PARTS)))


def test_it_says_how_many_numbers_go_in_and_what_comes_out():
    _, page = started_trained()
    line = said(page)
    assert f"{64 * 64 * 3:,}" in line
    assert "into 10 scores" in line
    assert "Press any square" in line


@pytest.mark.parametrize("key", ["koala", "cat", "orange"])
def test_it_follows_every_picture_with_its_own_number(key):
    app, page = started_trained()
    app.act("picture", key)
    shares = trace_of(key)["output"]
    first = int(np.argmax(shares))
    name, percentage = re.search(r"Its answer: (.+), >?([\d.]+)", said(page)).groups()
    assert name == app.model.classes[first]
    assert float(percentage) == pytest.approx(100 * float(shares[first]), abs=0.0051)
    assert key in pictures()


def test_it_follows_a_changed_kernel():
    app, page = started_trained("picture=pizza")
    before = said(page)
    app.dispatch("kernel", Edit(Node("conv_1_1", 0), 0, (9.0,) * 9))
    assert said(page) != before


def test_it_speaks_the_language_of_the_page():
    _, page = started(text=load_text("zh"))
    assert said(page).startswith("网络把 12,288 个数变成 10 个分数。")


@pytest.mark.parametrize("address", ["view=conv_1_1/3", "view=relu_1_2/0", "view=output/2"])
def test_in_a_view_it_says_what_such_a_node_computes_and_comes_back(address):
    app, page = started(address)
    node = app.model.explained.node
    assert node.layer in page.elements["answer"]["text"]
    assert len(page.elements["story.how"]["text"]) > 30
    app.act("close")
    assert said(page).startswith("The network turns 12,288 numbers")


def test_what_the_page_is_built_with_says_the_same():
    here = model()
    built = re.sub("<[^>]+>", "", fragment([story(here)])).strip()
    assert built == " ".join(str(story_pose(here)[key]["text"]) for key in PARTS)


def test_another_network_counts_its_own_numbers():
    here = model(other_network())
    count = int(np.prod(here.network.input_shape))
    assert f"turns {count:,} numbers into 4 scores" in str(story_pose(here)["story.in"]["text"])
