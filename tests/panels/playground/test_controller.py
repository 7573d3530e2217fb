"""The playground typed into: its fields, what they refuse, and a thousand inputs in a row."""

import random

import pytest

from cnnscope.state.playground import RANGES, Settings
from cnnscope.state.state import Overview
from support.app_on_fake_page import started
from support.playground import fresh, playground, settings, shown, tune

TEXTS = (
    *("", " ", "x", "-1", "20", "1e9", "2.5", "٣", "²", "3", " 4 ", "07", "0", "9" * 5000, "<b>"),
    *("1_0", "+2", "0x3", "∞", "nan", "½", "2", "5", "1", "6", "12", "-0.5", "101", "1,5"),
)

ONE = {"size": "8", "kernel": "2", "padding": "3", "stride": "2", "dilation": "3"}


def test_it_begins_with_what_can_be_read():
    app, page = started()
    assert settings(app) == Settings(7, 3, 0, 1, 1)
    assert shown(page, "playground.made.caption") == "output 5×5"
    assert shown(page, "playground.size") == "7"
    assert page.regions["playground.given"].count("<span") == 49
    assert page.regions["playground.made"].count("<span") == 25


@pytest.mark.parametrize("name", RANGES)
def test_field_and_slider_are_in_step(name):
    app, page = started()
    app.playground.type(name, ONE[name])
    assert getattr(settings(app), name) == int(ONE[name])
    assert (
        shown(page, f"playground.{name}") == shown(page, f"playground.{name}.slider") == ONE[name]
    )
    assert page.elements[f"playground.{name}"]["aria-valuenow"] == ONE[name]
    assert playground(page) == fresh(app)


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("typed", ["", "abc", "20", "-1", "1e9", "2.5"])
def test_what_cannot_be_used_is_told_and_the_last_good_picture_stays(name, typed):
    app, page = started()
    before, _, regions = playground(page)
    app.playground.type(name, typed)
    assert settings(app) == Settings()
    assert playground(page)[2] == regions
    allowed = RANGES[name]
    message = shown(page, f"playground.{name}.message")
    assert f"from {allowed[0]} to {allowed[-1]}" in message
    assert typed in message
    assert page.elements[f"playground.{name}"]["aria-invalid"] == "true"
    assert shown(page, f"playground.{name}") == typed
    assert shown(page, "playground.stale").startswith("Still shown: input size 7, kernel size 3")
    app.playground.type(name, str(getattr(Settings(), name)))
    assert playground(page)[0] == before


def test_a_thousand_inputs_leave_the_page_as_its_state_draws_it_anew():
    chance = random.Random(6)
    app, page = started()
    for step in range(1000):
        fields = (*RANGES, *(f"weight/{k}" for k in range(0, 50, 7)))
        typed = chance.choice((*TEXTS, str(chance.randint(-3, 15)), chance.random().hex()))
        match chance.randint(0, 9):
            case 0:
                app.act("playground.pad", chance.choice(("same", "valid")))
            case 1:
                app.act(
                    "playground.preset", chance.choice(("blur", "edges", "identity", "nonsense"))
                )
            case 2:
                app.act(
                    chance.choice(
                        ("playground.play", "playground.step", "playground.back", "playground.skip")
                    )
                )
            case 3:
                app.playground.nudge(chance.choice(fields), typed, chance.choice((-1, 1)))
            case 4:
                app.pointer.point(chance.choice(("playground.given", "playground.made")), 0, 0)
            case _:
                app.playground.type(chance.choice(fields), typed)
        if step % 25 == 0:
            assert playground(page) == fresh(app), step
    assert playground(page) == fresh(app)
    app.act("playground.reset")
    assert playground(page) == playground(started()[1])


def test_a_wrong_field_of_an_escape_is_forgotten():
    app, page = started()
    app.playground.type("stride", "x")
    assert "stride" in dict(app.state.playground.drafts)
    assert app.playground.restore("stride")
    assert "stride" not in dict(app.state.playground.drafts)
    assert playground(page) == fresh(app)


@pytest.mark.parametrize("name", RANGES)
def test_keys_of_a_spin_button_take_steps_leaps_and_reach_both_ends(name):
    app, _ = started()
    low, high = RANGES[name][0], RANGES[name][-1]

    def after(key):
        app.playground.nudge(name, "", key)
        return getattr(settings(app), name)

    assert after("End") == after("PageUp") == high
    assert after("ArrowDown") == high - 1
    assert after("PageDown") == max(low, high - 4)
    assert after("Home") == after("ArrowDown") == low
    assert after("PageUp") == min(high, low + 3)
    assert after("a") == min(high, low + 3)


def test_in_a_number_of_the_kernel_only_arrows_take_steps():
    app, _ = started()
    keys = ("ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown")
    assert [app.playground.steps("weight/4", key) for key in keys] == [1, -1, 0, 0, 0, 0]


def test_escape_leaves_the_view_from_the_playground_as_from_elsewhere():
    app, _ = started()
    app.act("open", "conv_1_1/3")
    assert app.press("Escape", "playground.given")
    assert isinstance(app.state.focus, Overview)


def test_a_line_is_copied_and_that_is_said():
    app, page = tune(7, 3, 1, 2, 1)
    app.act("playground.copy", "torch")
    line = "torch.nn.functional.conv2d(x[None, None], k[None, None], stride=2, padding=1)[0, 0]"
    assert page.copied == shown(page, "playground.code/torch") == line
    assert page.said[-1] == "The line is on the clipboard."
