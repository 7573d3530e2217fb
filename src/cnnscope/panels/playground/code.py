"""A convolution as one line of NumPy, of PyTorch and of Keras.

    numpy_line(ConvGeometry(7, 3, padding=1))
    # 'np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(np.pad(x, 1), (3, 3)), k)'

``x`` is the input and ``k`` the kernel, both (rows, cols); so is what a line gives.
"""

from collections.abc import Callable, Mapping

from cnnscope.nn.conv_geometry import ConvGeometry


def numpy_line(geometry: ConvGeometry) -> str:
    """All windows as a view, those between strides and the holes of dilation left out."""
    reach, stride, dilation = geometry.span, geometry.stride, geometry.dilation
    padded = f"np.pad(x, {geometry.padding})" if geometry.padding else "x"
    windows = f"np.lib.stride_tricks.sliding_window_view({padded}, ({reach}, {reach}))"
    steps, holes = (f"::{by}" if by > 1 else ":" for by in (stride, dilation))
    kept = {
        (False, False): "",
        (True, False): f"[{steps}, {steps}]",
        (False, True): f"[..., {holes}, {holes}]",
        (True, True): f"[{steps}, {steps}, {holes}, {holes}]",
    }[stride > 1, dilation > 1]
    return f'np.einsum("ijab,ab->ij", {windows}{kept}, k)'


def torch_line(geometry: ConvGeometry) -> str:
    """PyTorch takes all of it as it is, for a batch of maps with channels."""
    given = {"stride": (geometry.stride, 1), "padding": (geometry.padding, 0),
             "dilation": (geometry.dilation, 1)}  # fmt: skip
    options = "".join(f", {name}={value}" for name, (value, usual) in given.items()
                      if value != usual)  # fmt: skip
    return f"torch.nn.functional.conv2d(x[None, None], k[None, None]{options})[0, 0]"


def keras_line(geometry: ConvGeometry) -> str:
    """Keras pads in a layer of its own where "same" does not say it.

    It does not take a stride and a dilation at once: the rows between strides are then left out
    afterwards.
    """
    stride, dilation = geometry.stride, geometry.dilation
    x, options, kept = "x[None, ..., None]", "", "[0, ..., 0]"
    if is_same(geometry) and geometry.padding:
        options += ', padding="same"'
    elif geometry.padding:
        x = f"keras.layers.ZeroPadding2D({geometry.padding})({x})"
    if stride > 1 and dilation > 1:
        kept = f"[0, ::{stride}, ::{stride}, 0]"
    elif stride > 1:
        options += f", strides={stride}"
    if dilation > 1:
        options += f", dilation_rate={dilation}"
    return f"keras.ops.conv({x}, k[..., None, None]{options}){kept}"


def is_same(geometry: ConvGeometry) -> bool:
    """Whether the padding is what "same" means in PyTorch and in TensorFlow."""
    return geometry.stride == 1 and 2 * geometry.padding == geometry.span - 1


LINES: Mapping[str, Callable[[ConvGeometry], str]] = {
    "numpy": numpy_line,
    "torch": torch_line,
    "keras": keras_line,
}
