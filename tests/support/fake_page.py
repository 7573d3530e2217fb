"""A page without a browser: remembers what the application did to it.

page = FakePage("view=conv_1_1/3")
App(page, ...).start()
page.elements["stage.value"]["text"]   # as the element would stand on the page now
"""

import re
from html.parser import HTMLParser

from cnnscope.drawing.element import VOID, attribute, escape
from cnnscope.state.anchor import joined, parted, section_of
from cnnscope.views.shared.network_plan import Viewport

STATIC = (
    *("explainer", "stage.frame", "story.in", "answer", "story.how", "page"),
    *("edited", "edited.text", "edited.reset", "altered", "altered.text", "altered.undo"),
)
"""Keys of the elements that the page has from the beginning."""

PLACES = (
    *("network", "stage", "card", "controls", "playground", "tour", "tour-start", "crop"),
    *("presentation", "pad", "own", "sliding", "landing"),
)
"""What markup is mounted in; every other region is an element that was mounted."""


class FakePage:
    """Implements ``Page``, and is strict where a browser is not: what is not there is told of."""

    def __init__(self, address: str = "", window=(1440, 900), *, still=True):
        self.window = window
        self.still = still
        self.addresses = [address]
        self.own = ""  # a test that steps back sets it, as a browser's history does
        self.regions = {}
        self.posed = {}
        self.painted = {}
        self.elements = {key: {} for key in STATIC}
        self.keys = {}  # region -> keys that were mounted in it
        self.focuses = []
        self.revealed = []
        self.scrolled_to = None
        self.said = []
        self.clocks = {}  # by name: what sets a clock that runs to a second
        self.frames = {}  # by name: what such a clock calls at each of its frames
        self.message = None
        self.noticed = None  # of several, the first
        self.notices = []
        self.language = None
        self.fetches = []
        self.copied = None
        self.can_copy = True

    def viewport(self):
        return Viewport(*self.window)

    def read_hash(self):
        return parted(self.addresses[-1])[0]

    def write_hash(self, text, *, push, own=None):
        self.own = self.own if own is None else own
        if push:
            self.addresses.append(text)
        else:
            self.addresses[-1] = joined(text, section_of(self.addresses[-1]))

    def own_network(self):
        return self.own

    def holds(self, key, name, value):
        return self.elements.get(key, {}).get(name) == value

    def mount(self, region, markup):
        if region not in PLACES and region not in self.elements:
            raise KeyError(f"mount: expected a place or the key of an element, got {region!r}")
        self.forget(region)
        self.regions[region] = markup
        found = keyed(markup)
        self.keys[region] = list(found)
        self.elements |= found

    def forget(self, region):
        """Take away what was mounted in a region, and in regions within it."""
        self.regions.pop(region, None)
        for key in self.keys.pop(region, ()):
            self.elements.pop(key, None)
            self.forget(key)

    def flush_layout(self):
        pass

    def fetch_network(self, name, done):
        """Kept until a test hands it over: page.fetches.pop()(file)."""
        self.fetches.append(done)

    def speak(self, language):
        self.language = language

    def pose(self, pose):
        for key, attributes in pose.items():
            self.posed.setdefault(key, {}).update(attributes)
            if key not in self.elements:
                continue
            for name, value in attributes.items():
                if value is None or value is False:
                    self.elements[key].pop(name, None)
                else:
                    self.elements[key][name] = "" if value is True else attribute(value)

    def paint(self, key, rgba):
        size = self.size_of(key)
        if size is not None:
            assert rgba.shape == (*size, 4), key
            self.painted[key] = rgba.copy()

    def content(self, key):
        """What an element with a key holds, as markup: what was mounted in it, or came with it."""
        if key in self.regions:
            return self.regions[key]
        return next(each[key] for each in map(contents, self.regions.values()) if key in each)

    def size_of(self, key):
        """(rows, cols) of the canvas that is mounted under a key, or None."""
        markup = "".join(self.regions.values())
        found = re.search(rf'data-paint="{key}" width="(\d+)" height="(\d+)"', markup)
        return None if found is None else (int(found[2]), int(found[1]))

    def focus(self, key):
        self.focuses.append(key)

    def scroll_into_view(self, key):
        self.scrolled_to = key

    def reveal(self, key):
        self.revealed.append(key)

    def focused(self):
        return self.focuses[-1] if self.focuses else ""

    @property
    def tick(self):
        """Sets the clock of what is explained, while it runs."""
        return self.clocks.get("explainer")

    def copy(self, text, done):
        self.copied = text
        done(self.can_copy)

    def animate(self, tick, clock):
        """The clock's frames are a sixteenth of a second apart, however far a test sets it on."""
        self.clocks.pop(clock, None)
        self.frames.pop(clock, None)
        if tick is None:
            return
        now = None

        def run(seconds):
            nonlocal now
            while now is not None and now + 1 / 16 < seconds and self.clocks.get(clock) is run:
                now += 1 / 16
                tick(now)
            now = seconds
            if self.clocks.get(clock) is run:
                tick(seconds)

        self.clocks[clock], self.frames[clock] = run, tick

    def link(self, address):
        return f"https://example.org/#{address}"

    def is_still(self):
        return self.still

    def sample_address(self, sample):
        return f"./samples/{sample}.webp?v=1"

    def later(self, call):
        call()

    def announce(self, text):
        self.said.append(text)

    def notice(self, *said):
        self.notices = [each for each in said if each]
        self.noticed = self.notices[0] if self.notices else None

    def alert(self, text):
        self.message = text


def keyed(markup):
    """Attributes of all elements with a key; the text too of those that hold nothing else."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.found


def contents(markup):
    """What each element with a key holds, as markup."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.contents


class Reader(HTMLParser):
    """Reads the elements of markup."""

    def __init__(self):
        super().__init__()
        self.found = {}
        self.contents = {}  # by key
        self.inner = []  # of each element that is open: its key or None, and what it holds so far
        self.open = []  # [attributes, text or None once there are elements within]

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if self.open:
            self.open[-1][1] = None
        if "data-key" in attributes:
            assert attributes["data-key"] not in self.found, "two elements of one key"
            self.found[attributes["data-key"]] = attributes
        self.write(self.get_starttag_text())
        if tag not in VOID:
            self.open.append([attributes, ""])
            self.inner.append((attributes.get("data-key"), []))

    def write(self, text):
        for key, parts in self.inner:
            if key is not None:
                parts.append(text)

    def handle_data(self, data):
        self.write(escape(data))
        if self.open[-1][1] is not None:
            self.open[-1][1] += data

    def handle_endtag(self, tag):
        key, parts = self.inner.pop()
        if key is not None:
            self.contents[key] = "".join(parts)
        self.write(f"</{tag}>")
        attributes, text = self.open.pop()
        if text:
            attributes["text"] = text
