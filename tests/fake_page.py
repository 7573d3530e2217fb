"""A page without a browser: remembers what the application did to it."""

import re

from cnnscope.layout import Viewport


class FakePage:
    """Implements ``app.Browser``."""

    def __init__(self, address: str = "", window=(1440, 900)):
        self.window = window
        self.addresses = [address]
        self.regions = {}
        self.posed = {}
        self.painted = {}
        self.focuses = []
        self.revealed = []
        self.said = []
        self.message = None
        self.noticed = None

    def viewport(self):
        return Viewport(*self.window)

    def read_hash(self):
        return self.addresses[-1]

    def write_hash(self, text, *, push):
        if push:
            self.addresses.append(text)
        else:
            self.addresses[-1] = text

    def mount(self, region, markup):
        self.regions[region] = markup

    def pose(self, pose):
        for key, attributes in pose.items():
            self.posed.setdefault(key, {}).update(attributes)

    def paint(self, key, rgba):
        height, width = self.sizes_of(key)
        assert rgba.shape == (height, width, 4), key
        self.painted[key] = rgba.copy()

    def sizes_of(self, key):
        """(rows, cols) of the canvas that is mounted under a key."""
        markup = "".join(self.regions.values())
        width, height = re.search(
            rf'data-paint="{key}" width="(\d+)" height="(\d+)"', markup
        ).groups()
        return int(height), int(width)

    def focus(self, key):
        self.focuses.append(key)

    def reveal(self, key):
        self.revealed.append(key)

    def focused(self):
        return self.focuses[-1] if self.focuses else ""

    def announce(self, text):
        self.said.append(text)

    def notice(self, text):
        self.noticed = text

    def alert(self, text):
        self.message = text
