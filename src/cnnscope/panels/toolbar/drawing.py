"""The controls above the network: pictures to choose from, the colour scale, the details."""

from collections.abc import Collection, Iterator, Sequence

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.state.state import (
    NETWORKS,
    OWN_NETWORK,
    OWN_PICTURE,
    PHOTOS,
    SCALES,
    Place,
    State,
    is_altered,
    own_network,
)
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import canvas


def controls(
    text: Text,
    state: State,
    samples: Sequence[str],
    out_of_distribution: Collection[str] = (),
    *,
    size: Place,
    can_draw: bool = False,
    live: bool = True,
) -> Iterator[Element]:
    """The strip of pictures and the switches; without Python behind them they are disabled.

    ``out_of_distribution`` are the samples that belong to none of the classes; ``size`` is the
    (rows, cols) of a picture as the network reads it, and whether it ``can_draw`` be one.
    """
    shown = state.picture or samples[0]
    tiles = (
        sample_tile(text, key, thumbnail(state, key, place, size), live, is_shown=key == shown,
                    is_out_of_distribution=key in out_of_distribution)
        for place, key in enumerate(samples)
    )  # fmt: skip
    yield network_choice(text, state, live)
    yield element(
        "div",
        {"class": "samples", "role": "group", "aria-label": text("samples.name"),
         "data-key": "samples", "data-language": text.language, "data-of": state.network,
         "style": f"--count:{len(samples)}"},
        *tiles,
        pad_button(text, live) if can_draw else None,
        own_tile(text, live, size),
        crop_button(text, live),
    )  # fmt: skip
    yield element("div", {"class": "bringing"}, chooser(text, live), opener(text, live))
    yield element("span", {"id": "chooser-hint", "class": "unseen"}, text("chooser.hint"))
    yield element(
        "div",
        {"class": "switches"},
        details_switch(text, state, live),
        scale_choice(text, state, live),
    )


def sample_tile(
    text: Text, key: str, picture: Element, live: bool, *, is_shown: bool,
    is_out_of_distribution: bool,
) -> Element:  # fmt: skip
    """A sample picture to press; one that belongs to no class is marked."""
    name = text.named(key)
    if is_out_of_distribution:
        name = text("samples.stranger", name=name)
    attributes = tile_attributes(key, name, live)
    return element(
        "button",
        {**attributes, "aria-pressed": pressed(is_shown), "data-stranger": is_out_of_distribution},
        picture,
    )


def thumbnail(state: State, key: str, place: int, size: Place) -> Element:
    """A sample, small: of all pictures beside each other, or painted as the network reads it."""
    if state.network == PHOTOS:
        return element("span", {"class": "thumbnail", "style": f"--place:{place}"})
    return canvas(f"sample/{key}", *size)


def own_tile(text: Text, live: bool, size: Place) -> Element:
    """The visitor's own picture, there once one was brought."""
    attributes = tile_attributes(OWN_PICTURE, text("picture.own"), live)
    tile = canvas(OWN_PICTURE, *size)
    return element("button", {**attributes, "hidden": True}, tile)


def pad_button(text: Text, live: bool) -> Element:
    """The way to the pad on which a picture is drawn."""
    mark = element("path", {"d": "M3 17l1-4L14 3l3 3L7 16zM12 5l3 3"})
    return element(
        "button",
        {"type": "button", "class": "tile pad-open", "data-on": "pad.open",
         "data-key": "pad.open", "aria-label": text("pad.open"), "title": text("pad.open"),
         "aria-expanded": "false", "disabled": not live},
        element("svg", {"viewBox": "0 0 20 20", "aria-hidden": "true"}, mark),
    )  # fmt: skip


def crop_button(text: Text, live: bool) -> Element:
    """The way to another square of the own picture, there with it."""
    mark = element("path", {"d": "M6 2v12h12M2 6h12v12"})
    return element(
        "button",
        {"type": "button", "class": "tile crop-open", "data-on": "crop.open",
         "data-key": "crop.open", "aria-label": text("crop.open"), "title": text("crop.open"),
         "aria-haspopup": "dialog", "hidden": True, "disabled": not live},
        element("svg", {"viewBox": "0 0 20 20", "aria-hidden": "true"}, mark),
    )  # fmt: skip


def tile_attributes(key: str, name: str, live: bool) -> Attributes:
    """What all tiles have."""
    return {
        "type": "button",
        "class": "tile",
        "data-sample": key,
        "data-key": f"sample/{key}",
        "data-on": "picture",
        "data-stops-reading": True,
        "data-args": key,
        "aria-pressed": "false",
        "aria-label": name,
        "title": name,
        "disabled": not live,
    }


