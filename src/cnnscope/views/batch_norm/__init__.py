"""Batch normalisation explained: a line for each channel, ``slope * x + offset``, cell by cell."""
