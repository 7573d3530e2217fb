"""The playground: five hyper-parameters to set, and the convolution that they make.

``playground`` gives the structure, ``playground_pose`` what changes with the state. The grids are
mounted by themselves, when their sizes change.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Attributes, Element, Pose, element, fragment
from cnnscope.nn.conv_geometry import Sliding
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
from cnnscope.panels.playground.numbers import Tuned, tuned_by
from cnnscope.panels.playground.output_size import LETTERS, general_formula, size_formula
from cnnscope.state.playground import PRESETS, RANGES, Tuning
from cnnscope.state.state import Speed
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.player_controls import playing_pose, short_bar

PREFIX = "tuning."
"""What keys and actions of the playground begin with."""

PLAYGROUND = "playground"
"""Key of the element of the article in which it is mounted."""


def playground(text: Text, speed: Speed) -> Element:
    """Everything but what the regions hold."""
    return element(
        "div", {"class": "tuning", "role": "group", "aria-label": text("tuning.name")},
        element("div", {"class": "tuning-fields"}, *(field(text, name) for name in RANGES)),
        presets(text),
        element("p", {"class": "same", "data-key": "tuning.same"}),
        element("p", {"class": "stale", "data-key": "tuning.stale"}),
        element(
            "div", {"class": "grids", "data-key": "tuning.grids"},
            figure(frame(text, GIVEN), "given"),
            kernel_figure(text),
            figure(frame(text, MADE), "made",
                   element("div", {"class": "legend", "data-key": "tuning.legend",
                                   "aria-hidden": "true"})),
        ),
        element("div", {"class": "impossible", "data-key": "tuning.impossible"}),
        short_bar(text, speed, "play.name", PREFIX),
        element("p", {"class": "unread", "data-key": "tuning.unread"}),
        element(
            "div", {"class": "worked"},
            element("div", {},
                    element("p", {"class": "subject"}, text("tuning.sum")),
                    element("div", {"class": "sums", "data-key": "tuning.sums"})),
            element("div", {},
                    element("p", {"class": "subject"}, text("tuning.formula")),
                    element("div", {"class": "size-formula"}, general_formula(text)),
                    element("div", {"class": "size-formula", "data-key": "tuning.formula"})),
        ),
        *code(text),
    )  # fmt: skip


def field(text: Text, name: str) -> Element:
    """A setting: its name, a number to type, a slider, and a place for a message."""
    allowed, key = RANGES[name], f"tuning.{name}"
    limits: Attributes = {"aria-valuemin": allowed[0], "aria-valuemax": allowed[-1]}
    return element(
        "div", {"class": "tuning-field"},
        element("label", {"for": f"tuning-{name}"}, text(f"tuning.{name}"), " ",
                element("i", {"aria-hidden": "true"}, LETTERS[name])),
        element("input", {"type": "text", "inputmode": "numeric", "role": "spinbutton",
                          "id": f"tuning-{name}", "autocomplete": "off", **limits,
                          "data-input": "tuning", "data-args": name, "data-key": key,
                          "aria-describedby": f"tuning-{name}-message"}),
        element("input", {"type": "range", "min": allowed[0], "max": allowed[-1],
                          "data-input": "tuning", "data-args": name, "data-key": f"{key}.slider",
                          "aria-label": text(f"tuning.{name}")}),
        element("p", {"class": "message", "role": "alert", "id": f"tuning-{name}-message",
                      "data-key": f"{key}.message"}),
    )  # fmt: skip


def presets(text: Text) -> Element:
    """Well-known paddings, and the way back to the beginning."""
    return element(
        "div", {"class": "presets"},
        element(
            "div", {"class": "choice", "role": "group", "aria-label": text("tuning.presets")},
            element("span", {"aria-hidden": "true"}, text("tuning.presets")),
            *(button(text(f"tuning.preset.{name}"), f"{PREFIX}pad", name, f"tuning.pad/{name}")
              for name in ("valid", "same")),
        ),
        button(text("tuning.reset"), f"{PREFIX}reset", None, "tuning.reset"),
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
        "figure", {"class": f"tuning-{name}"},
        element("figcaption", {"data-key": f"tuning.{name}.caption"}),
        grid,
        *below,
    )  # fmt: skip


def kernel_figure(text: Text) -> Element:
    """The kernel's numbers, and kernels to put in."""
    return figure(
        element("div", {"class": "grid", "role": "group", "aria-label": text("tuning.kernel.grid"),
                        "data-key": "tuning.weights"}),
        "weights",
        element("p", {"class": "message", "role": "alert", "id": "tuning-weight-message",
                      "data-key": "tuning.weights.message"}),
        element("div", {"class": "presets", "role": "group", "aria-label": text("preset.name")},
                *(button(text(f"preset.{name}"), f"{PREFIX}preset", name, f"tuning.preset/{name}")
                  for name in PRESETS)),
    )  # fmt: skip


def code(text: Text) -> Iterator[Element]:
    """The same convolution in three libraries, to be copied."""
    yield element("p", {"class": "subject"}, text("tuning.code"))
    for name in LINES:
        yield element(
            "div", {"class": "code-line"},
            element("span", {"class": "library"}, text(f"tuning.code.{name}")),
            element("code", {"tabindex": 0, "role": "group", "data-key": f"tuning.code/{name}",
                             "aria-label": text("tuning.code.name",
                                                library=text(f"tuning.code.{name}"))}),
            button(text("tuning.copy"), f"{PREFIX}copy", name, f"tuning.copy/{name}"),
        )  # fmt: skip
    yield element("p", {"class": "code-note", "data-key": "tuning.code.note"})


