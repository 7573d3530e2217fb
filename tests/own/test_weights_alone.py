"""Weights without an architecture: guessed, asked about, proved, and called what they are."""

import json
from dataclasses import replace

import numpy as np
import pytest

from cnnscope_own.opened import of_found
from cnnscope_own.words import words
from cnnscope_readers.architecture import pictures
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry
from cnnscope_readers.registry import read
from support.model_files.torch_files import saved
from support.networks import ROOT
from support.opened_networks import with_door
from support.packing import file_of
from support.state_dicts import state_dict
from support.table_networks import table_networks

SAY = words("en")


def with_weights(name):
    app, page, door, _ = with_door()
    door.open({"net.pth": saved(dict(state_dict(name).arrays))})
    if page.fetches:
        page.fetches.pop()((ROOT / "weights" / "digits.npz").read_bytes())
    return app, page, door


def printed(name, size):
    network = table_networks()[name]
    before = network.before(network.layers[-1].name)
    answers = [network(x)[before][None].tolist() for x in pictures(network.input_shape[0], size)]
    return f"{size[0]}x{size[1]} {json.dumps(answers)}"


def test_weights_alone_are_guessed_asked_about_and_proved_by_what_a_notebook_printed():
    app, page, _ = with_weights("lenet_5")
    assert SAY("own.standing.guess") in page.regions["own"]
    assert 'data-on="own.arrangement"' in page.regions["own"]
    app.inputs.take("own.printed", "", printed("lenet_5", (32, 32)), is_final=True)
    app.act("own.prove")
    assert SAY("own.standing.proved") in page.regions["own"]
    x = app.model.trace["input"]
    expected = table_networks()["lenet_5"](x)["output"]
    assert app.model.trace["output"] == pytest.approx(expected, abs=1e-5)


def test_what_was_not_printed_is_told_and_nothing_changes():
    app, page, _ = with_weights("lenet_5")
    before = app.state
    for text, key in (("", "empty"), ("1.5 two", "not_a_number"), ("[1.0, 2.0]", "count")):
        app.inputs.take("own.printed", "", text, is_final=True)
        app.act("own.prove")
        said = SAY.strings[f"own.printed.{key}"].split("{")[-1].split("}")[-1]
        assert said in page.elements["own.proof.told"]["text"], key
    assert app.state is before


def test_an_arrangement_is_chosen_and_is_a_guess():
    app, page, door = with_weights("cifar_net")
    assert "pytorch.org" in page.regions["own"]
    assert SAY("own.names.guessed") in page.regions["own"]
    app.act("own.fold")
    app.act("own.arrangement", "1")
    assert SAY("own.standing.guess") in page.regions["own"]
    assert door.answering.case.answers.arrangement == door.answering.case.offered[1]
    app.act("own.size", "28x28")
    assert app.model.trained.input_shape in ((3, 28, 28), (3, 32, 32))
    count = page.regions["own"].count('data-on="own.arrangement"')
    app.act("own.more")
    assert page.regions["own"].count('data-on="own.arrangement"') >= count


def test_the_lines_for_a_notebook_are_copied():
    app, page, door = with_weights("cifar_net")
    app.act("own.fold")
    app.act("own.copy")
    assert page.copied == door.answering.proof.lines()
    assert "torch" in page.copied
    assert page.elements["own.proof.told"]["text"] == SAY("own.proof.copied")


def test_a_size_that_the_file_does_not_tell_is_asked():
    app, page, door, _ = with_door()
    whole = read({"net.npz": file_of(table_networks()["keras_mnist"], "0123456789")})[1]
    opened = of_found("net.pt", "torchscript", replace(whole, input_shape=None))
    assert opened.input_shape == (1, 28, 28)
    free = [each for each in whole.layers if each.type not in ("dense", "flatten", "softmax")]
    free.append(LayerEntry("global_avg_pool2d", ""))
    door.bring(of_found("net.pt", "torchscript", Found(None, tuple(free))))
    assert app.model.trained.input_shape == (1, 28, 28)
    app.act("own.fold")
    assert 'data-args="64x64"' in page.regions["own"]
    app.act("own.size", "64x64")
    assert app.model.trained.input_shape == (1, 64, 64)
    app.inputs.take("own.size", "", "37 × 41", is_final=True)
    assert app.model.trained.input_shape == (1, 37, 41)
    app.inputs.take("own.size", "", "2", is_final=True)
    assert app.model.trained.input_shape == (1, 37, 41)
    assert page.elements["own.size.told"]["text"] == SAY("own.size.unfit", rows=2, cols=2)
    arrays = {"kernel": np.ones((2, 7), np.float32), "bias": np.ones(2, np.float32)}
    with pytest.raises(RefusedError):  # seven numbers are of no square picture
        of_found("net.pt", "torchscript", Found(None, (LayerEntry("dense", "d", {}, arrays),)))


def test_names_that_are_guessed_are_said_to_be_and_make_no_picture_a_stranger():
    app, page, _ = with_weights("learnpytorch_05")
    assert SAY("own.names.guessed") in page.regions["own"]
    assert not app.model.gallery.out_of_distribution
    app.act("own.fold")
    app.inputs.take("own.classes", "", "espresso, b, c", is_final=True)
    assert SAY("own.names.guessed") not in page.regions["own"]
    assert "pizza" in app.model.gallery.out_of_distribution
    assert "espresso" not in app.model.gallery.out_of_distribution
    said = page.content("network")
    assert ">espresso<" in said
    assert ">steak<" not in said
