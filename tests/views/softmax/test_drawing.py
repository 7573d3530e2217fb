import re

import pytest

from cnnscope.drawing.element import fragment
from cnnscope.drawing.scale import percent
from cnnscope.state.state import SOFTMAX, START, Explained, Node
from cnnscope.views.registry import view_of
from cnnscope.views.shared.model import Model
from cnnscope.views.softmax.drawing import (
    said,
    stage,
    stage_legends,
    stage_paintings,
    stage_pose,
    window_pose,
)
from cnnscope.views.softmax.numbers import explain
from support.fake_page import keyed
from support.networks import model, other_network, tiny_vgg
from support.states import state_of

CASES = [(tiny_vgg(), Node("output", 6)), (other_network(), Node("answer", 3))]
WINDOWS = [(390, 844), (768, 1024), (1440, 900)]
every_case = pytest.mark.parametrize(("network", "node"), CASES, ids=["tiny_vgg", "other"])


def weighing(network, node, window=(1440, 900), **state):
    """(model, numbers) of a class's probability."""
    focus = Explained(node, view=SOFTMAX)
    plain = model(network, state_of(), window)
    expansion = view_of(network, focus).lay_out(network, plain.plan, node)
    shown = state_of(
        focus=focus, **{"window": (0, len(plain.classes) - 1), "is_whole": True, **state}
    )
    here = Model(network, plain.classes, plain.text, shown, plain.trace, plain.plan, expansion)
    return here, explain(network, here.trace, node)


def posed(here, numbers):
    return stage_pose(here, numbers, here.detail)


def shown(text):
    """A number as it is read from the page."""
    return float(re.sub("[<>%\N{NO-BREAK SPACE}]", "", text).replace("\N{MINUS SIGN}", "-"))


@every_case
def test_a_class_that_is_normalised_has_this_view(network, node):
    assert view_of(network, Explained(node, view=SOFTMAX)).name == "softmax"


@every_case
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("logits", [(), ((1, 2.5),)])
def test_all_that_is_posed_is_on_the_stage(network, node, window, logits):
    here, numbers = weighing(network, node, window, logits=logits)
    markup = str(stage(here, numbers, here.detail))
    found, pose = keyed(markup), posed(here, numbers)
    assert set(pose) <= set(found)
    filled = {key for key, attributes in found.items() if attributes.get("text")}
    assert {key for key in found if key.endswith((".logit", ".exponential"))} <= set(pose) | filled
    ((key, rgba),) = stage_paintings(here, numbers)
    values = here.trace[network.layers[-3].name].size
    assert rgba.shape == (values, 1, 4)
    assert f'data-paint="{key}" width="1" height="{values}"' in markup
    fan = markup[markup.index('class="fan"') :].partition("</svg>")[0]
    assert fan.count('d="M') == len(numbers.logits)  # a line to each
    assert "stage.close" in found
    assert found["stage.back"]["data-on"] == "close"


@every_case
def test_each_row_shows_what_the_network_computed(network, node):
    here, numbers = weighing(network, node)
    pose = posed(here, numbers)
    for k, logit in enumerate(here.trace[numbers.source]):
        assert shown(pose[f"class/{k}.logit"]["text"]) == pytest.approx(float(logit), abs=5.1e-4)
        assert pose[f"class/{k}.probability"]["text"] == percent(float(here.trace[node.layer][k]))
        assert pose[f"term/{k}.text"]["text"] == f"exp({pose[f'class/{k}.logit']['text']})"
        assert not pose[f"class/{k}"]["data-pending"]
        assert pose[f"class/{k}.own"]["hidden"]


@every_case
@pytest.mark.parametrize("logits", [(), ((0, -7.25), (2, 4.0)), ((1, 60.0),)])
def test_the_numbers_on_the_page_add_up(network, node, logits):
    here, numbers = weighing(network, node, logits=logits)
    pose = posed(here, numbers)
    for parts, line in (("exponential", "softmax.total"), ("probability", "softmax.shares")):
        texts = [pose[f"class/{k}.{parts}"]["text"] for k in range(len(numbers.logits))]
        values = [0 if text.startswith("<") else shown(text) for text in texts]
        words = str(pose[line]["text"])
        found = re.match(r"sum ([\d.]+)[ \xa0%]*(?:\(rounding (.)\xa0([\d.]+)[ \xa0%]*\))?$", words)
        assert found is not None, words
        rounding = float(found[3] or 0) * (-1 if found[2] == "\N{MINUS SIGN}" else 1)
        assert sum(values) + rounding == pytest.approx(float(found[1]), abs=1e-6)
    total = re.match(r"sum ([\d.]+)", str(pose["softmax.total"]["text"]))
    assert total is not None
    assert pose["fraction.under"]["text"] == total[1]


