"""Another picture, one of the samples or the visitor’s own, and what is said of it."""

import re

import numpy as np
import pytest

from cnnscope.state.state import OWN_PICTURE, Overview, view_shown
from support.app_on_fake_page import painted_maps, probabilities, started
from support.networks import picture, tiny_vgg


def test_the_first_picture_is_the_first_sample():
    app, page = started()
    assert app.model.picture == "espresso"
    assert page.regions["network"].count("data-node=") == 113
    assert len(painted_maps(page)) == 113 - 10 + 1
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 1))


def test_the_picture_of_the_address_is_shown_at_once():
    _, page = started("picture=pizza")
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 2))
    pressed = re.findall(r'data-sample="(\w+)"[^>]*aria-pressed="true"', page.regions["controls"])
    assert pressed == ["pizza"]


def test_another_picture_changes_every_map_and_every_probability_without_mounting_again():
    app, page = started()
    mounted = page.regions["network"]
    before, page.painted = painted_maps(page), {}
    app.act("picture", "pizza")
    assert set(page.painted) == set(before)
    assert all((page.painted[f"input/{i}"] != before[f"input/{i}"]).any() for i in range(3))
    assert page.regions["network"] is mounted
    assert probabilities(page) == pytest.approx(app.model.trace["output"], abs=1e-7)
    assert sum(probabilities(page)) == pytest.approx(1, abs=1e-5)
    assert page.addresses[-1] == "picture=pizza"
    assert "The network’s answer" in page.said[-1]


def test_choosing_the_picture_that_is_shown_does_nothing():
    app, page = started()
    app.act("picture", "pizza")
    page.painted.clear()
    app.act("picture", "pizza")
    assert page.painted == {}
    assert page.addresses == ["", "picture=pizza"]


def test_an_own_picture_gives_the_same_numbers_as_the_same_sample():
    app, page = started("picture=pizza")
    app.act("picture", "espresso")
    expected = probabilities(page)
    app.act("picture", "pizza")
    app.toolbar.bring(picture(tiny_vgg(), 1))
    assert app.model.picture == OWN_PICTURE
    assert probabilities(page) == expected
    assert page.posed["sample/own"]["hidden"] is False


def test_a_second_own_picture_replaces_the_first():
    app, page = started()
    app.toolbar.bring(picture(tiny_vgg(), 5))
    app.toolbar.bring(picture(tiny_vgg(), 6))
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 6))
    np.testing.assert_array_equal(page.painted["own"][..., :3], picture(tiny_vgg(), 6))
    expected = tiny_vgg()(app.model.trace["input"])["output"]
    assert probabilities(page) == pytest.approx(expected, abs=1e-7)


def test_an_own_picture_that_is_gone_after_a_reload_falls_back_to_the_first_sample():
    app, _ = started("picture=own")
    assert app.model.picture == "espresso"


def test_a_complaint_leaves_everything_on_screen():
    app, page = started()
    painted, regions = dict(page.painted), dict(page.regions)
    app.toolbar.show_error("picture.error.empty")
    assert page.message.startswith("This file is empty")
    assert (page.painted, page.regions) == (painted, regions)
    app.act("dismiss")
    assert page.message is None


def test_a_picture_that_can_be_read_takes_the_complaint_away():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    app.toolbar.bring(picture(tiny_vgg(), 5))
    assert page.message is None


def test_escape_takes_a_complaint_away():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    assert page.said[-1] == ""
    app.press("Escape", "")
    assert page.message is None


def test_reading_a_picture_is_said_and_shown():
    app, page = started()
    app.toolbar.show_reading(True)
    assert page.posed["chooser.label"]["text"] == page.said[-1] == "Reading the picture…"
    app.toolbar.show_reading(False)
    assert page.posed["chooser.label"]["text"] == "Your picture"


def test_closing_a_message_leaves_the_focus_somewhere():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    app.act("dismiss")
    assert page.focuses == ["chooser"]


def test_a_word_about_an_own_picture_is_shown_with_that_picture_only():
    app, page = started()
    app.toolbar.bring(picture(tiny_vgg(), 5), ["picture.notice.animated"])
    assert page.noticed == "This picture moves; its first frame is used."
    app.act("picture", "espresso")
    assert page.noticed is None
    app.act("picture", OWN_PICTURE)
    assert page.noticed == "This picture moves; its first frame is used."


def test_the_first_sample_has_one_address_and_choosing_it_again_is_no_step():
    app, page = started()
    app.act("picture", "espresso")
    assert page.addresses == [""]
    app.act("picture", "pizza")
    app.act("picture", "espresso")
    assert page.addresses == ["", "picture=pizza", ""]


def test_the_picture_itself_opens_and_gives_the_focus_back():
    app, page = started()
    app.act("original")
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses[-1] == "card.close"
    assert page.addresses[-1] == "view=picture"
    np.testing.assert_array_equal(page.painted["original.seen"][..., :3], picture(tiny_vgg(), 1))
    app.act("picture", "pizza")
    np.testing.assert_array_equal(page.painted["original.seen"][..., :3], picture(tiny_vgg(), 2))
    assert "samples/pizza.webp" in page.regions["card"]
    app.press("Escape", "")
    assert (view_shown(app.state.focus), page.regions["card"], page.focuses[-1]) == (
        Overview(),
        "",
        "picture",
    )
