"""The browser's page and the tests' have what the application asks of a page, and the same way."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

from cnnscope.app.app import App
from cnnscope.panels.browser_protocol import Page
from cnnscope.text import load_text
from support.app_on_fake_page import pictures
from support.fake_js import with_browser
from support.fake_page import PLACES, FakePage
from support.networks import CLASSES, trained

SOURCE = Path(__file__).parents[2] / "src"
METHODS = sorted(name for name in vars(Page) if inspect.isfunction(getattr(Page, name))
                 and not name.startswith("_"))  # fmt: skip


@pytest.fixture(params=["DomPage", "FakePage"])
def page_type(request, monkeypatch):
    if request.param == "FakePage":
        return FakePage
    with_browser(monkeypatch)
    return importlib.import_module("cnnscope.browser.dom").DomPage


def parameters(method):
    """Names, kinds and defaults."""
    found = inspect.signature(method).parameters.values()
    return [(each.name, each.kind, each.default) for each in found]


def test_the_protocol_is_read():
    assert {"mount", "pose", "paint", "flush_layout", "write_hash"} <= set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_page_has_each_method_with_the_same_parameters(page_type, name):
    assert parameters(getattr(page_type, name)) == parameters(getattr(Page, name))


class OnlyWhatIsAsked:
    """A page that has nothing but what the protocol names."""

    def __init__(self, page):
        for name in METHODS:
            setattr(self, name, getattr(page, name))


@pytest.mark.parametrize(
    "address",
    ["", "tour=2", "node=input/1", "view=picture", "view=conv_1_2/3&channel=2", "view=relu_1_1/3",
     "view=max_pool_1/0", "view=logits/2", "view=output/2"],
)  # fmt: skip
def test_the_application_asks_a_page_for_nothing_else(address):
    page = OnlyWhatIsAsked(FakePage(address, still=False))
    app = App(page, trained(), CLASSES, pictures(), load_text(), {"cat", "house"})
    app.start()
    focus = app.state.focus
    app.act("scale", "global")
    app.act("picture", "pizza")
    app.act("language", "zh")
    app.resize()
    app.toolbar.bring(pictures()["koala"])
    assert isinstance(app.state.focus, type(focus))
    app.press("Escape", "")
    app.navigate(address, is_step=True)


def test_a_fake_page_tells_of_a_region_that_is_not_there():
    page = FakePage()
    with pytest.raises(KeyError, match=r"card\.legend"):
        page.mount("card.legend", "")
    page.mount("card", '<div data-key="card.legend"></div>')
    page.mount("card.legend", "<i></i>")
    page.mount("card", "")
    with pytest.raises(KeyError, match=r"card\.legend"):
        page.mount("card.legend", "")


def test_each_place_of_a_fake_page_is_one_of_the_real():
    written = "".join(
        path.read_text("utf-8")
        for folder in (SOURCE / "prerender", SOURCE.parent / "public")
        for path in [*folder.rglob("*.py"), *folder.rglob("*.html")]
    )
    for place in PLACES:
        assert re.search(rf"""id"?[=:] ?["']?{place}["'\s>]""", written), place


def test_what_the_browser_looks_for_in_the_markup_is_written_by_somebody():
    """It goes by attributes alone: by no class of a view, by no identifier of a panel."""
    browser = [path.read_text("utf-8") for path in (SOURCE / "cnnscope/browser").glob("*.py")]
    asked = [each for text in browser for each in re.findall(r"closest\(\w[\w.]*, (.*?)\)", text)]
    asked = [each.strip("\"'") for each in asked if each[0] in "\"'"]
    attributes = {name for each in asked for name in re.findall(r"\[([\w-]+)", each)}
    attributes |= {name for text in browser
                   for name in re.findall(r'hasAttribute\("([\w-]+)"\)', text)}  # fmt: skip
    assert len(attributes) > 10
    assert [each for each in asked if re.search(r"[.#]\w", re.sub(r'".*?"', "", each))] == []
    markup = "".join(
        path.read_text("utf-8")
        for folder in ("cnnscope/views", "cnnscope/panels", "prerender")
        for path in (SOURCE / folder).rglob("*.py")
    )
    assert {name for name in attributes if f'"{name}"' not in markup} == set()
