"""The guided tour's panel: where one is, what to see, a question, and the way on."""

from collections.abc import Iterator

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.panels.tour.ending import ending
from cnnscope.panels.tour.questions import Question
from cnnscope.state.tour import SHOWN, STOPS, is_at_stop
from cnnscope.views.shared.model import Model

PANEL = "tour.panel"
"""Key of the panel."""

TITLE = "tour.title"
"""Key of the panel's heading, which a stop's arrival focuses."""

START = "tour.start"
SAYS = "data-says"
"""Tells one button that starts the tour from another."""
"""Key of the button that starts the tour, goes on with it and leaves it."""

OUTCOME = "tour.outcome"
"""Key of what is said once an answer is chosen."""

BACK = "tour.again"
"""Key of the button that comes back to a stop that was strayed from."""

LETTERS = "abc"
"""How the catalogue tells a question's answers apart."""


def panel(model: Model, question: Question) -> Element:
    """The panel of the stop that is shown."""
    text, number = model.text, here(model)
    key = STOPS[number - 1].key
    return element(
        "section",
        {"class": "tour", "data-key": PANEL, "data-letters": True, "aria-label": text("tour.name"),
         "data-keys": True, "data-quiet-focus": True},
        header(model),
        element(
            "div",
            {"class": "tour-body"},
            element(
                "div",
                {"class": "tour-said"},
                element("h2", {"id": "tour-heading", "data-key": TITLE, "tabindex": -1},
                        text(f"tour.{key}.title")),
                element("p", {}, text(f"tour.{key}.text", **question.values)),
                element("button", {"type": "button", "class": "tour-again", "data-on": "again",
                                   "data-key": BACK, "hidden": is_at_stop(model.state)},
                        text("tour.again")),
            ),
            asking(model, question) if STOPS[number - 1].asks else ending(model, question),
        ),
        ways(model),
    )  # fmt: skip


def here(model: Model) -> int:
    """Number of the stop that is shown."""
    assert model.state.tour.stop is not None
    return model.state.tour.stop


def header(model: Model) -> Element:
    """Which tour this is, how far it is, and how to share or leave it."""
    text, number = model.text, here(model)
    return element(
        "header",
        {},
        element("p", {"class": "tour-name"},
                text("tour.place", stop=number, stops=len(STOPS))),
        element("button", {"type": "button", "class": "tour-fold", "data-on": "fold",
                           "data-key": "tour.fold", "aria-controls": "tour"}, folding(model)),
        element("button", {"type": "button", "data-on": "tour-link", "data-key": "tour.link",
                           "title": text("tour.link.hint")}, text("tour.link")),
        element("button", {"type": "button", "class": "tour-leave", "data-on": "leave-tour",
                           "data-key": "tour.leave", "aria-label": text("tour.leave"),
                           "title": text("tour.leave")}, "×"),
    )  # fmt: skip


def folding(model: Model) -> str:
    """What the button does that folds the panel, in words."""
    return model.text("tour.unfold" if model.state.tour.folded else "tour.fold")


def asking(model: Model, question: Question) -> Element:
    """The question, its answers, and what there is to say of the one chosen."""
    text, key = model.text, STOPS[here(model) - 1].key
    pose = panel_pose(model, question)
    answers = (
        element("button", {"type": "button", "class": "tour-answer", "data-on": "guess",
                           "data-args": place, **pose[answer_key(place)]},
                text(f"tour.{key}.answer.{LETTERS[place]}", **question.values))
        for place in range(len(question.right))
    )  # fmt: skip
    return element(
        "div",
        {"class": "tour-asked", "role": "group", "aria-labelledby": "tour-question"},
        element("p", {"id": "tour-question", "class": "tour-question"},
                text(f"tour.{key}.question", **question.values)),
        element("div", {"class": "tour-answers"}, *answers,
                element("button", {"type": "button", "class": "tour-show", "data-on": "guess",
                                   "data-args": SHOWN, "data-key": answer_key(SHOWN)},
                        text("tour.show"))),
        element("p", {"class": "tour-outcome", **with_key(OUTCOME, pose)},
                outcome(model, question)),
    )  # fmt: skip


