import importlib
from unittest.mock import MagicMock

import pytest

from cnnscope.state.state import State
from support.fake_js import with_browser


@pytest.fixture
def handlers(monkeypatch):
    """Handlers for a page on which a link to the article was followed, two steps on."""
    js = with_browser(monkeypatch)
    app = MagicMock(state=State())
    app.browser.steps, app.browser.read_hash.return_value = 2, "scale=global"
    made = importlib.import_module("cnnscope.browser.events").Handlers(app)
    made.scroll = js.window.scrollTo
    link = MagicMock()
    link.getAttribute.return_value = "#pooling"
    made.links.follow(link)
    made.link = link
    return made


@pytest.mark.parametrize("state", ["own", None])
def test_back_returns_to_the_link_also_where_its_address_had_been_typed(handlers, state):
    handlers.popstate(MagicMock(state=state))
    handlers.link.focus.assert_called_once()
    handlers.app.navigate.assert_called_once_with("scale=global", is_step=state == "own")


def test_a_typed_address_moves_neither_the_focus_nor_the_page(handlers):
    handlers.app.browser.read_hash.return_value = "view=conv_1_1/3"
    handlers.popstate(MagicMock(state=None))
    handlers.app.navigate.assert_called_once_with("view=conv_1_1/3", is_step=False)
    handlers.app.browser.read_hash.return_value = "scale=global"
    handlers.popstate(MagicMock(state="own"))  # a later Back is not that of the link
    handlers.link.focus.assert_not_called()
    handlers.scroll.assert_not_called()


def test_after_further_steps_back_is_not_to_the_link(handlers):
    handlers.app.browser.steps += 1
    handlers.popstate(MagicMock(state="own"))
    handlers.link.focus.assert_not_called()


@pytest.mark.parametrize("key", ["ctrlKey", "metaKey", "shiftKey", ""])
def test_a_link_with_an_action_opens_by_itself_where_another_tab_is_asked_for(handlers, key):
    event = MagicMock(ctrlKey=False, metaKey=False, shiftKey=False)
    event.target.closest.return_value.tagName = "A"
    event.target.closest.return_value.disabled = False
    event.target.closest.return_value.dataset.on = "stop"
    if key:
        setattr(event, key, True)
    handlers.click(event)
    assert handlers.app.act.called == event.preventDefault.called == (not key)
