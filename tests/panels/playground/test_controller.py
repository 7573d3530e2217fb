"""The playground typed into, pressed, pointed at and played, over a page without a browser."""

import random
import re

import pytest

from cnnscope.panels.playground.integer_conv import ball
from cnnscope.panels.playground.numbers import numbers_for
from cnnscope.state.playground import RANGES, Settings, structure
from cnnscope.state.state import Overview
from support.app_on_fake_page import started

TEXTS = (
    *("", " ", "x", "-1", "20", "1e9", "2.5", "٣", "²", "3", " 4 ", "07", "0", "9" * 5000, "<b>"),
    *("1_0", "+2", "0x3", "∞", "nan", "½", "2", "5", "1", "6", "12", "-0.5", "101", "1,5"),
)
ONE = {"size": "8", "kernel": "2", "padding": "3", "stride": "2", "dilation": "3"}


def shown(page, key):
    return page.elements[key].get("text", page.elements[key].get("value"))


def settings(app):
    return app.state.playground.settings


def playground(page):
    """Everything of the playground as it stands on the page."""
    elements = {k: dict(v) for k, v in page.elements.items() if k.startswith("playground.")}
    regions = {
        k: v for k, v in page.regions.items() if k in ("playground.given", "playground.made")
    }
    painted = {k: page.painted[k].tobytes() for k, v in regions.items() if v}
    return elements, painted, regions


def fresh(app):
    """The playground of another page in the same state."""
    other, page = started()
    other.store.replace(app.state)
    other.draw_playground()
    return playground(page)


def tune(*values):
    app, page = started(f"play={','.join(map(str, values))}")
    return app, page


def number(text):
    return float(text.replace("−", "-").strip("()"))


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
                app.point(chance.choice(("playground.given", "playground.made")), 0, 0)
            case _:
                app.playground.type(chance.choice(fields), typed)
        if step % 25 == 0:
            assert playground(page) == fresh(app), step
    assert playground(page) == fresh(app)
    app.act("playground.reset")
    assert playground(page) == playground(started()[1])


def test_the_arithmetic_adds_up_as_displayed_in_every_cell():
    for address in ("play=6,3,1,2,1", "play=6,2,2,1,2&play-kernel=blur", "play=5,1,0,2,1",
                    "play=7,3,0,1,1&play-kernel=0.333,-1,2.5,0,0,0,1,1,-0.001"):  # fmt: skip
        app, page = started(address)
        made = numbers_for(app.state.playground)
        for row in range(made.geometry.count):
            for col in range(made.geometry.count):
                app.dispatch("playground.window", row, col)
                total = 0.0
                for k in range(made.geometry.kernel if made.geometry.kernel > 1 else 0):
                    terms, line = shown(page, f"playground.sum/{k}").split(" = ")
                    pairs = (each.split(" × ") for each in terms.split(" + "))
                    added = sum(number(x) * number(w) for x, w in pairs)
                    assert added == pytest.approx(number(line), abs=1e-9)
                    total += added
                last = shown(page, "playground.sum.total").split(" = ")[-1]
                if made.geometry.kernel > 1:
                    assert total == pytest.approx(number(last), abs=1e-9)
                assert number(last) == made.output[row, col] / 1000


def test_the_formula_shows_its_numbers_and_its_result():
    _, page = tune(7, 3, 1, 3, 2)
    text = re.sub(r"<[^>]*>", "", page.regions["playground.formula"])
    assert text == "output size=⌊7+2×1−2×(3−1)−13⌋+1output size=⌊43⌋+1=1+1=2"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((7, 3, 0, 1, 1), "Every row and column of the input is read"),
     ((6, 3, 0, 2, 1), "1 column on the right and 1 row at the bottom are never used"),
     ((4, 3, 1, 2, 1), "They are padding"),
     ((6, 3, 0, 5, 1), "3 columns on the right and 3 rows at the bottom are never used"),
     ((7, 2, 0, 5, 1), "3 columns and 3 rows between the windows’ cells are passed over"),
     ((4, 3, 1, 4, 1), "3 rows at the bottom are never used (hatched); 1 of each are padding")],
)  # fmt: skip
def test_what_is_never_used_is_said(values, expected):
    _, page = tune(*values)
    assert expected in shown(page, "playground.unread")


