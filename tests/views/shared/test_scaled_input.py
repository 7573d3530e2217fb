"""A network that reads no plain pixels: its numbers on the input, the picture where that stands."""

from dataclasses import replace

import numpy as np
import pytest

from cnnscope.drawing.color import from_channels
from cnnscope.nn.input_scale import InputScale
from cnnscope.state.state import EVERY_NUMBER, Explained, Node
from cnnscope.views.overview.node_card import about
from cnnscope.views.overview.tooltip import cell_line
from cnnscope.views.registry import view_of
from cnnscope.views.shared.legend import input_legend, legend_bar
from cnnscope.views.shared.painting import painted, whole_picture
from support.networks import model, other_network, picture, tiny_vgg
from support.states import state_of

COLOURED = replace(tiny_vgg(), scale=InputScale.standardised((0.5, 0.4, 0.3), (0.2, 0.25, 0.5)))
DARK = replace(other_network(), scale=InputScale.unit(is_inverted=True))
PLACE = (5, 7)


def pixels(network):
    channels = network.input_shape[0]
    return picture(network).transpose(2, 0, 1)[:channels]  # as support.networks.model reads it


@pytest.mark.parametrize("network", [COLOURED, DARK], ids=["coloured", "dark"])
def test_the_picture_is_drawn_of_its_pixels(network):
    expected = from_channels(pixels(network).astype(np.float32) / 255)
    np.testing.assert_array_equal(whole_picture(model(network)), expected)


def test_colours_run_from_the_least_number_that_can_be_read_to_the_largest():
    domain = model(COLOURED).domains["input"]
    assert (domain.low, domain.high) == pytest.approx((-2.5, 2.5))
    assert model(DARK).domains["input"] == model(other_network()).domains["input"]


def test_an_inverted_channel_is_drawn_as_it_is_read():
    dark, light = (painted(model(each), Node("input", 0)) for each in (DARK, other_network()))
    levels = pixels(DARK)[0]
    assert dark[levels < 10][:, :3].min() > 200
    assert light[levels < 10][:, :3].max() < 60


def test_the_read_out_of_an_input_cell_says_the_pixel_and_what_is_read():
    here, node = model(COLOURED), Node("input", 1)
    pixel = int(pixels(COLOURED)[1][PLACE])
    value = (pixel / 255 - 0.4) / 0.25
    said = cell_line(here, node, PLACE).replace("\N{MINUS SIGN}", "-")
    assert said == f"row 6, column 8: pixel {pixel}, read as {value:.4f}"


def test_a_plain_pixel_is_said_once():
    value = pixels(tiny_vgg())[1][PLACE] / 255
    assert cell_line(model(), Node("input", 1), PLACE) == f"row 6, column 8: {value:.4f}"
    layer = cell_line(model(COLOURED), Node("conv_1_1", 1), PLACE)
    assert "pixel" not in layer


def test_the_legend_of_the_picture_has_the_numbers_of_its_ends_and_no_halves():
    markup = str(input_legend(model(COLOURED)))
    assert "\N{MINUS SIGN}2.50" in markup
    assert ">2.50<" in markup
    assert "below zero" not in markup + str(legend_bar(model(COLOURED), Node("input", 0)))
    signed = str(input_legend(model(replace(tiny_vgg(), scale=InputScale.signed()))))
    assert ">\N{MINUS SIGN}1<" in signed
    assert ">1<" in signed


def test_the_card_says_as_what_black_and_white_are_read():
    here = model(replace(tiny_vgg(), scale=InputScale.signed()))
    assert "from \N{MINUS SIGN}1 (none) to 1 (full)" in about(here, Node("input", 0))
    assert "from 0 (none) to 1 (full)" in about(model(), Node("input", 0))
    assert "from 1 (black) to 0 (white)" in about(model(DARK), Node("input", 0))


@pytest.mark.parametrize("mode", ["", EVERY_NUMBER])
def test_heat_maps_lie_over_the_picture_itself(mode):
    plain, other = tiny_vgg(), replace(tiny_vgg(), scale=InputScale.standardised((0.4,), (2.0,)))
    bare = []
    for network in (plain, other):
        focus = Explained(Node("output", 2), mode) if mode else Explained(Node("output", 2))
        here = model(network, state_of(focus=focus))
        view = view_of(network, focus)
        painting = dict(view.stage_paintings(here, here.numbers))
        bare.append(painting["over/0"][-1, -1])  # where the maps have no cell
    np.testing.assert_array_equal(*bare)
