"""The pad on a page without a browser: what is drawn goes through the network as it is drawn."""

import numpy as np
import pytest

from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import Node
from support.app_on_fake_page import started
from support.networks import ROOT, other_network, picture
from support.pad import STROKE, draw, opened, own

LAST = "answer"


def answers(page):
    return [float(page.elements[f"{LAST}/{i}"]["data-probability"]) for i in range(4)]


def test_every_move_goes_through_the_whole_network_while_the_pen_is_down():
    app, page = opened()
    app.pad.press_down(STROKE[0])
    seen = []
    for place in STROKE[1:]:
        app.pad.move(place)
        pixels = own(app).astype(np.float32)[None]
        trace = other_network()(pixels)
        assert answers(page) == pytest.approx(trace[LAST].tolist(), abs=1e-6)
        assert (page.painted["pad.seen"][..., 0] == np.rint(pixels[0] * 255)).all()
        seen.append({key: page.painted[key] for key in ("first/3", "second/5", "pad.seen")})
    assert all((seen[0][key] != seen[1][key]).any() for key in seen[0])


def test_a_drawing_is_one_step_in_the_history_and_no_wave_goes_through_the_network():
    app, page = opened()
    before = len(page.addresses)
    draw(app, *STROKE)
    draw(app, (0.5, 0.5), (0.5, 0.9))
    assert page.addresses[before:] == ["picture=own"]
    assert "data-wave" not in page.elements["network"]
    app.act("picture", "espresso")
    app.act("picture", "own")
    assert "data-wave" in page.elements["network"]


def test_the_answer_is_said_once_a_line_ends():
    app, page = opened()
    said = len(page.said)
    app.pad.press_down(STROKE[0])
    app.pad.move(STROKE[1])
    assert len(page.said) == said
    app.pad.lift()
    first = app.model.names[int(np.argmax(answers(page)))]
    assert len(page.said) == said + 1
    assert page.elements["pad.class"]["text"] == first
    share = page.elements["pad.percent"]["text"]
    assert page.said[-1] == f"The network says {first}: {share}."


def test_the_names_of_nodes_tell_the_numbers_of_a_line_that_ended():
    app, page = opened()
    draw(app, *STROKE)
    fresh = started(network=other_network(), samples={"drawn": app.model.gallery.own})[1]
    for key in ("input/0", "first/2", "second/13", "answer/1"):
        assert page.elements[key]["aria-label"] == fresh.elements[key]["aria-label"]


def test_an_open_view_follows_and_stays_as_it_is():
    app, page = opened("view=first/2")
    draw(app, *STROKE)
    focus = app.state.focus
    before = page.painted["explained"]
    app.pad.press_down((0.5, 0.5))
    app.pad.move((0.5, 0.9))
    assert app.state.focus == focus
    assert (page.painted["explained"] != before).any()


def test_strokes_are_undone_redone_and_cleared():
    app, _page = opened()
    draw(app, *STROKE)
    first = own(app)
    draw(app, (0.5, 0.5), (0.5, 0.9))
    second = own(app)
    app.act("pad.undo")
    assert (own(app) == first).all()
    app.act("pad.redo")
    assert (own(app) == second).all()
    app.act("pad.clear")
    assert not own(app).any()
    app.act("pad.undo")
    assert (own(app) == second).all()


def test_what_cannot_be_taken_back_says_so():
    app, page = opened()
    assert all(page.elements[f"pad.{each}"].get("aria-disabled") for each in ("undo", "clear"))
    draw(app, *STROKE)
    assert not any(page.elements[f"pad.{each}"].get("aria-disabled") for each in ("undo", "clear"))
    app.act("pad.undo")
    assert page.elements["pad.undo"]["aria-disabled"] == "true"
    assert "aria-disabled" not in page.elements["pad.redo"]


def test_an_empty_pad_leaves_the_sample_that_is_shown():
    app, _page = opened()
    for action, argument in (("pad.clear", ""), ("pad.undo", ""), ("pad.thickness", "thick"),
                             ("pad.placing", "drawn")):  # fmt: skip
        app.act(action, argument)
    assert app.model.picture == "espresso"
    assert "own" not in app.model.gallery.keys


def test_a_thicker_pen_makes_all_lines_thicker():
    app, page = opened()
    draw(app, *STROKE)
    ink = {}
    for thickness in ("thin", "medium", "thick"):
        app.act("pad.thickness", thickness)
        ink[thickness] = own(app).sum()
        assert page.elements[f"pad.thickness/{thickness}"]["aria-pressed"] == "true"
    assert ink["thin"] < ink["medium"] < ink["thick"]


