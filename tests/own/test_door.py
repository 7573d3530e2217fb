"""The door: a network of the visitor's is shown, answered about, proved, refused, left again."""

import numpy as np
import pytest

from cnnscope.app.app import App
from cnnscope.state.state import OWN_PICTURE, PHOTOS, Edit, Node
from cnnscope.text import load_text
from cnnscope_own.door import LARGEST
from cnnscope_own.gallery import array_for
from cnnscope_own.opened import typed_names
from cnnscope_own.words import words
from support.fake_page import FakePage
from support.networks import CLASSES, picture, tiny_vgg
from support.opened_networks import opened, with_door
from support.packing import file_of
from support.table_networks import table_classes, table_networks

SAY = words("en")


def npy(values):
    head = str({"descr": values.dtype.str, "fortran_order": False, "shape": values.shape}).encode()
    head = head.ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head + values.tobytes()


def test_a_network_takes_the_place_of_the_photos_and_computes_what_it_does_elsewhere():
    app, page, _, network = opened()
    assert app.state.network == "own1"
    assert app.model.classes == ("pizza", "steak", "sushi")
    x = app.model.trace["input"]
    assert app.model.trace["output"] == pytest.approx(network(x)["output"], abs=1e-6)
    assert "net.npz" in page.regions["own"]
    assert SAY("own.standing.told") in page.regions["own"]
    assert page.addresses == ["", ""]  # a step, which does not say of what
    assert page.own == "own1"
    assert page.elements["explainer"]["data-network"] == "own"


def test_the_shipped_networks_are_one_press_away_and_so_is_the_opened_one_again():
    app, page, _, _ = opened()
    app.act("own.back")
    assert app.state.network == PHOTOS
    assert page.regions["own"] == ""
    app.act("network", "own1")
    assert "net.npz" in page.regions["own"]
    page.own = ""
    app.navigate("", is_step=True)
    assert app.state.network == PHOTOS
    page.own = "own1"
    app.navigate("view=conv_1/3", is_step=True)
    assert app.state.network == "own1"
    assert app.state.focus.node == ("conv_1", 3)
    app.history.follow("scale=global")
    assert page.own == "own1"
    app.history.follow("view=conv_1_1/3")
    assert (app.state.network, page.own) == (PHOTOS, "")


def test_another_network_takes_its_place_and_the_one_before_is_let_go():
    app, _, door, _ = opened()
    door.open({"b.npz": file_of(table_networks()["cifar_net"], table_classes("cifar_net"))})
    assert app.state.network == "own2"
    assert "own1" not in app.networks.galleries
    assert app.model.trained.input_shape == (3, 32, 32)


def test_what_is_no_network_is_refused_and_all_stays():
    app, page, door, _ = opened()
    before = app.state
    for content, reason in (
        (b"TFL3 or not" * 3, "unknown"),
        (b"\x1c\0\0\0TFL3" + bytes(64), "tflite"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"{" * 9000, "unknown"),
    ):
        door.open({"net.bin": content})
        said = SAY.strings[f"own.refused.{reason}"].split("{")[0]
        assert said in page.message, reason
        assert SAY("own.refused.stays") in page.message
        assert app.state is before


