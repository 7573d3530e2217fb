"""Back, Forward and the playground, which no step is of: it goes on as it was."""

from support.app_on_fake_page import started


def playing():
    app, page = started("")
    app.act("open", "conv_1_1/0")
    app.playground.type("stride", "99")  # which cannot be, and waits to be corrected
    app.act("playground.play")
    app.dispatch("playground.slide", 2, 2)
    return app, page


def test_back_leaves_the_playground_playing_with_what_is_typed_in_it():
    app, _ = playing()
    before = app.state.playground
    assert before.sweep.playing
    assert before.drafts
    app.navigate("", is_step=True)
    assert app.state.playground == before


def test_a_typed_address_has_the_playground_that_it_names():
    app, _ = playing()
    app.navigate("play=8,2,0,1,1")
    assert not app.state.playground.sweep.playing
    assert not app.state.playground.drafts
