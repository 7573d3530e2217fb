"""Readers of model files: networks that people trained, as their frameworks save them.

    found = read({"net.onnx": b"..."})        # cnnscope_readers.registry
    found.input_shape, found.layers            # what the file says; nothing in it is ever run

A format is a file, or a folder, of its own and a line in ``registry``. The page loads all of this
only when a network is opened.
"""
