"""What a sample picture can be called in an address."""

import pytest

from cnnscope.pictures.sample_names import other_names, renamed

DIGITS = other_names(("zero", "one", "two"), ("0", "1", "2"))
PHOTOS = other_names(("koala", "red_panda", "cat"), ("Pizza", "red panda", "koala"), ("cat",))


@pytest.mark.parametrize(
    ("names", "said", "expected"),
    [
        (DIGITS, "2", "two"),
        (DIGITS, "Two", "two"),
        (PHOTOS, "Red Panda", "red_panda"),
        (PHOTOS, "1", "red_panda"),
        (PHOTOS, "2", "koala"),
        (PHOTOS, "cat", "cat"),
        (other_names(("a", "b"), ("2", "1")), "1", "b"),  # a label goes before a number
        (other_names(("0", "1"), ("1", "0")), "1", "1"),  # and a sample's own name before both
    ],
)
def test_a_sample_goes_by_its_name_and_by_the_label_or_number_of_its_class(names, said, expected):
    assert names[said.casefold()] == expected


def test_what_may_be_any_sample_names_none():
    assert "pizza" not in PHOTOS
    assert "0" not in PHOTOS
    assert other_names(("x", "y"), ("dog", "cat", "cow")) == {"x": "x", "y": "y"}


def test_only_the_picture_of_an_address_is_called_otherwise():
    address = "element=1&picture=1&view=output/1"
    assert renamed(address, DIGITS) == "element=1&picture=one&view=output/1"
    assert renamed("picture=red%20panda", PHOTOS) == "picture=red_panda"
    assert renamed("picture=9&view=picture", DIGITS) == "picture=9&view=picture"
