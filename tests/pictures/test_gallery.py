"""The gallery: what the network makes of each picture, once, and again where it changed."""

import numpy as np
import pytest

from cnnscope.pictures.gallery import Gallery
from cnnscope.state.state import OWN_PICTURE, Edit, Node
from support.networks import picture, tiny_vgg

NETWORK = tiny_vgg()
EDIT = Edit(Node("conv_2_2", 3), 1, (0.5,) * 9)
EARLY = Edit(Node("conv_1_1", 0), 2, (-1.0,) * 9)


@pytest.fixture
def gallery():
    return Gallery(NETWORK, {"one": picture(NETWORK, 1), "two": picture(NETWORK, 2)})


def test_a_picture_is_computed_once(gallery):
    assert gallery.trace("one", ()) is gallery.trace("one", ())


def test_a_changed_kernel_leaves_what_is_before_its_layer(gallery):
    before, after = gallery.trace("one", ()), gallery.trace("one", (EDIT,))
    assert after["relu_2_1"] is before["relu_2_1"]
    assert (after["conv_2_2"] != before["conv_2_2"]).any()


def test_what_is_computed_again_is_what_a_fresh_network_computes(gallery):
    rng = np.random.default_rng(3)
    for _ in range(30):
        edits = tuple(each for each in (EARLY, EDIT) if rng.random() < 0.5)
        key = str(rng.choice(["one", "two"]))
        fresh = Gallery(NETWORK, {key: gallery.pictures[key]}).trace(key, edits)
        made = gallery.trace(key, edits)
        assert all((made[name] == fresh[name]).all() for name in NETWORK.shapes)


def test_another_own_picture_takes_the_place_of_the_one_before_in_all_that_is_known(gallery):
    gallery.take_up(picture(NETWORK, 3), ["picture.notice.animated"])
    first = gallery.trace(OWN_PICTURE, (EDIT,)), gallery.trained_trace(OWN_PICTURE)
    answer = gallery.trained_answer(OWN_PICTURE)
    gallery.take_up(picture(NETWORK, 4))
    second = gallery.trace(OWN_PICTURE, (EDIT,)), gallery.trained_trace(OWN_PICTURE)
    for old, new in zip(first, second, strict=True):
        assert (old["input"] != new["input"]).any()
    assert gallery.trained_answer(OWN_PICTURE) != answer
    assert gallery.keys == ("one", "two", OWN_PICTURE)
    assert gallery.notices == ()
