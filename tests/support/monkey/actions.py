"""A monkey at the page: actions as plain values, drawn from a seed, that can be done again.

    monkey = Monkey(page, seed=1)
    monkey.act()            # an action or some, written down in ``monkey.done``
    perform(page, action)   # the same again, on a page as it was then

Each action is a tuple of a name and of what it is done to, which a page that lacks it passes over,
so that a trail can be shortened. What was done least is done first.
"""

import base64
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from cnnscope.state.embed import WHOLE
from support.browser.console_watch import SETTLED
from support.monkey.addresses import HASHES
from support.pictures.encoded import encoded, many_scans, movie, upright
from support.pictures.usable import jpeg

Action = tuple[Any, ...]

SIZES = [
    (390, 844), (844, 390), (320, 568), (768, 1024), (1024, 768), (1440, 900), (900, 1440),
    (1920, 1080), (2560, 1440), (600, 960),
]  # fmt: skip
"""Windows of phones, tablets, desktops and projectors, and turned."""

KEYS = [
    "Tab", "Tab", "Tab", "Shift+Tab", "Enter", "Enter", " ", "Escape", "Escape", "ArrowRight",
    "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp", "r", "R", "n", "p",
    "1", "-", "Delete", "x", "Control+a", "F2",
]  # fmt: skip

TYPED = [
    "0", "1", "2", "3", "5", "-1", "1.5", "-2,5", "\N{MINUS SIGN}0.25", ".5", "1e2", "1e309", "-0",
    "100", "101", "99999999", "", " ", "abc", "NaN", "Infinity", "0x10", "1 2", "1..2", "--1",
    "\N{ARABIC-INDIC DIGIT THREE}", "\N{VULGAR FRACTION ONE HALF}", "<b>1</b>", "7" * 400,
    "\N{HIRAGANA LETTER A}", "\N{RIGHT-TO-LEFT OVERRIDE}12",
]  # fmt: skip

ENDINGS = ["", "", "Enter", "Tab", "ArrowUp", "ArrowDown", "Escape"]
"""Keys pressed after typing."""

