"""The network and its pictures, in NumPy: what is computed, never how it is drawn.

network = load_network("weights/tiny_vgg.npz")
trace = network(network.scale.numbers(to_input(prepare(pixels))))
trace["conv_1_1"].shape  # (10, 62, 62)
"""
