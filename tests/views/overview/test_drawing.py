import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cnnscope.drawing.element import fragment
from cnnscope.drawing.scale import number
from cnnscope.nn.network import Trace
from cnnscope.state.state import Card, Node
from cnnscope.views.overview.drawing import announcement, overview, refresh
from cnnscope.views.overview.node_card import card, card_pose
from cnnscope.views.shared.legend import legends
from cnnscope.views.shared.links import links_into
from support.app_on_fake_page import started
from support.articles import DIGITS
from support.networks import model, other_network, tiny_vgg
from support.states import state_of

STORED = Path(__file__).parent / "stored"


def attributes(markup, name):
    return re.findall(f'{name}="([^"]*)"', markup)


def test_each_node_has_its_contract_name_once():
    nodes = attributes(str(overview(model())), "data-node")
    assert len(nodes) == len(set(nodes)) == 113
    assert {"input/0", "conv_1_1/3", "max_pool_1/3", "output/6"} <= set(nodes)


def test_classes_carry_name_and_probability_in_at_least_six_digits():
    here = model()
    markup = str(overview(here))
    assert attributes(markup, "data-class") == list(here.classes)
    for text, value in zip(
        attributes(markup, "data-probability"), here.trace["output"], strict=True
    ):
        assert float(text) == pytest.approx(float(value), rel=1e-7)


def test_a_tiny_probability_keeps_its_digits():
    here = model()
    tiny = {**here.trace, "output": np.array([1.234567e-7, *[0.1] * 9], np.float32)}
    markup = str(overview(replace(here, trace=Trace(tiny))))
    assert float(attributes(markup, "data-probability")[0]) == pytest.approx(1.234567e-7, rel=1e-6)


def test_exactly_one_class_is_first_and_it_is_the_largest():
    markup = str(overview(model()))
    (first,) = re.findall(r'data-class="([^"]*)" data-probability="[^"]*" data-first', markup)
    here = model()
    assert first == here.classes[here.trace["output"].argmax()]


def test_bars_are_drawn_on_an_absolute_scale():
    here = model()
    lengths = [float(x) for x in re.findall(r"scaleX\(([^)]*)\)", str(overview(here)))]
    assert lengths == pytest.approx(here.trace["output"].tolist(), abs=1e-5)


def test_exactly_one_node_is_a_tab_stop():
    markup = str(overview(model(state=state_of(tab_stop=Node("relu_1_1", 2)))))
    assert re.findall(r'data-args="([^"]*)"[^>]* tabindex="0"', markup) == ["relu_1_1/2"]


def test_names_for_screen_readers_carry_the_facts():
    here = model()
    values = here.trace["conv_1_2"][3]
    name = f"conv_1_2, channel 4 of 10, {number(values.min())} to {number(values.max())}"
    assert f'aria-label="{name}"' in str(overview(here))


def test_a_refresh_gives_what_a_new_drawing_would_say():
    here = model()
    markup = str(overview(here))
    for key, posed in refresh(here, here.plan.columns).items():
        for name, value in posed.items():
            if name == "text":
                assert (
                    f'data-key="{key}">{str(value).replace("<", "&lt;").replace(">", "&gt;")}<'
                    in markup
                )
            elif isinstance(value, str):
                assert f'{name}="{value}"' in markup


def test_links_end_where_boxes_begin():
    here = model()
    target, source = Node("relu_1_1", 4), Node("conv_1_1", 4)
    start, end = here.plan.boxes[source].end, here.plan.boxes[target].start
    d = links_into(here.plan, target)
    assert d.startswith(f"M{start.x:.1f} {start.y:.1f}C")
    assert d.endswith(f"{end.x:.1f} {end.y:.1f}")


@pytest.mark.parametrize("scale", ["unit", "module", "global"])
@pytest.mark.parametrize("window", [(768, 1024), (1440, 900)])
def test_legends_say_the_domains_that_paint(scale, window):
    here = model(state=state_of(scale=scale), window=window)
    markup = fragment(legends(here))
    for name, domain in here.domains.items():
        if name != "input":
            assert f"{number(domain.low)} to {number(domain.high)}" in markup
            assert f"<span>{number(domain.high)}</span>" in markup


@pytest.mark.parametrize("node", [Node("input", 1), Node("conv_2_1", 0), Node("relu_2_2", 9),
                                  Node("max_pool_1", 3), Node("output", 4)])  # fmt: skip
def test_every_kind_of_node_has_a_card_whose_every_value_is_filled_in(node):
    here = model(state=state_of(focus=Card(node)))
    markup = str(card(here, node))
    keys = {key for key in attributes(markup, "data-key") if key.startswith("card.")}
    assert 'role="dialog"' in markup
    posed = card_pose(here, node)
    assert keys - set(posed) <= {"card.map", "card.close", "card.legend"}
    assert set(posed) <= keys


def test_a_card_states_the_maps_own_numbers():
    node = Node("relu_1_1", 2)
    here = model(state=state_of(focus=Card(node)))
    values, posed = here.trace["relu_1_1"][2], card_pose(model(), node)
    assert posed["card.highest"]["text"] == number(float(values.max()))
    assert posed["card.mean"]["text"] == number(float(values.mean()))
    assert (
        posed["card.zeros"]["text"] == f"{100 * float((values == 0).mean()):.1f}\N{NO-BREAK SPACE}%"
    )


def test_the_answer_is_announced_with_its_runner_up():
    here = model()
    order = here.trace["output"].argsort()[::-1]
    said = announcement(here)
    assert said.index(here.classes[order[0]]) < said.index(here.classes[order[1]])


def test_another_network_is_drawn_with_no_new_code():
    here = model(other_network())
    nodes = attributes(str(overview(here)), "data-node")
    assert len(nodes) == 1 + 6 + 6 + 14 + 14 + 4
    assert "data-colour" not in str(overview(here))


def exact_trace(network):
    """Made-up activations in eighths: written alike on every machine."""
    layers = {
        name: ((np.arange(np.prod(shape)) % 17 - 8) / 8).astype(np.float32).reshape(shape)
        for name, shape in network.shapes.items()
    }
    layers["answer"] = np.array([0.125, 0.5, 0.25, 0.125], np.float32)
    return Trace(layers)


@pytest.mark.parametrize("window", [(1440, 900), (390, 844)])
def test_the_drawing_is_the_stored_one(window):
    """With CNNSCOPE_STORE set, the drawing is stored anew: look at the difference."""
    here = replace(model(other_network(), window=window), trace=exact_trace(other_network()))
    markup = str(overview(here)).replace("><", ">\n<") + "\n"
    stored = STORED / f"overview-{window[0]}.html"
    if os.environ.get("CNNSCOPE_STORE"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(markup, encoding="utf-8", newline="\n")
    assert markup == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("window", [(1241, 700), (1366, 641), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("network", [tiny_vgg(), DIGITS.network], ids=["photos", "digits"])
def test_shapes_that_would_touch_leave_their_channels_out(network, window):
    app, page = started(network=network, window=window)
    plan = app.model.plan
    wide = 8.3  # px: a sign of the small type at its widest
    maps = [column for column in plan.columns if len(network.shapes[column.layer]) == 3]
    gaps = []
    for one, other in pairwise(maps):
        way = plan.column_box(other.layer).centre - plan.column_box(one.layer).centre
        signs = [len("×".join(map(str, network.shapes[each.layer]))) for each in (one, other)]
        gaps.append(way - wide * sum(signs) / 2)
    assert "data-close" in page.elements["network"] or min(gaps) > 3
