"""Changing the picture by hand: what it takes for the network to change its answer."""
