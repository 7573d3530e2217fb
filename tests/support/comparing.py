"""Whether two pages show the same: element by element, legend by legend, canvas by canvas.

check_same(walked, fresh)   # two (app, page); fails with what differs
"""

import re

from cnnscope.state.state import Explained

EPHEMERAL = {"tabindex", "data-wave"}
"""Attributes that tell what was done and not what is shown."""

POINTED = {"readout.title", "readout.value", "readout.range", "readout", "stage.frame",
           "card.cell", "card.mark", "card.value", "tour.start"}  # fmt: skip
"""Keys of what follows a pointer, and of what remembers where a tour was left."""

LEGENDS = ("legends", "card.legend", "stage.legends")
"""Keys of what is mounted anew as colours change, within what else is mounted."""


def check_same(one, other):
    """Fail where a page, (app, page), shows anything else than another."""
    first, second = told(*one), told(*other)
    assert set(first) == set(second)
    differing = {key: (first[key], second[key]) for key in first if first[key] != second[key]}
    assert not differing, differing
    page, expected = one[1], other[1]
    for key in LEGENDS:
        if key in second:
            assert page.content(key) == expected.content(key), key
    assert words(page.regions.get("tour", "")) == words(expected.regions.get("tour", ""))
    assert page.noticed == expected.noticed
    for key, rgba in expected.painted.items():
        if expected.size_of(key) is not None:
            assert (page.painted[key] == rgba).all(), key


def words(markup):
    """What markup says, without its tags."""
    return re.sub("<[^>]*>", " ", markup)


def told(app, page):
    """What is on the page, without what a visitor points at or plays."""
    app.pointer.hover(None, None)
    app.act("pause")
    app.dispatch("reveal")
    hidden = set() if isinstance(app.state.focus, Explained) else set(within(page, "stage"))
    return {
        key: visible(attributes)
        for key, attributes in page.elements.items()
        if key not in hidden | POINTED
    }


def visible(attributes):
    """What of an element is to be seen or heard."""
    left_out = {"style", "text"} if "hidden" in attributes else set()
    return {
        name: value
        for name, value in attributes.items()
        if name not in EPHEMERAL | left_out and (name, value) != ("text", "")
    }


def within(page, region):
    """Keys in a region, and in the regions within it."""
    for key in page.keys.get(region, ()):
        yield key
        if key != region:
            yield from within(page, key)
