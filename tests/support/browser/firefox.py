"""A stock Firefox, driven over WebDriver BiDi, the protocol that it speaks itself.

Playwright drives only a Firefox of its own, or newer ones than long-term support has.

    with Firefox.started(path, profile) as firefox:
        tab = firefox.tab(home)
        tab.go(home)
        tab.run("key => document.documentElement.dataset[key]", "state")
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

ENVIRONMENT_VARIABLE = "FIREFOX_PATH"
NAMES = ("firefox", "firefox-esr")
PLACES = {
    "darwin": "/Applications/Firefox.app/Contents/MacOS/firefox",
    "win32": r"C:\Program Files\Mozilla Firefox\firefox.exe",
}
PATIENCE = 90  # seconds for one command, on a machine that is busy
UNFINISHED = "Incorrect number of children for <m"  # of a formula laid out while it is read
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# The browser itself asks nothing of the network, and nothing moves unasked.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "data:,",
    "ui.prefersReducedMotion": 1,
    "ui.useOverlayScrollbars": 1,
}


def find_firefox() -> str | None:
    """The path of a Firefox: FIREFOX_PATH, or an installed one, or None."""
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return chosen
    found = next(filter(None, map(shutil.which, NAMES)), None)
    place = PLACES.get(sys.platform, "")
    return found or (place if Path(place).is_file() else None)


class Firefox:
    """A running browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self._tabs: dict[str, Tab] = {}
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    @staticmethod
    @contextmanager
    def started(
        path: str, profile: Path, preferences: Mapping[str, bool | int] | None = None
    ) -> Iterator["Firefox"]:
        """One with a fresh profile, without a display, until the block ends."""
        profile.mkdir()
        chosen = PREFERENCES | dict(preferences or {})
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in chosen.items())
        (profile / "user.js").write_text("".join(lines))
        command = [path, "--headless", "--no-remote", "--profile", str(profile)]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr
            found = filter(None, map(LISTENING.search, process.stderr))
            with connect(f"{next(found)[1]}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.kill()
            process.communicate()

    def tab(self, home: str, size: tuple[int, int] = (1440, 900)) -> "Tab":
        """A window not yet opened, with storage of its own, for the page at an address."""
        context = self.ask("browser.createUserContext")["userContext"]
        name = self.ask("browsingContext.create", type="window", userContext=context)["context"]
        self._tabs[name] = Tab(self, name, home)
        self._tabs[name].resize(size)
        return self._tabs[name]

    def ask(self, method: str, **given: Any) -> Any:
        """The answer to a command; what happens meanwhile is told to the tab it happens in."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": given}))
        while True:
            message = json.loads(self._socket.recv(PATIENCE))
            if message.get("id") == self._sent:
                assert message["type"] == "success", f"{method}: {message.get('message')}"
                return message["result"]
            self._hear(message)

    def _hear(self, event: dict[str, Any]) -> None:
        told = event.get("params", {})
        tab = self._tabs.get(told.get("context") or told.get("source", {}).get("context", ""))
        is_told = event["method"] == "log.entryAdded" and told["level"] in ("error", "warn")
        if tab and is_told and UNFINISHED not in (told["text"] or ""):
            tab.problems.append(f"{told['type']} {told['level']}: {told['text']}")
        if tab and event["method"] == "network.beforeRequestSent":
            tab.asked.append(told["request"]["url"])


class Tab:
    """A page in a window."""

    def __init__(self, firefox: Firefox, context: str, home: str) -> None:
        self.problems: list[str] = []  # console errors and warnings, exceptions
        self.asked: list[str] = []  # addresses
        self._firefox = firefox
        self._context = context
        self._home = urlsplit(home).netloc

    def go(self, address: str) -> None:
        """Load an address; Firefox may answer while the page before or an empty one is there."""
        self.run("() => { globalThis.isBefore = true; }")
        self._ask("browsingContext.navigate", url=address, wait="interactive")
        deadline = time.monotonic() + PATIENCE
        while self.run("() => globalThis.isBefore || document.URL === 'about:blank'"):
            assert time.monotonic() < deadline, f"{address} does not come"

    def run(self, script: str, *given: Any) -> Any:
        """What a function of JavaScript returns."""
        function = (
            f"async given => JSON.stringify((await ({script})(...JSON.parse(given))) ?? null)"
        )
        told = self._firefox.ask(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def click(self, selector: str) -> None:
        """Press the middle of an element, as a mouse does."""
        self.run("key => document.querySelector(key).scrollIntoView({block: 'center'})", selector)
        origin = {"type": "element", "element": self._element(selector)}
        steps = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._ask(
            "input.performActions", actions=[{"type": "pointer", "id": "m", "actions": steps}]
        )

    def choose(self, selector: str, file: Path) -> None:
        """Choose a file in a field for files."""
        self._ask("input.setFiles", element=self._element(selector), files=[str(file)])

    def back(self) -> None:
        """Go a step back in the history."""
        self._ask("browsingContext.traverseHistory", delta=-1)

    def forward(self) -> None:
        """Go a step forward in the history."""
        self._ask("browsingContext.traverseHistory", delta=1)

    def resize(self, size: tuple[int, int]) -> None:
        viewport = {"width": size[0], "height": size[1]}
        self._ask("browsingContext.setViewport", viewport=viewport)

    def close(self) -> None:
        self._ask("browsingContext.close")

    @property
    def foreign(self) -> list[str]:
        """The addresses that lie outside of the page's own host."""
        return [
            each
            for each in self.asked
            if not each.startswith(("data:", "blob:", "about:"))
            and urlsplit(each).netloc != self._home
        ]

    def _element(self, selector: str) -> Any:
        locator = {"type": "css", "value": selector}
        found = self._ask("browsingContext.locateNodes", locator=locator)["nodes"]
        assert found, f"nothing is {selector}"
        return {"sharedId": found[0]["sharedId"]}

    def _ask(self, method: str, **given: Any) -> Any:
        return self._firefox.ask(method, context=self._context, **given)
