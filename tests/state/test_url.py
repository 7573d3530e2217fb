import random

import numpy as np
import pytest

from cnnscope.state.actions import (
    edit_kernel,
    hover,
)
from cnnscope.state.codecs import canonical, read_number
from cnnscope.state.opening import (
    explain_node,
    open_node,
)
from cnnscope.state.state import (
    EVERY_NUMBER,
    SCALES,
    SOFTMAX,
    SPEEDS,
    START,
    Card,
    Edit,
    Explained,
    InputCard,
    Node,
    Overview,
)
from cnnscope.state.url import (
    from_hash,
    merged,
    step,
    structure,
    to_hash,
)
from support.states import (
    changed,
    flat,
    play,
    put_window,
    reveal,
    state_of,
)

NODE = Node("conv_1_1", 3)
NINE = tuple(float(i) for i in range(9))
RNG = random.Random(1)
LAYERS = ["conv_1_1", "output", "odd name&"]


def any_node():
    return Node(RNG.choice(LAYERS), RNG.randrange(64))


def any_place():
    return RNG.randrange(62), RNG.randrange(62)


def any_focus():
    match RNG.randrange(5):
        case 0:
            return Overview()
        case 1:
            return InputCard()
        case 3:
            return Card(any_node())
        case 2:
            return Explained(any_node())
        case _:
            return Explained(any_node(), channel=RNG.randrange(12))


def any_edit():
    values = (RNG.uniform(-3, 3) * 10 ** RNG.randrange(-6, 3) for _ in range(RNG.choice([1, 9])))
    return Edit(
        any_node(),
        RNG.randrange(12),
        tuple(canonical(float(np.float32(value))) for value in values),
    )


def any_state():
    focus = any_focus()
    state = state_of(
        picture=RNG.choice([None, "espresso", "own", "odd &=#/ name", "große"]),
        focus=focus,
        scale=RNG.choice(SCALES),
        details=RNG.random() < 0.5,
        window=any_place() if isinstance(focus, Explained) and RNG.random() < 0.5 else None,
        speed=RNG.choice(SPEEDS),
        field=RNG.random() < 0.5,
        hover=RNG.choice([None, any_node()]),
        cell=RNG.choice([None, any_place()]),
        map_cell=RNG.choice([None, any_place()]),
        tab_stop=RNG.choice([None, any_node()]),
        reached=RNG.choice([START, any_place()]),
        is_whole=RNG.random() < 0.3,
        playing=isinstance(focus, Explained) and RNG.random() < 0.3,
        feature=RNG.choice([None, 0, 1689]),
    )
    for _ in range(RNG.randrange(4)):
        state = edit_kernel(state, any_edit())
    return state


def test_the_default_state_has_an_empty_hash():
    assert to_hash(state_of()) == ""


def test_every_structural_state_survives_the_way_through_the_address():
    for _ in range(1000):
        state = any_state()
        assert structure(from_hash("#" + to_hash(state))) == structure(state)


def test_states_of_one_structure_have_one_address():
    for _ in range(1000):
        state = any_state()
        alike = from_hash(to_hash(state))
        assert structure(alike) == structure(state)
        assert to_hash(alike) == to_hash(state)


def test_an_address_is_its_own_after_a_way_through_the_state():
    for _ in range(500):
        address = to_hash(any_state())
        assert to_hash(from_hash(address)) == address


def test_a_kernel_of_the_network_survives_the_address_to_the_last_bit():
    rng = np.random.default_rng(8)
    for value in (rng.standard_normal(500) * 10.0 ** rng.integers(-6, 3, 500)).astype(np.float32):
        assert np.float32(canonical(float(value))) == value
        assert canonical(canonical(float(value))) == canonical(float(value))


@pytest.mark.parametrize("text", ["1_0", "٣", "0x10", "1 2", "infinity", "nan", "--1", "."])
def test_what_only_looks_like_a_number_is_none(text):
    assert read_number(text) is None


def test_an_address_has_only_signs_that_need_no_decoding():
    assert to_hash(explain_node(state_of(), NODE)) == "view=conv_1_1/3"
    edited = edit_kernel(state_of(), Edit(NODE, 0, (-0.25, 1e10, 1.0)))
    assert to_hash(edited) == "kernel=conv_1_1/3/0:-0.25,1e%2B10,1"
    placed = put_window(explain_node(state_of(), NODE), 12, 7)
    assert to_hash(placed) == "view=conv_1_1/3&cell=12,7"
    number = changed(state_of(), focus=Explained(NODE, EVERY_NUMBER), feature=7)
    assert to_hash(number) == "view=conv_1_1/3&element=7"


def test_a_window_that_slides_leaves_the_address_alone():
    before = play(explain_node(state_of(), NODE))
    assert to_hash(changed(before, window=(3, 4))) == to_hash(before)


def test_an_address_with_a_cell_shows_the_whole_result():
    assert flat(from_hash("view=conv_1_1/3&cell=1,2")).is_whole
    assert not flat(from_hash("view=conv_1_1/3")).is_whole


@pytest.mark.parametrize(
    "text",
    ["", "#", "#nonsense", "node=", "node=a", "node=a/-1", "node=a/x", "node=/3", "node=a/1/2",
     "scale=galactic", "details=maybe", "=&=&", "%", "node=a/٣", "node=a/99999999999999",
     "view=a", "cell=1,2", "channel=3", "speed=ludicrous", "field=maybe", "kernel=",
     "kernel=a/1/0", "kernel=a/1/0:", "kernel=a/1/0:1,x", "kernel=a/1/0:nan", "kernel=a/1:1",
     "kernel=a/1/0:inf,1", "kernel=/1/0:1", "kernel=:1"],
)  # fmt: skip
def test_what_an_address_says_wrongly_is_left_at_its_default(text):
    assert from_hash(text) == state_of()


