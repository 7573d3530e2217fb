"""The playground: hyper-parameters of one convolution to try out."""
