"""A monkey's keeper: has it act, and holds the page against a fresh one at the same address.

with Keeper(browser, site_url, seed=3) as keeper:
    violations = keeper.watch(150)   # empty, or what was wrong, with the trail that led there
"""

import json
import re
from contextlib import ExitStack
from typing import Any, Self

from playwright.sync_api import Browser, Error, Page

from support.browser.console_watch import Watch, go, visit, watched
from support.monkey.actions import Action, Monkey, files_script, perform, visitor

EVERY = 50  # actions from one comparison with a fresh page to the next
LOADED = 10  # comparisons from one with a page loaded anew to the next
PATIENCE = 5  # times that a page is looked at again: what comes late may come
MOVES_FOCUS = ("key", "keys", "type")
TOLD = re.compile(r"Tour\(stop=(\d+), (?:guess=-?\d|guess=None, resume=\d+, folded=True)")
STOP = "number => document.querySelector(`[data-key='tour.dot/${number}']`).click()"
HIDDEN = re.compile(r"Explained\([^S]*Sweep\([^S]*is_whole=False")
ON_PAPER = "() => matchMedia('print').matches"
"""Where nothing can be pressed, and so nothing takes the focus over."""

SAMPLES = {False: ("koala", "pizza"), True: ("three", "seven")}
"""Two of each network's, by whether it is the digits'."""

GROWTH = {"Nodes": 6000, "JSEventListeners": 10, "objects of Python": 12_000}
"""What a page may keep beyond a fresh one: another drawing of it all, caches that are full, and a
second network's, some 9,300 objects of Python, which stay as many after four times the actions."""


