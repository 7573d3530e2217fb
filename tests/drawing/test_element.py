from html.parser import HTMLParser

import pytest

from cnnscope.drawing.element import element, fragment, literal


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.seen.append(data)


def parsed(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.seen


def test_markup_reads_back_as_it_was_meant():
    link = element("a", {"href": "#x", "hidden": True, "title": None, "disabled": False}, "in ",
                   element("b", {"x": 1.50}, "bold"))  # fmt: skip
    assert parsed(str(link)) == [
        ("a", {"href": "#x", "hidden": None}), "in ", ("b", {"x": "1.5"}), "bold",
    ]  # fmt: skip


def test_no_text_or_value_can_become_markup():
    hostile = "\"'><script>alert(1)</script>&amp;"
    seen = parsed(str(element("p", {"title": hostile}, hostile)))
    assert [tag for tag, *_ in seen if isinstance(tag, str) and tag == "script"] == []
    assert seen[0] == ("p", {"title": hostile})
    assert "".join(part for part in seen[1:] if isinstance(part, str)) == hostile


def test_children_that_are_none_are_left_out():
    assert str(element("p", {}, None, "x", None)) == "<p>x</p>"


def test_an_element_without_an_end_has_none():
    assert fragment([element("wbr", {}), element("input", {"type": "file"})]) == (
        '<wbr><input type="file">'
    )


@pytest.mark.parametrize(
    ("text", "is_literal"),
    [("−0.358", True), ("62×62", True), ("relu_1_1", True), ("max_pool_2, relu_1_2", True),
     ("<0.1 %", True), ("10 classes", False), ("1,690 elements", False), ("10 类", False),
     ("conv_1_2 · channel 4 of 10", False)],
)  # fmt: skip
def test_what_has_no_words_is_kept_from_translators(text, is_literal):
    assert literal(text) == ({"translate": "no"} if is_literal else {})
