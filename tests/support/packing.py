"""A network as a file of the kind that the page fetches, for pages that show another one."""

from cnnscope_notebook.network_file import arrays_of, packed
from support.networks import picture


def file_of(network, classes, pictures=2):
    """The file of a network, with pictures that are made up."""
    samples = {f"made_{k}": picture(network, k) for k in range(pictures)}
    return packed(arrays_of(network), tuple(classes), samples)
