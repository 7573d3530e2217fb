"""Readers of what PyTorch saves: checkpoints, whole modules, exported programs, safetensors.

    read_checkpoint({"net.pth": content}, "net.pth")     # Weights, or Found; nothing is ever run

The pickles in them are followed by an interpreter of the package's own, which calls nothing.
"""
