"""From any address A to any address B, whatever is brought on the way: a fresh page at B."""

import os
import random
from unittest import mock

import pytest

from cnnscope.pictures.gallery import Gallery
from cnnscope.state.url import to_hash
from support.app_on_fake_page import started as started_on
from support.app_on_fake_page import started_trained
from support.comparing import check_same
from support.networks import other_network, picture

CHAINS, PAIRS = int(os.environ.get("PAIR_CHAINS", "40")), 20
TOURED = 4
"""Chains on the shipped network, which has a tour and takes longer."""

NETWORK = other_network()


def started(address, own=None):
    with holding(own):
        return started_on(address, network=NETWORK, out_of_distribution={"pizza"})


def touring(address="", own=None):
    with holding(own):
        return started_trained(address)


def holding(own):
    """Have the next page know a picture that its visitor brought, before it shows anything."""

    def gallery(*arguments):
        made = Gallery(*arguments)
        if own is not None:
            made.take_up(own)
        return made

    return mock.patch("cnnscope.app.app.Gallery", gallery)


class Addresses:
    """Addresses drawn by chance, for a network: every field that there is, well and badly."""

    def __init__(self, network, pictures, rng):
        self.network, self.pictures, self.rng = network, pictures, rng
        self.drawn = [name for name, shape in network.shapes.items() if len(shape) == 3]
        self.classes = network.layers[-1].name

    def draw(self):
        parts = [part for part in (self.picture(), self.view(), *self.kernels(), *self.taste(),
                                   self.playground()) if part]  # fmt: skip
        return "&".join(parts)

    def maybe(self, chance, *texts):
        return self.rng.choice(texts) if self.rng.random() < chance else ""

    def picture(self):
        return self.maybe(0.6, *(f"picture={key}" for key in (*self.pictures, "own", "bogus")))

    def view(self):
        kind = self.rng.random()
        if kind < 0.15:
            return self.maybe(0.7, "view=picture", "node=input/0", "view=bogus/3", "node=x/1")
        if kind < 0.4:
            return self.class_view()
        layer = self.rng.choice(self.drawn)
        channels, rows, cols = self.network.shapes[layer]
        cell = f"&cell={self.rng.randrange(rows + 2)},{self.rng.randrange(cols + 2)}"
        channel = f"&channel={self.rng.randrange(12)}"
        node = f"view={layer}/{self.rng.randrange(channels + 1)}"
        return node + self.maybe(0.5, cell) + self.maybe(0.3, channel)

    def class_view(self):
        (classes,) = self.network.shapes[self.classes]
        view = f"view={self.classes}/{self.rng.randrange(classes)}"
        return "".join((
            view, self.maybe(0.5, "&softmax=on"),
            self.maybe(0.4, f"&rival={self.rng.randrange(classes)}"),
            self.maybe(0.4, f"&element={self.rng.randrange(400)}"),
            self.maybe(0.3, f"&cell=0,{self.rng.randrange(classes)}"),
            self.maybe(0.4, f"&logits={self.rng.randrange(classes)}:{self.rng.choice([0, 2.5])}"),
        ))  # fmt: skip

    def kernels(self):
        layers = [layer for layer in self.network.layers if hasattr(layer, "contributions")]
        for _ in range(self.rng.choice([0, 0, 1, 1, 2])):
            layer = self.rng.choice(layers)
            out, sources, rows, cols = layer.kernel.shape
            values = ",".join(str(self.rng.choice([0, 0.5, -1, 3])) for _ in range(rows * cols))
            node = f"{layer.name}/{self.rng.randrange(out)}"
            yield f"kernel={node}/{self.rng.randrange(sources)}:{values}"

    def taste(self):
        yield self.maybe(0.6, "scale=module", "scale=global")
        yield self.maybe(0.2, "details=off")
        yield self.maybe(0.3, "field=on")
        yield self.maybe(0.2, "speed=slow", "speed=fast")
        yield self.maybe(0.3, "relu=off")
        yield self.maybe(0.1, "lang=zh")

    def playground(self):
        return self.maybe(0.2, "play=5,3,1,2,1", "play-kernel=blur", "play-cell=1,1",
                          "play=1,7,0,1,4")  # fmt: skip


def arrive(app, page, address):
    """As a visitor does who edits the address."""
    page.addresses.append(address)
    app.navigate(address)


def fresh_page(start, page, own):
    """A fresh page at the address of another, with the same picture brought to it."""
    fresh, other = start(page.addresses[-1], own)
    other.noticed = page.noticed  # of an address that was corrected since
    return fresh, other


def walk(start, addresses, pictures, rng, pairs):
    """From address to address, now and then with a picture brought, a fresh page beside each."""
    app, page = start(addresses())
    own = None
    for _ in range(pairs):
        if rng.random() < 0.3:
            own = pictures(rng.randrange(9))
            app.toolbar.bring(own)
            check_same((app, page), fresh_page(start, page, own))
        arrive(app, page, addresses())
        assert page.addresses[-1] == to_hash(app.state)
        check_same((app, page), fresh_page(start, page, own))


@pytest.mark.parametrize("seed", range(CHAINS))
def test_from_any_address_to_any_other_the_page_is_a_fresh_one_there(seed):
    rng = random.Random(seed)
    addresses = Addresses(NETWORK, ("espresso", "pizza"), rng)
    walk(started, addresses.draw, lambda k: picture(NETWORK, 10 + k), rng, PAIRS)


@pytest.mark.parametrize("seed", range(TOURED))
def test_the_same_on_the_shipped_network_and_on_tour(seed):
    app, _ = touring()
    rng = random.Random(seed)
    plain = Addresses(app.gallery.trained, ("koala", "pizza", "house"), rng)

    def draw():
        tour = plain.maybe(0.5, *(f"tour={number}" for number in range(1, 11)))
        other = plain.draw() if not tour or rng.random() < 0.4 else plain.picture()
        return "&".join(part for part in (tour, other) if part)

    walk(touring, draw, lambda k: picture(app.gallery.trained, 10 + k), rng, 6)
