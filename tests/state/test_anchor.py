"""The section of the article in an address, beside what the network shows."""

import pytest

from cnnscope.state.anchor import joined, parted, section_of
from cnnscope.state.url import from_hash

PARTED = {
    "": ("", ""),
    "picture=koala": ("picture=koala", ""),
    "picture=koala&section=pooling": ("picture=koala", "pooling"),
    "section=pooling&view=relu_1_1/3": ("view=relu_1_1/3", "pooling"),
    "section=relu&section=ref-7": ("", "ref-7"),
}


@pytest.mark.parametrize(("address", "parts"), PARTED.items(), ids=list(PARTED))
def test_an_address_is_parted_into_what_is_shown_and_a_section(
    address: str, parts: tuple[str, str]
) -> None:
    assert parted(address) == parts
    assert section_of(address) == parts[1]
    assert from_hash(address) == from_hash(parts[0])


@pytest.mark.parametrize("address", ["", "relu", "section=relu"])
def test_a_section_stands_alone_where_there_is_nothing_else_to_say(address: str) -> None:
    assert joined(address, "pooling") == "pooling"
    assert section_of("pooling") == "pooling"


@pytest.mark.parametrize("address", ["view%3Drelu_1_1%2F2", "section=%22", "a b"])
def test_what_is_no_name_of_a_section_is_none(address: str) -> None:
    assert section_of(address) == ""
    assert joined("view=relu_1_1/2", section_of(address)) == "view=relu_1_1/2"


@pytest.mark.parametrize("address", ["picture=koala", "picture=koala&section=relu"])
def test_a_section_is_put_in_the_place_of_another(address: str) -> None:
    assert joined(address, "pooling") == "picture=koala&section=pooling"
    assert joined(address, "") == "picture=koala"


@pytest.mark.parametrize("address", ["picture=koala", "view=conv_1_1/3&cell=4,5"])
def test_parting_undoes_joining(address: str) -> None:
    assert parted(joined(address, "relu")) == (address, "relu")
