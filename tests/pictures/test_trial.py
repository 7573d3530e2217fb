import io

import numpy as np
import pytest
from PIL import Image

from cnnscope.pictures.header import finish, read_header
from cnnscope.pictures.trial import trial_file, trial_picture


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 3), (63, 65), (64, 64), (1001, 300)])
def test_a_file_is_the_picture_it_was_made_of(width: int, height: int) -> None:
    rgb = trial_picture(width, height)
    file = trial_file(rgb)
    header = finish(read_header(len(file)), file)
    assert (header.format, header.width, header.height) == ("BMP", width, height)
    seen = np.array(Image.open(io.BytesIO(file)).convert("RGB"))
    np.testing.assert_array_equal(seen, rgb)


def test_no_change_of_values_or_places_goes_unnoticed() -> None:
    rgb = trial_picture(64, 64)
    for channel in rgb.transpose(2, 0, 1):
        assert len(np.unique(channel)) == 256
    assert len(np.unique(rgb.reshape(-1, 3), axis=0)) == 64 * 64
    moved = [rgb[::-1], rgb[:, ::-1], rgb[..., ::-1], rgb.swapaxes(0, 1), np.roll(rgb, 1, 0)]
    assert not any(np.array_equal(each, rgb) for each in moved)