def test_an_impossible_combination_says_what_to_change_and_each_change_helps():
    app, page = tune(5, 4, 1, 1, 3)
    assert "spans 3 × (4 − 1) + 1 = 10 cells" in page.regions["playground.impossible"]
    assert "5 + 2 × 1 = 7 on a side" in page.regions["playground.impossible"]
    assert shown(page, "playground.made.caption") == "no output"
    remedies = re.findall(r'data-args="(\w+,\d+)"', page.regions["playground.impossible"])
    assert [each.split(",")[0] for each in remedies] == ["size", "kernel", "padding", "dilation"]
    for remedy in remedies:
        app.act("playground.remedy", remedy)
        assert app.playground.player.slide.rows >= 1, remedy
        assert playground(page) == fresh(app)
        name, value = remedy.split(",")
        nearer = int(value) + (1 if name in ("kernel", "dilation") else -1)
        again, _ = tune(*settings(app)._replace(**{name: nearer}))
        assert again.playground.player.slide.rows == 0, remedy
        app.navigate("play=5,4,1,1,3")


def test_nothing_plays_where_there_is_no_output():
    app, page = tune(3, 5, 0, 1, 1)
    for name in ("play", "step", "back", "skip", "replay"):
        app.act(f"playground.{name}")
    assert not app.state.playground.sweep.playing
    assert "disabled" in page.elements["playground.play.play"]
    assert not app.press("ArrowRight", "playground.given")


def test_valid_and_same_are_pressed_where_they_hold():
    app, page = tune(8, 5, 2, 1, 1)
    assert page.elements["playground.pad/same"]["aria-pressed"] == "true"
    app.act("playground.pad", "valid")
    assert settings(app).padding == 0
    assert page.elements["playground.pad/valid"]["aria-pressed"] == "true"
    app.act("playground.pad", "same")
    assert shown(page, "playground.made.caption") == "output 8×8"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((7, 3, 0, 1, 1), "pads by 1 on each side"),
     ((7, 4, 0, 1, 1), "pad unequally then, 1 before and 2 after"),
     ((7, 3, 0, 2, 1), "PyTorch refuses “same”"),
     ((8, 3, 0, 2, 1), "it pads by 0 before and 1 after"),
     ((7, 7, 0, 1, 4), "12 before and 12 after here; the playground pads by 6 at most")],
)  # fmt: skip
def test_what_same_means_is_said_where_libraries_differ(values, expected):
    _, page = tune(*values)
    assert expected in shown(page, "playground.same")


def test_a_weight_changes_the_output_and_a_wrong_one_is_told():
    app, page = started()
    app.playground.type("weight/4", "9.25")
    assert app.state.playground.kernel == (-1, -1, -1, -1, 9.25, -1, -1, -1, -1)
    assert page.elements["playground.preset/edges"]["aria-pressed"] == "false"
    for typed in ("", "x", "1000"):
        app.playground.type("weight/4", typed)
        assert "from −100 to 100" in shown(page, "playground.weights.message")
        assert page.elements["playground.weight/4"]["aria-invalid"] == "true"
    app.playground.type("weight/4", "8")
    assert app.state.playground.kernel == "edges"
    assert shown(page, "playground.weights.message") == ""


def test_an_edited_kernel_keeps_its_middle_in_another_size():
    app, _ = started("play-kernel=1,2,3,4,5,6,7,8,9")
    app.playground.type("kernel", "5")
    assert app.state.playground.kernel[6:9] == (1, 2, 3)
    app.playground.type("kernel", "3")
    assert app.state.playground.kernel == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    app.playground.type("kernel", "2")
    assert app.state.playground.kernel == (1, 2, 4, 5)


def test_it_is_in_the_address_and_comes_back_from_it_without_steps_for_back():
    app, page = started()
    steps = len(page.addresses)
    for typed in ("4", "5", "6"):
        app.playground.type("stride", typed)
    app.playground.type("stride", "2")
    app.act("playground.preset", "blur")
    app.act("playground.step")
    assert len(page.addresses) == steps
    assert page.addresses[-1] == "play=7,3,0,2,1&play-kernel=blur&play-cell=0,1"
    again, other = started(page.addresses[-1])
    assert structure(again.state.playground) == structure(app.state.playground)
    assert playground(other) == playground(page)
    assert other.noticed is None
    app.act("playground.reset")
    assert page.addresses[-1] == ""


