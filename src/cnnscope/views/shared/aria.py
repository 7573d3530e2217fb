"""Attributes that assistive technology reads, as values."""


def pressed(is_pressed: bool) -> str:
    """A value of ``aria-pressed``."""
    return "true" if is_pressed else "false"
