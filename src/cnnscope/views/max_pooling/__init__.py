"""Max pooling explained: the values of a window, the largest, what is thrown away."""
