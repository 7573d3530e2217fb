"""An activation function explained: cell by cell, ``f(x)``, with its graph and its flat ends."""
