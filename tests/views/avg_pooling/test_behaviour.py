"""Average pooling explained: a kind of layer and of view like any other."""

import re

import pytest

from cnnscope.state.embed import framed
from cnnscope.state.state import Explained, Node, State, view_shown
from cnnscope.text import LANGUAGES
from cnnscope.views.registry import view_facts, view_of
from support.channelwise import check_stage, network_with, numbers_in, opened
from support.networks import explained
from support.styles import lengths_of

SETTINGS = [{}, {"size": 3, "stride": 2, "padding": 1},
            {"size": 3, "stride": 2, "padding": 1, "count_include_pad": False}]  # fmt: skip
NODE = Node("mean", 2)

every_setting = pytest.mark.parametrize("settings", SETTINGS, ids=lambda each: str(len(each)))


def network(settings, side=17):
    return network_with({"type": "avg_pool2d", "name": "mean", **settings}, side=side)


@every_setting
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(settings, size):
    here, numbers = explained(NODE, network=network(settings), window=size)
    check_stage(view_of(here.network, here.state.focus), here, numbers)


@every_setting
@pytest.mark.parametrize("place", [(0, 0), (1, 2), (3, 3)])
def test_the_values_shown_add_up_to_the_sum_and_their_mean_is_the_value_shown(settings, place):
    app, page = opened(network(settings), NODE)
    app.dispatch("window", *place)
    size = settings.get("size", 2)
    texts = [page.elements[f"value/{k}"]["text"] for k in range(size**2)]
    shown = [float(text.replace("−", "-")) for text in texts if text]
    line = page.elements["stage.sum"]["text"]
    total, mean, *beside = numbers_in(line)
    assert sum(shown) + sum(beside) == pytest.approx(total, abs=1e-9)
    assert len(beside) == line.count("rounding")
    count = int(line.split("÷ ")[1].split(" ")[0])
    made = float(app.model.trace["mean"][(2, *place)])
    assert mean == pytest.approx(made, abs=5.1e-4)
    assert total / count == pytest.approx(mean, abs=1e-3)
    assert page.elements["rule.after"]["text"] in line


def test_the_padding_is_counted_or_left_out_and_the_note_says_so():
    for settings, divisor in zip(SETTINGS[1:], (9, 4), strict=True):
        app, page = opened(network(settings), NODE)
        app.dispatch("window", 0, 0)
        assert f"÷ {divisor} " in page.elements["stage.sum"]["text"]
        key = "avg.padding" if divisor == 9 else "avg.padding.left_out"
        assert app.model.text(key) in page.regions["stage"]


def test_padding_that_does_not_count_is_an_empty_place_and_not_a_zero():
    app, page = opened(network(SETTINGS[2]), NODE)
    app.dispatch("window", 0, 0)
    empty = [k for k in range(9) if not page.elements[f"value/{k}"]["text"]]
    assert empty == [0, 1, 2, 3, 6]
    assert all("style" not in page.elements[f"value/{k}"] for k in empty)
    app.dispatch("window", 1, 1)
    assert all(page.elements[f"value/{k}"]["text"] for k in range(9))


@pytest.mark.parametrize("size", range(1, 17))
@pytest.mark.parametrize("window", [(390, 844), (1024, 768), (1440, 900)])
def test_a_window_s_values_are_large_enough_to_be_read_or_colours_alone(size, window):
    _, page = opened(network({"size": size, "stride": 1}, size + 10), NODE, window=window)
    styles = re.findall(r'class="competing" style="([^"]*)"', page.regions["stage"])
    lengths = lengths_of(styles[0])
    assert lengths["--wide"] > 0.8
    assert lengths["--high"] > 0.8
    assert lengths["--gap"] >= 0
    text = lengths["font-size"]
    assert text == 0 or text >= 6.5
    shown = [page.elements[f"value/{k}"] for k in range(size**2)]
    assert all(bool(value["text"]) == bool(text) for value in shown)
    assert all("style" in value for value in shown)
    assert size > 3 or text


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_column_its_label_its_node_and_its_view_have_words(language):
    app, page = opened(network({}), f"{NODE}&lang={language}")
    text = app.model.text
    assert page.elements["column/mean"]["data-kind"] == "avg_pool"
    assert text("column.short.avg_pool") in page.regions["network"]
    assert page.elements["explainer"]["data-view"] == "avg_pooling"
    assert page.elements["about.stage"]["href"] == "#pooling"


def test_it_opens_turns_and_closes_as_every_channelwise_layer():
    app, _ = opened(network({}), NODE)
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(Node("mean", 3))
    app.press("Escape", "")
    assert view_shown(app.state.focus) != Explained(Node("mean", 3))


def test_a_frame_can_show_it_alone():
    focus = framed(State(), "avg_pooling", network({}), view_facts).focus
    assert focus == Explained(Node("mean", 0))


def test_pointing_at_an_input_cell_puts_the_window_over_it():
    app, _ = opened(network(SETTINGS[1]), NODE)
    app.pointer.point("input", 0, 0)
    assert app.state.focus.sweep.place == (0, 0)
    app.pointer.point("input", 6, 7)
    _, rows, cols = app.model.numbers.window(app.state.focus.sweep.place)
    assert 6 in rows
    assert 7 in cols
