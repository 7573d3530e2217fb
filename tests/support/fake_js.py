"""What ``browser`` imports, where there is no browser: names that take whatever is done to them.

js = with_browser(monkeypatch)
from cnnscope.browser.clock import Clock

row = FakeElement("BUTTON", {"data-on": "channel", "data-args": "3"}, within=stage)
"""

import re
import sys
from types import ModuleType, SimpleNamespace
from unittest.mock import MagicMock


def with_browser(monkeypatch):
    """Have ``js``, Pyodide and PyScript be there for one test; what JavaScript is asked, a mock."""
    for name in [name for name in sys.modules if name.startswith("cnnscope.browser.")]:
        monkeypatch.delitem(sys.modules, name)
    js, ffi = MagicMock(), ModuleType("pyodide.ffi")
    ffi.jsnull = None
    ffi.JsException = type("JsException", (Exception,), {})
    ffi.create_proxy = ffi.create_once_callable = lambda function: function
    ffi.to_js = lambda value, **_: value
    pyodide, pyscript = ModuleType("pyodide"), ModuleType("pyscript")
    pyodide.ffi = pyscript.ffi = ffi
    pyscript.when = lambda name, target: lambda handler: handler
    for name, module in {
        "js": js, "pyodide": pyodide, "pyodide.ffi": ffi,
        "pyscript": pyscript, "pyscript.ffi": ffi,
    }.items():  # fmt: skip
        monkeypatch.setitem(sys.modules, name, module)
    return js


class FakeElement:
    """An element with attributes, within another; it remembers what is done to it."""

    def __init__(self, tag, attributes=None, *, within=None, **properties):
        self.tagName = tag
        self.attributes = attributes or {}
        self.within = within
        self.done = []
        self.is_focus_visible = True
        self.dataset = SimpleNamespace(
            **{
                name.removeprefix("data-").replace("-", "_"): value
                for name, value in self.attributes.items()
                if name.startswith("data-")
            }
        )
        for name, value in properties.items():
            setattr(self, name, value)

    def getAttribute(self, name):  # noqa: N802
        return self.attributes.get(name)

    def hasAttribute(self, name):  # noqa: N802
        return name in self.attributes

    def matches(self, selector):
        if selector == ":focus-visible":
            return self.is_focus_visible
        tag, name, value = re.fullmatch(r'(\w*)\[([\w-]+)(?:\^="(.*)")?\]', selector).groups()
        is_meant = not tag or tag.upper() == self.tagName
        return (
            is_meant and name in self.attributes and self.attributes[name].startswith(value or "")
        )

    def closest(self, selector):
        if self.matches(selector):
            return self
        return None if self.within is None else self.within.closest(selector)

    def focus(self, **_options):
        self.done.append("focus")

    def select(self):
        self.done.append("select")

    def blur(self):
        self.done.append("blur")


def event_at(target, **facts):
    """An event whose target is an element: a press, or a key without any other."""
    free = dict.fromkeys(("ctrlKey", "metaKey", "shiftKey", "altKey"), False)
    place = {"screenX": 0, "screenY": 0, "offsetX": 0, "offsetY": 0}
    return SimpleNamespace(
        **{
            **free,
            **place,
            "target": target,
            "preventDefault": MagicMock(),
            "code": "",
            "detail": 1,
            **facts,
        }
    )
