"""A convolutional neural network that explains itself, in the visitor's browser.

The folders build on each other one way. ``nn`` computes, ``drawing`` and ``text`` are what is
drawn and said with, ``state`` is what the page shows, ``pictures`` holds what the network is
asked about; ``views`` and ``panels`` draw, ``app`` reacts, ``browser`` touches the page.
"""


def __getattr__(name: str) -> object:
    """``show`` and ``save``, for notebooks, which the page has no use for."""
    if name not in ("show", "save"):
        raise AttributeError(name)
    import cnnscope_notebook

    return getattr(cnnscope_notebook, name)
