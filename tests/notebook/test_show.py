import gzip
import html
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import cnnscope
from cnnscope.pictures.shipped import read_shipped
from cnnscope_notebook import ModelError, frame, page
from cnnscope_notebook.command import main
from cnnscope_notebook.network_file import arrays_of
from support.networks import lenet, picture, tiny_vgg
from support.one_file_page import network_in, one_file_page


@pytest.fixture(autouse=True)
def installed(tmp_path, monkeypatch):
    """A page, as an installed wheel has it, and no browser."""
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(one_file_page().encode()))
    monkeypatch.setattr(page, "PAGE", path)
    page.page_text.cache_clear()
    opened = []
    monkeypatch.setattr(frame.webbrowser, "open", opened.append)
    yield opened
    page.page_text.cache_clear()


@pytest.fixture
def net(tmp_path):
    """The path of a network's file."""
    np.savez(tmp_path / "net.npz", **arrays_of(tiny_vgg()))
    return tmp_path / "net.npz"


@pytest.fixture
def grey(tmp_path):
    np.savez(tmp_path / "grey.npz", **arrays_of(lenet()))
    return tmp_path / "grey.npz"


@pytest.fixture
def in_notebook(monkeypatch):
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def saved(tmp_path, model, **asked):
    path = cnnscope.save(model, tmp_path / "lesson.html", **asked)
    return read_shipped(network_in(path.read_text(encoding="utf-8")))


def test_a_lesson_holds_the_network_its_classes_and_pictures(tmp_path, net):
    own = picture(tiny_vgg(), 7)
    names = [f"kind {k}" for k in range(10)]
    lesson = saved(tmp_path, net, classes=names, pictures={"first": own, "other": own[:, ::-1]})
    x = np.random.default_rng(1).random((3, 64, 64), np.float32)
    assert np.array_equal(lesson.network(x)["output"], tiny_vgg()(x)["output"])
    assert lesson.classes == tuple(names)
    assert list(lesson.samples) == ["first", "other"]
    assert np.array_equal(lesson.samples["first"], own)
    assert not lesson.out_of_distribution
    assert not lesson.arrays


def test_exact_arrays_reach_the_network_to_the_last_digit(tmp_path, net):
    values = np.random.default_rng(2).standard_normal((3, 64, 64)).astype(np.float32)
    lesson = saved(tmp_path, net, picture=values, exact=True, scale="imagenet")
    gallery = lesson.gallery()
    assert np.array_equal(gallery.input("picture_1"), values)
    assert np.array_equal(gallery.trace("picture_1", ())["input"], values)


def test_without_pictures_those_of_the_page_are_offered(tmp_path, net, grey):
    lesson = saved(tmp_path, net, classes=["koala", *map(str, range(9))])
    assert list(lesson.samples) == ["koala", "pizza"]
    assert lesson.out_of_distribution == {"pizza"}
    assert len(saved(tmp_path, grey).samples) == 10


@pytest.mark.parametrize(
    "classes",
    ["a, b, c, d, e, f, g, h, i, j", list("abcdefghij"), {name: k for k, name in
     enumerate("abcdefghij")}],
)  # fmt: skip
def test_classes_are_told_in_any_of_the_usual_ways(tmp_path, net, classes):
    assert saved(tmp_path, net, classes=classes).classes == tuple("abcdefghij")


def test_too_few_classes_are_refused(tmp_path, net):
    with pytest.raises(ModelError, match="classes: expected 10 names, got 2"):
        saved(tmp_path, net, classes=["cat", "dog"])


def test_a_notebook_shows_the_page_in_a_frame_that_fetches_nothing(net, in_notebook, installed):
    shown = cnnscope.show(net, height=500)
    bundle = shown._repr_mimebundle_()
    (kept,) = re.findall(r'srcdoc="([^"]*)"', bundle["text/html"])
    assert html.unescape(kept) == shown.page
    assert 'height="500"' in bundle["text/html"]
    assert not re.search(r"\bsrc=|https?:", bundle["text/html"].replace(kept, ""))
    assert len(bundle["text/plain"]) < 100
    assert installed == []


def test_elsewhere_the_browser_opens_a_file(net, installed):
    shown = cnnscope.show(net)
    (address,) = installed
    path = address.removeprefix("file://")
    with open(path, encoding="utf-8") as file:
        assert file.read() == shown.page


def test_the_shell_saves_or_opens(net, tmp_path, installed, capsys):
    labels = tmp_path / "labels.txt"
    labels.write_text("\n".join("abcdefghij"))
    target = tmp_path / "lesson.html"
    assert (
        main([str(net), "--classes", str(labels), "--scale", "signed", "--save", str(target)]) == 0
    )
    lesson = read_shipped(network_in(target.read_text(encoding="utf-8")))
    assert lesson.classes == tuple("abcdefghij")
    assert lesson.network.scale.name == "signed"
    assert installed == []
    assert main([str(net)]) == 0
    assert main([]) == 0
    assert len(installed) == 2
    assert str(target) in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["none.pt"], ["net.npz", "--classes", "a,b"]])
def test_the_shell_says_what_is_wrong(net, arguments, monkeypatch, capsys):
    monkeypatch.chdir(net.parent)
    assert main(arguments) == 1
    assert re.match(r"cnnscope: .*(No such file|expected 10 names)", capsys.readouterr().err)


@pytest.mark.parametrize("shape", ["28,28", "1,28,x", ""])
def test_the_shell_refuses_a_shape_of_no_picture(net, shape, capsys):
    with pytest.raises(SystemExit):
        main([str(net), "--input-shape", shape])
    assert "channels,rows,columns" in capsys.readouterr().err


def test_the_package_has_nothing_else_that_comes_late():
    with pytest.raises(AttributeError):
        _ = cnnscope.shown