@pytest.mark.parametrize(
    "address",
    ["play=99,3,0,1,1", "play=7,3", "play=x", "play=7,3,0,1,1,1", "play-kernel=1,2",
     "play-cell=9,9", "play-kernel=none", "play-kernel=1,2,3,4,5,6,7,8,900",
     "play=0,0,0,0,0", "play=-1,3,0,1,1"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_leaves_the_usual(address):
    app, page = started(address)
    assert settings(app) == Settings()
    assert app.state.playground.kernel == "edges"
    assert playground(page) == fresh(app)


def test_it_plays_pauses_steps_and_ends_by_itself():
    app, page = started()
    app.act("playground.play")
    clock = page.clocks["playground"]
    assert page.elements["playground.play.play"]["data-action"] == "pause"
    clock(0.0)
    clock(1.0)
    assert app.state.playground.sweep.place == (0, 3)
    app.act("playground.pause")
    assert "playground" not in page.clocks
    app.act("playground.step")
    assert app.state.playground.sweep.place == (0, 4)
    app.act("playground.step")
    assert app.state.playground.sweep.place == (1, 0)
    app.act("playground.back")
    assert app.state.playground.sweep.place == (0, 4)
    app.act("speed", "fast")
    app.act("playground.play")
    page.clocks["playground"](5.0)
    page.clocks["playground"](8.0)
    assert app.state.playground.sweep.place == (4, 4)
    assert "playground" not in page.clocks
    assert page.elements["playground.play.skip"]["data-action"] == "replay"
    app.act("playground.play")
    assert app.state.playground.sweep.place == (0, 0)


def test_it_plays_beside_the_window_of_a_node_and_neither_stops_the_other():
    app, page = started()
    page.still = False
    app.act("open", "conv_1_1/3")
    app.act("playground.play")
    assert set(page.clocks) == {"explainer", "playground"}
    app.act("pause")
    assert set(page.clocks) == {"playground"}
    page.clocks["playground"](0.0)
    page.clocks["playground"](1.0)
    assert app.state.playground.sweep.place == (0, 3)


def test_keys_and_the_pointer_move_the_window():
    app, page = tune(7, 3, 1, 2, 1)
    assert app.press("ArrowRight", "playground.given")
    assert app.press("ArrowDown", "playground.made")
    assert app.state.playground.sweep.place == (1, 1)
    assert page.said[-1] == "Output row 2, column 2: 1. The window reads 9 cells of the input."
    assert app.press("End", "playground.made")
    assert app.state.playground.sweep.place == (1, 3)
    assert not app.press("Escape", "playground.made")
    assert not app.press("x", "playground.made")
    app.point("playground.given", 8, 8)
    assert app.state.playground.sweep.place == (3, 3)
    app.point("playground.made", 0, 2)
    assert app.state.playground.sweep.place == (0, 2)
    assert page.elements["playground.window"]["transform"] == "translate(4 0)"
    assert page.elements["playground.mark"]["transform"] == "translate(2 0)"
    assert app.press(" ", "playground.made")
    assert app.state.playground.sweep.playing


def test_padding_is_drawn_as_such():
    _, page = tune(3, 3, 1, 1, 1)
    markup = page.regions["playground.given"]
    assert markup.count('class="pad"') == 25 - 9
    rgba = page.painted["playground.given"]
    assert (rgba[0, :, 3] == 0).all()
    assert (rgba[1:-1, 1:-1, 3] == 255).all()
    inside = re.findall(r'<span style="[^"]*">(\d)</span>', markup)
    assert [int(each) for each in inside] == ball(3).ravel().tolist()


def test_a_line_is_copied_and_that_is_said():
    app, page = tune(7, 3, 1, 2, 1)
    app.act("playground.copy", "torch")
    line = "torch.nn.functional.conv2d(x[None, None], k[None, None], stride=2, padding=1)[0, 0]"
    assert page.copied == shown(page, "playground.code/torch") == line
    assert page.said[-1] == "The line is on the clipboard."


def test_back_keeps_what_was_tried_in_the_playground():
    app, page = started()
    app.act("open", "input/0")
    app.playground.type("stride", "3")
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert settings(app).stride == 3
    assert "play=7,3,0,3,1" in page.addresses[-1]


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
