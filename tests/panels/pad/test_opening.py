"""The pad beside a network: when it comes, when it goes, and what it leaves in place."""

from dataclasses import replace

import pytest

from cnnscope.nn.input_scale import InputScale
from cnnscope.panels.pad.place import PAD_FOOT, PAD_SIDE
from cnnscope.text import load_text
from support.app_on_fake_page import started
from support.networks import other_network
from support.packing import file_of
from support.pad import STROKE, draw, opened, own

LAST = "answer"


def test_the_network_is_laid_out_in_what_the_pad_leaves():
    app, page = opened()
    assert app.model.plan.viewport.width == 1440 - PAD_SIDE
    page.window = (1024, 768)
    app.resize()
    assert app.model.plan.viewport.width == 1024
    assert app.model.plan.viewport.height < 768 + 116 - PAD_FOOT + 1
    app.act("pad.close")
    assert app.model.plan.viewport == (page.viewport())


def test_back_leaves_the_pad_where_it_is():
    app, page = opened()
    draw(app, *STROKE)
    app.navigate("", is_step=True)
    assert app.model.picture == "espresso"
    assert app.pad.is_open
    assert page.elements["pad.lines"]["d"]


def test_a_network_that_takes_the_negative_is_given_dark_ink_on_light_ground():
    network = replace(other_network(), scale=InputScale.unit(is_inverted=True))
    app, _page = started(network=network)
    app.act("pad.open")
    app.act("pad.placing", "drawn")
    draw(app, *STROKE)
    plain, _page = opened()
    plain.act("pad.placing", "drawn")
    draw(plain, *STROKE)
    assert own(app) == pytest.approx(1 - own(plain), abs=1 / 255)
    assert app.model.trace["input"] == pytest.approx(plain.model.trace["input"], abs=1 / 255)


def test_a_network_of_colours_has_no_pad():
    app, page = started()
    app.act("pad.open")
    assert "pad.open" not in page.elements
    assert not app.pad.is_open
    assert "pad.panel" not in page.elements


def chosen(app, page):
    """Choose the digits, which come at once if they are not there yet."""
    app.act("network", "digits")
    for done in page.fetches:
        done(file_of(other_network(), "abcd"))
    page.fetches.clear()


def test_the_pad_comes_with_the_first_choice_of_a_network_that_reads_drawings():
    app, page = started()
    chosen(app, page)
    assert "pad.panel" in page.elements
    assert page.elements["pad.open"]["aria-expanded"] == "true"
    assert page.elements["page"]["data-pad"] == ""
    app.act("network", "photos")
    assert "pad.panel" not in page.elements
    assert "data-pad" not in page.elements["page"]
    chosen(app, page)
    assert "pad.panel" in page.elements  # as it was left
    app.act("pad.close")
    app.act("network", "photos")
    chosen(app, page)
    assert "pad.panel" not in page.elements


def test_the_pad_does_not_come_by_itself_in_a_frame():
    app, page = started(embed="overview")
    chosen(app, page)
    assert app.state.network == "digits"
    assert not app.pad.is_open


def test_the_pad_does_not_come_by_an_address():
    app, page = started()
    page.addresses.append("network=digits")
    app.navigate("network=digits")
    page.fetches.pop()(file_of(other_network(), "abcd"))
    assert app.state.network == "digits"
    assert not app.pad.is_open


def test_a_drawing_outlasts_a_look_at_another_network():
    app, page = started()
    chosen(app, page)
    draw(app, *STROKE)
    drawn = own(app)
    app.act("network", "photos")
    chosen(app, page)
    app.act("picture", "own")
    assert (own(app) == drawn).all()
    assert page.elements["pad.lines"]["d"]


def test_the_answer_beside_a_drawing_says_so_when_it_is_of_another_picture():
    app, page = opened()
    text = load_text()

    def shown():
        said = page.elements["pad.said"]["text"]
        return said, page.elements["pad.surface"].get("data-other")

    assert shown() == (text("pad.answer.other"), "")
    draw(app, *STROKE)
    assert shown()[0] == text("pad.answer")
    app.act("picture", "espresso")
    assert page.elements["pad.lines"]["d"]
    assert shown() == (text("pad.answer.other"), "")
    app.act("picture", "own")
    assert shown()[0] == text("pad.answer")
