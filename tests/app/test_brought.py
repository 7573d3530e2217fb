"""A second own picture: nothing that was said of the first stays."""

import numpy as np

from cnnscope.state.state import Edit, Node
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.softmax.drawing import RESET
from support.app_on_fake_page import started_trained

FIRST = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
SECOND = np.full((64, 64, 3), 40, np.uint8)
SECOND[..., 0] = 250


def fresh(address):
    """A page to which the second picture is the first that was brought."""
    app, page = started_trained(address)
    app.toolbar.bring(SECOND)
    return app, page


def test_the_tour_asks_about_the_second_picture_and_judges_the_guess_by_it():
    app, page = started_trained("tour=3")
    app.toolbar.bring(FIRST)
    app.toolbar.bring(SECOND)
    other, expected = fresh("tour=3")
    assert page.regions["tour"] == expected.regions["tour"]
    for each in (app, other):
        each.act("guess", "1")
    assert page.elements["tour.outcome"] == expected.elements["tour.outcome"]


def test_the_banner_over_changed_kernels_names_the_second_pictures_answer():
    app, page = started_trained("")
    app.toolbar.bring(FIRST)
    app.dispatch("kernel", Edit(Node("conv_1_1", 0), 0, (0.5,) * 9))
    app.toolbar.bring(SECOND)
    _, expected = fresh("kernel=conv_1_1/0/0:" + ",".join(["0.5"] * 9))
    assert page.elements["edited.text"] == expected.elements["edited.text"]


def test_the_keyboard_goes_on_from_the_sum_when_the_button_to_reset_logits_goes():
    app, page = started_trained("view=output/3&softmax=on&cell=0,9")
    app.toolbar.bring(FIRST)
    app.dispatch("logit", 2, 5.0)
    page.focus(RESET)
    app.toolbar.bring(SECOND)
    assert app.state.focus.logits == ()
    assert page.focuses[-1] == OUTPUT