def test_files_that_are_too_large_are_not_read():
    app, page, door, _ = with_door()
    assert not door.takes({"a.h5": LARGEST, "b.bin": LARGEST // 2})
    assert SAY("own.what.bytes") in page.message
    assert "64.0" in page.message
    assert "96.0" in page.message
    assert door.takes({"a.h5": LARGEST})
    assert 'data-on="own.cancel"' in page.regions["own"]
    app.act("own.cancel")
    assert page.regions["own"] == ""


def test_pixels_become_numbers_as_was_answered_and_the_picture_stays():
    app, page, _, network = opened()
    app.toolbar.bring(picture(network, 5))
    pixels = app.model.trace["input"]
    app.act("own.fold")
    app.act("own.scale", "signed")
    assert app.state.picture == OWN_PICTURE
    assert app.model.trace["input"] == pytest.approx(pixels * 2 - 1, abs=1e-6)
    app.act("own.scale", "imagenet")
    mean = np.array([0.485, 0.456, 0.406], np.float32)[:, None, None]
    std = np.array([0.229, 0.224, 0.225], np.float32)[:, None, None]
    assert app.model.trace["input"] == pytest.approx((pixels - mean) / std, abs=1e-5)
    assert page.elements["own.scale/imagenet"]["aria-pressed"] == "true"


def test_classes_are_called_as_was_typed_once_there_are_enough_names():
    app, page, _, _ = opened()
    app.act("own.fold")
    app.inputs.take("own.classes", "", "one, two", is_final=True)
    assert app.model.classes == ("pizza", "steak", "sushi")
    told = SAY("own.classes.count", got=2, count=3)
    assert page.elements["own.classes.told"]["text"] == told
    app.inputs.take("own.classes", "", "cat\ndog\nno, mouse", is_final=True)
    assert app.model.classes == ("cat", "dog", "no, mouse")


def test_names_are_read_from_a_printed_list_too():
    assert typed_names("['cat', \"dog\",  'a b']\n") == ("cat", "dog", "a b")
    assert typed_names("cat\n\n dog \n") == ("cat", "dog")
    assert typed_names("{'dog': 1, 'cat': 0}") == ("cat", "dog")
    assert typed_names(" ") == ()


def test_an_array_is_taken_to_the_last_digit():
    app, page, door, network = opened()
    rng = np.random.default_rng(3)
    exact = rng.normal(size=(3, 64, 64)).astype(np.float32)
    door.open({"x.npy": npy(exact)})
    assert (app.model.trace["input"] == exact).all()
    assert app.model.trace["output"] == pytest.approx(network(exact)["output"], abs=1e-6)
    door.open({"x.npy": npy(np.ascontiguousarray(exact.transpose(1, 2, 0)))})
    assert (app.model.trace["input"] == exact).all()
    door.open({"x.npy": npy(exact[:, :5])})
    assert "3 × 64 × 64" in page.message
    assert (app.model.trace["input"] == exact).all()
    app.toolbar.bring(picture(network, 5))
    assert abs(app.model.trace["input"]).max() <= 1


def test_an_array_may_have_a_batch_of_one_and_no_channels():
    square = np.arange(16, dtype=np.uint8).reshape(4, 4)
    for shape in ((4, 4), (1, 4, 4), (4, 4, 1), (1, 1, 4, 4), (1, 4, 4, 1)):
        assert (array_for((1, 4, 4), square.reshape(shape)) == square).all()
    assert array_for((1, 4, 4), square.reshape(2, 8)) is None
    assert array_for((1, 1, 2), np.array([["a", "b"]])) is None
    assert array_for((1, 2, 2), np.array([[1, np.nan], [0, 0]])) is None


def test_pictures_are_offered_beside_the_others():
    app, page, door, network = opened()
    for number in (1, 2):
        door.offer(picture(network, 10 + number))
        assert app.state.picture == f"mine-{number}"
        assert page.elements[f"sample/mine-{number}"]["aria-pressed"] == "true"
    assert (app.model.gallery.pictures["mine-1"] == picture(network, 11)).all()
    app.act("picture", "mine-1")
    app.act("own.back")
    assert "sample/mine-1" not in page.elements


def test_names_come_in_a_file_later():
    app, _, door, _ = opened()
    door.open({"labels.txt": b"cat\ndog\nmouse\n"})
    assert app.model.classes == ("cat", "dog", "mouse")
    door.open({"classes.json": b'["x", "y", "z"]'})
    assert app.model.classes == ("x", "y", "z")
    assert app.state.network == "own3"


def test_the_file_with_the_network_gives_the_title():
    _, page, door, _ = with_door()
    network = file_of(table_networks()["learnpytorch_05"], table_classes("learnpytorch_05"))
    door.open({"labels.txt": b"cat\ndog\nmouse\n", "net.npz": network})
    assert "net.npz" in page.regions["own"]
    assert "labels.txt" not in page.regions["own"]


def test_no_number_of_it_is_in_the_address():
    app, page, _, _ = opened()
    app.act("open", "conv_1/3")
    app.dispatch("kernel", Edit(Node("conv_1", 3), 1, (0.5,) * 9))
    assert app.state.edits
    assert "kernel" not in page.addresses[-1]
    page.own = "own1"
    app.navigate("view=conv_1/2", is_step=True)
    assert app.state.edits


def test_a_page_that_was_left_by_a_reload_says_that_the_network_is_gone():
    page = FakePage("view=conv_1/3")
    page.own = "own1"
    app = App(page, tiny_vgg(), CLASSES, {"pizza": picture(tiny_vgg(), 1)}, load_text())
    app.start()
    assert page.noticed == load_text()("notice.own_network")
    assert page.own == ""


def test_it_speaks_another_language():
    app, page, _, _ = opened()
    app.act("language", "zh")
    assert words("zh")("own.back") in page.regions["own"]
