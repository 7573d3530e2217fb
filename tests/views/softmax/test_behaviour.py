"""A class's probability explained on a page without a browser: built up, changed, left."""

import numpy as np
import pytest

from cnnscope.state.state import SOFTMAX, Explained, Node, view_shown
from support.app_on_fake_page import started as started_on
from support.networks import other_network

ANSWER = Explained(Node("answer", 2), view=SOFTMAX)
HERE = "view=answer/2&softmax=on"


def started(address=HERE, *, still=True):
    return started_on(address, still=still, network=other_network())


def text(page, key):
    return page.elements[key]["text"]


def percentages(page):
    return [text(page, f"class/{k}.probability") for k in range(4)]


def test_the_address_opens_it_and_it_is_the_view_that_is_named():
    app, page = started()
    assert view_shown(app.state.focus) == ANSWER
    assert page.elements["explainer"]["data-view"] == "softmax"
    assert "…" not in percentages(page)  # for those who want no motion, it is whole at once


def test_the_classes_join_one_after_another_when_it_is_played():
    app, page = started(still=False)
    assert "…" not in percentages(page)
    app.act("play")
    assert app.state.focus.sweep.playing
    seen = []
    for tenth in range(40):
        page.tick(tenth / 10)
        seen.append(["data-pending" in page.elements[f"class/{k}"] for k in range(4)].count(False))
        if not app.state.focus.sweep.playing:
            break
    assert seen[0] == 1
    assert seen == sorted(seen)
    assert set(seen) == {1, 2, 3, 4}
    assert seen.index(2) == pytest.approx(5, abs=1)  # two a second
    assert "…" not in percentages(page)
    assert page.elements["play.skip"]["data-action"] == "replay"


def test_a_step_back_takes_the_last_class_out_of_the_sum():
    app, page = started()
    app.act("back")
    assert "data-pending" in page.elements["class/3"]
    assert percentages(page) == ["…"] * 4
    assert page.elements["play.skip"]["data-action"] == "skip"
    assert page.addresses[-1].endswith("&cell=0,2")
    app.act("step")
    assert "data-pending" not in page.elements["class/3"]
    assert "…" not in percentages(page)


@pytest.mark.parametrize("step", [lambda app: app.act("step"),
                                  lambda app: app.press("ArrowRight", "explained")])  # fmt: skip
def test_from_the_first_class_the_others_join_one_by_one(step):
    app, page = started(still=False)
    app.act("replay")
    app.act("pause")
    for joined in (2, 3):
        step(app)
        pending = ["data-pending" in page.elements[f"class/{k}"] for k in range(4)]
        assert pending.count(False) == joined


def test_keys_on_the_sum_step_and_play():
    app, page = started()
    assert app.press("Home", "explained")
    assert text(page, "softmax.total").startswith("sum of 1")
    assert app.press("ArrowRight", "explained")
    assert text(page, "softmax.total").startswith("sum of 2")
    assert app.press(" ", "explained")
    assert app.state.focus.sweep.playing


def test_another_logit_moves_the_others_and_leaves_the_networks_answer_alone():
    app, page = started()
    before, own = percentages(page), app.model.trace["answer"].copy()
    nodes = {k: dict(page.elements[f"answer/{k}"]) for k in range(4)}
    app.act("back")
    app.dispatch("logit", 1, 3.5)
    after = percentages(page)
    assert all(a != b for a, b in zip(after, before, strict=True))
    assert "…" not in after  # whoever changes a logit sees what comes of it
    np.testing.assert_array_equal(app.model.trace["answer"], own)
    for k in range(4):
        node = page.elements[f"answer/{k}"]
        assert node["data-probability"] == nodes[k]["data-probability"]
        assert text(page, f"class/{k}.was") == f"was {before[k]}"
    assert "logits=1:3.5" in page.addresses[-1]
    assert "data-changed" in page.elements["stage"]
    app.act("logits-reset")
    assert percentages(page) == before
    assert "data-changed" not in page.elements["stage"]
    assert "logits" not in page.addresses[-1]


@pytest.mark.parametrize("reset", [lambda app: app.act("logits-reset"),
                                   lambda app: app.act("picture", "pizza")])  # fmt: skip
def test_the_keyboard_goes_on_from_the_sum_where_the_button_goes_away(reset):
    app, page = started()
    app.dispatch("logit", 1, 3.5)
    page.focus("softmax.reset")
    reset(app)
    assert page.focused() == "explained"


