"""The page's icon as PNG, drawn from the squares of its SVG."""

import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from building.compile.drawings import ICONS, draw_icons
from support.sites import ROOT

SVG = ROOT / "public" / "images" / "icon.svg"
GROUND = (20, 35, 59)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    folder = tmp_path_factory.mktemp("icons")
    draw_icons(str(SVG), str(folder))
    return {path.stem: Image.open(io.BytesIO(path.read_bytes())) for path in Path(folder).iterdir()}


def test_each_icon_has_its_size(drawn: dict[str, Image.Image]) -> None:
    assert drawn.keys() == ICONS.keys()
    for name, (pixels, _) in ICONS.items():
        assert drawn[name].size == (pixels, pixels)


def test_each_square_is_where_the_svg_has_it(drawn: dict[str, Image.Image]) -> None:
    picture = drawn["icon-512"]
    root = ElementTree.parse(SVG).getroot()
    group = root.find("{*}g")
    assert group is not None
    assert len(group) == 9
    for square in group:
        x, y, width = (float(square.attrib[name]) for name in ("x", "y", "width"))
        at = int(512 * (x + width / 2) / 32), int(512 * (y + width / 2) / 32)
        code = square.get("fill", group.attrib["fill"])
        assert picture.getpixel(at) == (*bytes.fromhex(code[1:]), 255)
    assert picture.getpixel((256, 20)) == (*GROUND, 255)


def test_corners_are_round_and_smooth(drawn: dict[str, Image.Image]) -> None:
    """The share of the square that its round corners leave, by the area of a circle."""
    alpha = np.asarray(drawn["icon-512"])[..., 3] / 255
    assert alpha[0, 0] == 0
    left_out = (4 - np.pi) * (7 / 32) ** 2
    assert alpha.mean() == pytest.approx(1 - left_out, abs=2e-4)
    np.testing.assert_allclose(alpha, alpha.T, atol=0.15)


def test_a_maskable_icon_fills_its_square_and_keeps_to_the_middle(
    drawn: dict[str, Image.Image],
) -> None:
    """Launchers may cut away all but a circle of 80 % of the width."""
    for name in ("icon-maskable", "icon-180"):
        pixels = np.asarray(drawn[name]).astype(int)
        assert (pixels[..., 3] == 255).all()
        place = (np.arange(len(pixels)) + 0.5) / len(pixels) - 0.5
        distance = np.hypot(*np.meshgrid(place, place))
        is_ground = (pixels[..., :3] == GROUND).all(axis=-1)
        assert is_ground[distance > 0.4].all()
        assert not is_ground.all()
