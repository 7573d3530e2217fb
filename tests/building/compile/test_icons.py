import io

import numpy as np
import pytest
from PIL import Image

from building.compile.icons import SIZES, icons, read_squares
from support.sites import ROOT

SVG = (ROOT / "public" / "images" / "icon.svg").read_bytes()
GROUND = (20, 35, 59)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Image.Image]:
    return {name: Image.open(io.BytesIO(png)) for name, png in icons(SVG).items()}


def test_each_icon_has_its_size(drawn: dict[str, Image.Image]) -> None:
    for name, (pixels, _) in SIZES.items():
        assert drawn[name].size == (pixels, pixels)


def test_each_square_is_where_the_svg_has_it(drawn: dict[str, Image.Image]) -> None:
    side, squares = read_squares(SVG)
    assert len(squares) == 10
    picture = drawn["images/icon-512.png"]
    for square in squares[1:]:
        middle = square.x + square.width / 2, square.y + square.height / 2
        at = tuple(int(512 * part / side) for part in middle)
        assert picture.getpixel(at) == (*square.fill, 255)
    assert picture.getpixel((256, 20)) == (*GROUND, 255)


def test_corners_are_round_and_smooth(drawn: dict[str, Image.Image]) -> None:
    """The share of the square that its round corners leave, by the area of a circle."""
    alpha = np.asarray(drawn["images/icon-512.png"])[..., 3] / 255
    assert alpha[0, 0] == 0
    left_out = (4 - np.pi) * (7 / 32) ** 2
    assert alpha.mean() == pytest.approx(1 - left_out, abs=1e-4)
    np.testing.assert_allclose(alpha, alpha.T, atol=0.15)


def test_a_maskable_icon_fills_its_square_and_keeps_to_the_middle(
    drawn: dict[str, Image.Image],
) -> None:
    """Launchers may cut away all but a circle of 80 % of the width."""
    for name in ("images/icon-maskable.png", "images/icon-180.png"):
        pixels = np.asarray(drawn[name]).astype(int)
        assert (pixels[..., 3] == 255).all()
        place = (np.arange(len(pixels)) + 0.5) / len(pixels) - 0.5
        distance = np.hypot(*np.meshgrid(place, place))
        is_ground = (pixels[..., :3] == GROUND).all(axis=-1)
        assert is_ground[distance > 0.4].all()
        assert not is_ground.all()
