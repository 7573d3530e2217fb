"""What is dropped or pasted: which file is the picture, and what is said where there is none."""

import pytest

from cnnscope.pictures.brought import chosen, refusal
from cnnscope.text import load_text

FOLDER = ("", True)
PLAIN = ("", False)
TEXT = ("text/plain", False)
PICTURE = ("image/png", False)


@pytest.mark.parametrize(
    ("files", "number"),
    [
        ([PLAIN], 0),
        ([PICTURE], 0),
        ([TEXT, PICTURE, PICTURE], 1),
        ([FOLDER, PLAIN, TEXT], 1),
        ([FOLDER, TEXT, PICTURE], 2),
        ([("image/x-folder", True), PLAIN], 1),
        ([FOLDER], None),
        ([FOLDER, FOLDER], None),
    ],
)
def test_the_first_picture_of_several_files_is_meant(files, number):
    assert chosen(files) == number


@pytest.mark.parametrize(
    ("html", "text", "code"),
    [
        ('<img src="https://example.org/a.png">', "https://example.org/a.png", "foreign"),
        ('<meta charset="utf-8"><IMG SRC=a>', "", "foreign"),
        ("<picture><source></picture>", "", "foreign"),
        ('<a href="https://example.org">a</a>', "https://example.org", "address"),
        ("", "https://example.org/cat.jpg\n", "address"),
        ("", "www.example.org/cat.jpg", "address"),
        ("", "data:image/png;base64,AAAA", "address"),
        ("", "file:///home/me/cat.jpg", "address"),
        ("", "Dear diary, see https://example.org", "words"),
        ("<b>bold</b>", "bold", "words"),
        ("<imgage>", "", "words"),
        ("", "3.5", "words"),
        ("", "  \n", None),
        ("", "", None),
    ],
)
def test_what_is_no_picture_has_a_word_of_its_own(html, text, code):
    assert refusal(html, text) == code
    for language in ("en", "zh"):
        assert code is None or f"picture.error.{code}" in load_text(language).strings
