"""The dense layer explained at a glance: what each of the last maps adds to a class's logit."""
