"""Changing the picture: what is drawn, what is answered, what is said, what Back undoes."""

import numpy as np
import pytest

from cnnscope.panels.changes.drawing import listed
from cnnscope.panels.changes.tool import SIZES
from cnnscope.pictures.changes import changed
from cnnscope.state.changes import UNCHANGED, Changes
from cnnscope.views.overview.input_card import BRUSH, MAP, PATCH
from support.app_on_fake_page import probabilities, started, started_trained
from support.networks import picture, tiny_vgg

OPEN = "view=picture"


class Waiting:
    """Has a page call later what a browser calls before its next frame."""

    def __init__(self, page):
        self.calls = []
        page.later = self.calls.append

    def frame(self):
        calls, self.calls[:] = list(self.calls), []
        for call in calls:
            call()


def opened(address=OPEN):
    return started_trained(address)


def shown(page, row):
    keys = ("class", "before", "after")
    return tuple(page.elements[f"changes.{key}/{row}"]["text"] for key in keys)


def test_the_tools_are_drawn_once_the_card_is_open():
    app, page = started()
    assert "changes" not in page.regions
    app.act("original")
    assert "change/grey" in page.elements
    app.act("close")
    assert "change/grey" not in page.elements


@pytest.mark.parametrize("window", [(1024, 768), (1440, 700), (390, 844)])
def test_the_picture_stays_marked_as_changed_in_a_window_of_another_size(window):
    app, page = opened("picture=orange&change=grey")
    assert "data-edited" in page.elements["picture"]
    page.window = window
    app.resize()
    assert "data-edited" in page.elements["picture"]
    assert page.elements["picture"]["aria-describedby"] == "altered-text"


def test_a_change_is_seen_in_every_map_and_in_the_answer():
    app, page = opened("picture=orange&view=picture")
    assert shown(page, 0)[1] == shown(page, 0)[2]
    said = len(page.said)
    app.act("change", "grey")
    x = app.gallery.input("orange")
    expected = app.gallery.trained(changed(x, Changes(("grey",))))["output"]
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)
    grey = page.painted["original.seen"]
    assert (grey[..., 0] == grey[..., 1]).all()
    assert shown(page, 0) == ("orange", "97.8\N{NO-BREAK SPACE}%", "0.4\N{NO-BREAK SPACE}%")
    assert page.elements["change/grey"]["aria-pressed"] == "true"
    assert page.said[said:] == [page.elements["changes.said"]["text"]]
    assert "Now it says espresso: 91." in page.said[-1]
    app.act("change", "grey")
    assert page.elements["change/grey"]["aria-pressed"] == "false"
    assert probabilities(page) == pytest.approx(app.gallery.trained(x)["output"], abs=1e-6)


def test_the_classes_told_of_are_the_first_before_then_the_first_now():
    before = np.array([0.5, 0.3, 0.1, 0.06, 0.03, 0.01])
    after = np.array([0.01, 0.02, 0.03, 0.04, 0.4, 0.5])
    assert listed(before, after) == [0, 1, 2, 5, 4]
    assert listed(before, before) == [0, 1, 2, 3, 4]


def test_back_undoes_a_change_and_undo_all_all_of_them():
    app, page = opened()
    for name in ("grey", "half"):
        app.act("change", name)
    assert page.addresses[-3:] == [OPEN, f"change=grey&{OPEN}", f"change=grey,half&{OPEN}"]
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert app.state.changes == Changes(("grey",))
    app.act("change.undo", "card")
    assert app.state.changes == UNCHANGED
    assert page.addresses[-1] == OPEN
    assert page.elements["changes.undo"]["aria-disabled"] == "true"
    app.act("change.undo", "card")
    assert page.addresses[-1] == OPEN


def test_the_thumbnails_stay_as_they_are():
    app, page = started()
    app.toolbar.bring(picture(tiny_vgg(), 5))
    app.act("original")
    before = page.painted["own"].copy()
    app.act("change", "invert")
    np.testing.assert_array_equal(page.painted["own"], before)


def test_the_patch_is_dragged_by_where_it_is_held_and_stays_within_the_picture():
    app, page = opened()
    app.changes.begin((30, 30))
    assert app.state.changes.patch == (22, 22)
    app.changes.move((31, 35))
    app.changes.end()
    assert app.state.changes.patch == (23, 27)
    app.changes.begin((23, 27))  # its corner
    app.changes.move((10, 12))
    assert app.state.changes.patch == (10, 12)
    app.changes.move((63, -9))
    app.changes.end()
    assert app.state.changes.patch == (48, 0)
    assert "left:0.000%;top:75.000%;width:25.000%" in page.elements[PATCH]["style"]
    assert page.addresses == [OPEN, f"change=patch:48-0&{OPEN}"]


