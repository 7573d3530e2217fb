"""The pad on a page without a browser, with the hand that draws on it."""

from support.app_on_fake_page import started
from support.networks import other_network

STROKE = ((0.2, 0.3), (0.5, 0.5), (0.8, 0.2))


def opened(address="", **more):
    """(app, page) with a pad beside a network of one channel, 28 x 20, 4 classes."""
    app, page = started(address, network=other_network(), **more)
    app.act("pad.open")
    return app, page


def draw(app, *places):
    app.pad.press_down(places[0])
    for place in places[1:]:
        app.pad.move(place)
    app.pad.lift()


def own(app):
    """The picture that is the network's, 0..1: (rows, cols)."""
    assert app.model.picture == "own"
    return app.model.gallery.own[..., 0] / 255