def test_a_link_to_changed_logits_shows_them():
    app, page = started()
    app.dispatch("logit", 1, 3.5)
    again, other = started(page.addresses[-1], still=False)
    assert again.state.focus.logits == app.state.focus.logits
    assert percentages(other) == percentages(page)
    assert not again.state.focus.sweep.playing


def test_the_same_added_to_all_changes_no_probability():
    app, page = started()
    before = percentages(page)
    exponentials = [text(page, f"class/{k}.exponential") for k in range(4)]
    app.act("logits-shift", "1")
    assert percentages(page) == before
    assert all(
        float(text(page, f"class/{k}.exponential")) == pytest.approx(np.e * float(each), abs=2e-3)
        for k, each in enumerate(exponentials)
    )
    for _ in range(300):
        app.act("logits-shift", "1")
    assert percentages(page) == before


def test_another_class_is_explained_with_the_same_logits():
    app, page = started()
    app.dispatch("logit", 1, 3.5)
    app.act("open", "answer/0")
    assert view_shown(app.state.focus) == Explained(Node("answer", 0), view=SOFTMAX)
    assert app.state.focus.logits == ((1, 3.5),)
    assert "data-chosen" in page.elements["class/0"]
    assert page.elements["answer/0"]["aria-expanded"] == "true"


def test_a_row_that_is_pressed_is_the_class_explained_and_keeps_the_keyboard():
    app, page = started()
    app.dispatch("logit", 1, 3.5)
    app.act("class", "3")
    assert view_shown(app.state.focus) == Explained(Node("answer", 3), view=SOFTMAX)
    assert page.addresses[-1].startswith("view=answer/3&softmax=on")
    assert app.state.focus.logits == ((1, 3.5),)
    assert page.focuses[-1] == "class/3.name"
    assert page.elements["class/3.name"]["aria-pressed"] == "true"
    assert page.elements["class/2.name"]["aria-pressed"] == "false"
    before = app.state
    app.act("class", "3")
    app.act("class", "x")
    assert app.state == before
    app.navigate(page.addresses[-2], is_step=True)
    assert view_shown(app.state.focus) == ANSWER


def test_a_logit_leads_to_the_sum_that_it_is_and_back_leads_here():
    app, page = started()
    app.act(page.elements["class/1.sum"]["data-on"], page.elements["class/1.sum"]["data-args"])
    assert view_shown(app.state.focus) == Explained(Node("answer", 1))
    assert page.elements["explainer"]["data-view"] == "flatten"
    assert page.addresses[-1] == "view=answer/1"
    app.act("sum", "2")  # of softmax alone
    assert view_shown(app.state.focus) == Explained(Node("answer", 1))
    app.navigate(page.addresses[-2], is_step=True)
    assert view_shown(app.state.focus) == ANSWER


def test_a_bar_has_no_length_before_its_own():
    app, page = started(still=False)
    frames = []
    page.later = frames.append
    app.act("class", "0")
    for k in range(4):
        for part in ("share", "size"):
            assert page.elements[f"class/{k}.{part}"]["style"] == "transform:scaleX(0)"
    frames.pop()()
    assert page.elements["class/0.share"]["style"] != "transform:scaleX(0)"


def test_pointing_at_a_class_marks_its_number_in_the_sum():
    app, page = started()
    app.dispatch("mark", 3)
    marked = {key for key, each in page.elements.items() if "data-marked" in each}
    assert marked == {"class/3", "term/3", "share/3"}
    app.dispatch("mark", None)
    assert not [key for key, each in page.elements.items() if "data-marked" in each]


def test_it_is_left_level_by_level_and_can_be_opened_again():
    app, page = started()
    app.dispatch("logit", 1, 3.5)
    app.dispatch("mark", 3)
    app.press("Escape", "")
    assert view_shown(app.state.focus) == Explained(Node("answer", 2))
    assert (app.state.focus.logits, app.state.focus.feature) == ((), None)
    app.act("normalise")
    assert view_shown(app.state.focus) == ANSWER
    assert page.elements["explainer"]["data-view"] == "softmax"
    app.act("overview")
    assert page.elements["explainer"]["data-view"] == "overview"


def test_another_picture_is_followed():
    app, page = started()
    before = [text(page, f"class/{k}.logit") for k in range(4)]
    app.dispatch("picture", "pizza")
    assert [text(page, f"class/{k}.logit") for k in range(4)] != before
    assert view_shown(app.state.focus) == ANSWER
    assert "…" not in percentages(page)
