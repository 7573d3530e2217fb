"""Convolution explained: inputs, kernels, contributions, their sum, the output."""