def with_key(key: str, pose: Pose) -> Attributes:
    """An element's key and what a pose gives it, without its text."""
    return {"data-key": key, **{k: v for k, v in pose[key].items() if k != "text"}}


def answer_key(place: int) -> str:
    """Key of the button of an answer."""
    return f"tour.answer/{place}"


def outcome(model: Model, question: Question) -> str:
    """What is said once an answer is chosen: whether it is right, and why."""
    text, guess = model.text, model.state.tour.guess
    if guess is None:
        return ""
    why = text(f"tour.{STOPS[here(model) - 1].key}.why", **question.values)
    if guess == SHOWN:
        return why
    return text("tour.right" if question.right[guess] else "tour.wrong", why=why)


def panel_pose(model: Model, question: Question) -> Pose:
    """What choosing an answer, straying from the stop and folding change."""
    guess = model.state.tour.guess
    pose: dict[str, Attributes] = {}
    for place, is_right in enumerate(question.right):
        verdict = None if guess is None else "right" if is_right else "wrong"
        is_marked = verdict == "right" or place == guess
        pose[answer_key(place)] = {
            "data-key": answer_key(place),
            "aria-pressed": "true" if place == guess else "false",
            "data-verdict": verdict if is_marked else None,
        }
    pose[OUTCOME] = {
        "text": outcome(model, question),
        "data-verdict": verdict_of(guess, question),
        "hidden": guess is None,
    }
    pose[BACK] = {"hidden": is_at_stop(model.state)}
    pose["tour.fold"] = {"text": folding(model)}
    return pose


def verdict_of(guess: int | None, question: Question) -> str | None:
    """Whether the answer chosen is right or wrong; None where none is."""
    if guess is None or guess == SHOWN:
        return None
    return "right" if question.right[guess] else "wrong"


def ways(model: Model) -> Element:
    """To the stop before, to any stop, to the next."""
    text, number = model.text, here(model)
    return element(
        "nav",
        {"aria-label": text("tour.stops")},
        way(model, "previous", number - 1),
        element("ol", {}, *dots(model)),
        way(model, "next", number + 1),
    )


def way(model: Model, name: str, number: int) -> Element:
    """The button to a neighbouring stop; it stays in place where there is none."""
    is_there = 1 <= number <= len(STOPS)
    is_end = name == "next" and not is_there
    name = "finish" if is_end else name
    return element(
        "button",
        {"type": "button", "data-on": "finish-tour" if is_end else "stop", "data-args": number,
         "data-key": f"tour.{name}", "class": f"tour-{name}",
         "disabled": not is_there and not is_end},
        model.text(f"tour.{name}"),
    )  # fmt: skip


def dots(model: Model) -> Iterator[Element]:
    """A link to each stop, which shows how far one is."""
    text, now = model.text, here(model)
    for number, stop in enumerate(STOPS, 1):
        name = text("tour.stop", stop=number, title=text(f"tour.{stop.key}.title"))
        link = element(
            "a",
            {"href": f"#tour={number}", "data-on": "stop", "data-args": number, "title": name,
             "aria-label": name, "aria-current": "step" if number == now else None,
             "data-key": f"tour.dot/{number}"},
            str(number),
        )  # fmt: skip
        yield element("li", {}, link)


def start_button(model: Model) -> Element:
    """The button in the masthead, in few words where there is little room."""
    state, text = model.state, model.text
    name = (
        "leave" if state.tour.stop is not None else "resume" if state.tour.resume > 1 else "start"
    )
    return element(
        "button",
        {"type": "button", "class": "tour-start", "data-key": START, "data-quiet-focus": True,
         SAYS: f"{text.language} {name} {state.tour.resume}",
         "data-on": "leave-tour" if name == "leave" else "tour",
         "aria-label": text(f"tour.{name}.name", stop=state.tour.resume)},
        *(element("span", {"class": f"tour-{form}"},
                  text(f"tour.{name}.{form}", stop=state.tour.resume))
          for form in ("long", "short")),
    )  # fmt: skip
