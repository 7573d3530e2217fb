"""Weights that PyTorch saved, with its own answers: names and shapes tell their network."""

import numpy as np
import pytest

from cnnscope_readers.architecture import Answers, arrangements, blocks, known
from cnnscope_readers.architecture import found as found_by
from cnnscope_readers.assemble import assemble
from cnnscope_readers.torch.checkpoint import read_checkpoint
from cnnscope_readers.torch.safetensors import read_safetensors
from support.sample_networks import content, expected, picture, sample_networks

OF_COURSES = {
    "fastbook_simple_cnn.pth": "fastbook",
    "learnpytorch_tinyvgg_05.pth": "learnpytorch_05",
    "d2l_lenet.pth": "d2l_lenet",
    "yunjey_convnet.pth": "yunjey",
    "convnet_checkpoint.tar": "yunjey",
    "nn_tutorial_mnist.pth": "nn_tutorial",
    "nn_tutorial_mnist_bigendian.pth": "nn_tutorial",
    "nn_tutorial_mnist.safetensors": "nn_tutorial",
    "udacity_cifar.pth": "udacity_cifar",
    "cifar_net_legacy.pth": "cifar_net",
    "pytorch_cifar_net.safetensors": "cifar_net",
    "pytorch_cifar_net_module.pt": "cifar_net",
    "d2l_bn_lenet_module.pt": "d2l_bn_lenet",
    "fashion_v2_dataparallel.pt": "learnpytorch_03",
    "fashion_v2_lightning.ckpt": "learnpytorch_03",
    "fashion_v2_fastai_save.pth": "learnpytorch_03",
    "fashion_v2_bfloat16.pth": "learnpytorch_03",
}


def layers_of(file):
    read = read_safetensors if file.endswith("safetensors") else read_checkpoint
    return blocks(read({file: content(file)}, file))


def answered(layers, answers, x):
    """What the network gives before what makes probabilities of it."""
    network = assemble(found_by(layers, answers))
    return network(x)[list(network.shapes)[-2]]


@pytest.mark.parametrize("file", sample_networks(*OF_COURSES))
def test_a_saved_network_of_a_course_answers_as_pytorch_did(file):
    layers = layers_of(file)
    preset = known(layers)
    assert preset.name == OF_COURSES[file]
    got = answered(layers, preset.answers, picture(file))
    np.testing.assert_allclose(got, expected(file), rtol=0, atol=1e-6)


@pytest.mark.parametrize("file", sample_networks("odd_module.pt"))
def test_modules_of_an_unfamiliar_network_leave_one_arrangement(file):
    layers = layers_of(file)
    (arrangement,) = arrangements(layers, picture(file).shape[1:])
    got = answered(layers, Answers(arrangement), picture(file))
    np.testing.assert_allclose(got, expected(file), rtol=0, atol=1e-6)


@pytest.mark.parametrize("file", sample_networks("trained_tinyvgg_digits.pth"))
def test_a_trained_network_answers_several_pictures_as_pytorch_did(file):
    layers = layers_of(file)
    got = [answered(layers, known(layers).answers, x) for x in picture(file)[:, None]]
    np.testing.assert_allclose(got, expected(file), rtol=0, atol=1e-4)
