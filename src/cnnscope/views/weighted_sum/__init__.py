"""A dense layer after another explained: which units of the layer before a sum weighs most."""
