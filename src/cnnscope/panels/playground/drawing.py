"""The playground: five hyper-parameters to set, and the convolution that they make.

``playground`` gives the structure, ``playground_pose`` what changes with the state. The grids are
mounted by themselves, when their sizes change.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element, fragment
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.nn.kernels import LIMIT
from cnnscope.panels.playground.arithmetic import sum_lines, sum_pose
from cnnscope.panels.playground.code import LINES
from cnnscope.panels.playground.grids import (
    GIVEN,
    MADE,
    frame,
    given_grid,
    made_grid,
    made_legend,
    weights,
    weights_pose,
    window_pose,
)
from cnnscope.panels.playground.messages import (
    cell_line,
    given_line,
    impossible_line,
    place_of,
    refusal,
    refused_weight,
    remedies,
    same_line,
    stale_line,
    unread_line,
)
from cnnscope.panels.playground.numbers import PlaygroundNumbers, numbers_for
from cnnscope.panels.playground.output_size import LETTERS, general_formula, size_formula
from cnnscope.state.playground import PRESETS, RANGES, Playground
from cnnscope.state.state import Speed
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.player_controls import playing_pose, short_bar

PREFIX = "playground."
"""What keys and actions of the playground begin with."""

PLAYGROUND = "playground"
"""Key of the element of the article in which it is mounted."""


def playground(text: Text, speed: Speed) -> Element:
    """Everything but what the regions hold."""
    return element(
        "div", {"class": "playground", "role": "group", "aria-label": text("playground.name")},
        element("div", {"class": "playground-fields"}, *(field(text, name) for name in RANGES)),
        presets(text),
        element("p", {"class": "same", "data-key": "playground.same"}),
        element("p", {"class": "stale", "data-key": "playground.stale"}),
        element(
            "div", {"class": "grids", "data-key": "playground.grids"},
            figure(frame(text, GIVEN), "given"),
            kernel_figure(text),
            figure(frame(text, MADE), "made",
                   element("div", {"class": "legend", "data-key": "playground.legend",
                                   "aria-hidden": "true"})),
        ),
        element("div", {"class": "impossible", "data-key": "playground.impossible"}),
        short_bar(text, speed, "play.name", PREFIX),
        element("p", {"class": "unread", "data-key": "playground.unread"}),
        element(
            "div", {"class": "worked"},
            element("div", {},
                    element("p", {"class": "subject"}, text("playground.sum")),
                    element("div", {"class": "sums", "data-key": "playground.sums"})),
            element("div", {},
                    element("p", {"class": "subject"}, text("playground.formula")),
                    element("div", {"class": "size-formula"}, general_formula(text)),
                    element("div", {"class": "size-formula", "data-key": "playground.formula"})),
        ),
        *code(text),
    )  # fmt: skip


def field(text: Text, name: str) -> Element:
    """A setting: its name, a number to type, a slider, and a place for a message."""
    allowed, key = RANGES[name], f"playground.{name}"
    limits: Attributes = {"aria-valuemin": allowed[0], "aria-valuemax": allowed[-1]}
    return element(
        "div", {"class": "playground-field"},
        element("label", {"for": f"playground-{name}"}, text(f"playground.{name}"), " ",
                element("i", {"aria-hidden": "true", **LITERAL}, LETTERS[name])),
        element("input", {"type": "text", "inputmode": "numeric", "role": "spinbutton",
                          "id": f"playground-{name}", "autocomplete": "off", **limits,
                          "data-input": "playground", "data-args": name, "data-key": key,
                          "aria-describedby": f"playground-{name}-message"}),
        element("input", {"type": "range", "min": allowed[0], "max": allowed[-1],
                          "data-input": "playground", "data-args": name,
                          "data-key": f"{key}.slider", "aria-label": text(f"playground.{name}")}),
        element("p", {"class": "message", "role": "alert", "id": f"playground-{name}-message",
                      "data-key": f"{key}.message"}),
    )  # fmt: skip


def presets(text: Text) -> Element:
    """Well-known paddings, and the way back to the beginning."""
    return element(
        "div", {"class": "presets"},
        element(
            "div", {"class": "choice", "role": "group", "aria-label": text("playground.presets")},
            element("span", {"aria-hidden": "true"}, text("playground.presets")),
            *(button(text(f"playground.preset.{name}"), f"{PREFIX}pad", name,
                     f"playground.pad/{name}")
              for name in ("valid", "same")),
        ),
        button(text("playground.reset"), f"{PREFIX}reset", None, "playground.reset"),
    )  # fmt: skip


def button(label: str, action: str, argument: str | None, key: str) -> Element:
    """Something to press."""
    return element(
        "button",
        {"type": "button", "data-on": action, "data-args": argument, "data-key": key},
        label,
    )


def figure(grid: Element, name: str, *below: Element) -> Element:
    """A grid under its name."""
    return element(
        "figure", {"class": f"playground-{name}"},
        element("figcaption", {"data-key": f"playground.{name}.caption"}),
        grid,
        *below,
    )  # fmt: skip


def kernel_figure(text: Text) -> Element:
    """The kernel's numbers, and kernels to put in."""
    return figure(
        element("div", {"class": "grid", "role": "group",
                        "aria-label": text("playground.kernel.grid"),
                        "data-key": "playground.weights"}),
        "weights",
        element("p", {"class": "message", "role": "alert", "id": "playground-weight-message",
                      "data-key": "playground.weights.message"}),
        element("div", {"class": "presets", "role": "group", "aria-label": text("preset.name")},
                *(button(text(f"preset.{name}"), f"{PREFIX}preset", name,
                         f"playground.preset/{name}")
                  for name in PRESETS)),
    )  # fmt: skip


