"""The table of fields: every field of a state is told by the address or named as ephemeral."""

import typing
from dataclasses import fields, is_dataclass

import pytest

from cnnscope.state.fields import BY_ITSELF, EPHEMERAL, FIELDS, get, put
from cnnscope.state.state import Explained, Node, State
from cnnscope.state.url import from_hash, to_hash


def leaves(kind, prefix=""):
    """Dotted paths of all fields of a dataclass that are no dataclasses themselves."""
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        path = f"{prefix}{field.name}"
        kinds = [each for each in typing.get_args(hints[field.name]) or (hints[field.name],)
                 if is_dataclass(each)]  # fmt: skip
        if len(kinds) != 1:
            yield path
        for each in kinds:
            yield from leaves(each, f"{path}.")


def told():
    return {path for field in FIELDS for path in field.at}


def test_every_field_is_told_by_the_address_or_named_as_ephemeral():
    assert set(leaves(State)) == told() | EPHEMERAL | BY_ITSELF


def test_no_field_is_both():
    assert not told() & EPHEMERAL
    assert not BY_ITSELF & (told() | EPHEMERAL)


def test_every_key_stands_once():
    keys = [field.key for field in FIELDS]
    assert len(set(keys)) == len(keys)


def test_a_field_in_no_list_is_seen():
    assert {"picture", "focus", "focus.sweep.place", "reading.scale"} <= set(leaves(State))


@pytest.mark.parametrize(
    ("path", "value"),
    [("reading.speed", "fast"), ("focus.channel", 2), ("focus.sweep.place", (1, 2)),
     ("playground.settings", (5, 3, 0, 1, 1)), ("field", True)],
)  # fmt: skip
def test_a_field_is_put_where_it_is_got(path, value):
    state = put(State(focus=Explained(Node("conv_1_1", 0))), path, value)
    assert get(state, path) == value


def test_what_another_view_has_is_not_there():
    assert get(State(), "focus.sweep.place") is None


def test_another_view_does_not_keep_what_was_chosen_in_the_one_before():
    address = "view=output/3&rival=2&element=7"
    assert to_hash(from_hash(address)) == "view=output/3&element=7&rival=2"
