from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from cnnscope.state.state import Node, Pointer, State
from support.fake_js import FakeElement, event_at


@pytest.fixture
def network():
    """What is over the page's network: letters count in it, and a press beside everything."""
    return FakeElement("DIV", {"data-letters": "", "data-beside": "leave"})


def test_a_press_within_what_says_what_it_does_asks_for_that(handlers):
    button = FakeElement("BUTTON", {"data-on": "open", "data-args": "conv_1_1/3"})
    handlers.click(event_at(FakeElement("CANVAS", within=button)))
    handlers.app.act.assert_called_once_with("open", "conv_1_1/3")


def test_an_action_without_an_argument_is_given_an_empty_one(handlers):
    handlers.click(event_at(FakeElement("BUTTON", {"data-on": "close"})))
    handlers.app.act.assert_called_once_with("close", "")


def test_a_button_that_is_disabled_does_nothing(handlers):
    handlers.click(event_at(FakeElement("BUTTON", {"data-on": "close"}, disabled=True)))
    handlers.app.act.assert_not_called()


def test_a_press_beside_a_card_leaves_it_and_one_in_it_does_not(handlers, network):
    card = FakeElement("DIV", {"data-beside": ""}, within=network)
    handlers.click(event_at(FakeElement("P", within=card)))
    handlers.click(event_at(FakeElement("P")))
    handlers.app.act.assert_not_called()
    handlers.click(event_at(FakeElement("P", within=network)))
    handlers.app.act.assert_called_once_with("leave", "")


def test_a_press_on_empty_ground_is_told_from_one_on_what_lies_there(handlers, network):
    network.attributes["data-ground"] = ""
    ground = FakeElement("DIV", {"data-ground": ""}, within=network)
    for empty in (network, ground):
        handlers.click(event_at(empty))
        handlers.app.act.assert_called_with("leave", "ground")
    handlers.click(event_at(FakeElement("P", within=ground)))
    handlers.app.act.assert_called_with("leave", "")


@pytest.mark.parametrize("stops", [True, False])
def test_a_picture_that_is_asked_for_takes_the_place_of_the_one_being_read(handlers, stops):
    handlers.file_input.stop = MagicMock(spec=())
    attributes = {"data-on": "any", **({"data-stops-reading": ""} if stops else {})}
    handlers.click(event_at(FakeElement("BUTTON", attributes)))
    assert handlers.file_input.stop.called == stops


@pytest.mark.parametrize("is_meant", [True, False])
def test_a_key_is_pressed_at_the_place_around_and_is_the_pages_if_it_means_something(
    handlers, is_meant
):
    handlers.app.press.return_value = is_meant
    place = FakeElement("DIV", {"data-keys": "", "data-key": "card.map"})
    event = event_at(FakeElement("CANVAS", within=place), key="ArrowUp")
    handlers.keydown(event)
    handlers.app.press.assert_called_once_with("ArrowUp", "card.map")
    assert event.preventDefault.called == is_meant


def test_a_key_elsewhere_is_pressed_at_no_place(handlers):
    handlers.keydown(event_at(FakeElement("BUTTON", {"data-key": "card.close"}), key="Escape"))
    handlers.app.press.assert_called_once_with("Escape", "")


@pytest.mark.parametrize("key", ["ctrlKey", "metaKey", "altKey"])
def test_a_key_with_another_is_the_browsers(handlers, key):
    handlers.keydown(event_at(FakeElement("BODY"), key="r", **{key: True}))
    handlers.app.press.assert_not_called()


def test_a_letter_counts_in_the_network_or_over_it_without_any_focus(handlers, network):
    handlers.app.keyboard.is_for_all.return_value = False
    elsewhere, body = FakeElement("BUTTON"), FakeElement("BODY")
    handlers.keydown(event_at(elsewhere, key="r"))
    handlers.keydown(event_at(body, key="r"))
    handlers.app.press.assert_not_called()
    handlers.keydown(event_at(FakeElement("BUTTON", within=network), key="r"))
    handlers.app.state = replace(State(), pointer=Pointer(node=Node("conv_1_1", 3)))
    handlers.keydown(event_at(body, key="r"))
    handlers.keydown(event_at(elsewhere, key="r"))
    assert handlers.app.press.call_count == 2


