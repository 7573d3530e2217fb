"""What the stops show: windows that move on, covered maps, sliders, the look back at the end."""

import re

from cnnscope.state.state import Node
from cnnscope.state.tour import STOPS, TRIED
from support.app_on_fake_page import started_trained as started


def test_the_window_moves_on_by_one_cell_once_it_is_asked_what_that_changes():
    app, page = started("tour=2", still=False)
    assert app.state.focus.sweep.place == (15, 32)
    kernel = [page.elements[f"card.weight/{i}"]["value"] for i in range(9)]
    window = [page.elements[f"card.patch/{i}"]["text"] for i in range(9)]
    assert "0.580" in page.elements["card.sum"]["text"]
    app.act("guess", "-1")
    assert app.state.focus.sweep.place == (15, 33)
    assert [page.elements[f"card.weight/{i}"]["value"] for i in range(9)] == kernel
    moved = [page.elements[f"card.patch/{i}"]["text"] for i in range(9)]
    assert moved != window
    assert moved[0::3] + moved[1::3] == window[1::3] + window[2::3]
    assert "0.377" in page.elements["card.sum"]["text"]


def test_a_covered_map_is_told_of_by_nothing_before_the_answer():
    app, page = started("tour=4")
    for key in ("conv_1_1/5", "relu_1_1/5"):
        assert page.elements[key]["data-covered"] == ""
        assert page.elements[key]["aria-label"].endswith(
            "channel 6 of 10. Covered until you answer"
        )
    assert page.elements["readout.value"]["text"] == "Covered until you answer"
    assert page.elements["readout.range"].get("text", "") == ""
    assert "data-covered" not in page.elements["conv_1_1/4"]
    app.act("guess", "0")
    assert app.state.focus.node == Node("conv_1_1", 5)
    for key in ("conv_1_1/5", "relu_1_1/5"):
        assert "data-covered" not in page.elements[key]
        assert "Covered" not in page.elements[key]["aria-label"]


def test_a_map_that_is_pointed_at_is_told_of_again_once_the_tour_is_left():
    app, page = started("tour=4")
    app.act("leave-tour")
    assert "data-covered" not in page.elements["conv_1_1/5"]
    assert page.elements["readout.value"]["text"] != "Covered until you answer"


def test_the_sliders_jump_to_where_the_network_has_them():
    app, page = started("tour=9")
    both = [page.elements[f"class/{k}.probability"]["text"] for k in (3, 8)]
    assert both == ["48.1\N{NO-BREAK SPACE}%"] * 2
    app.act("guess", "1")
    assert page.elements["class/3.probability"]["text"] == "97.7\N{NO-BREAK SPACE}%"
    assert page.said[-1].startswith("Right. The sliders are back")


def test_without_relu_the_answer_is_another_on_screen_too():
    app, page = started("tour=11")
    app.act("guess", "1")
    assert page.said[-1].startswith("Right. All ReLUs are off")
    shares = {k: float(page.elements[f"output/{k}"]["data-probability"]) for k in range(10)}
    first = max(shares, key=shares.get)
    assert (
        app.model.names[first] == app.tour.question_of(app.model).values["answer"] != "bell pepper"
    )


def test_the_last_stop_looks_back_and_offers_three_things_to_try():
    app, page = started("tour=12")
    panel = page.regions["tour"]
    assert panel.count("<li>") >= 8
    assert 'data-on="guess"' not in panel
    app.act("tour-picture")
    assert page.focuses[-1] == "chooser"
    assert page.noticed.startswith("Press “Your picture”")
    app.act("tour-link", "1")
    assert page.copied == "https://example.org/#tour=1"
    (link,) = re.findall('href="#(picture=[^"]*)"', panel)
    app.history.follow(link.replace("&amp;", "&"))
    assert app.state.focus == TRIED.focus
    assert "hidden" not in page.elements["tour.again"]
    app.act("stop", "1")
    assert app.state.tour.stop == 1


def test_who_finishes_the_tour_is_where_the_network_is():
    app, page = started("tour=12")
    app.act("finish-tour")
    assert page.scrolled_to == "explainer"


def test_on_a_phone_what_a_stop_is_about_is_above_the_sheet():
    app, page = started("tour=7", window=(390, 844))
    assert page.revealed == ["explainer", "explained"]
    app.act("stop", "6")
    assert page.revealed[-1] == "stage.given"
    app.act("stop", "4")
    assert page.revealed[-1] == "explainer"
    app.act("guess", "0")
    assert page.revealed[-1] == "explained"
    for number in range(1, len(STOPS) + 1):
        app.act("stop", str(number))
        assert page.revealed[-1] in {*page.elements, "picture"}, number
