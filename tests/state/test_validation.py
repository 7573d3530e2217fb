from dataclasses import replace

import pytest

from cnnscope.panels.kernel_editor import LIMIT
from cnnscope.state.state import Detail, Edit, Expanded, Node, Original, Overview, State
from cnnscope.state.validation import validated
from support.networks import other_network, tiny_vgg

NODE = Node("conv_1_1", 3)
PICTURES = ("espresso", "pizza")
NINE = (0.5,) * 9


def validated_here(state):
    return validated(state, tiny_vgg(), PICTURES)


@pytest.mark.parametrize(
    "focus",
    [Overview(), Original(), Expanded(Node("relu_1_1", 3)), Detail(Node("input", 2)),
     Expanded(Node("output", 9)), Expanded(Node("output", 9), is_normalised=True),
     Expanded(NODE), Expanded(NODE, 2),
     Expanded(Node("conv_2_2", 9), 9)],
)  # fmt: skip
def test_what_is_here_stays(focus):
    state = State(picture="pizza", focus=focus, edits=(Edit(NODE, 2, NINE),))
    assert validated_here(state) == state


def test_the_first_picture_and_an_unknown_one_are_the_default():
    assert validated_here(State(picture="espresso")) == State()
    assert validated_here(State(picture="unheard-of")) == State()


@pytest.mark.parametrize(
    "node",
    [Node("conv_9", 1), Node("conv_1_1", 10), Node("input", 3), Node("output", 10),
     Node("flatten", 0), Node("logits", 0)],
)  # fmt: skip
@pytest.mark.parametrize("view", [Detail, Expanded])
def test_what_is_not_drawn_cannot_be_open(view, node):
    assert validated_here(State(focus=view(node))).focus == Overview()


def test_a_view_of_the_wrong_kind_becomes_that_of_the_layer():
    for node in (NODE, Node("relu_1_1", 3), Node("max_pool_2", 9), Node("output", 1)):
        assert validated_here(State(focus=Detail(node))).focus == Expanded(node)
        assert validated_here(State(focus=Expanded(node, 12))).focus == Expanded(node)
    for node in (Node("input", 2), Node("input", 0)):
        assert validated_here(State(focus=Expanded(node, 0))).focus == Detail(node)


def test_a_channel_that_the_node_does_not_read_is_closed():
    assert validated_here(State(focus=Expanded(NODE, 3))).focus == Expanded(NODE)
    assert validated_here(State(focus=Expanded(Node("conv_1_2", 0), 3))).focus == Expanded(
        Node("conv_1_2", 0), 3
    )


def test_a_window_is_kept_within_the_output():
    state = State(focus=Expanded(NODE))
    assert validated_here(replace(state, window=(99, 3))).window == (61, 3)
    assert validated_here(replace(state, window=(61, 99))).window == (61, 61)
    assert validated_here(replace(state, window=(0, 61))).window == (0, 61)
    assert validated_here(State(window=(1, 2))).window is None
    assert validated_here(State(focus=Detail(Node("input", 0)), window=(1, 2))).window is None
    other = State(focus=Expanded(Node("second", 13), 5), window=(50, 50))
    assert validated(other, other_network(), PICTURES).window == (10, 6)


@pytest.mark.parametrize(
    "edit",
    [Edit(Node("conv_9", 0), 0, NINE), Edit(Node("conv_1_1", 10), 0, NINE),
     Edit(NODE, 3, NINE), Edit(NODE, 0, NINE[:8]), Edit(NODE, 0, ()),
     Edit(Node("relu_1_1", 0), 0, NINE), Edit(Node("input", 0), 0, NINE),
     Edit(Node("logits", 0), 0, NINE)],
)  # fmt: skip
def test_an_edit_of_what_is_no_kernel_is_left_out(edit):
    kept = Edit(NODE, 1, NINE)
    assert validated_here(State(edits=(edit, kept))).edits == (kept,)


@pytest.mark.parametrize("value", [1e30, -1e39, 1e300, 1.01 * LIMIT])
def test_an_edit_of_numbers_that_cannot_be_typed_is_left_out(value):
    edit = Edit(NODE, 0, (*NINE[:8], value))
    assert validated_here(State(edits=(edit,))).edits == ()
    largest = Edit(NODE, 0, (*NINE[:8], LIMIT))
    assert validated_here(State(edits=(largest,))).edits == (largest,)


def test_a_class_is_compared_with_another_that_is_here():
    focus = Expanded(Node("output", 4))
    assert validated_here(State(focus=focus, rival=7)).rival == 7
    assert validated_here(State(focus=focus, rival=4)).rival is None
    assert validated_here(State(focus=focus, rival=10)).rival is None
    assert validated_here(State(focus=replace(focus, is_normalised=True), rival=7)).rival == 7
    assert validated_here(State(focus=Expanded(NODE), rival=7)).rival is None


def test_changed_logits_are_of_classes_that_are_here_and_can_be_computed_with():
    focus = Expanded(Node("output", 4), is_normalised=True)
    changed = ((1, 2.5), (3, 1e13), (10, 1.0))
    assert validated_here(State(focus=focus, logits=changed)).logits == ((1, 2.5),)
    assert validated_here(State(focus=Expanded(Node("output", 4)), logits=changed)).logits == ()


def test_only_a_class_has_a_probability_to_be_explained():
    assert validated_here(State(focus=Expanded(NODE, is_normalised=True))).focus == Expanded(NODE)
