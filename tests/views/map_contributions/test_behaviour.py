"""What speaks for a class as the application shows it, on a page without a browser."""

from cnnscope.state.state import EVERY_NUMBER, SOFTMAX, Explained, Node, Overview, view_shown
from support.app_on_fake_page import started, started_trained


def checked(page):
    """The place of the bar that is marked, and what it says."""
    (found,) = (key for key, each in page.elements.items()
                if key.startswith("bar/") and each.get("aria-checked") == "true")  # fmt: skip
    return found, page.elements[f"{found}.name"]["text"]


def test_a_class_opens_on_its_bars_the_strongest_for_it_marked_and_is_left_by_escape():
    app, page = started_trained("picture=koala")
    app.act("open", "output/5")
    assert view_shown(app.state.focus) == Explained(Node("output", 5))
    assert page.elements["explainer"]["data-view"] == "flatten"
    assert page.elements["why.title"]["text"] == "Why koala?"
    assert checked(page) == ("bar/0", "map 9")
    assert "Maps 9 and 8 speak most for koala" in page.elements["why.words"]["text"]
    assert page.focuses[-1] == "explained"
    assert app.press("Escape", "explained")
    assert (view_shown(app.state.focus), page.focuses[-1]) == (Overview(), "output/5")


def test_pointing_at_a_bar_pressing_it_and_arrow_keys_mark_its_map_which_stays_marked():
    app, page = started_trained("picture=koala&view=output/5")
    app.pointer.mark(2)
    assert app.state.focus.marked_map == 2
    assert page.addresses[-1] == "picture=koala&view=output/5&map=2"
    assert "data-shown" in page.elements["over/2"]
    app.pointer.mark(None)
    assert app.state.focus.marked_map == 2
    app.act("map", "7")
    assert checked(page) == ("bar/1", "map 8")
    assert app.press("ArrowDown", "bar/1")
    assert checked(page)[0] == page.focuses[-1] == "bar/2"
    assert app.press("Home", "explained")
    assert checked(page) == ("bar/0", "map 9")
    assert app.press("End", "bar/0")
    assert checked(page) == ("bar/11", "logit")
    assert page.elements["why.caption"]["text"] == "all maps"
    assert not app.press("x", "bar/3")


def test_a_map_is_in_the_address_and_one_that_is_not_there_is_left_out_and_said_to_be():
    app, page = started("view=output/6&map=3")
    assert checked(page)[1] == "map 4"
    _, page = started("view=output/6&map=11")
    assert page.addresses[-1] == "view=output/6"
    assert "does not have" in page.noticed
    assert app.state.focus.marked_map == 3


def test_a_rival_turns_the_bars_into_what_decided_between_the_two_in_either_layer():
    app, page = started("view=output/6")
    alone = page.elements["bar/0.value"]["text"]
    app.act("rival", "3")
    assert page.addresses[-1] == "view=output/6&rival=3"
    assert page.elements["bar/0.value"]["text"] != alone
    assert page.said[-1] in page.elements["why.words"]["text"]
    app.act("every-number")
    assert page.addresses[-1] == "view=output/6&numbers=all&rival=3"
    app.act("maps")
    assert page.addresses[-1] == "view=output/6&rival=3"
    app.act("rival", "")
    assert page.elements["bar/0.value"]["text"] == alone


def test_an_old_address_of_an_element_opens_every_number():
    app, page = started("view=output/6&element=345")
    assert app.state.focus.view == EVERY_NUMBER
    assert page.addresses[-1] == "view=output/6&element=345"
    assert "element 346 of 1,690" in page.elements["point.place"]["text"]


def test_softmax_leads_back_to_the_bars():
    app, page = started("view=output/2")
    app.act("normalise")
    assert app.state.focus.view == SOFTMAX
    app.act("close")
    assert view_shown(app.state.focus) == Explained(Node("output", 2))
    assert page.focuses[-1] == "stage.softmax"


def test_what_plays_or_is_pointed_at_elsewhere_does_nothing_here():
    app, page = started("view=output/6")
    before = app.state
    for action in ("play", "pause", "step", "back", "skip", "replay", "field"):
        app.act(action)
    app.pointer.point("output", 3, 3)
    app.pointer.point("strip/3", 0, 5)
    app.pointer.hover(Node("max_pool_2", 4), (1, 2))
    app.pointer.hover(None, None)
    assert app.state == before
    assert page.addresses[-1] == "view=output/6"
