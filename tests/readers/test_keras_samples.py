"""Files that Keras, TensorFlow and TF.js themselves wrote answer as these do."""

import numpy as np
import pytest

from cnnscope_readers.assemble import assemble
from cnnscope_readers.found import Found
from cnnscope_readers.keras import is_keras, is_keras_h5, read_keras, read_keras_h5, read_tfjs
from support.sample_networks import content, entry, expected, picture, sample_networks

FILES = (
    "binary_keras3tf.h5", "binary_keras3tf.keras", "binary_tfkeras2.h5",
    "binary_tfkeras2.keras", "functional_odd_keras3tf.keras", "functional_odd_tfkeras2.h5",
    "global_pool_keras3torch.keras", "global_pool_tfkeras2.h5",
    "keras_mnist_convnet_keras3tf.h5", "keras_mnist_convnet_keras3torch.h5",
    "keras_mnist_convnet_tfkeras2.h5", "keras_mnist_convnet_tfkeras2.keras",
    "lenet5_tanh_keras3tf.h5", "lenet5_tanh_keras3tf.keras", "lenet5_tanh_tfkeras2.keras",
    "mlp_fashion_keras3tf.h5", "mlp_fashion_keras3torch.h5", "mlp_fashion_tfkeras2.h5",
    "mlp_fashion_tfkeras2.keras", "tf_cifar_cnn_keras3tf.h5", "tf_cifar_cnn_keras3tf.keras",
    "tf_flowers_keras3tf.keras", "tf_flowers_keras3torch.keras", "tf_flowers_tfkeras2.keras",
    "tfjs_functional.model.json", "tfjs_mnist.model.json",
)  # fmt: skip


def read(file: str) -> Found:
    """By what its bytes are."""
    files = {name: content(name) for name in (file, *entry(file)["others"])}
    if is_keras(files[file]):
        return read_keras(files, file)
    return (read_keras_h5 if is_keras_h5(files[file]) else read_tfjs)(files, file)


@pytest.mark.parametrize("file", sample_networks(*FILES))
def test_a_file_answers_as_its_framework_did(file: str) -> None:
    network = assemble(read(file))
    seen = picture(file)
    if entry(file)["preprocessing"]["scale"] == "0..255":  # the file scales it: it is not asked for
        seen = network.scale.numbers(seen / 255)
    values, last = list(network(seen).values()), network.layers[-1]
    got = values[-2] if getattr(last, "given", "") == "logits" else values[-1]
    np.testing.assert_allclose(got[-len(expected(file)) :], expected(file), atol=1e-5)
