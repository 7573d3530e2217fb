"""ONNX files of both of PyTorch's exporters answer as PyTorch did, where such files are at hand."""

import json

import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx import is_onnx, read_onnx
from support.found_networks import answer
from support.sample_networks import FOLDER, content, entry, expected, picture, sample_networks

FILES = [
    "pytorch_cifar_net_old.onnx", "pytorch_cifar_net.onnx", "udacity_cifar_old.onnx",
    "udacity_cifar.onnx", "yunjey_convnet.onnx", "pytorch_mnist_example_old.onnx",
    "learnpytorch_tinyvgg_04_old.onnx", "learnpytorch_tinyvgg_04.onnx",
    "learnpytorch_fashion_v2.onnx", "odd.onnx", "d2l_lenet_old.onnx", "d2l_bn_lenet.onnx",
    "tinyvgg_external.onnx",
]  # fmt: skip


@pytest.mark.parametrize("file", sample_networks(*FILES))
def test_a_file_answers_as_its_framework(file):
    files = {name: content(name) for name in (file, *entry(file)["others"])}
    assert is_onnx(files[file])
    found = read_onnx(files, file)
    assert found.input_shape == picture(file).shape
    assert answer(picture(file), found.layers) == pytest.approx(expected(file), abs=2e-6)


@pytest.mark.parametrize("file", sample_networks("tinyvgg_external.onnx"))
def test_numbers_in_another_file_are_asked_for(file):
    with pytest.raises(RefusedError) as refused:
        read_onnx({file: content(file)}, file)
    assert refused.value.reason == "missing_file"
    assert refused.value.values == {"file": "tinyvgg_external.onnx.data"}


@pytest.mark.parametrize("file", sample_networks("refused/residual.onnx"))
def test_a_residual_connection_is_refused(file):
    with pytest.raises(RefusedError) as refused:
        read_onnx({file: content(file)}, file)
    assert (refused.value.reason, refused.value.values) == ("branches", {"layer": "/Add"})


@pytest.mark.parametrize("file", sample_networks("manifest.json"))
def test_no_other_file_passes_for_one(file):
    manifest = json.loads(content(file))
    named = [each["file"] for part in ("files", "refused") for each in manifest[part]]
    assert len(named) > len(FILES)
    for name in named:
        assert is_onnx((FOLDER / name).read_bytes()) == name.endswith(".onnx"), name