class Keeper:
    """A page for a monkey, and another that is loaded anew at every comparison."""

    def __init__(self, browser: Browser, home: str, seed: int) -> None:
        """For a seed's visitor; the pages are opened by ``with``."""
        self.browser, self.home, self.seed = browser, home, seed
        self.options = dict(visitor(seed))
        self.query = "?probe" + self.options.pop("query", "")
        width, height = self.options.pop("viewport")
        self.options["viewport"] = {"width": width, "height": height}
        self.checks = 0
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        """Open both pages."""
        self.page, self.watcher = self.open(self.options)
        self.fresh, self.fresh_watcher = self.open({**self.options, "reduced_motion": "reduce"})
        visit(self.page, self.home + self.query)
        self.monkey = Monkey(self.page, self.seed)
        return self

    def __exit__(self, *error: object) -> None:
        """Close them."""
        self.stack.close()

    def open(self, options: dict[str, Any]) -> tuple[Page, Watch]:
        """A page in a profile of its own, not yet opened."""
        context = self.stack.enter_context(self.browser.new_context(**options))
        context.add_init_script(files_script())
        return watched(context, self.home)

    def watch(self, actions: int) -> list[str]:
        """Have so many actions done; returns what went wrong at the first that went wrong."""
        done = self.monkey.done
        due = EVERY
        while True:
            before = self.focused()
            wrongs = self.monkey.act() or self.wrongs(done[-1], before)
            is_over = len(done) >= actions
            if not wrongs and (len(done) >= due or is_over):
                due = len(done) + EVERY
                wrongs = self.compare(is_loaded=is_over or self.checks % LOADED == 0)
            if wrongs:
                return self.told(wrongs)
            if is_over:
                return []

    def replay(self, trail: list[Action]) -> list[str]:
        """Do what a trail says; returns what went wrong, at its end at the latest."""
        for action in map(tuple, trail):
            before = self.focused()
            self.monkey.done.append(action)
            perform(self.page, action)
            wrongs = self.wrongs(action, before)
            if wrongs:
                return wrongs
        return self.compare()

    def focused(self) -> str:
        """What has the keyboard's focus; empty where nothing has."""
        return str(self.page.evaluate("monkey.focused()"))

    def wrongs(self, action: Action = (), before: str = "") -> list[str]:
        """What must not be after an action, of the page and of what the browser heard from it."""
        heard = [*self.watcher.problems, *self.watcher.foreign, *self.fresh_watcher.problems]
        now = self.page.evaluate("monkey.lasting()")
        is_kept = not action or action[0] not in MOVES_FOCUS or "Tab" in str(action)
        is_kept = is_kept or self.page.evaluate(ON_PAPER)
        if before and not is_kept and not self.focused():  # by Tab, the page may be left
            now.append(f"the focus was lost from {before}")
        return heard + now

    def compare(self, *, is_loaded: bool = True) -> list[str]:
        """Let the page come to rest; returns where it differs from a fresh one at its address.

        Unless ``is_loaded``, the fresh one is led to the address from where it was at its start; a
        frame, which keeps its view where an address names none, has to be loaded anew.
        """
        self.checks += 1
        page, fresh = self.page, self.fresh
        page.mouse.move(0, 0)
        page.emulate_media(media="screen", reduced_motion="reduce")
        for _ in range(4):
            why = page.evaluate("monkey.rest()")
            if why:
                return [f"the page does not come to rest: {why}"]
            page.evaluate("monkey.calm()")
            state = page.evaluate("cnnscope.state()")
            is_whole = HIDDEN.search(state) is None
            is_said = page.evaluate("/^$|=/.test(location.hash)")  # and not a part of the article
            told = TOLD.search(state)
            if told is not None:  # at the stop, which the address says, nothing is told yet
                page.evaluate(STOP, told[1])
                continue
            if is_whole and is_said and "picture='own'" not in state:
                break
            one, other = SAMPLES["network='digits'" in state]
            sample = one if f"picture='{other}'" in state else other
            page.evaluate("name => document.querySelector(`[data-sample=${name}]`).click()", sample)
        page.evaluate("monkey.rest()")  # in a frame, the address follows a little later
        fresh.set_viewport_size(page.viewport_size)
        scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        fresh.emulate_media(color_scheme="dark" if scheme else "light")
        address = page.evaluate("location.hash")
        if is_loaded or "embed" in self.query:
            go(fresh, "about:blank")
            visit(fresh, self.home + self.query + address)
        else:
            fresh.evaluate("address => monkey.lead(address)", address)
        return self.differences()

    def differences(self) -> list[str]:
        """Where the two pages differ."""
        found: list[str] = []
        for _ in range(PATIENCE):
            for each in (self.page, self.fresh):
                why = each.evaluate("monkey.rest()")
                if why:
                    return [f"a page does not come to rest: {why}"]
                each.evaluate("monkey.calm()")
            shown, expected = (each.evaluate("monkey.screen()") for each in (self.page, self.fresh))
            found = [
                f"{place}: shows {shown.get(place)!s:.600}, fresh {expected.get(place)!s:.600}"
                for place in sorted(shown.keys() | expected.keys())
                if shown.get(place) != expected.get(place)
            ]
            if not found:
                return self.wrongs()
        states = [each.evaluate("cnnscope.state()") for each in (self.page, self.fresh)]
        return [f"{len(found)} places differ at {self.page.url}", *found[:12], *states]

    def growth(self) -> dict[str, tuple[int, int]]:
        """What the monkey's page keeps, and what the fresh one does."""
        both = [tallied(self.page), tallied(self.fresh)]
        return {name: (both[0][name], both[1][name]) for name in both[0]}

    def told(self, wrongs: list[str]) -> list[str]:
        """What was wrong, with all that it takes to see it again."""
        trail = json.dumps(self.monkey.done)
        return [f"seed {self.seed}, action {len(self.monkey.done)}, {self.options}, {self.query}",
                *wrongs, f"trail: {trail}"]  # fmt: skip


def tallied(page: Page) -> dict[str, int]:
    """How many nodes, listeners and objects of Python there are, garbage collected."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    objects = page.evaluate("cnnscope.objects()")
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    found = {each["name"]: int(each["value"]) for each in metrics}
    return {
        **{name: found[name] for name in ("Nodes", "JSEventListeners")},
        "objects of Python": objects,
    }


def shortened(browser: Browser, home: str, seed: int, trail: list[Action]) -> list[Action]:
    """The trail without what is not needed to go wrong."""
    size = len(trail) // 2
    while size:
        at = 0
        while at < len(trail):
            shorter = trail[:at] + trail[at + size :]
            if goes_wrong(browser, home, seed, shorter):
                trail = shorter
            else:
                at += size
        size //= 2
    return trail


def goes_wrong(browser: Browser, home: str, seed: int, trail: list[Action]) -> bool:
    """Whether a trail makes something wrong on a page just opened."""
    with Keeper(browser, home, seed) as keeper:
        try:
            return bool(keeper.replay(trail))
        except Error:
            return True
