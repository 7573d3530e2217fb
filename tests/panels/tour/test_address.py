"""The tour in the address: links to a stop, and the ways back."""

import pytest

from cnnscope.state.state import Explained, Node, view_shown
from cnnscope.state.tour import STOPS
from support.app_on_fake_page import started_trained as started

WAY = ("tabindex", "data-wave", "data-entering")
"""What tells of the way to a screen: where Tab comes back to, what still moves there."""


@pytest.mark.parametrize("number", range(1, len(STOPS) + 1))
def test_a_link_to_a_stop_shows_what_walking_there_shows(number):
    walked, page = started()
    for _ in range(number):
        walked.act("stop", str((walked.state.tour.stop or 0) + 1))
    linked, fresh = started(f"tour={number}")
    assert linked.model.plan == walked.model.plan
    assert linked.state.focus == walked.state.focus
    assert page.addresses[-1] == fresh.addresses[-1] == f"tour={number}"
    assert len(page.addresses) == number + 1
    assert {key: seen(fresh, key) for key in fresh.elements} == {
        key: seen(page, key) for key in fresh.elements
    }
    painted = {key for key in fresh.painted if key in page.painted}
    assert painted == set(fresh.painted)
    assert all((page.painted[key] == fresh.painted[key]).all() for key in painted)


def seen(page, key):
    """An element's attributes, without what tells of the way there."""
    attributes = page.elements[key]
    if "hidden" in attributes or (
        key.startswith("readout.") and "hidden" in page.elements["readout"]
    ):
        return "hidden"
    return {name: attributes[name] for name in attributes if name not in WAY}


def test_back_goes_one_stop_back_and_then_out_of_the_tour():
    app, page = started("kernel=conv_1_1/0/0:1,2,3,4,5,6,7,8,9")
    app.act("tour")
    app.act("stop", "2")
    app.act("stop", "3")
    app.act("guess", "1")
    page.addresses.pop()
    app.navigate(page.read_hash(), is_step=True)
    assert (app.state.tour.stop, app.state.edits) == (2, ())
    assert page.focuses[-1] == "tour.title"
    page.addresses.pop()
    page.addresses.pop()
    app.navigate(page.read_hash(), is_step=True)
    assert app.state.tour.stop is None
    assert len(app.state.edits) == 1
    assert app.state.tour.resume == 2
    assert page.focuses[-1] == "tour.start"  # the panel and what was focused in it are gone


def test_the_stop_s_address_is_copied_and_a_browser_that_does_not_let_it_is_told():
    app, page = started("tour=7&view=output/0")
    app.act("tour-link")
    assert page.copied == "https://example.org/#tour=7"
    assert page.said[-1] == app.model.text("tour.link.copied")
    page.can_copy = False
    app.act("tour-link")
    assert page.said[-1] == app.model.text("tour.link.failed")


def test_the_picture_of_an_answered_stop_is_said_by_its_address_alone():
    app, page = started("tour=5&picture=koala")
    app.act("guess", "0")
    assert page.read_hash() == "tour=5&picture=koala"
    app.navigate(page.read_hash())
    assert (app.model.picture, app.state.tour.guess) == ("koala", 0)
    assert app.state.focus == STOPS[4].shown.focus


@pytest.mark.parametrize("number", range(1, len(STOPS)))
def test_back_from_a_section_of_the_article_leaves_the_answer_and_the_fold(number):
    app, page = started(f"tour={number}")
    app.act("guess", "1")
    app.act("fold")
    before, said = app.state, page.elements["tour.outcome"]["text"]
    for is_step in (True, False):  # as Back arrives, and then the change of the address
        app.navigate(f"tour={number}", is_step=is_step)
    assert app.state == before
    assert page.elements["tour.outcome"]["text"] == said
    assert page.elements["page"]["data-tour"] == "folded"


def test_back_from_a_view_strayed_to_is_where_the_question_stands_and_moves_the_focus():
    app, page = started("tour=5")
    app.act("guess", "0")
    app.act("open", "conv_2_1/4")
    app.act("fold")
    strayed = page.read_hash()
    page.addresses.pop()
    page.focuses.clear()
    app.navigate(page.read_hash(), is_step=True)
    assert app.state.focus == STOPS[4].shown.focus
    assert (app.state.tour.guess, app.state.tour.folded) == (0, True)
    assert page.focuses == ["explained"]
    page.addresses.append(strayed)
    app.navigate(strayed, is_step=True)
    assert view_shown(app.state.focus) == Explained(Node("conv_2_1", 4))
    assert app.state.tour.guess == 0


def test_back_to_another_stop_asks_anew():
    app, page = started("tour=3")
    app.act("stop", "4")
    app.act("guess", "1")
    app.act("fold")
    page.addresses.pop()
    app.navigate(page.read_hash(), is_step=True)
    assert (app.state.tour.stop, app.state.tour.guess, app.state.tour.folded) == (3, None, False)
    assert app.state.focus == STOPS[2].screen.focus


def test_a_link_of_the_article_keeps_the_picture_of_the_stop():
    app, page = started("tour=2")
    app.history.follow("view=relu_1_1/3")
    assert (app.state.tour.stop, app.model.picture) == (2, "bell_pepper")
    assert view_shown(app.state.focus) == Explained(Node("relu_1_1", 3))
    assert page.read_hash() == "tour=2&picture=bell_pepper&view=relu_1_1/3"
    assert page.noticed is None
