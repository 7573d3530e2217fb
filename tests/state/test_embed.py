import pytest

from cnnscope.app.app import App
from cnnscope.state.embed import framed, kind_of
from cnnscope.state.state import SOFTMAX, Explained, InputCard, Node, Overview, view_shown
from cnnscope.state.tour import go_to
from cnnscope.state.url import to_hash
from cnnscope.text import load_text
from cnnscope.views.registry import view_facts
from support.app_on_fake_page import pictures, started_trained
from support.fake_page import FakePage
from support.networks import CLASSES, other_network, picture, trained
from support.states import state_of

DEFAULTS = {
    "convolution": Explained(Node("conv_1_1", 0)),
    "relu": Explained(Node("relu_1_1", 0)),
    "pooling": Explained(Node("max_pool_1", 0)),
    "flatten": Explained(Node("output", 0)),
    "softmax": Explained(Node("output", 0), view=SOFTMAX),
    "overview": Overview(),
    "playground": Overview(),
}


def started(embed, address=""):
    return started_trained(address, embed=embed)


@pytest.mark.parametrize("embed", DEFAULTS)
def test_a_frame_shows_the_first_node_of_its_kind_and_says_nothing_of_it(embed):
    app, page = started(embed)
    assert view_shown(app.state.focus) == DEFAULTS[embed]
    assert page.noticed is None
    assert kind_of(app.state.focus, trained(), view_facts) in (embed, "overview")


@pytest.mark.parametrize(
    ("embed", "address"),
    [("convolution", "picture=koala&view=conv_1_2/3&cell=4,5"), ("relu", "view=relu_2_2/1"),
     ("pooling", "view=max_pool_2/9"), ("flatten", "view=output/5&rival=2"),
     ("softmax", "picture=pizza&view=output/5&softmax=on"), ("overview", "node=input/1"),
     ("overview", "picture=koala&scale=global"), ("tour", "tour=4")],
)  # fmt: skip
def test_a_frame_shows_the_node_and_the_picture_of_the_address(embed, address):
    app, page = started(embed, address)
    for part in address.split("&"):
        assert part in page.addresses[-1]
    assert page.noticed is None
    assert app.embed != "tour" or app.state.tour.stop == 4


def test_what_has_another_kind_of_view_is_not_gone_to():
    app, _ = started("convolution", "view=conv_1_2/3&cell=4,5")
    for name in ("relu_2_1/0", "output/3", "input/0"):
        app.act("open", name)
        assert view_shown(app.state.focus) == Explained(Node("conv_1_2", 3))
    app.press("Escape", "")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_2", 3))
    app.act("open", "conv_2_1/5")
    assert view_shown(app.state.focus) == Explained(Node("conv_2_1", 5))
    app.act("channel", "4")
    assert view_shown(app.state.focus) == Explained(Node("conv_2_1", 5), channel=4)


def test_logits_and_probabilities_are_two_frames():
    app, _ = started("flatten", "view=output/5")
    app.act("normalise")
    assert view_shown(app.state.focus) == Explained(Node("output", 5))
    app, _ = started("softmax", "view=output/5&softmax=on")
    app.act("close")
    assert view_shown(app.state.focus) == Explained(Node("output", 5), view=SOFTMAX)


def test_the_overview_opens_cards_and_no_explanation():
    app, _ = started("overview")
    app.act("original")
    assert view_shown(app.state.focus) == InputCard()
    app.act("open", "conv_1_1/0")
    assert view_shown(app.state.focus) == Overview()


def test_the_tour_stays_on_tour():
    app, _ = started("tour")
    assert app.state.tour.stop == 1
    app.act("stop", "5")
    app.act("leave-tour")
    assert app.state.tour.stop == 5


@pytest.mark.parametrize("embed", ["overview", "convolution", "playground"])
def test_other_frames_do_not_go_on_tour(embed):
    app, page = started(embed, "tour=3")
    assert app.state.tour.stop is None
    assert page.regions.get("tour", "") == ""


def test_the_whole_page_is_not_framed():
    state = go_to(state_of(), 3)
    assert framed(state, None, trained(), view_facts) == state


def test_a_network_without_such_a_view_shows_itself():
    assert view_shown(
        framed(state_of(), "softmax", other_network(), view_facts).focus
    ) == Explained(Node("answer", 0), view=SOFTMAX)
    assert view_shown(
        framed(state_of(), "pooling", other_network(), view_facts).focus
    ) == Explained(Node("halved", 0))


@pytest.mark.parametrize("embed", [*DEFAULTS, "tour"])
@pytest.mark.parametrize(
    "address",
    ["view=bogus/3", "node=bogus/3", "view=conv_1_1/99", "view=flatten/0", "view=picture/1",
     "picture=bogus&view=bogus/3", "tour=3&view=bogus/3"],
)  # fmt: skip
def test_a_frame_whose_address_names_nothing_shows_what_it_shows_without_one(embed, address):
    app, page = started(embed, address)
    if embed == "tour":
        assert app.state.tour.stop == (3 if "tour=3" in address else 1)
    else:
        assert view_shown(app.state.focus) == DEFAULTS[embed]
    assert page.read_hash() == to_hash(app.state)


def test_a_frame_for_the_tour_shows_the_network_where_there_is_no_tour():
    page, network = FakePage("tour=3"), other_network()
    samples = dict.fromkeys(pictures(), picture(network))
    app = App(page, network, CLASSES[:4], samples, load_text(), (), "tour")
    app.start()
    assert (app.state.tour.stop, app.state.focus) == (None, Overview())
    assert page.regions.get("tour", "") == ""
    app.act("open", "first/2")
    assert view_shown(app.state.focus) == Overview()
