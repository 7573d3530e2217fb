"""HDF5 files of visitors: groups, attributes that are text, and arrays of floats.

    root = read_hdf5(content)                         # RefusedError
    root.text("model_config")
    root.dataset("model_weights/conv/kernel").numbers()    # float32

What Keras writes, and h5py by default: version 0, 2 and 3 superblocks, symbol tables and compact
links, contiguous, compact and chunked arrays. Every address is checked, every step and every byte
that is unpacked is counted, and nothing calls itself, so that no file takes long or takes much.
Source: HDF5 File Format Specification, version 3.0.
"""

from cnnscope_readers.keras.hdf5.objects import Dataset, Group, is_hdf5, read_hdf5

__all__ = ["Dataset", "Group", "is_hdf5", "read_hdf5"]
"""What the readers of Keras files use."""
