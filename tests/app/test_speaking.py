"""The page in another language: chosen, linked to, kept, and said in full."""

import pytest

from cnnscope.state.state import OWN_PICTURE
from cnnscope.state.url import from_hash, to_hash
from cnnscope.text import LANGUAGES, Text, load_text
from cnnscope.views.overview.drawing import announcement
from cnnscope.views.overview.receptive_field import field_line
from support.app_on_fake_page import started
from support.networks import CLASSES, picture, tiny_vgg
from support.states import state_of

ZH = load_text("zh")
EN = load_text("en")


def classes(page):
    return [page.elements[f"output/{i}"]["aria-label"] for i in range(len(CLASSES))]


def test_another_language_says_everything_anew():
    app, page = started()
    app.act("open", "conv_1_2/3")
    app.act("language", "zh")
    assert page.language == "zh"
    assert page.addresses[-1] == "view=conv_1_2/3&lang=zh"
    for region, key in (("controls", "chooser"), ("stage", "stage.close")):
        assert ZH(key) in page.regions[region]
        assert EN(key) not in page.regions[region]
    said = ZH.named("lifeboat")
    assert said != EN.named("lifeboat")
    assert classes(page)[0].startswith(said)
    assert page.elements["story.how"]["text"].startswith("每个值")
    assert page.elements["edited.reset"]["text"] == ZH("edited.reset")


def test_a_class_is_named_by_its_own_name_to_programs_in_every_language():
    app, page = started()
    before = [page.elements[f"output/{i}"]["data-class"] for i in range(len(CLASSES))]
    app.act("language", "zh")
    assert [page.elements[f"output/{i}"]["data-class"] for i in range(len(CLASSES))] == before


def test_the_way_back_is_a_choice_too_and_leaves_no_trace():
    app, page = started("lang=zh")
    assert ZH("chooser") in page.regions["controls"]
    app.act("language", "en")
    assert EN("chooser") in page.regions["controls"]
    assert page.addresses == [""]


def test_a_browser_in_another_language_is_spoken_to_in_it_without_a_word_in_the_address():
    app, page = started(text=ZH)
    assert ZH("chooser") in page.regions["controls"]
    assert page.addresses == [""]
    app.act("language", "en")
    assert page.addresses == ["lang=en"]


@pytest.mark.parametrize("language", ["xx", "", "EN", "../../en", "zhx"])
def test_a_language_that_is_not_here_is_passed_over(language):
    app, page = started(f"lang={language}")
    assert app.model.text == EN
    assert page.addresses == [""]


def test_languages_are_no_steps_for_back_and_back_keeps_them():
    app, page = started()
    app.act("open", "conv_1_2/3")
    steps = len(page.addresses)
    app.act("language", "zh")
    assert len(page.addresses) == steps
    app.navigate("", is_step=True)
    assert app.model.text is ZH
    assert page.addresses[-1] == "lang=zh"


def test_an_edited_address_is_spoken_at_once():
    app, page = started()
    app.navigate("lang=zh")
    assert page.language == "zh"
    assert ZH("chooser") in page.regions["controls"]


def test_a_picture_of_the_visitors_own_survives():
    app, page = started()
    app.toolbar.bring(picture(tiny_vgg(), 3))
    before = app.model.trace["output"].copy()
    page.painted.clear()
    app.act("language", "zh")
    assert app.model.picture == OWN_PICTURE
    assert (app.model.trace["output"] == before).all()
    assert (page.painted[OWN_PICTURE][..., :3] == picture(tiny_vgg(), 3)).all()
    assert page.elements[f"sample/{OWN_PICTURE}"].get("hidden") is None


def test_the_language_is_in_the_address():
    assert to_hash(state_of(language="zh")) == "lang=zh"
    assert from_hash("lang=zh") == state_of(language="zh")


def test_what_has_no_word_keeps_its_name():
    assert Text("en", {"name.bell_pepper": "pepper"}).named("bell pepper") == "pepper"
    assert Text("en", {}).named("bell pepper") == "bell pepper"
    assert {"en", "zh"} <= LANGUAGES


def test_sentences_follow_each_other_as_the_language_sets_them():
    app, page = started("view=conv_1_1/3&field=on", text=ZH)
    assert page.said[-1] == ZH("announce.loaded") + announcement(app.model)
    app.act("step")
    assert "。 " not in page.said[-1]
    assert page.said[-1].endswith(field_line(app.model))
    app.act("overview")
    app.act("open", "input/1")
    app.press("ArrowDown", "card.map")
    assert field_line(app.model)
    assert page.said[-1].endswith(field_line(app.model))
    assert "。 " not in page.said[-1]


def test_what_is_said_while_another_language_is_chosen_is_said_in_that_language():
    app, page = started()
    app.toolbar.bring(picture(tiny_vgg(), 3), ["picture.notice.animated"])
    app.toolbar.show_error("picture.error.too_many_bytes", limit=256)
    app.toolbar.show_reading(True)
    app.act("language", "zh")
    assert page.noticed == ZH("picture.notice.animated")
    assert page.message == ZH("picture.error.too_many_bytes", limit=256)
    assert page.elements["chooser.label"]["text"] == ZH("chooser.reading")
    app.toolbar.show_reading(False)
    assert page.elements["chooser.label"]["text"] == ZH("chooser")


def test_a_message_that_was_taken_away_is_not_said_again_in_another_language():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    app.act("dismiss")
    app.act("language", "zh")
    assert page.message is None


def test_another_language_takes_away_what_was_typed_and_what_was_said_of_it():
    app, page = started("view=conv_1_1/3&channel=1")
    app.editor.weight(4, "x", is_final=True)
    assert page.elements["card.message"]["text"] == EN("weight.error", text="x")
    app.act("language", "zh")
    assert not page.elements["card.message"].get("text")
    assert "aria-invalid" not in page.elements["card.weight/4"]
