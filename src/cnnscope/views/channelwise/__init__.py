"""Layers that work channel by channel: what ReLU, pooling and such views share."""
