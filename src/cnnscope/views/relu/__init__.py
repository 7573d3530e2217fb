"""ReLU explained: ``max(0, x)``, cell by cell, with its graph."""