def test_a_power_of_ten_is_named_where_exponentials_are_counted_in_it():
    here, numbers = weighing(tiny_vgg(), Node("output", 1), logits=((1, 60.0),))
    assert posed(here, numbers)["softmax.head.exponential"]["text"] == "exp(logit), in 10²⁴"
    here, numbers = weighing(tiny_vgg(), Node("output", 1))
    assert posed(here, numbers)["softmax.head.exponential"]["text"] == "exp(logit)"


@every_case
def test_classes_that_have_not_joined_are_not_in_the_sum(network, node):
    here, numbers = weighing(network, node, window=(1440, 900))
    count = len(numbers.logits)
    for joined in range(1, count + 1):
        here = weighing(network, node)[0]
        state = state_of(focus=here.state.focus, window=None, reached=START)
        assert posed(replaced(here, state), numbers)["class/0"]["data-pending"]
        state = state_of(focus=here.state.focus, reached=(0, joined - 1))
        state = placed_at(state, joined)
        pose = posed(replaced(here, state), numbers)
        pending = [pose[f"class/{k}"]["data-pending"] for k in range(count)]
        assert pending == [k >= joined for k in range(count)]
        assert pending == [pose[f"term/{k}"]["data-pending"] for k in range(count)]
        assert pending == [pose[f"share/{k}"]["data-pending"] for k in range(count)]
        terms = numbers.own.added.terms[:joined]
        is_open = joined < count
        if is_open:
            assert str(pose["softmax.total"]["text"]).endswith(f": {sum(terms) / 1000:.3f}")
            assert pose["class/0.probability"]["text"] == "…"
            assert pose["fraction.result"]["text"] == "…"
        assert ("replay" if not is_open else "skip") == pose["play.skip"]["data-action"]


def replaced(here, state):
    return Model(here.network, here.classes, here.text, state, here.trace, here.plan,
                   here.detail)  # fmt: skip


def placed_at(state, joined):
    return state_of(focus=state.focus, is_whole=state.focus.sweep.is_whole, window=(0, joined - 1))


@every_case
def test_a_changed_logit_is_marked_and_the_true_ones_stay_visible(network, node):
    here, numbers = weighing(network, node, logits=((1, 4.5),))
    own = posed(*weighing(network, node))
    pose = posed(here, numbers)
    assert pose["stage"]["data-changed"]
    assert not own["stage"]["data-changed"]
    assert "not the network" in str(pose["softmax.changed.text"]["text"])
    assert (pose["softmax.reset"]["disabled"], own["softmax.reset"]["disabled"]) == (False, True)
    for k in range(len(numbers.logits)):
        assert pose[f"class/{k}"]["data-changed"] == (k == 1)
        assert not pose[f"class/{k}.own"]["hidden"]
        was = f"was {own[f'class/{k}.probability']['text']}"
        assert pose[f"class/{k}.was"]["text"] == was
    assert pose["class/1.slider"]["value"] == "4.5"
    assert "instead of" in str(pose["class/1.slider"]["aria-valuetext"])
    assert "instead of" not in str(pose["class/0.slider"]["aria-valuetext"])


@every_case
def test_row_and_term_are_marked_together(network, node):
    for element in (0, 2, 1200, None):
        here, numbers = weighing(network, node, marked=element)
        pose = posed(here, numbers)
        for k in range(len(numbers.logits)):
            marks = {pose[f"{part}/{k}"]["data-marked"] for part in ("class", "term", "share")}
            assert marks == {k == element}
        assert pose["term.chosen"]["data-marked"] == (node.channel == element)


def test_the_shares_fill_the_bar():
    here, numbers = weighing(tiny_vgg(), Node("output", 6), logits=((3, 1.0),))
    pose = posed(here, numbers)
    sizes = [float(re.findall(r"inline-size:([\d.]+)%", str(pose[f"share/{k}"]["style"]))[0])
             for k in range(10)]  # fmt: skip
    assert sum(sizes) == pytest.approx(100, abs=0.01)
    assert sizes == pytest.approx([100 * p for p in numbers.weighted(((3, 1.0),)).probabilities],
                                  abs=0.001)  # fmt: skip


def test_what_moves_is_all_that_is_posed():
    here, numbers = weighing(tiny_vgg(), Node("output", 6))
    assert window_pose(here, numbers, here.detail) == posed(here, numbers)
    assert "softmax.total" in fragment(stage_legends(here, numbers))


def test_a_screen_reader_hears_the_sum_and_then_the_probability():
    here, numbers = weighing(tiny_vgg(), Node("output", 6))
    assert percent(float(here.trace["output"][6])) in said(here, numbers)
    half = replaced(here, placed_at(here.state, 4))
    assert said(half, numbers).startswith("bell pepper. 4 of 10")