def chooser(text: Text, live: bool) -> Element:
    """The one file input, dressed as a button."""
    return element(
        "label",
        {"class": "chooser", "title": text("chooser.hint")},
        element(
            "input",
            {"type": "file", "id": "chooser", "data-key": "chooser", "accept": "image/*",
             "disabled": not live, "aria-describedby": "chooser-hint"},
        ),
        element("span", {"class": "plus", "aria-hidden": "true"}, "+"),
        element("span", {"data-key": "chooser.label"}, text("chooser")),
    )  # fmt: skip


def network_choice(text: Text, state: State, live: bool) -> Element:
    """The choice of the network whose pictures are offered: also one of the visitor's own."""
    own = {OWN_NETWORK: own_network(state.opened)} if state.opened else {}
    buttons = (
        element(
            "button",
            {"type": "button", "data-on": "network", "data-args": name, "data-stops-reading": True,
             "data-key": f"network/{name}", "aria-pressed": pressed(name == state.network),
             "title": text(f"network.{key}.hint"), "disabled": not live},
            text(f"network.{key}"),
        )
        for key, name in ({name: name for name in NETWORKS} | own).items()
    )  # fmt: skip
    return element(
        "div", {"class": "choice networks", "role": "group", "aria-label": text("network")},
        *buttons,
    )  # fmt: skip


def opener(text: Text, live: bool) -> Element:
    """The file input by which a network is opened, dressed as a button."""
    return element(
        "label",
        {"class": "opener", "title": text("network.open.hint")},
        element(
            "input",
            {"type": "file", "multiple": True, "data-on": "network", "data-key": "network.open",
             "disabled": not live, "aria-label": text("network.open.hint")},
        ),
        element("span", {"data-key": "network.open.label"}, text("network.open")),
    )  # fmt: skip


def details_switch(text: Text, state: State, live: bool) -> Element:
    """The switch for names, shapes and legends."""
    return element(
        "button",
        {
            "type": "button",
            "class": "switch",
            "data-on": "details",
            "data-key": "details",
            "aria-pressed": pressed(state.reading.details),
            "title": text("details.hint"),
            "disabled": not live,
        },
        text("details"),
    )


def scale_choice(text: Text, state: State, live: bool) -> Element:
    """The choice of what shares a colour scale."""
    buttons = (
        element(
            "button",
            {"type": "button", "data-on": "scale", "data-args": scale,
             "data-key": f"scale/{scale}", "aria-pressed": pressed(scale == state.reading.scale),
             "title": text(f"scale.{scale}.hint"), "disabled": not live},
            text(f"scale.{scale}"),
        )
        for scale in SCALES
    )  # fmt: skip
    return element(
        "div",
        {"class": "choice", "role": "group", "aria-label": text("scale"),
         "title": text("scale.hint")},
        element("span", {"class": "name-long", "aria-hidden": "true"}, text("scale")),
        element("span", {"class": "name-short", "aria-hidden": "true"}, text("scale.short")),
        *buttons,
    )  # fmt: skip


def enabling(samples: Sequence[str]) -> Pose:
    """Have what was drawn without Python work with it."""
    tiles = (f"sample/{key}" for key in (*samples, OWN_PICTURE))
    scales = (f"scale/{scale}" for scale in SCALES)
    networks = (f"network/{name}" for name in NETWORKS)
    keys = (*tiles, *networks, "network.open", "crop.open", "chooser", "details", *scales)
    return {key: {"disabled": False} for key in keys}


def controls_pose(
    text: Text, state: State, samples: Sequence[str], answer: str, *, has_own: bool
) -> Pose:
    """What is pressed, whether there is an own picture to press, and whether the network was.

    ``answer`` is what the network would say with the trained ones.
    """
    shown = state.picture or samples[0]
    pose: dict[str, Attributes] = {
        f"sample/{key}": {"aria-pressed": pressed(key == shown)} for key in (*samples, OWN_PICTURE)
    }
    pose[f"sample/{OWN_PICTURE}"] = {**pose[f"sample/{OWN_PICTURE}"], "hidden": not has_own}
    pose |= {
        f"scale/{scale}": {"aria-pressed": pressed(scale == state.reading.scale)}
        for scale in SCALES
    }
    networks = (*NETWORKS, own_network(state.opened))
    pose |= {
        f"network/{name}": {"aria-pressed": pressed(name == state.network)} for name in networks
    }
    pose["details"] = {"aria-pressed": pressed(state.reading.details)}
    pose["edited"] = {"hidden": not is_altered(state)}
    pose["edited.text"] = {"text": altered_line(text, state, answer)}
    return pose


def altered_line(text: Text, state: State, answer: str) -> str:
    """In which way the network is not the trained one, and what that would answer."""
    key = "edited" if state.relu else "edited.relu.kernels" if state.edits else "edited.relu"
    return text(key, count=len(state.edits), answer=answer)
