"""Lengths of the style sheet, which follow the reader's default font size."""

import re

import pytest

from building.site.addresses import Contents
from building.site.relative import in_rem


@pytest.mark.parametrize(
    ("written", "built"),
    [
        ("a{margin:16px -8px}", "a{margin:1rem -0.5rem}"),
        ("a{inset:calc(100% - 24px)}", "a{inset:calc(100% - 1.5rem)}"),
        ("a{border:1px solid}", "a{border:0.0625rem solid}"),
        ("a{--step:12px}", "a{--step:0.75rem}"),
        ("@media (width < 800px){", "@media (width < 50em){"),
        ("@media print and\n  (height <= 560px) {", "@media print and\n  (height <= 35em) {"),
        ("@container (width < 1100px){", "@container (width < 68.75rem){"),
        ("a{font-size:12px}", "a{font-size:calc(0.75rem / var(--room, 1))}"),
        (
            "a { font-size: min(16px, 4cqi); }",
            "a { font-size: calc(min(1rem, 4cqi) / var(--room, 1)); }",
        ),
        (
            "a { font: italic 700 16px/24px Georgia; }",
            "a { font: italic 700 calc(1rem / var(--room, 1))/1.5rem Georgia; }",
        ),
        ("a{font:var(--type)/16px Georgia}", "a{font:var(--type)/1rem Georgia}"),
        ("a{font-size:12PX;stroke-width:3}", "a{font-size:12PX;stroke-width:3}"),
        ("a{font-size:inherit}", "a{font-size:inherit}"),
        ("@media (max-resolution: 1.49dppx){", "@media (max-resolution: 1.49dppx){"),
        ("/* 12px\n */\na{ /* b */ margin:0}", "a{ margin:0}"),
        ("#a16px .b16px{}", "#a16px .b16px{}"),
    ],
)
def test_each_length_is_a_share_of_the_default_font_size(written: str, built: str) -> None:
    assert in_rem(written) == built


DRAWN = r"translate\([^)]*\)"
"""What moves within a drawing, where a pixel is one of the drawing's own units."""


def test_no_length_of_the_site_is_in_pixels(contents: Contents) -> None:
    for name in ("css/site.css", "index.html", "zh.html"):
        page = re.sub(
            r"translate\([^)]*\)", "", contents[name].decode()
        )  # of drawings, in their units
        assert not re.findall(r".{,60}\dpx\b", page), name
