"""Networks of the table as PyTorch's courses save them: arrays by name, and nothing else.

weights = state_dict("cifar_net")                     # conv1.weight, conv1.bias, ...
weights = state_dict("cifar_net", is_ordered=False)   # sorted by name, as safetensors are
"""

from cnnscope.nn.layers import BatchNorm2d, Conv2d, Dense
from cnnscope_readers.found import Weights
from support.table_networks import table_networks

NAMES = {
    "learnpytorch_05": "conv_block_1.0 conv_block_1.2 conv_block_2.0 conv_block_2.2 classifier.1",
    "learnpytorch_04": "conv_block_1.0 conv_block_1.2 conv_block_2.0 conv_block_2.2 classifier.1",
    "learnpytorch_03": "block_1.0 block_1.2 block_2.0 block_2.2 classifier.1",
    "cifar_net": "conv1 conv2 fc1 fc2 fc3",
    "pytorch_mnist": "conv1 conv2 fc1 fc2",
    "nn_tutorial": "conv1 conv2 conv3",
    "d2l_lenet": "net.0 net.3 net.7 net.9 net.11",
    "d2l_bn_lenet": "net.0 net.1 net.4 net.5 net.9 net.10 net.12 net.13 net.15",
    "yunjey": "layer1.0 layer1.1 layer2.0 layer2.1 fc",
    "udacity_cifar": "conv1 conv2 conv3 fc1 fc2",
    "jovian_cifar": "network.0 network.2 network.5 network.7 network.10 network.12 "
                    "network.16 network.18 network.20",
    "fastbook": "0.0 1.0 2.0 3.0 4",
}  # fmt: skip
"""What courses call the layers that hold weights, of the networks that are saved in this way."""

OTHERS = {
    "keras_mnist": "conv1 conv2 fc",
    "tf_cifar": "conv1 conv2 conv3 dense1 dense2",
    "tf_flowers": "features.0 features.3 features.6 classifier.1 classifier.3",
    "moroney_fashion": "features.0 features.3 classifier.0 classifier.2",
    "moroney_hands": "cnn.conv1 cnn.conv2 cnn.conv3 cnn.conv4 head.hidden head.out",
    "tfjs_mnist": "c1 c2 out",
    "lenet_5": "C1 C3 C5 F6 OUTPUT",
    "tiny_vgg": "conv_1_1 conv_1_2 conv_2_1 conv_2_2 output",
    "short_mobilenet": "stem.conv stem.bn b1.dw b1.dw_bn b1.pw b1.pw_bn b2.dw b2.dw_bn b2.pw "
                       "b2.pw_bn b3.dw b3.dw_bn b3.pw b3.pw_bn fc",
}  # fmt: skip
"""Names for the other ones, as somebody might give them who builds them with PyTorch."""

ROLES = {
    Conv2d: {"weight": "kernel", "bias": "bias"},
    Dense: {"weight": "kernel", "bias": "bias"},
    BatchNorm2d: {
        "weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance",
    },
}  # fmt: skip


def state_dict(name, *, is_ordered=True, prefix=""):
    """A network of the table as weights, as registered or sorted by name."""
    names = {**NAMES, **OTHERS}[name]
    return named_weights(table_networks()[name], names, is_ordered=is_ordered, prefix=prefix)


def named_weights(network, names, *, is_ordered=True, prefix=""):
    """A network's arrays by names, given for each layer that has any."""
    layers = [layer for layer in network.layers if type(layer) in ROLES]
    arrays = {}
    for layer, source in zip(layers, names.split(), strict=True):
        for role, own in ROLES[type(layer)].items():
            if role != "bias" or getattr(layer, "has_bias", True):
                arrays[f"{prefix}{source}.{role}"] = getattr(layer, own)
    if not is_ordered:
        arrays = {each: arrays[each] for each in sorted(arrays)}
    return Weights(arrays, is_ordered)
