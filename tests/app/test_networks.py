"""Several networks on one page: chosen, fetched, named in the address, left again."""

from functools import cache

import numpy as np
import pytest

from cnnscope.app.app import App
from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import PHOTOS
from cnnscope.text import load_text
from cnnscope.views.shared.network_plan import Viewport
from cnnscope_notebook.network_file import packed
from support.app_on_fake_page import started, started_trained
from support.fake_page import FakePage
from support.networks import CLASSES, ROOT, hidden_network, picture, tiny_vgg


@cache
def file() -> bytes:
    """The file of the second network that the page is shipped with."""
    return (ROOT / "weights" / "digits.npz").read_bytes()


def with_digits(address=""):
    app, page = started(address)
    app.act("network", "digits")
    page.fetches.pop()(file())
    return app, page


def test_a_network_is_fetched_when_it_is_chosen_and_then_shown():
    app, page = started()
    before = page.elements["explainer"]["data-network"]
    app.act("network", "digits")
    assert before == page.elements["explainer"]["data-network"] == PHOTOS
    assert page.elements["network/digits"]["aria-busy"] == "true"
    page.fetches.pop()(file())
    assert page.elements["explainer"]["data-network"] == "digits"
    assert "conv_2/15" in page.elements
    assert "conv_1_1/0" not in page.elements
    assert app.model.classes == tuple("0123456789")
    assert page.addresses[-1] == "network=digits"
    expected = read_shipped(file())
    picture = next(iter(expected.samples.values()))
    grey = (picture @ np.array([0.299, 0.587, 0.114], np.float32) / 255)[None]
    assert app.model.trace["output"] == pytest.approx(expected.network(grey)["output"], abs=1e-5)


def test_it_is_fetched_once_and_back_shows_the_first_again():
    app, page = with_digits()
    app.act("network", PHOTOS)
    app.act("network", "digits")
    assert not page.fetches
    assert app.state.network == "digits"
    app.navigate("", is_step=True)
    assert page.elements["explainer"]["data-network"] == PHOTOS


def test_what_is_open_of_one_network_is_not_open_in_another_and_taste_stays():
    app, page = started("view=conv_1_2/3&scale=global")
    app.act("network", "digits")
    page.fetches.pop()(file())
    assert page.addresses[-1] == "network=digits&scale=global"
    assert page.elements["explainer"]["data-view"] == "overview"


def test_an_address_names_a_network_and_what_is_shown_of_it():
    app, page = started()
    page.addresses.append("network=digits&view=conv_2/3&cell=4,5")
    app.navigate(page.read_hash())
    assert app.state.network == PHOTOS
    page.fetches.pop()(file())
    assert app.state.network == "digits"
    assert page.elements["explainer"]["data-view"] == "convolution"


def test_one_that_cannot_be_fetched_is_told_of_and_all_stays():
    app, page = started("view=conv_1_2/3")
    before = app.state
    app.act("network", "digits")
    page.fetches.pop()(None)
    assert app.state == before
    assert "Digits" in page.message
    app.act("network", "digits")
    page.fetches.pop()(b"no network")
    assert app.state == before


def test_who_has_chosen_the_first_again_meanwhile_stays_there():
    app, page = started()
    app.act("network", "digits")
    app.act("network", PHOTOS)
    page.fetches.pop()(file())
    assert app.state.network == PHOTOS
    app.act("network", "digits")
    assert app.state.network == "digits"


def test_a_network_that_is_none_is_told_of():
    app, page = started("network=letters")
    assert app.state.network == PHOTOS
    assert "network=letters" in page.noticed


def test_another_page_of_channels_is_drawn_and_what_is_opened_is_on_it():
    app, page = with_digits()
    app.modeller.window = Viewport(390, 844)
    app.act("page", "conv_2/10")
    shown = [node.channel for node in app.model.plan.column_of["relu_2"].nodes]
    assert shown == [10, 11, 12, 13, 14, 15]
    app.navigate("network=digits&node=max_pool_2/1")
    assert "max_pool_2/1" in page.elements


def test_a_file_holds_a_network_its_classes_and_its_pictures():
    network = hidden_network()
    arrays = {"architecture": np.array('{"input": [1, 4, 4], "layers": []}')}
    pictures = {"one": np.full((4, 4, 3), 7, np.uint8), "two": np.zeros((4, 4, 3), np.uint8)}
    shipped = read_shipped(packed(arrays, ("a", "b"), pictures))
    assert shipped.classes == ("a", "b")
    assert list(shipped.samples) == ["one", "two"]
    assert (shipped.samples["one"] == 7).all()
    assert shipped.network.input_shape == (1, 4, 4)
    assert network.input_shape != shipped.network.input_shape


def test_pressed_twice_it_is_fetched_once_and_what_was_brought_stays():
    app, page = started()
    app.act("network", "digits")
    app.act("network", "digits")
    (done,) = page.fetches
    done(file())
    app.toolbar.bring(np.full((28, 28, 3), 200, np.uint8))
    app.networks.take("digits", file())  # one more that comes late
    assert app.model.picture == "own"
    assert app.model.trace["input"].max() == pytest.approx(200 / 255, abs=1e-4)