def test_while_it_is_dragged_only_the_newest_place_is_worked_out(monkeypatch):
    app, page = opened()
    waiting, computed = Waiting(page), []
    plain = app.gallery.changed_trace

    def counted(*given):
        computed.append(given[-1].patch)
        return plain(*given)

    monkeypatch.setattr(app.gallery, "changed_trace", counted)
    app.changes.begin((30, 30))
    for col in range(31, 50):
        app.changes.move((30, col))
    assert computed == []
    said = len(page.said)
    waiting.frame()
    assert set(computed) == {(22, 41)}
    assert len(page.said) == said
    app.changes.end()
    waiting.frame()
    assert len(page.said) == said + 1
    assert waiting.calls == []


def test_what_is_dragged_when_the_card_closes_is_let_go():
    app, page = opened()
    waiting = Waiting(page)
    app.changes.begin((30, 30))
    app.press("Escape", "")
    waiting.frame()
    assert app.state.changes == UNCHANGED


def test_arrow_keys_move_the_patch_and_delete_takes_it_away():
    app, page = opened()
    assert app.press(" ", MAP)
    assert app.state.changes.patch == (24, 24)
    assert app.press("ArrowLeft", MAP)
    assert app.press("ArrowDown", MAP)
    assert app.state.changes.patch == (26, 22)
    assert page.said[-1] == page.elements["changes.said"]["text"]
    for _ in range(30):
        app.press("ArrowUp", MAP)
    assert app.state.changes.patch == (0, 22)
    assert app.press("Delete", MAP)
    assert app.state.changes.patch is None
    assert not app.press("Delete", MAP)
    assert not app.press("x", MAP)


def test_keys_held_down_move_the_patch_as_far_as_they_were_pressed():
    app, page = opened("change=patch:20-20&view=picture")
    waiting = Waiting(page)
    for _ in range(5):
        app.press("ArrowRight", MAP)
    waiting.frame()
    assert app.state.changes.patch == (20, 30)


def test_the_brush_paints_along_the_way_of_the_pointer_and_each_stroke_is_a_step():
    app, page = opened()
    app.act("change.brush", "r")
    assert page.elements["brush/r"]["aria-pressed"] == "true"
    app.changes.begin((20, 10))
    app.changes.move((20, 30))
    app.changes.end()
    red = page.painted["original.seen"][..., :3] == (220, 30, 30)
    assert red.all(2)[18:23, 8:33].all()
    assert red.all(2).sum() == 5 * 25
    app.changes.begin((50, 50))
    app.changes.end()
    assert [each.count("paint=") for each in page.addresses] == [0, 1, 1]
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    seen = (page.painted["original.seen"][..., :3] == (220, 30, 30)).all(2)
    assert seen.sum() == 5 * 25
    app.act("change.brush", "")
    app.act("change.size", str(SIZES[-1]))
    app.changes.begin((20, 20))
    app.changes.end()
    assert (page.painted["original.seen"][..., :3] == (220, 30, 30)).all(2).sum() == 5 * 15


def test_the_brush_is_moved_and_put_down_by_keys_alone():
    app, page = opened()
    app.act("change.brush", "b")
    assert app.press("ArrowRight", MAP)
    assert page.said[-1] == "Row 33, column 34"
    assert "hidden" not in page.elements[BRUSH]
    assert app.state.changes == UNCHANGED
    assert app.press("Enter", MAP)
    (paint,) = app.state.changes.paint
    assert (paint.row, paint.col, paint.colour) == (30, 31, "b")
    app.act("change.brush", "b")
    assert page.elements["brush/b"]["aria-pressed"] == "false"
    assert "hidden" in page.elements[BRUSH]


def test_the_overview_says_that_the_picture_is_changed_and_how_to_undo_it():
    app, page = opened("picture=orange&change=grey,patch:3-4&view=picture")
    assert "hidden" in page.elements["altered"]
    assert "data-edited" in page.elements["picture"]
    app.act("close")
    assert "hidden" not in page.elements["altered"]
    text = page.elements["altered.text"]["text"]
    assert text.startswith("Picture changed: grey, grey square. Before: orange, 97.8")
    app.act("change.undo")
    assert "hidden" in page.elements["altered"]
    assert "data-edited" not in page.elements["picture"]
    assert page.focuses[-1] == "picture"
    assert page.addresses[-1] == "picture=orange"


def test_a_changed_picture_is_explained_as_any_other():
    app, page = opened("change=invert&view=conv_1_1/3&cell=3,4")
    np.testing.assert_array_equal(
        app.model.trace["input"], 1 - app.gallery.input(app.model.picture)
    )
    app.act("change.undo")
    assert "hidden" in page.elements["altered"]


def test_kernels_and_picture_are_marked_as_changed_together():
    kernel = "kernel=conv_1_1/3/0:1,0,-1,1,0,-1,1,0,-1"
    app, page = opened(f"picture=orange&change=grey&{kernel}")
    assert "espresso, 91." in page.elements["edited.text"]["text"]
    assert app.state.changes


def test_it_is_all_said_in_another_language():
    app, page = opened("change=grey&view=picture")
    app.act("language", "zh")
    assert page.elements["change/grey"]["text"] == "灰度"
    assert page.elements["change/grey"]["aria-pressed"] == "true"
    assert "网络" in page.elements["changes.said"]["text"]