PICTURES: dict[str, Callable[[], bytes]] = {
    "good.png": lambda: encoded(upright(), "PNG"),
    "good.jpg": jpeg,
    "turned.webp": lambda: encoded(upright(300, 200), "WEBP"),
    "moving.gif": lambda: movie("GIF"),
    "large.jpg": lambda: many_scans(4000, 3000, 1),
    "half.jpg": lambda: jpeg()[: len(jpeg()) // 2],
    "damaged.png": lambda: encoded(upright(), "PNG")[:-40],
    "page.html": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "empty": lambda: b"",
}
"""What is brought to the page."""

CAST: list[dict[str, Any]] = [
    {"viewport": (1440, 900), "reduced_motion": "reduce"},
    {"viewport": (390, 844), "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"},
    {"viewport": (1440, 900)},
    {"viewport": (1024, 768), "locale": "zh-CN", "reduced_motion": "reduce"},
    *(
        {"viewport": (960, 600), "query": f"&embed={view}", "reduced_motion": "reduce"}
        for view in ("convolution", "pooling", "softmax", "tour", *WHOLE)
    ),
]
"""Who visits: what Playwright emulates, and what the address asks for."""


def visitor(seed: int) -> dict[str, Any]:
    """Who visits with a seed: of three, one sees a view that is embedded."""
    plain, framed = CAST[:4], CAST[4:]
    return framed[seed // 3 % len(framed)] if seed % 3 == 0 else plain[seed * 2 // 3 % len(plain)]


SCRIPT = "".join(Path(__file__).with_name(name).read_text() for name in ("acting.js", "keeping.js"))


def files_script() -> str:
    """What gives a page the pictures that are brought to it."""
    files = {name: base64.b64encode(make()).decode() for name, make in PICTURES.items()}
    return f"{SCRIPT}\nmonkey.files = {json.dumps(files)};"


class Monkey:
    """Does things at random, and remembers what was done."""

    def __init__(self, page: Page, seed: int) -> None:
        """Act on a page that has ``files_script`` in it."""
        self.page = page
        self.rng = random.Random(seed)
        self.done: list[Action] = []

    def act(self) -> list[str]:
        """Choose what to do and do it; returns what the page itself finds wrong after it."""
        rng = self.rng
        kind = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if kind == "spree":
            given = [rng.randint(1, 2**30), rng.randint(4, 16), TYPED]
            done, wrongs = self.page.evaluate("given => monkey.spree(...given)", given)
            self.done += [tuple(action) for action in done]
            return wrongs
        self.done.append(self.choose(kind))
        perform(self.page, self.done[-1])
        return []

    def choose(self, kind: str) -> Action:
        """An action of a kind."""
        rng = self.rng
        match kind:
            case "type":
                return ("type", self.something(), rng.choice(TYPED), rng.choice(ENDINGS))
            case "click" | "hover":
                return (kind, self.something(), self.place())
            case "drag":
                return ("drag", self.something(), [self.place() for _ in range(rng.randint(2, 4))])
            case "burst":
                return ("burst", [self.something() for _ in range(rng.randint(2, 4))])
            case "key":
                return ("key", rng.choice(KEYS))
            case "keys":
                return ("keys", rng.choice(KEYS), rng.randint(2, 6))
            case "wheel":
                return ("wheel", rng.randint(-300, 300), rng.randint(-900, 900))
            case "size":
                return ("size", *rng.choice(SIZES))
            case "hash":
                return ("hash", self.mangled(rng.choice(HASHES)))
            case "step":
                return ("step", rng.choice([-1, -1, -1, 1, -2]))
            case "bring":
                how = rng.choice(["file", "drop", "paste"])
                return ("bring", how, rng.choice(list(PICTURES)))
            case "media":
                return ("media", *rng.choice(MEDIA))
            case _:
                return (kind,)

    def something(self) -> str:
        """Name of an element, of those that were chosen least in this view."""
        seed = self.rng.randint(1, 2**30)
        return str(self.page.evaluate("seed => monkey.candidate(seed)[1]", seed))

    def place(self) -> tuple[float, float]:
        """Shares of an element's width and height; mostly within."""
        return round(self.rng.uniform(0.02, 0.98), 3), round(self.rng.uniform(0.02, 0.98), 3)

    def mangled(self, text: str) -> str:
        """An address, at times put together with another, or with a sign changed."""
        rng = self.rng
        if rng.random() < 0.2:
            text = f"{text}&{rng.choice(HASHES)}"
        if text and rng.random() < 0.15:
            at = rng.randrange(len(text))
            text = (
                text[:at]
                + rng.choice("0139/,:;=&%-+ \N{CJK UNIFIED IDEOGRAPH-4E2D}")
                + text[at + 1 :]
            )
        return text


WEIGHTS = {
    "spree": 30, "burst": 3, "click": 12, "hover": 4, "drag": 4, "type": 3, "key": 14, "keys": 4,
    "wheel": 2, "size": 4, "hash": 7, "step": 6, "bring": 4, "media": 1, "hide": 1, "show": 2,
    "frame": 2, "reload": 0.2,
}  # fmt: skip
"""How often each kind of action is done; a spree is several in the page itself."""

MEDIA = [
    ("media", "print"), ("media", "screen"), ("color_scheme", "dark"), ("color_scheme", "light"),
    ("reduced_motion", "reduce"), ("reduced_motion", "no-preference"),
]  # fmt: skip


def perform(page: Page, action: Action) -> None:
    """Do what an action says; where there is nothing to do it to, nothing."""
    match action:
        case "press" | "burst" | "slide" | "put" | "step" | "bring" | "frame", *_:
            page.evaluate("action => monkey.perform(...action)", action)
        case ("click" | "hover" | "drag") as kind, name, places:
            point(page, kind, name, places)
        case "key", key:
            page.keyboard.press(key)
        case "keys", key, times:
            for _ in range(times):
                page.keyboard.press(key)
        case "type", name, text, ending:
            if page.evaluate("name => monkey.type(name)", name):
                page.keyboard.insert_text(text)
                if ending:
                    page.keyboard.press(ending)
        case "wheel", across, down:
            page.mouse.wheel(across, down)
        case "size", width, height:
            page.set_viewport_size({"width": width, "height": height})
        case "hash", text:
            page.evaluate("text => { location.hash = text; }", text)
        case "media", feature, value:
            page.emulate_media(**{feature: value})
        case (("hide" | "show") as kind,):
            page.evaluate("isHidden => monkey.hide(isHidden)", kind == "hide")
        case ("reload",):
            page.reload()
            page.wait_for_function(SETTLED)
        case _:
            raise ValueError(action)


def point(page: Page, kind: str, name: str, places: Any) -> None:
    """Click at a place of an element, or move there, or press and drag over places of it."""
    ways = places if kind == "drag" else [places]
    start = page.evaluate("([name, place]) => monkey.at(name, place)", [name, ways[0]])
    if start is None:
        return
    if kind == "click":
        page.mouse.click(*start)
        return
    page.mouse.move(*start)
    if kind == "drag":
        page.mouse.down()
        for place in ways[1:]:
            there = page.evaluate("([name, place]) => monkey.at(name, place)", [name, place])
            page.mouse.move(*(there or start))
        page.mouse.up()
