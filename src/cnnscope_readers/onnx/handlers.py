"""What each operation of a graph adds to the chain of layers; ``HANDLERS`` is the registry."""

from collections.abc import Callable, Mapping

import numpy as np

from cnnscope.nn.shapes import ShapeError
from cnnscope.nn.sliding import Pair, Sides, Sliding
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.chain import Axis, Chain
from cnnscope_readers.onnx.folding import Given
from cnnscope_readers.onnx.padding import MOST, around, pad, sides
from cnnscope_readers.onnx.reshaping import flattened, reshaped, squeezed, transposed, unsqueezed
from cnnscope_readers.onnx.tensors import Numbers


def _pair(given: Given, name: str, default: int = 1) -> Pair:
    """One number for rows and one for columns. Raises RefusedError: setting."""
    values = given.wholes(name, (default, default))
    if len(values) != 2 or not all(0 < value <= MOST for value in values):
        raise given.wrong(name, values)
    return values[0], values[1]


def _slid(given: Given, chain: Chain, sliding: Sliding, channels: int | None) -> None:
    """Go on with the maps that sliding windows make. Raises RefusedError: shapes."""
    sizes = [axis.size for axis in chain.axes[1:]]
    made = [
        None if size is None else sliding.along(axis, size) for axis, size in enumerate(sizes)
    ]  # fmt: skip
    if 0 in made:
        expected = f"at least {sliding.span[0]}x{sliding.span[1]}"
        raise RefusedError("shapes", layer=given.node.called, expected=expected, got=sizes)
    chain.become_maps((channels, *made))


def conv(chain: Chain, given: Given) -> None:
    """Conv: a convolution, whose kernels are known."""
    chain.maps(given.node)
    kernel, bias = given.needed(1), given.value(2)
    if kernel.ndim != 4 or 0 in kernel.shape:
        raise given.wrong("kernel", kernel.shape)
    if bias is not None and bias.size != len(kernel):
        raise given.wrong("bias", bias.shape)
    size = kernel.shape[2:]
    if given.wholes("kernel_shape", size) != size:
        raise given.wrong("kernel_shape", given.wholes("kernel_shape", size))
    stride, dilation = _pair(given, "strides"), _pair(given, "dilations")
    bare = _sliding(given, size, stride, ((0, 0), (0, 0)), dilation)
    padding = around(given, chain, sides(given, chain, bare))
    settings = {
        "stride": stride, "padding": padding, "dilation": dilation,
        "groups": given.whole("group", 1), "bias": bias is not None,
    }  # fmt: skip
    arrays = {"kernel": kernel} if bias is None else {"kernel": kernel, "bias": bias.ravel()}
    sliding = _sliding(given, size, stride, padding, dilation)
    chain.add(given.node, "conv2d", settings, arrays)
    _slid(given, chain, sliding, len(kernel))


def _sliding(
    given: Given, size: Pair, stride: Pair, padding: Sides, dilation: Pair, *, is_ceil: bool = False
) -> Sliding:
    """How windows slide. Raises RefusedError: setting."""
    try:
        return Sliding.of(given.node.called, size, stride, padding, dilation, is_ceil=is_ceil)
    except ShapeError as error:
        raise given.wrong("pads", padding) from error


def _pool(chain: Chain, given: Given, kind: str) -> None:
    """MaxPool and AveragePool."""
    chain.maps(given.node)
    if "kernel_shape" not in given.node.settings:
        raise given.wrong("kernel_shape", "?")
    size, stride = _pair(given, "kernel_shape"), _pair(given, "strides")
    if _pair(given, "dilations") != (1, 1):
        raise given.wrong("dilations", given.wholes("dilations"))
    is_ceil, counts = given.whole("ceil_mode", 0) == 1, given.whole("count_include_pad", 0) == 1
    bare = _sliding(given, size, stride, ((0, 0), (0, 0)), (1, 1))
    own, left = sides(given, chain, bare), chain.padding
    padding = around(given, chain, own, is_largest=kind == "max_pool2d")
    if kind == "avg_pool2d" and left is not None and any(map(any, own)) and not counts:
        raise given.wrong("count_include_pad", 0)
    settings = {"size": size, "stride": stride, "padding": padding, "ceil_mode": is_ceil}
    if kind == "avg_pool2d":
        settings["count_include_pad"] = counts or left is not None
    sliding = _sliding(given, size, stride, padding, (1, 1), is_ceil=is_ceil)
    chain.add(given.node, kind, settings)
    _slid(given, chain, sliding, chain.axes[0].size)


def _global(chain: Chain, given: Given, kind: str) -> None:
    """GlobalAveragePool and GlobalMaxPool."""
    chain.maps(given.node)
    chain.add(given.node, kind)
    chain.become_maps((chain.axes[0].size, 1, 1))


def _reduce(chain: Chain, given: Given, kind: str) -> None:
    """ReduceMean and ReduceMax over rows and columns, at once or one after the other."""
    axes = given.axes(1)
    chain.guess()
    rank = len(chain.axes) + 1
    places = sorted(place % rank for place in axes or () if -rank <= place < rank)
    if chain.is_flat or not places or 0 in places or chain.padding is not None:
        raise given.wrong("axes", axes)
    sizes = {axis.label: axis.size for axis in chain.axes}
    labels = {chain.axes[place - 1].label for place in places}
    whole = {label for label in labels if sizes[label] != 1}
    waiting = set() if chain.reduced is None else {chain.reduced[1]}
    if not whole | waiting <= {"h", "w"} or (waiting and chain.reduced != (kind, *waiting)):
        raise given.wrong("axes", axes)
    others = {label for label in ("h", "w") if sizes.get(label, 1) != 1} - whole
    if others:
        chain.reduced = (kind, next(iter(whole))) if whole else chain.reduced
    elif whole:
        chain.reduced = None
        chain.add(given.node, kind)
    keeps = given.whole("keepdims", 1)
    chain.axes = tuple(
        Axis(axis.label, 1 if axis.label in labels else axis.size)
        for axis in chain.axes if keeps or axis.label not in labels
    )  # fmt: skip
    if len(chain.axes) == 1 and not chain.is_flat:
        chain.flatten(given.node)


