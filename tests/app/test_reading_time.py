from cnnscope.app.reading_time import reading_seconds
from cnnscope.text import load_text


def test_a_longer_sentence_is_given_more_time_to_be_read():
    short, long = (reading_seconds("word " * words) for words in (2, 30))
    assert 4 < short < long < 20


def test_chinese_is_given_as_much_time_as_the_same_in_english():
    en, zh = (load_text(each)("samples.stranger.notice") for each in ("en", "zh"))
    assert 0.6 < reading_seconds(zh) / reading_seconds(en) < 1.6
