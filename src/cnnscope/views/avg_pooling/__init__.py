"""Average pooling explained: the values of a window, their sum, divided by how many there are."""
