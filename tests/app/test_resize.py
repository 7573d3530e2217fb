"""A window of another size: laid out once the page says so, with the focus where it was."""

from support.app_on_fake_page import started


def sliding():
    app, page = started("view=relu_1_1/2")
    app.act("play")
    page.focus("explained")
    return app, page


def test_nothing_is_laid_out_for_another_window_before_the_page_says_so():
    app, page = sliding()
    page.window = (700, 900)
    stage = page.regions["stage"]
    app.pointer.hover(None, None)
    app.dispatch("slide", 1, 1)
    assert page.regions["stage"] == stage
    app.resize()
    assert page.regions["stage"] != stage


def test_the_focus_stays_where_it_was_while_a_window_slides():
    app, page = sliding()
    page.window = (700, 900)
    app.dispatch("slide", 1, 1)
    page.focuses.append("explained")
    count = len(page.focuses)
    app.resize()
    assert page.focuses[count:] == ["explained"]
