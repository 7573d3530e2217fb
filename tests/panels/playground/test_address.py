"""The playground in the address, and back from it."""

import pytest

from cnnscope.state.playground import Settings, structure
from support.app_on_fake_page import started
from support.playground import fresh, playground, settings


def test_it_is_in_the_address_and_comes_back_from_it_without_steps_for_back():
    app, page = started()
    steps = len(page.addresses)
    for typed in ("4", "5", "6"):
        app.playground.type("stride", typed)
    app.playground.type("stride", "2")
    app.act("playground.preset", "blur")
    app.act("playground.step")
    assert len(page.addresses) == steps
    assert page.addresses[-1] == "play=7,3,0,2,1&play-kernel=blur&play-cell=0,1"
    again, other = started(page.addresses[-1])
    assert structure(again.state.playground) == structure(app.state.playground)
    assert playground(other) == playground(page)
    assert other.noticed is None
    app.act("playground.reset")
    assert page.addresses[-1] == ""


@pytest.mark.parametrize(
    "address",
    ["play=99,3,0,1,1", "play=7,3", "play=x", "play=7,3,0,1,1,1", "play-kernel=1,2",
     "play-cell=9,9", "play-kernel=none", "play-kernel=1,2,3,4,5,6,7,8,900",
     "play=0,0,0,0,0", "play=-1,3,0,1,1"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_leaves_the_usual(address):
    app, page = started(address)
    assert settings(app) == Settings()
    assert app.state.playground.kernel == "edges"
    assert playground(page) == fresh(app)


def test_back_keeps_what_was_tried_in_the_playground():
    app, page = started()
    app.act("open", "input/0")
    app.playground.type("stride", "3")
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert settings(app).stride == 3
    assert "play=7,3,0,3,1" in page.addresses[-1]
