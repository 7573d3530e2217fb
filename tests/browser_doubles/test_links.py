from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from support.fake_js import FakeElement, event_at


@pytest.fixture
def link():
    return FakeElement("A", {"href": "#pooling"}, isConnected=True)


@pytest.fixture
def left(handlers, link):
    """Handlers for a page on which a link to the article was followed."""
    handlers.app.history.close_layer.return_value = False
    handlers.links.follow(link)
    return handlers


def step(state):
    return SimpleNamespace(state=state)


@pytest.mark.parametrize("state", ["own", None])
def test_back_returns_to_the_link_also_where_its_address_had_been_typed(left, link, state):
    left.popstate(step(state))
    assert link.done == ["focus"]
    left.app.navigate.assert_called_once_with("scale=global", is_step=state == "own")


def test_a_typed_address_moves_neither_the_focus_nor_the_page(left, link, js):
    left.page.read_hash.return_value = "view=conv_1_1/3"
    left.popstate(step(None))
    left.app.navigate.assert_called_once_with("view=conv_1_1/3", is_step=False)
    left.page.read_hash.return_value = "scale=global"
    left.popstate(step("own"))  # a later Back is not that of the link
    assert link.done == []
    js.window.scrollTo.assert_not_called()


def test_a_link_to_a_section_tells_it_beside_what_is_shown(left):
    left.page.write_hash.assert_called_once_with("scale=global&section=pooling", push=True)


@pytest.mark.parametrize("state", ["own", None])
def test_a_typed_address_leads_to_its_section_and_a_step_to_where_the_page_was(handlers, js, state):
    section = FakeElement("SECTION", scrollIntoView=Mock())
    js.document.getElementById.side_effect = {"relu": section}.get
    handlers.page.fragment.side_effect = lambda: "scale=global&section=relu"
    handlers.popstate(step(state))
    assert section.scrollIntoView.called == (state is None)


def test_after_further_steps_back_is_not_to_the_link(left, link):
    left.page.steps += 1
    left.popstate(step("own"))
    assert link.done == []


def test_a_link_that_names_what_to_show_is_shown_as_a_step(handlers, js):
    handlers.click(event_at(FakeElement("A", {"href": "#view=relu_1_1/3"})))
    handlers.app.history.follow.assert_called_once_with("view=relu_1_1/3")
    js.window.scrollTo.assert_called_once_with(0, 0)


@pytest.mark.parametrize("key", ["ctrlKey", "metaKey", "shiftKey", ""])
def test_a_link_with_an_action_opens_by_itself_where_another_tab_is_asked_for(handlers, key):
    event = event_at(FakeElement("A", {"data-on": "stop", "href": "#tour=2"}))
    if key:
        setattr(event, key, True)
    handlers.click(event)
    assert handlers.app.act.called == event.preventDefault.called == (not key)
