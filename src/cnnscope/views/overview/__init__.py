"""The overview: the whole network, its cards and its tooltip."""
