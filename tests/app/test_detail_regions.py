"""An explanation that is mounted now and filled with the next frame, whatever comes between."""

import pytest

from support.app_on_fake_page import started

ADDRESS = "view=conv_1_2/0"


@pytest.mark.parametrize("between", [("scale", "global"), ("picture", "pizza")])
def test_what_changes_before_the_first_frame_is_in_colours_and_legends_alike(between):
    app, page = started("", still=False)
    frames = []
    page.later = frames.append
    app.act("open", "conv_1_2/0")
    app.act(*between)
    while frames:
        frames.pop(0)()
    _, fresh = started(page.read_hash(), still=False)
    assert page.content("stage.legends") == fresh.content("stage.legends")
    for key in fresh.painted:
        assert (page.painted[key] == fresh.painted[key]).all()
