"""The sigmoid of one logit explained: its graph, and what it gives two classes."""
