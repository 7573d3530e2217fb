"""What ``browser`` imports, where there is no browser: names that take whatever is done to them.

with_browser(monkeypatch)
from cnnscope.browser.clock import Clock
"""

import sys
from types import ModuleType
from unittest.mock import MagicMock


def with_browser(monkeypatch):
    """Have ``js`` and ``pyodide`` be there for one test; what JavaScript is asked, as a mock."""
    for name in [name for name in sys.modules if name.startswith("cnnscope.browser.")]:
        monkeypatch.delitem(sys.modules, name)
    js, ffi = MagicMock(), ModuleType("pyodide.ffi")
    ffi.jsnull = None
    ffi.create_proxy = ffi.create_once_callable = lambda function: function
    pyodide = ModuleType("pyodide")
    pyodide.ffi = ffi
    for name, module in {"js": js, "pyodide": pyodide, "pyodide.ffi": ffi}.items():
        monkeypatch.setitem(sys.modules, name, module)
    return js