def gemm(chain: Chain, given: Given) -> None:
    """Gemm: a dense layer; alpha and beta go into its numbers."""
    settings = given.node.settings
    if given.whole("transA", 0):
        raise given.wrong("transA", 1)
    kernel = given.needed(1)
    alpha, beta = settings.get("alpha", 1.0), settings.get("beta", 1.0)
    if not isinstance(alpha, float) or not isinstance(beta, float):
        raise given.wrong("alpha", type(alpha).__name__)
    turned = kernel if given.whole("transB", 0) else kernel.T
    bias = given.value(2)
    _dense(chain, given, turned * np.float32(alpha) if alpha != 1 else turned,
           None if bias is None else bias * np.float32(beta))  # fmt: skip


def matmul(chain: Chain, given: Given) -> None:
    """MatMul: a dense layer without a bias, which an Add may give it."""
    kernel = given.needed(1)
    _dense(chain, given, kernel.T, None)


def _dense(chain: Chain, given: Given, kernel: Numbers, bias: Numbers | None) -> None:
    """A dense layer by its kernel, (out, in), in the file's order of features."""
    if kernel.ndim != 2 or 0 in kernel.shape:
        raise given.wrong("kernel", kernel.shape)
    if not chain.is_flat:
        if len(chain.axes) != 1:
            raise RefusedError("shapes", layer=given.node.called, expected="(n, features)",
                               got=chain.sizes)  # fmt: skip
        chain.flatten(given.node)
    if chain.axes[0].size not in (None, kernel.shape[1]):
        raise RefusedError("shapes", layer=given.node.called, expected=kernel.shape[1],
                           got=chain.axes[0].size)  # fmt: skip
    arrays = {"kernel": chain.by_channel(given.node, kernel)}
    if bias is not None:
        if bias.size not in (1, len(kernel)):
            raise given.wrong("bias", bias.shape)
        arrays["bias"] = np.broadcast_to(bias.ravel(), (len(kernel),))
    chain.add(given.node, "dense", {"bias": bias is not None}, arrays)
    chain.become_vector(len(kernel))


def batch_norm(chain: Chain, given: Given) -> None:
    """BatchNormalization, of maps or of a vector, as after a training."""
    if not chain.is_flat:
        chain.maps(given.node)
    if given.whole("spatial", 1) != 1 or given.whole("training_mode", 0):
        raise given.wrong("training_mode", given.whole("training_mode", 0))
    epsilon = given.node.settings.get("epsilon", 1e-5)
    if not isinstance(epsilon, float) or not 0 <= epsilon < 1:
        raise given.wrong("epsilon", epsilon)
    arrays = {}
    for place, role in enumerate(("gamma", "beta", "mean", "variance"), 1):
        values = given.needed(place)
        size = chain.axes[0].size
        if values.ndim != 1 or size not in (None, len(values)):
            raise RefusedError("shapes", layer=given.node.called, expected=size, got=values.shape)
        arrays[role] = chain.by_channel(given.node, values) if chain.is_flat else values
    chain.add(given.node, "batch_norm2d", {"epsilon": epsilon}, arrays)


def _softmax(chain: Chain, given: Given, name: str) -> None:
    """Softmax and LogSoftmax over the classes."""
    if not chain.is_flat and all(axis.size == 1 for axis in chain.axes[1:]):
        chain.flatten(given.node)
    axis = given.whole("axis", -1 if given.opset >= 13 else 1)
    if not chain.is_flat or not chain.is_in_order or axis not in (1, -1):
        raise given.wrong("axis", axis)
    chain.add(given.node, "softmax", {"given": name})


Handler = Callable[[Chain, Given], None]

HANDLERS: Mapping[str, Handler] = {
    "Conv": conv,
    "MaxPool": lambda chain, given: _pool(chain, given, "max_pool2d"),
    "AveragePool": lambda chain, given: _pool(chain, given, "avg_pool2d"),
    "GlobalAveragePool": lambda chain, given: _global(chain, given, "global_avg_pool2d"),
    "GlobalMaxPool": lambda chain, given: _global(chain, given, "global_max_pool2d"),
    "ReduceMean": lambda chain, given: _reduce(chain, given, "global_avg_pool2d"),
    "ReduceMax": lambda chain, given: _reduce(chain, given, "global_max_pool2d"),
    "Gemm": gemm,
    "MatMul": matmul,
    "BatchNormalization": batch_norm,
    "Softmax": lambda chain, given: _softmax(chain, given, "softmax"),
    "LogSoftmax": lambda chain, given: _softmax(chain, given, "log_softmax"),
    "Pad": pad,
    "Flatten": flattened,
    "Reshape": reshaped,
    "Squeeze": squeezed,
    "Unsqueeze": unsqueezed,
    "Transpose": transposed,
}
"""By the name of the operation."""
