"""The dense layer explained: a class's logit, feature by feature, and what decided it."""
