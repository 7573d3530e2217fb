"""The drawing pad: a picture drawn by hand, which the network follows line by line."""