def code(text: Text) -> Iterator[Element]:
    """The same convolution in three libraries, to be copied."""
    yield element("p", {"class": "subject"}, text("playground.code"))
    for name in LINES:
        yield element(
            "div", {"class": "code-line"},
            element("span", {"class": "library"}, text(f"playground.code.{name}")),
            element("code", {**LITERAL, "tabindex": 0, "role": "group",
                             "data-key": f"playground.code/{name}",
                             "aria-label": text("playground.code.name",
                                                library=text(f"playground.code.{name}"))}),
            button(text("playground.copy"), f"{PREFIX}copy", name, f"playground.copy/{name}"),
        )  # fmt: skip
    yield element("p", {"class": "code-note", "data-key": "playground.code.note"})


def regions(text: Text, playground: Playground) -> Iterator[tuple[str, str]]:
    """What the settings change as a whole: key of the region and its markup."""
    made = numbers_for(playground)
    yield GIVEN, fragment(given_grid(made))
    yield MADE, fragment(made_grid(made)) if made.geometry.count else ""
    yield "playground.sums", fragment(sum_lines(made))
    yield "playground.formula", fragment(size_formula(text, made.geometry))
    yield "playground.impossible", fragment(impossible(text, made.geometry))
    yield "playground.legend", fragment(made_legend(made))


def weights_region(text: Text, playground: Playground) -> str:
    """The kernel's fields; they are mounted anew for another size only."""
    return fragment(weights(text, playground.settings.kernel))


def impossible(text: Text, geometry: ConvGeometry) -> Iterator[Element]:
    """Why there is no output, and what to change."""
    reason = impossible_line(text, geometry)
    if not reason:
        return
    yield element("p", {}, reason)
    yield element(
        "div", {"class": "presets", "role": "group", "aria-label": text("playground.remedy")},
        *(button(text(f"playground.remedy.{name}", value=value), f"{PREFIX}remedy",
                 f"{name},{value}", f"playground.remedy/{name}")
          for name, value in remedies(geometry)),
    )  # fmt: skip