def test_after_what_cannot_be_had_the_address_says_what_is_shown():
    app, page = started("view=conv_1_1/3")
    page.addresses.append("network=digits&view=conv_2/3")
    app.navigate(page.read_hash(), is_step=True)
    page.fetches.pop()(None)
    assert page.read_hash() == "view=conv_1_1/3"
    app.act("network", "digits")
    app.act("network", PHOTOS)
    assert page.elements["network/digits"].get("aria-busy") is None


def test_one_that_was_asked_for_from_the_start_and_cannot_be_had_is_told_of():
    app, page = started("network=digits", others={"digits": None})
    assert app.state.network == PHOTOS
    assert "Digits" in page.message
    assert page.noticed is None


@pytest.mark.parametrize("address", ["picture=pizza&view=output/1", "view=relu_1_1/2"])
def test_a_frame_of_one_network_follows_an_address_of_another(address):
    app, page = started("network=digits", embed="relu", others={"digits": read_shipped(file())})
    assert app.state.focus.node.layer == "relu_1"
    app.navigate(address)
    assert page.elements["explainer"]["data-view"] == "relu"
    assert app.state.network == PHOTOS


def test_the_network_keeps_a_tab_stop_whatever_is_drawn():
    app, page = with_digits()
    app.modeller.window = Viewport(390, 844)
    for step in (lambda: app.act("page", "conv_2/10"), lambda: app.act("open", "relu_2/3"),
                 lambda: app.act("overview"), lambda: app.act("network", PHOTOS)):  # fmt: skip
        step()
        stops = [key for key, each in page.elements.items()
                 if "data-node" in each and each.get("tabindex") == "0"]  # fmt: skip
        assert len(stops) == 1


def test_who_opens_a_node_of_another_page_finds_it_there_when_it_is_left():
    app, page = with_digits()
    app.modeller.window = Viewport(390, 844)
    app.act("page", "conv_2/10")
    app.act("open", "relu_2/12")
    app.act("overview")
    assert "relu_2/12" in page.elements
    assert page.focuses[-1] == "relu_2/12"


def test_samples_are_painted_in_every_language():
    app, page = with_digits()
    page.painted.clear()
    app.act("language", "zh")
    assert {f"sample/{key}" for key in app.model.gallery.samples} <= page.painted.keys()


def test_a_link_to_the_tour_leads_to_the_photos():
    app, page = started_trained()
    app.act("network", "digits")
    page.fetches.pop()(file())
    app.history.follow("tour=3")
    assert app.state.network == PHOTOS
    assert app.state.tour.stop == 3


@pytest.mark.parametrize("ground", [20, 235])
def test_a_brought_digit_on_the_other_ground_is_told_of_it(ground):
    app, page = with_digits()
    picture = np.full((28, 28, 3), ground, np.uint8)
    picture[8:20, 12:16] = 255 - ground
    app.toolbar.bring(picture)
    said = app.model.text("picture.notice.ground")
    assert (said in str(page.notices)) == (ground > 127)
    app.act("network", "photos")
    app.toolbar.bring(np.full((64, 64, 3), ground, np.uint8))
    assert said not in str(page.notices[-1:])


@pytest.mark.parametrize("said", ["5", "five", "FIVE"])
def test_a_sample_may_be_named_by_the_label_of_its_class_and_nothing_is_said_of_it(said):
    address = f"network=digits&picture={said}"
    at_start = started(address, others={"digits": read_shipped(file())})
    app, page = later = started()
    page.addresses.append(address)
    app.navigate(address)
    page.fetches.pop()(file())
    for app, page in (at_start, later):
        assert app.state.picture == "five"
        assert page.addresses[-1] == "network=digits&picture=five"
        assert not page.noticed


def test_a_page_that_holds_somebodys_network_starts_on_it_and_tells_no_address():
    own = read_shipped(file())
    page = FakePage("view=conv_2/3", (1440, 900), still=True)
    page.own = "own1"
    samples = {"espresso": picture(tiny_vgg(), 1)}
    app = App(page, tiny_vgg(), CLASSES, samples, load_text(), others={"own1": own})
    app.start()
    assert (app.state.network, app.state.opened) == ("own1", 1)
    assert page.elements["explainer"]["data-network"] == "own"
    assert "conv_2/15" in page.elements
    assert page.addresses == ["view=conv_2/3"]
    assert not page.notices
    app.act("network", PHOTOS)
    assert page.elements["explainer"]["data-network"] == PHOTOS
    assert page.addresses[-1] == ""
    app.act("network", "own1")
    assert app.model.classes == own.classes


def test_such_a_page_shows_another_network_where_the_address_asks_for_it():
    others = {"own1": read_shipped(file()), "digits": read_shipped(file())}
    app, page = started("network=digits", others=others)
    assert (app.state.network, app.state.opened) == ("digits", 1)
    assert page.addresses[-1] == "network=digits"
