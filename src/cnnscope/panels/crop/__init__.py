"""Cropping: which square of the visitor's own picture the network is given."""
