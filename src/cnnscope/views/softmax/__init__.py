"""Softmax explained: logits, exponentials, their sum, probabilities."""
