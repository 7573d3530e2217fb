"""The playground’s window, by its buttons, keys, pointer and clock."""

from support.app_on_fake_page import started
from support.playground import tune


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
    app.pointer.point("playground.given", 8, 8)
    assert app.state.playground.sweep.place == (3, 3)
    app.pointer.point("playground.made", 0, 2)
    assert app.state.playground.sweep.place == (0, 2)
    assert page.elements["playground.window"]["transform"] == "translate(4 0)"
    assert page.elements["playground.mark"]["transform"] == "translate(2 0)"
    assert app.press(" ", "playground.made")
    assert app.state.playground.sweep.playing