def test_a_letter_about_the_whole_page_counts_where_nothing_has_the_focus(handlers):
    handlers.app.keyboard.is_letter.side_effect = handlers.app.keyboard.is_for_all = "p".__eq__
    handlers.keydown(event_at(FakeElement("BUTTON"), key="p"))
    handlers.app.press.assert_not_called()
    handlers.keydown(event_at(FakeElement("BODY"), key="p"))
    handlers.app.press.assert_called_once()


@pytest.mark.parametrize("key", ["ArrowUp", "a", "Escape"])
def test_the_keys_of_a_choice_are_its_own_except_escape(handlers, key):
    handlers.keydown(event_at(FakeElement("SELECT"), key=key))
    assert handlers.app.press.called == (key == "Escape")


@pytest.mark.parametrize("is_visible", [True, False])
def test_focus_by_the_keyboard_does_what_such_a_button_does(handlers, is_visible):
    entry = FakeElement("BUTTON", {"data-on": "element", "data-args": "7", "data-focus-acts": ""})
    entry.is_focus_visible = is_visible
    handlers.focusin(event_at(entry))
    assert handlers.app.act.called == is_visible
    handlers.focusin(event_at(FakeElement("BUTTON", {"data-on": "close"})))
    assert handlers.app.act.call_count == is_visible


def test_a_node_reached_by_the_keyboard_has_the_focus(handlers):
    handlers.focusin(event_at(FakeElement("BUTTON", {"data-node": "conv_1_1/3"})))
    handlers.app.dispatch.assert_called_once_with("focus", Node("conv_1_1", 3))


def test_a_row_that_is_reached_is_where_tab_comes_back_to(handlers):
    row = FakeElement("BUTTON", {"data-roving": "", "data-key": "channel/3"})
    handlers.focusin(event_at(row))
    handlers.app.keyboard.reach_row.assert_called_once_with("channel/3")


def test_what_is_taken_off_the_page_was_not_left(handlers):
    node = FakeElement("BUTTON", {"data-node": "conv_1_1/3"})
    handlers.page.is_mounting = True
    handlers.focusout(event_at(node))
    handlers.app.pointer.hover.assert_not_called()
    handlers.page.is_mounting = False
    handlers.focusout(event_at(node))
    handlers.app.pointer.hover.assert_called_once_with(None, None)


def test_a_file_that_is_chosen_is_read_and_can_be_chosen_again(handlers):
    handlers.file_input.bring = MagicMock(spec=())
    files = MagicMock(length=1)
    chooser = FakeElement("INPUT", type="file", files=files, value="cat.png")
    handlers.change(event_at(chooser))
    handlers.file_input.bring.assert_called_once_with(files.item(0))
    assert chooser.value == ""


def test_another_language_of_the_article_draws_the_playground_anew(handlers):
    handlers.spoken(event_at(None))
    handlers.app.draw_article.assert_called_once_with()


def test_what_goes_wrong_is_told_to_the_visitor_and_to_the_console(handlers):
    def handle(event):
        raise KeyError(event)

    with pytest.raises(KeyError):
        handlers.guarded(handle)("event")
    handlers.app.toolbar.show_error.assert_called_once_with("error.unexpected", error="KeyError")


@pytest.mark.parametrize(("facts", "is_paper"), [({}, True), ({"framed": ""}, False)])
def test_a_page_is_laid_out_for_paper_while_it_is_printed_unless_it_is_in_a_frame(
    handlers, page, js, facts, is_paper
):
    js.document.documentElement.dataset = SimpleNamespace(**facts)
    handlers.beforeprint(None)
    assert page.is_on_paper == is_paper
    handlers.app.resize.assert_called_once_with()
    handlers.afterprint(None)
    assert not page.is_on_paper
    assert handlers.app.resize.call_count == 2
