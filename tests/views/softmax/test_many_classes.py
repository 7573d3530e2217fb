"""Softmax of many classes, of other endings, and of logits that are no sums."""

import re
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from cnnscope.drawing.scale import percent
from cnnscope.state.state import SOFTMAX, Explained, Node, Overview, view_shown
from cnnscope.views.shared.network_plan import Shown, Viewport, lay_out
from cnnscope.views.softmax.layout import lay_out_every_class, lay_out_softmax
from support.app_on_fake_page import started
from support.displayed import read
from support.layouts import overlap
from support.networks import sequential, table_classes, table_networks

HERE = "view=answer/57&softmax=on"


@cache
def hundred():
    return sequential((1, 12, 12), [("conv2d", "first", 4), ("relu", "bent"), ("flatten", "row"),
                                    ("dense", "sums", 100), ("softmax", "answer")])  # fmt: skip


def opened(address=HERE):
    app, page = started(address, network=hundred(), classes=[f"kind {k}" for k in range(100)])
    logits = app.model.trace["sums"].astype(np.float64)
    return app, page, logits


def shown_classes(app):
    return [node.channel for node in app.model.plan.columns[-1].nodes]


def test_the_ten_most_probable_have_rows_the_chosen_one_among_them_and_the_others_one():
    app, page, logits = opened()
    listed = shown_classes(app)
    best = [int(each) for each in (-logits).argsort()[:10]]
    assert 57 in listed
    assert set(listed) - {57} <= set(best)
    assert len(listed) == 10
    for k in range(100):
        assert (f"class/{k}" in page.elements) == (k in listed)
    weights = np.exp(logits)
    others = sum(weights[k] for k in range(100) if k not in listed)
    assert page.elements["class/others.exponential"]["text"] == f"{others:.3f}"
    share = others / weights.sum()
    assert page.elements["class/others.probability"]["text"] == percent(share)
    assert page.elements["term/others.text"]["text"] == f"{others:.3f} of 90 others"
    assert page.elements["fraction.result"]["text"] == percent(weights[57] / weights.sum())
    width = float(re.search(r"([\d.]+)%", page.elements["share/others"]["style"])[1])
    assert width == pytest.approx(100 * share, abs=0.001)


def test_the_rows_add_up_as_displayed_to_the_sum_of_all_classes():
    app, page, logits = opened()
    keys = [*shown_classes(app), "others"]
    terms = [page.elements[f"class/{k}.exponential"]["text"] for k in keys]
    found = re.match(r"sum ([\d.]+)(?: \(rounding (.)\xa0([\d.]+)\))?$",
                     page.elements["softmax.total"]["text"])  # fmt: skip
    rounding = (-1 if found[2] == "−" else 1) * read(found[3] or "0.000")
    total = sum(0 if term.startswith("<") else read(term) for term in terms) + rounding
    assert total == read(found[1]) == round(1000 * np.exp(logits).sum())
    assert page.elements["softmax.shares"]["text"].startswith("sum 100.0")


def test_the_classes_listed_join_one_by_one_and_the_others_at_once_at_last():
    app, page, _ = opened()
    assert page.addresses[-1] == f"{HERE}&cell=0,10"
    app.act("back")
    assert "data-pending" in page.elements["class/others"]
    assert page.elements["fraction.result"]["text"] == "…"
    listed = shown_classes(app)
    assert not any("data-pending" in page.elements[f"class/{k}"] for k in listed)
    app.act("back")
    assert [k for k in listed if "data-pending" in page.elements[f"class/{k}"]] == [listed[-1]]
    app.act("skip")
    assert page.elements["fraction.result"]["text"] != "…"


def test_all_unfold_into_rows_and_fold_again():
    app, page, logits = opened()
    page.focus("stage.fold")
    app.act("unfold")
    assert "list=all" in page.addresses[-1]
    assert page.focuses[-1] == "stage.fold"
    total = np.exp(logits).sum()
    for k in range(100):
        shown = page.elements[f"class/{k}.probability"]["text"]
        assert shown == percent(np.exp(logits[k]) / total)
    app.act("unfold")
    assert f"class/{min(set(range(100)) - set(shown_classes(app)))}" not in page.elements


def test_a_class_whose_logit_is_raised_is_listed_and_one_that_falls_keeps_its_row():
    app, _, _ = opened("view=answer/57&softmax=on&logits=3:9")
    assert {3, 57} <= set(shown_classes(app))
    assert len(shown_classes(app)) == 10
    app, page, logits = opened()
    before = shown_classes(app)
    app.dispatch("logit", before[0], -9.0)
    assert shown_classes(app) == before
    weights = np.exp(logits)
    weights[before[0]] = np.exp(-9)
    assert page.elements["fraction.result"]["text"] == percent(weights[57] / weights.sum())


@pytest.mark.parametrize("size", [(390, 844), (960, 600), (1280, 720), (1440, 900)])
@pytest.mark.parametrize("lay_out_it", [lay_out_softmax, lay_out_every_class])
def test_rows_of_many_classes_stand_on_nothing(size, lay_out_it):
    plan = lay_out(hundred(), Viewport(*size), Shown((), (3, 1, 4, 15, 92, 65, 35, 89, 79, 57)))
    made = lay_out_it(hundred(), plan, Node("answer", 57))
    is_all = lay_out_it is lay_out_every_class
    assert len(made.rows) == len(made.channels) == (100 if is_all else 10)
    assert set(made.channels) == set(range(100)) if is_all else made.channels[:3] == (3, 1, 4)
    shift = made.transforms["answer"]
    nodes = [shift.box(plan.boxes[node]) for node in plan.columns[-1].nodes]
    parts = [*made.rows, made.others, made.head, made.foot, made.panel, made.close, made.back]
    parts += [*nodes, shift.box(plan.others), *([made.words] if made.words else [])]
    for a, b in combinations(parts, 2):
        assert not overlap(a, b), (a, b)
    assert max(part.bottom for part in parts) <= made.height + 0.01
    assert max(part.right for part in parts) <= size[0]


@pytest.mark.parametrize(("name", "place"), [("nn_tutorial", "conv"), ("fastbook", "conv")])
def test_logits_that_are_values_of_the_last_maps_lead_to_them_and_say_so(name, place):
    network = table_networks()[name]
    app, page = started(network=network, classes=table_classes(name))
    app.act("open", "output/1")
    assert view_shown(app.state.focus) == Explained(Node("output", 1), SOFTMAX)
    assert page.elements["explainer"]["data-view"] == "softmax"
    source = network.layers[-3].name
    assert f"each logit is itself a value of {source}" in page.regions["stage"]
    assert page.elements["class/0.sum"]["data-args"] == f"{source}/0"
    value = float(app.model.trace[source][0].reshape(-1)[0])
    assert read(page.elements["class/0.logit"]["text"]) == round(1000 * value)
    assert app.press("Escape", "explained")
    assert (view_shown(app.state.focus), page.focuses[-1]) == (Overview(), "output/1")


@pytest.mark.parametrize(("name", "said"), [("tiny_vgg", None), ("learnpytorch_03", "logits"),
                                            ("pytorch_mnist", "log_softmax")])  # fmt: skip
def test_what_the_network_itself_ends_in_is_told(name, said):
    app, page = started("view=output/1&softmax=on", network=table_networks()[name],
                        classes=table_classes(name))  # fmt: skip
    for each in ("logits", "log_softmax"):
        assert (app.model.text(f"softmax.given.{each}") in page.regions["stage"]) == (each == said)
