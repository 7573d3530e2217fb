"""A visitor who presses anything: the page always shows what its address says."""

import random

import pytest

from cnnscope.state.state import Card, Explained, InputCard, Node, Overview
from cnnscope.views.convolution.arithmetic import has_dock
from support.app_on_fake_page import shown_window
from support.app_on_fake_page import started as started_on
from support.comparing import check_same, within
from support.networks import other_network

STEPS = 300
NETWORK = other_network()
NODES = [Node("input", 0), Node("first", 0), Node("first", 5), Node("halved", 2),
         Node("second", 0), Node("second", 13), Node("bent", 3), Node("answer", 1)]  # fmt: skip
PLACES = ["explained", "card.input", "card.contribution", "card.map", "channel/0", "channel/3",
          "first/2", "label/second", ""]  # fmt: skip
KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageDown", " ", "r",
        "Escape", "x"]  # fmt: skip
WINDOWS = [(1440, 900), (390, 844), (1024, 768), (1440, 880), (2560, 1440)]

VIEWS = {"first": "convolution", "halved": "pooling", "second": "convolution", "bent": "relu"}


def started(address, window, *, still):
    return started_on(address, window, still=still, network=NETWORK)


class Visitor:
    """Does one thing after the other, drawn by chance."""

    def __init__(self, seed, *, still):
        self.rng = random.Random(seed)
        self.app, self.page = started("", (1440, 900), still=still)
        self.seconds = 0.0
        self.steps = [
            *[self.open] * 3, *[self.press] * 3, *[self.tick] * 3, *[self.play] * 2,
            *[self.channel] * 2, self.point, self.hover, self.choose, self.edit, self.edit,
            self.leave, self.go_back, self.resize, self.scrub, self.follow,
        ]  # fmt: skip

    def step(self):
        self.rng.choice(self.steps)()

    def open(self):
        self.app.act("open", str(self.rng.choice(NODES)))

    def press(self):
        place = self.rng.choice(PLACES)
        is_inert = "inert" in self.page.elements["stage.frame"]
        if place in self.page.elements and not (is_inert and place in within(self.page, "stage")):
            self.app.press(self.rng.choice(KEYS), place)

    def tick(self):
        self.seconds += self.rng.choice([0.016, 0.3, 5.0])
        if self.page.tick is not None:
            self.page.tick(self.seconds)

    def play(self):
        self.app.act(self.rng.choice(["play", "pause", "step", "back", "skip", "replay"]))

    def channel(self):
        if self.rng.random() < 0.5:
            self.app.act("channel", str(self.rng.randrange(7)))
        else:
            self.app.act("neighbour", self.rng.choice(["1", "-1"]))

    def point(self):
        match self.app.state.focus:
            case Explained(Node(layer)) if layer != "answer":
                rows, cols = self.app.model.numbers.rows_cols
                frame = self.rng.choice(["output", "contribution", "input"])
                self.app.pointer.point(frame, self.rng.randrange(rows), self.rng.randrange(cols))
            case Card(node) if node.layer != "answer":
                _, rows, cols = NETWORK.shapes[node.layer]
                self.app.pointer.point(
                    str(node), self.rng.randrange(rows), self.rng.randrange(cols)
                )

    def hover(self):
        node = self.rng.choice([None, *NODES])
        if node is None or node.layer == "answer":
            self.app.pointer.hover(node, None)
        else:
            _, rows, cols = NETWORK.shapes[node.layer]
            self.app.pointer.hover(node, (self.rng.randrange(rows), self.rng.randrange(cols)))

    def choose(self):
        self.app.act(*self.rng.choice(
            [("picture", "espresso"), ("picture", "pizza"), ("scale", "unit"), ("scale", "module"),
             ("scale", "global"), ("details", ""), ("field", ""), ("speed", "slow"),
             ("speed", "fast"), ("original", ""), ("relu", ""), ("class", "1"), ("sum", "2")]
        ))  # fmt: skip

    def edit(self):
        if self.rng.random() < 0.6:
            text = self.rng.choice(["0.5", "−1", "x", "", "1e9", "0.125"])
            position = self.rng.randrange(9)
            self.app.editor.weight(position, text, is_final=self.rng.random() < 0.5)
            self.app.editor.tidy()  # the field is left before anything else is done
        else:
            presets = ["identity", "blur", "sharpen", "edges", "trained"]
            self.app.inputs.take("preset", "", self.rng.choice(presets), is_final=True)
        if self.rng.random() < 0.1:
            self.app.act("reset")

    def leave(self):
        self.app.act(self.rng.choice(["close", "overview", "leave", "dismiss"]))

    def go_back(self):
        if len(self.page.addresses) > 1:
            self.page.addresses.pop()
            self.app.navigate(self.page.addresses[-1])

    def follow(self):
        address = self.rng.choice(
            ["", "view=second/13&channel=5&cell=3,3", "node=halved/0&picture=pizza", "pooling",
             "view=first/1", "view=second/99", "kernel=first/0/0:0,0,0,0,1,0,0,0,0", "scale=global"]
        )  # fmt: skip
        self.page.addresses.append(address)
        self.app.navigate(address)

    def resize(self):
        self.page.window = self.rng.choice(WINDOWS)
        self.app.resize()

    def scrub(self):
        is_explained = isinstance(self.app.state.focus, Explained)
        if is_explained and "play.place" in self.page.elements:
            self.app.player.scrub(str(self.rng.randrange(600)), is_final=False)


def check_view(app, page):
    view, card = page.elements["explainer"].get("data-view", "overview"), page.regions["card"]
    match app.state.focus:
        case Overview():
            assert (view, card) == ("overview", "")
        case Card():
            assert view == "overview"
            assert 'class="card"' in card
        case InputCard():
            assert view == "overview"
            assert 'class="card original"' in card
        case Explained(Node("answer")):
            assert view in ("flatten", "softmax")
        case Explained(node, channel=channel):
            assert view == VIEWS[node.layer]
            is_sheet = channel is not None and not has_dock(app.model)
            assert ("arithmetic" in card) == is_sheet
            place, slide = app.player.place, app.player.slide
            assert shown_window(page)[:2] == place
            value = f"{app.model.trace[node.layer][node.channel][place]:.3f}"
            assert page.elements["stage.value"]["text"].endswith(": " + written(value))
            assert page.elements["play.place"]["value"] == str(slide.index(place))
            assert app.state.focus.sweep.playing == (page.tick is not None)
    assert page.tick is None or isinstance(app.state.focus, Explained)
    for channel, probability in enumerate(app.model.trace["answer"]):
        said = float(page.elements[f"answer/{channel}"]["data-probability"])
        assert said == pytest.approx(float(probability), rel=1e-6)


def written(number):
    return "0.000" if number == "-0.000" else number.replace("-", "−")


@pytest.mark.parametrize("still", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_walk_never_fails_and_ends_where_a_fresh_page_with_its_address_begins(seed, still):
    visitor = Visitor(seed, still=still)
    for _ in range(STEPS):
        visitor.step()
        check_view(visitor.app, visitor.page)
    compare(visitor)


@pytest.mark.parametrize("seed", range(100, 130))
def test_after_a_short_walk_the_page_is_that_of_its_address(seed):
    visitor = Visitor(seed, still=True)
    for _ in range(12):
        visitor.step()
    compare(visitor)


def compare(visitor):
    visitor.app.act("pause")  # where a window slides is in no address
    fresh = started(visitor.page.addresses[-1], visitor.page.window, still=True)
    fresh[1].noticed = visitor.page.noticed  # of an address that was corrected since
    check_same((visitor.app, visitor.page), fresh)