def regions(text: Text, tuning: Tuning) -> Iterator[tuple[str, str]]:
    """What the settings change as a whole: key of the region and its markup."""
    made = tuned_by(tuning)
    yield GIVEN, fragment(given_grid(made))
    yield MADE, fragment(made_grid(made)) if made.sliding.count else ""
    yield "tuning.sums", fragment(sum_lines(made))
    yield "tuning.formula", fragment(size_formula(text, made.sliding))
    yield "tuning.impossible", fragment(impossible(text, made.sliding))
    yield "tuning.legend", fragment(made_legend(made))


def weights_region(text: Text, tuning: Tuning) -> str:
    """The kernel's fields; they are mounted anew for another size only."""
    return fragment(weights(text, tuning.settings.kernel))


def impossible(text: Text, sliding: Sliding) -> Iterator[Element]:
    """Why there is no output, and what to change."""
    reason = impossible_line(text, sliding)
    if not reason:
        return
    yield element("p", {}, reason)
    yield element(
        "div", {"class": "presets", "role": "group", "aria-label": text("tuning.remedy")},
        *(button(text(f"tuning.remedy.{name}", value=value), f"{PREFIX}remedy", f"{name},{value}",
                 f"tuning.remedy/{name}")
          for name, value in remedies(sliding)),
    )  # fmt: skip


def playground_pose(text: Text, tuning: Tuning, speed: Speed) -> Pose:
    """All that changes with the state."""
    made = tuned_by(tuning)
    return {
        **fields_pose(text, tuning),
        **words_pose(text, tuning, made),
        **weights_pose(tuning, made),
        **code_pose(text, made.sliding),
        **moving_pose(text, tuning, speed),
    }


def fields_pose(text: Text, tuning: Tuning) -> Pose:
    """What the fields hold, and what is wrong with it."""
    drafts, sliding = dict(tuning.drafts), tuned_by(tuning).sliding
    pose: dict[str, Attributes] = {}
    for name, value in tuning.settings._asdict().items():
        draft, key = drafts.get(name), f"tuning.{name}"
        pose[key] = {
            "value": value if draft is None else draft,
            "aria-valuenow": value,
            "aria-invalid": None if draft is None else "true",
        }
        pose[f"{key}.slider"] = {"value": value}
        message = "" if draft is None else refusal(text, name, draft)
        pose[f"{key}.message"] = {"text": message}
    is_same = 2 * sliding.padding == sliding.span - 1
    pose["tuning.pad/valid"] = {"aria-pressed": pressed(sliding.padding == 0)}
    pose["tuning.pad/same"] = {"aria-pressed": pressed(is_same)}
    for preset in PRESETS:
        pose[f"tuning.preset/{preset}"] = {"aria-pressed": pressed(tuning.kernel == preset)}
    return pose


def words_pose(text: Text, tuning: Tuning, made: Tuned) -> Pose:
    """What is said about what is shown."""
    sliding = made.sliding
    count = sliding.count
    given = given_line(text, made)
    return {
        "tuning.same": {"text": same_line(text, sliding)},
        "tuning.stale": {"text": stale_line(text, tuning)},
        "tuning.unread": {"text": unread_line(text, sliding)},
        "tuning.weights.message": {"text": refused_weight(text, dict(tuning.drafts), LIMIT)},
        "tuning.given.caption": {"text": given},
        "tuning.weights.caption": {"text": text("tuning.weights", size=sliding.kernel)},
        "tuning.made.caption": {"text": text("tuning.made" if count else "tuning.made.none",
                                             size=count)},
        "tuning.weights": {"style": f"--cols:{sliding.kernel}"},
        "tuning.grids": {"style": f"--given:{sliding.padded};--made:{count}"},
        GIVEN: {"aria-label": text("tuning.grid.name", caption=given)},
        MADE: {"aria-label": text("tuning.grid.name", caption=text("tuning.made", size=count)),
               "hidden": count == 0},
        "tuning.legend": {"hidden": count == 0},
    }  # fmt: skip


def code_pose(text: Text, sliding: Sliding) -> Pose:
    """The three lines, and a word where they need one."""
    pose: dict[str, Attributes] = {
        f"tuning.code/{name}": {"text": line(sliding)} for name, line in LINES.items()
    }
    note = "tuning.code.note"
    if sliding.count == 0:
        note = "tuning.code.raises"
    elif sliding.stride > 1 and sliding.dilation > 1:
        note = "tuning.code.both"
    pose["tuning.code.note"] = {"text": text(note)}
    return pose


def moving_pose(text: Text, tuning: Tuning, speed: Speed) -> Pose:
    """What changes as the window moves."""
    made, place = tuned_by(tuning), place_of(tuning)
    is_whole = made.sliding.count > 0 and place >= made.slide(1).last and not tuning.playing
    pose = dict(
        playing_pose(text, speed, is_playing=tuning.playing, is_whole=is_whole, prefix=PREFIX)
    )
    for name in ("back", "play", "step", "skip"):
        key = f"{PREFIX}play.{name}"
        pose[key] = {**pose.get(key, {}), "disabled": made.sliding.count == 0}
    if made.sliding.count:
        pose |= {**window_pose(made, place), **sum_pose(text, made, place)}
    return pose


def said(text: Text, tuning: Tuning) -> str:
    """What the window makes, or why it cannot."""
    sliding = tuned_by(tuning).sliding
    return cell_line(text, tuning) if sliding.count else impossible_line(text, sliding)
