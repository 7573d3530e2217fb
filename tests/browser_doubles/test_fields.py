import asyncio
import importlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.fake_js import FakeElement, event_at

WEIGHT = {"data-input": "weight", "data-args": "4", "data-key": "card.weight/4",
          "data-restores": "", "data-shift-nudges": ""}  # fmt: skip
SETTING = {"data-input": "playground", "data-args": "stride", "data-key": "playground.stride"}


@pytest.fixture
def fields(js, app):
    app.inputs.is_nudge.side_effect = lambda _kind, _argument, key: key == "ArrowUp"
    tasks = importlib.import_module("cnnscope.browser.tasks").Tasks()
    return importlib.import_module("cnnscope.browser.fields").Fields(
        app.inputs, app.keyboard, tasks
    )


def field(attributes, value="0.5", type="text"):
    return FakeElement("INPUT", attributes, value=value, type=type)


def key(target, name, **facts):
    return event_at(target, key=name, **facts)


@pytest.mark.parametrize("attributes", [WEIGHT, SETTING])
def test_an_arrow_changes_a_number_in_a_field_that_is_left_for_that_moment(fields, attributes):
    target = field(attributes)
    fields.inputs.nudge.side_effect = lambda *_: target.done.append("nudge")
    event = key(target, "ArrowUp")
    assert fields.press(event)
    assert target.done == ["blur", "nudge", "focus"]
    fields.inputs.nudge.assert_called_once_with(
        attributes["data-input"], attributes["data-args"], "0.5", "ArrowUp"
    )
    assert event.preventDefault.called


@pytest.mark.parametrize("attributes", [WEIGHT, SETTING])
def test_shift_and_an_arrow_select_in_the_playground_and_change_a_weight(fields, attributes):
    event = key(field(attributes), "ArrowUp", shiftKey=True)
    assert fields.press(event)
    assert fields.inputs.nudge.called == event.preventDefault.called == (attributes is WEIGHT)


def test_any_other_key_belongs_to_a_text_field_alone(fields):
    for name in ("r", "Home", "4"):
        assert fields.press(key(field(SETTING), name))
    fields.inputs.nudge.assert_not_called()


@pytest.mark.parametrize("kind", ["playground", "logit", "scrub"])
def test_a_slider_keeps_its_keys_except_escape_and_letters(fields, kind):
    slider = field({**SETTING, "data-input": kind, "aria-invalid": "true"}, type="range")
    assert fields.press(key(slider, "ArrowUp"))
    assert not fields.press(key(slider, "Escape"))
    assert not fields.press(key(slider, "r"))
    fields.inputs.nudge.assert_not_called()
    fields.inputs.restore.assert_not_called()


def test_escape_gives_a_weight_back_what_it_had_when_it_was_reached(fields):
    target = field(WEIGHT)
    fields.reach(target)
    target.value = "7"
    assert fields.press(key(target, "Escape"))
    assert target.value == "0.5"
    fields.inputs.take.assert_called_once_with("weight", "4", "0.5", is_final=True)
    assert not fields.press(key(target, "Escape"))  # nothing left to give back


def test_escape_forgets_what_cannot_be_used_in_the_playground(fields):
    target = field({**SETTING, "aria-invalid": "true"})
    fields.inputs.restore.side_effect = lambda *_: target.done.append("restore") is None
    assert fields.press(key(target, "Escape"))
    assert target.done == ["blur", "restore", "focus"]
    fields.inputs.restore.assert_called_once_with("playground", "stride")


def test_escape_in_a_field_that_holds_nothing_wrong_is_the_pages(fields):
    target = field(SETTING)
    assert not fields.press(key(target, "Escape"))
    assert target.done == []


def test_what_is_typed_is_final_once_the_field_is_left(handlers):
    target = field(WEIGHT)
    for handle, is_final in ((handlers.input, False), (handlers.change, True)):
        handle(event_at(target))
        handlers.app.inputs.take.assert_called_with("weight", "4", "0.5", is_final=is_final)


def test_a_field_without_an_argument_has_an_empty_one(fields):
    fields.take(field({"data-input": "scrub"}, "3", "range"), is_final=False)
    fields.inputs.take.assert_called_once_with("scrub", "", "3", is_final=False)


def test_what_is_no_field_is_neither_taken_nor_tidied(fields):
    other = field({"data-key": "chooser"}, type="file")
    fields.take(other, is_final=True)
    fields.leave(other)
    assert not fields.tasks.tasks
    fields.inputs.take.assert_not_called()


def test_a_field_that_was_left_is_tidied_in_the_next_frame(fields, js):
    async def leave():
        fields.leave(field(SETTING))
        await asyncio.sleep(0)
        fields.inputs.tidy.assert_not_called()
        (next_frame,) = js.window.requestAnimationFrame.call_args.args
        next_frame(0)
        await asyncio.gather(*fields.tasks.tasks)
        fields.inputs.tidy.assert_called_once_with("playground")

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already, Playwright's
        thread.submit(lambda: asyncio.run(leave())).result()


def number_field(key, **properties):
    attributes = {"data-input": "weight", "data-args": "4", "data-key": key}
    return FakeElement(
        "INPUT",
        attributes,
        type="text",
        value="0.5",
        selectionStart=2,
        selectionEnd=2,
        **properties,
    )


def test_the_press_that_reaches_a_number_marks_it_and_the_next_puts_the_cursor(handlers):
    field = number_field("card.weight/4")
    for _ in range(2):
        handlers.focusin(event_at(field))
        handlers.click(event_at(field))
        handlers.click(event_at(field))
    assert field.done.count("select") == 2


def test_what_was_marked_by_hand_stays_marked(handlers):
    field = number_field("card.weight/4")
    field.selectionStart = 0
    handlers.focusin(event_at(field))
    handlers.click(event_at(field))
    assert field.done == []


@pytest.mark.parametrize(
    "other",
    [
        FakeElement("INPUT", {"data-input": "logit", "data-key": "a"}, type="range"),
        FakeElement("INPUT", {"data-key": "chooser"}, type="file"),
        FakeElement("BUTTON", {"data-key": "b"}),
    ],
)
def test_what_is_no_number_is_not_marked(handlers, other):
    handlers.focusin(event_at(other))
    handlers.click(event_at(other))
    assert "select" not in other.done
