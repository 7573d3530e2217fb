"""What the address says, where it comes from Back, from a link or from somebody’s hand."""

from cnnscope.state.state import Card, Explained, Node, Overview, view_shown
from support.app_on_fake_page import started

NODE = Node("input", 1)


def test_back_and_forward_show_what_was_shown():
    app, page = started()
    app.act("open", "input/1")
    app.act("picture", "pizza")
    app.act("scale", "global")
    back_and_forth = [
        ("picture=pizza&node=input/1", Card(NODE), "pizza", "unit"),
        ("node=input/1", Card(NODE), "espresso", "unit"),
        ("", Overview(), "espresso", "unit"),
        ("picture=pizza&node=input/1&scale=global", Card(NODE), "pizza", "global"),
        ("node=input/2", Card(Node("input", 2)), "espresso", "unit"),
        ("picture=pizza&node=input/0", Card(Node("input", 0)), "pizza", "unit"),
        ("view=output/4&scale=module", Explained(Node("output", 4)), "espresso", "module"),
    ]
    for address, focus, key, scale in back_and_forth:
        page.addresses.append(address)
        app.navigate(address)
        assert (app.state.focus, app.model.picture, app.state.reading.scale) == (focus, key, scale)
        assert page.addresses[-1] == address  # nothing to correct, and no step added
    assert len(page.addresses) == 4 + len(back_and_forth)


def test_an_anchor_of_the_article_changes_nothing():
    app, _ = started("scale=global")
    app.navigate("pooling")
    assert app.state.reading.scale == "global"


def test_an_anchor_in_the_address_is_left_alone():
    _, page = started("pooling")
    assert page.addresses == ["pooling"]


def test_a_link_of_the_article_opens_a_view_and_keeps_the_rest():
    app, page = started("picture=pizza&scale=global")
    app.history.follow("view=relu_1_1/3")
    assert view_shown(app.state.focus) == Explained(Node("relu_1_1", 3))
    assert (app.state.picture, app.state.reading.scale) == ("pizza", "global")
    assert len(page.addresses) == 2
    assert page.read_hash() == "picture=pizza&view=relu_1_1/3&scale=global"
    assert page.focused() == "explained"
    app.navigate(page.addresses[0], is_step=True)
    assert view_shown(app.state.focus) == Overview()


def test_a_link_of_the_article_puts_the_focus_into_what_is_open_already():
    app, page = started("view=conv_1_1/2")
    page.focuses.clear()
    app.history.follow("view=conv_1_1/2")
    assert page.focused() == "explained"
    app.history.follow("view=overview")
    assert view_shown(app.state.focus) == Overview()
    assert page.focused() == "conv_1_1/2"
    assert page.read_hash() == ""
    assert page.noticed is None


def test_what_does_not_exist_cannot_be_opened():
    app, _ = started("node=conv_9_9/1")
    assert view_shown(app.state.focus) == Overview()
    for name in ("conv_1_1/99", "nonsense", "", "conv_1_1/x"):
        app.act("open", name)
        assert view_shown(app.state.focus) == Overview()


def test_an_address_that_says_more_than_is_here_is_corrected_in_place():
    _, page = started("picture=own&node=conv_9/1&scale=global")
    assert page.addresses == ["scale=global"]


def test_an_address_of_what_is_not_here_is_said_to_be_one():
    for address in (
        "picture=own", "node=foo/3", "picture=nope&scale=global", "view=conv_1_1/10",
        "view=conv_1_1/3&channel=3", "view=conv_1_1/3&cell=62,0", "view=input/1",
        "kernel=conv_1_1/0/3:0,0,0,0,1,0,0,0,0", "kernel=conv_1_1/0/0:1,2",
        "kernel=conv_1_1/0/0:0,0,0,0,1e30,0,0,0,0", "view=nonsense", "node=x", "view=output/6/6",
    ):  # fmt: skip
        _, page = started(address)
        assert "address" in page.noticed
        assert ("Pictures of your own" in page.noticed) == ("picture=own" in address)
    for address in (
        "", "pooling", "view=picture", "picture=espresso", "picture=pizza&node=input/1",
        "view=conv_1_1/3",
        "view=conv_1_2/3&channel=9&cell=59,59&speed=slow&field=on",
        "kernel=conv_1_1/0/2:0,0,0,0,1,0,0,0,0.333333",
    ):  # fmt: skip
        _, page = started(address)
        assert page.noticed is None


def test_an_edited_address_of_what_is_not_here_is_said_to_be_one_until_another_view_is_shown():
    for opened in ("", "view=conv_1_1/3"):
        app, page = started(opened)
        page.addresses.append("view=nonsense/3")
        for _ in range(2):  # as popstate, as hashchange
            app.navigate(page.addresses[-1])
            assert "does not have" in page.noticed
            assert view_shown(app.state.focus) == Overview()
        page.addresses.append("view=conv_1_1/4")
        app.navigate(page.addresses[-1])
        assert page.noticed is None


def test_an_old_link_to_the_card_of_a_convolution_opens_its_explanation_without_complaint():
    app, page = started("node=conv_1_1/3")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_1", 3))
    assert page.addresses == ["view=conv_1_1/3"]
    assert page.noticed is None
