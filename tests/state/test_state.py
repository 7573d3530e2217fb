import pytest

from cnnscope.state.state import Node, parse_count, parse_node


def test_a_node_is_named_as_the_page_names_it():
    assert parse_node(str(Node("conv_1_1", 3))) == Node("conv_1_1", 3)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "٣", "²", "99999999999999", " 1"])
def test_what_is_no_count_is_none(text):
    assert parse_count(text) is None