@pytest.mark.parametrize("text", ["cell=1", "cell=1,", "cell=-1,2", "cell=1,2,3", "channel=x"])
def test_a_view_survives_what_is_said_wrongly_about_it(text):
    assert from_hash(f"view=conv_1_1/3&{text}") == state_of(focus=Explained(NODE))


def test_of_two_edits_of_one_kernel_the_last_counts():
    state = from_hash("kernel=a/1/0:1,2&kernel=a/1/0:3,4&kernel=a/0/0:5")
    assert state.edits == (Edit(Node("a", 0), 0, (5.0,)), Edit(Node("a", 1), 0, (3.0, 4.0)))


def test_pointing_is_not_part_of_the_address():
    assert to_hash(hover(state_of(), NODE, (3, 4))) == ""


def test_views_pictures_and_choices_are_steps_for_back():
    state = explain_node(state_of(), NODE)
    for other in (
        state_of(),
        open_node(state_of(), NODE),
        explain_node(state_of(), Node("conv_1_1", 4)),
        changed(state, focus=Explained(NODE, channel=0)),
        changed(state, picture="pizza"),
        changed(state, scale="global"),
    ):
        assert step(other) != step(state)


def test_windows_edits_speeds_fields_and_going_through_channels_are_no_steps():
    state = changed(explain_node(state_of(), NODE), focus=Explained(NODE, channel=0))
    for other in (
        put_window(state, 3, 4),
        changed(state, feature=7),
        reveal(state),
        play(state),
        edit_kernel(state, Edit(NODE, 0, NINE)),
        changed(state, speed="fast"),
        changed(state, field=True),
        changed(state, focus=Explained(NODE, channel=2)),
        hover(state, NODE, (1, 1)),
    ):
        assert step(other) == step(state)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), ("-1.2", -1.2), ("−1.2", -1.2), ("1,5", 1.5), (" 3 ", 3.0), ("1e-3", 0.001),
     (".5", 0.5), ("", None), ("-", None), ("x", None), ("nan", None), ("inf", None),
     ("1e999", None), ("1,2,3", None), ("0x1", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("address", "link", "expected"),
    [
        ("", "view=relu_1_1/3", "view=relu_1_1/3"),
        ("picture=koala&scale=global&lang=zh", "view=relu_1_1/3",
         "picture=koala&lang=zh&scale=global&view=relu_1_1/3"),
        ("picture=koala&view=output/3&softmax=on&rival=2&logits=1:2&details=off", "view=picture",
         "picture=koala&details=off&view=picture"),
        ("picture=koala&node=conv_1_1/2", "picture=cat&view=overview",
         "picture=cat&view=overview"),
        ("view=conv_1_1/2&channel=1&cell=3,4&kernel=conv_1_1/2/0:1", "view=conv_1_2/0",
         "kernel=conv_1_1/2/0:1&view=conv_1_2/0"),
        ("tour=2&lang=zh", "view=relu_1_1/3",
         "tour=2&picture=bell_pepper&lang=zh&view=relu_1_1/3"),
        ("tour=2", "picture=cat&view=overview", "tour=2&picture=cat&view=overview"),
        ("network=digits&picture=two&view=conv_2/3&lang=zh", "view=relu_1_1/3",
         "lang=zh&view=relu_1_1/3"),
        ("network=digits&view=conv_2/3", "picture=cat&view=overview", "picture=cat&view=overview"),
        ("network=digits&view=conv_2/3", "play=7,3,0,1,1&section=hyperparameters",
         "network=digits&view=conv_2/3&play=7,3,0,1,1&section=hyperparameters"),
        ("network=digits&picture=two", "network=digits&view=conv_2/3",
         "picture=two&network=digits&view=conv_2/3"),
        ("picture=koala&kernel=conv_1_1/2/0:1&lang=zh", "network=digits&view=conv_2/3",
         "lang=zh&network=digits&view=conv_2/3"),
        ("tour=2&lang=zh", "network=digits", "lang=zh&network=digits"),
    ],
)  # fmt: skip
def test_a_link_replaces_what_is_open_and_keeps_all_else(address, link, expected):
    assert merged(from_hash(address), link) == expected


def test_the_overview_can_be_named():
    assert from_hash("view=overview").focus == Overview()


@pytest.mark.parametrize(
    ("address", "focus", "written"),
    [
        ("view=output/3", Explained(Node("output", 3)), "view=output/3"),
        ("view=output/3&map=8&rival=2", Explained(Node("output", 3), marked_map=8, contrast=2),
         "view=output/3&map=8&rival=2"),
        ("view=output/3&numbers=all", Explained(Node("output", 3), EVERY_NUMBER),
         "view=output/3&numbers=all"),
        ("view=output/3&element=7", Explained(Node("output", 3), EVERY_NUMBER, feature=7),
         "view=output/3&element=7"),
        ("view=output/3&numbers=all&element=7",
         Explained(Node("output", 3), EVERY_NUMBER, feature=7), "view=output/3&element=7"),
        ("view=output/3&softmax=on&numbers=all", Explained(Node("output", 3), SOFTMAX),
         "view=output/3&softmax=on"),
        ("view=output/3&numbers=maps", Explained(Node("output", 3)), "view=output/3"),
    ],
)  # fmt: skip
def test_an_element_or_a_word_opens_every_number_and_all_else_the_maps(address, focus, written):
    state = from_hash(address)
    assert (state.focus, to_hash(state)) == (focus, written)
