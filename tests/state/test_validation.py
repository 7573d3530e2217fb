from dataclasses import replace

import pytest

from cnnscope.panels.kernel_editor import LIMIT
from cnnscope.state.state import SOFTMAX, Card, Edit, Explained, InputCard, Node, Overview
from cnnscope.state.validation import validated
from cnnscope.views.registry import view_facts
from support.networks import other_network, tiny_vgg
from support.states import changed, flat, state_of

NODE = Node("conv_1_1", 3)
PICTURES = ("espresso", "pizza")
NINE = (0.5,) * 9


def validated_here(state):
    return validated(state, tiny_vgg(), PICTURES, view_facts)


@pytest.mark.parametrize(
    "focus",
    [Overview(), InputCard(), Explained(Node("relu_1_1", 3)), Card(Node("input", 2)),
     Explained(Node("output", 9)), Explained(Node("output", 9), view=SOFTMAX),
     Explained(NODE), Explained(NODE, channel=2),
     Explained(Node("conv_2_2", 9), channel=9)],
)  # fmt: skip
def test_what_is_here_stays(focus):
    state = state_of(picture="pizza", focus=focus, edits=(Edit(NODE, 2, NINE),))
    assert validated_here(state) == state


def test_the_first_picture_and_an_unknown_one_are_the_default():
    assert validated_here(state_of(picture="espresso")) == state_of()
    assert validated_here(state_of(picture="unheard-of")) == state_of()


@pytest.mark.parametrize(
    "node",
    [Node("conv_9", 1), Node("conv_1_1", 10), Node("input", 3), Node("output", 10),
     Node("flatten", 0), Node("logits", 0)],
)  # fmt: skip
@pytest.mark.parametrize("view", [Card, Explained])
def test_what_is_not_drawn_cannot_be_open(view, node):
    assert validated_here(state_of(focus=view(node))).focus == Overview()


def test_a_view_of_the_wrong_kind_becomes_that_of_the_layer():
    for node in (NODE, Node("relu_1_1", 3), Node("max_pool_2", 9), Node("output", 1)):
        assert validated_here(state_of(focus=Card(node))).focus == Explained(node)
        assert validated_here(state_of(focus=Explained(node, channel=12))).focus == Explained(node)
    for node in (Node("input", 2), Node("input", 0)):
        assert validated_here(state_of(focus=Explained(node, channel=0))).focus == Card(node)


def test_a_channel_that_the_node_does_not_read_is_closed():
    assert validated_here(state_of(focus=Explained(NODE, channel=3))).focus == Explained(NODE)
    assert validated_here(
        state_of(focus=Explained(Node("conv_1_2", 0), channel=3))
    ).focus == Explained(Node("conv_1_2", 0), channel=3)


def test_a_window_is_kept_within_the_output():
    state = state_of(focus=Explained(NODE))
    assert flat(validated_here(changed(state, window=(99, 3)))).window == (61, 3)
    assert flat(validated_here(changed(state, window=(61, 99)))).window == (61, 61)
    assert flat(validated_here(changed(state, window=(0, 61)))).window == (0, 61)
    assert (
        flat(validated_here(state_of(focus=Card(Node("input", 0)), window=(1, 2)))).window is None
    )
    other = state_of(focus=Explained(Node("second", 13), channel=5), window=(50, 50))
    assert flat(validated(other, other_network(), PICTURES, view_facts)).window == (10, 6)


@pytest.mark.parametrize(
    "edit",
    [Edit(Node("conv_9", 0), 0, NINE), Edit(Node("conv_1_1", 10), 0, NINE),
     Edit(NODE, 3, NINE), Edit(NODE, 0, NINE[:8]), Edit(NODE, 0, ()),
     Edit(Node("relu_1_1", 0), 0, NINE), Edit(Node("input", 0), 0, NINE),
     Edit(Node("logits", 0), 0, NINE)],
)  # fmt: skip
def test_an_edit_of_what_is_no_kernel_is_left_out(edit):
    kept = Edit(NODE, 1, NINE)
    assert validated_here(state_of(edits=(edit, kept))).edits == (kept,)


@pytest.mark.parametrize("value", [1e30, -1e39, 1e300, 1.01 * LIMIT])
def test_an_edit_of_numbers_that_cannot_be_typed_is_left_out(value):
    edit = Edit(NODE, 0, (*NINE[:8], value))
    assert validated_here(state_of(edits=(edit,))).edits == ()
    largest = Edit(NODE, 0, (*NINE[:8], LIMIT))
    assert validated_here(state_of(edits=(largest,))).edits == (largest,)


def test_a_class_is_compared_with_another_that_is_here():
    focus = Explained(Node("output", 4))
    assert flat(validated_here(state_of(focus=focus, contrast=7))).contrast == 7
    assert flat(validated_here(state_of(focus=focus, contrast=4))).contrast is None
    assert flat(validated_here(state_of(focus=focus, contrast=10))).contrast is None
    assert (
        flat(validated_here(state_of(focus=replace(focus, view=SOFTMAX), contrast=7))).contrast == 7
    )
    assert flat(validated_here(state_of(focus=Explained(NODE), contrast=7))).contrast is None


def test_changed_logits_are_of_classes_that_are_here_and_can_be_computed_with():
    focus = Explained(Node("output", 4), view=SOFTMAX)
    others = ((1, 2.5), (3, 1e13), (10, 1.0))
    assert flat(validated_here(state_of(focus=focus, logits=others))).logits == ((1, 2.5),)
    assert (
        flat(validated_here(state_of(focus=Explained(Node("output", 4)), logits=others))).logits
        == ()
    )


def test_only_a_class_has_a_probability_to_be_explained():
    assert validated_here(state_of(focus=Explained(NODE, view=SOFTMAX))).focus == Explained(NODE)
