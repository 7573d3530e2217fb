"""A page without a browser: remembers what the application did to it."""

from cnnscope.layout import Viewport


class FakePage:
    """Implements ``app.Browser``."""

    def __init__(self, address: str = "", window=(1440, 900)):
        self.window = window
        self.addresses = [address]
        self.regions = {}
        self.posed = {}
        self.painted = {}
        self.focused = []
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
        self.painted[key] = rgba.copy()

    def focus(self, key):
        self.focused.append(key)

    def announce(self, text):
        self.said.append(text)

    def notice(self, text):
        self.noticed = text

    def alert(self, text):
        self.message = text