def playground_pose(text: Text, playground: Playground, speed: Speed) -> Pose:
    """All that changes with the state."""
    made = numbers_for(playground)
    return {
        **fields_pose(text, playground),
        **words_pose(text, playground, made),
        **weights_pose(playground, made),
        **code_pose(text, made.geometry),
        **moving_pose(text, playground, speed),
    }


def fields_pose(text: Text, playground: Playground) -> Pose:
    """What the fields hold, and what is wrong with it."""
    drafts, geometry = dict(playground.drafts), numbers_for(playground).geometry
    pose: dict[str, Attributes] = {}
    for name, value in playground.settings._asdict().items():
        draft, key = drafts.get(name), f"playground.{name}"
        pose[key] = {
            "value": value if draft is None else draft,
            "aria-valuenow": value,
            "aria-invalid": None if draft is None else "true",
        }
        pose[f"{key}.slider"] = {"value": value}
        message = "" if draft is None else refusal(text, name, draft)
        pose[f"{key}.message"] = {"text": message}
    is_same = 2 * geometry.padding == geometry.span - 1
    pose["playground.pad/valid"] = {"aria-pressed": pressed(geometry.padding == 0)}
    pose["playground.pad/same"] = {"aria-pressed": pressed(is_same)}
    for preset in PRESETS:
        pose[f"playground.preset/{preset}"] = {"aria-pressed": pressed(playground.kernel == preset)}
    return pose


def words_pose(text: Text, playground: Playground, made: PlaygroundNumbers) -> Pose:
    """What is said about what is shown."""
    geometry = made.geometry
    count = geometry.count
    given = given_line(text, made)
    return {
        "playground.same": {"text": same_line(text, geometry)},
        "playground.stale": {"text": stale_line(text, playground)},
        "playground.unread": {"text": unread_line(text, geometry)},
        "playground.weights.message": {
            "text": refused_weight(text, dict(playground.drafts), LIMIT)
        },
        "playground.given.caption": {"text": given},
        "playground.weights.caption": {"text": text("playground.weights", size=geometry.kernel)},
        "playground.made.caption": {
            "text": text("playground.made" if count else "playground.made.none", size=count)
        },
        "playground.weights": {"style": f"--cols:{geometry.kernel}"},
        "playground.grids": {"style": f"--given:{geometry.padded};--made:{count}"},
        GIVEN: {"aria-label": text("playground.grid.name", caption=given)},
        MADE: {"aria-label": text("playground.grid.name",
                                  caption=text("playground.made", size=count)),
               "hidden": count == 0},
        "playground.legend": {"hidden": count == 0},
    }  # fmt: skip


def code_pose(text: Text, geometry: ConvGeometry) -> Pose:
    """The three lines, and a word where they need one."""
    pose: dict[str, Attributes] = {
        f"playground.code/{name}": {"text": line(geometry)} for name, line in LINES.items()
    }
    note = "playground.code.note"
    if geometry.count == 0:
        note = "playground.code.raises"
    elif geometry.stride > 1 and geometry.dilation > 1:
        note = "playground.code.both"
    pose["playground.code.note"] = {"text": text(note)}
    return pose


def moving_pose(text: Text, playground: Playground, speed: Speed) -> Pose:
    """What changes as the window moves."""
    made, place = numbers_for(playground), place_of(playground)
    is_whole = (
        made.geometry.count > 0 and place >= made.slide(1).last and not playground.sweep.playing
    )
    pose = dict(
        playing_pose(
            text, speed, is_playing=playground.sweep.playing, is_whole=is_whole, prefix=PREFIX
        )
    )
    for name in ("back", "play", "step", "skip"):
        key = f"{PREFIX}play.{name}"
        pose[key] = {**pose.get(key, {}), "disabled": made.geometry.count == 0}
    if made.geometry.count:
        pose |= {**window_pose(made, place), **sum_pose(text, made, place)}
    return pose


def said(text: Text, playground: Playground) -> str:
    """What the window makes, or why it cannot."""
    geometry = numbers_for(playground).geometry
    return cell_line(text, playground) if geometry.count else impossible_line(text, geometry)