def test_as_drawn_it_stays_where_it_is_and_centred_it_does_not():
    app, _page = opened()
    draw(app, (0.1, 0.1), (0.3, 0.1))
    rows, cols = np.nonzero(own(app) > 0.5)
    assert abs(rows.mean() - 13.5) < 1.5
    assert abs(cols.mean() - 9.5) < 1.5
    app.act("pad.placing", "drawn")
    rows, cols = np.nonzero(own(app) > 0.5)
    assert rows.max() < 9  # the pad is the middle square of 28 x 20
    assert cols.max() < 8


def test_a_drawing_is_still_there_after_a_sample_another_language_and_another_window():
    app, page = opened()
    draw(app, *STROKE)
    drawn, lines = own(app), page.elements["pad.lines"]["d"]
    app.act("picture", "pizza")
    app.act("picture", "own")
    app.act("language", "zh")
    page.window = (390, 844)
    app.resize()
    assert (own(app) == drawn).all()
    assert page.elements["pad.lines"]["d"] == lines
    app.act("pad.close")
    assert (own(app) == drawn).all()
    app.act("pad.open")
    assert page.elements["pad.lines"]["d"] == lines


def test_drawing_on_goes_on_from_a_drawing_whose_sample_was_left():
    app, page = opened()
    draw(app, *STROKE)
    app.act("picture", "pizza")
    app.act("pad.undo")
    assert not own(app).any()
    assert page.elements["pad.lines"]["d"] == ""


def test_a_picture_that_is_brought_takes_the_drawings_place_and_the_pad_is_empty():
    app, page = opened()
    draw(app, *STROKE)
    assert "hidden" in page.elements["crop.open"]
    brought = picture(other_network(), 7)
    app.toolbar.bring(brought)
    assert (app.model.gallery.own == brought).all()
    assert "hidden" not in page.elements["crop.open"]
    assert page.elements["pad.lines"]["d"] == ""
    app.act("pad.undo")
    assert (app.model.gallery.own == brought).all()
    draw(app, (0.5, 0.2), (0.5, 0.8))
    assert page.elements["pad.lines"]["d"].count("M") == 1
    assert not (app.model.gallery.own == brought).all()
    assert "hidden" in page.elements["crop.open"]


def test_a_line_whose_pad_is_closed_in_the_middle_is_whole_for_who_hears_it():
    app, page = opened(window=(390, 844))  # where the network stands as it stood
    app.pad.press_down(STROKE[0])
    app.pad.move(STROKE[2])
    app.act("pad.close")
    samples = {"drawn": app.model.gallery.own}
    fresh = started(network=other_network(), samples=samples, window=(390, 844))[1]
    assert page.elements["first/2"]["aria-label"] == fresh.elements["first/2"]["aria-label"]


def test_what_is_changed_in_a_drawing_stays_while_it_goes_on():
    app, _page = opened()
    draw(app, *STROKE)
    app.act("change", "invert")
    draw(app, (0.5, 0.5), (0.5, 0.9))
    assert app.state.changes.named == ("invert",)


def test_changed_logits_are_those_of_the_drawing_before():
    app, _page = opened("view=answer/1&softmax=on&logits=0:2")
    assert app.state.focus.logits
    draw(app, *STROKE)
    assert app.state.focus.node == Node("answer", 1)
    assert not app.state.focus.logits


@pytest.mark.parametrize(
    "view", ["conv_2/3", "relu_1/0", "max_pool_2/2", "dense_1/5", "relu_4/0", "output/7",
             "output/7&softmax=on", "output/7&numbers=all"],
)  # fmt: skip
def test_every_view_tells_of_a_drawing_what_it_tells_of_such_a_sample(view):
    shipped = read_shipped((ROOT / "weights" / "digits.npz").read_bytes())
    address = f"view={view}"
    app, page = started(address, network=shipped.network)
    app.act("pad.open")
    draw(app, *STROKE)
    samples = {"drawn": app.model.gallery.own, "other": app.model.gallery.own}
    fresh, other = started(address, network=shipped.network, samples=samples)
    fresh.act("pad.open")
    texts = {key: each["text"] for key, each in other.elements.items() if "text" in each}
    stage = {key for key in texts if not key.startswith(("pad.", "playground", "sample"))}
    assert len(stage) > 20
    assert {key: page.elements[key].get("text") for key in stage} == {k: texts[k] for k in stage}
    mounted = {key for key in other.painted if other.size_of(key)}
    for key in mounted - {"sample/drawn", "sample/other"}:
        assert (page.painted[key] == other.painted[key]).all(), key
