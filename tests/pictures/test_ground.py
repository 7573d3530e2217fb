"""The ground of a picture: told by its edge, whatever stands in its middle."""

import numpy as np
import pytest

from cnnscope.pictures.ground import has_light_ground


@pytest.mark.parametrize(("ground", "ink"), [(230, 10), (130, 255), (10, 250), (120, 0)])
def test_the_edge_is_the_ground_and_ink_that_touches_it_is_not(ground, ink):
    picture = np.full((28, 20, 3), ground, np.uint8)
    picture[8:20, 5:15] = ink
    picture[3:6] = ink
    assert has_light_ground(picture) == (ground > 127)
