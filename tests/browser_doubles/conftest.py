"""A page's handlers in front of an application that does nothing but remember what it was told."""

import importlib
from unittest.mock import create_autospec

import pytest

from cnnscope.app.app import App
from cnnscope.app.history import History
from cnnscope.app.inputs import Inputs
from cnnscope.app.keyboard import FIELD_KEYS, Keyboard
from cnnscope.app.pointer import Pointer
from cnnscope.panels.changes.controller import ChangesPanel
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.pad.controller import PadPanel
from cnnscope.panels.toolbar.controller import Toolbar
from cnnscope.state.state import State
from support.fake_js import with_browser


@pytest.fixture
def js(monkeypatch):
    return with_browser(monkeypatch)


@pytest.fixture
def app():
    """An application whose parts have the methods of the real ones, and no others."""
    made = create_autospec(App, instance=True)
    made.state = State()
    parts = {"history": History, "inputs": Inputs, "keyboard": Keyboard, "pointer": Pointer,
             "toolbar": Toolbar, "crop": CropPanel, "changes": ChangesPanel,
             "pad": PadPanel}  # fmt: skip
    for name, part in parts.items():
        setattr(made, name, create_autospec(part, instance=True))
    made.keyboard.is_letter.side_effect = FIELD_KEYS.__contains__
    return made


@pytest.fixture
def page(js):
    """A page on which two steps were made in the history."""
    made = create_autospec(importlib.import_module("cnnscope.browser.dom").DomPage, instance=True)
    made.steps, made.is_mounting = 2, False
    made.read_hash.return_value = "scale=global"
    made.fragment.side_effect = lambda: made.read_hash()
    return made


@pytest.fixture
def handlers(app, page):
    return importlib.import_module("cnnscope.browser.events").Handlers(app, page)
