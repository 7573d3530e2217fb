"""What the build says when it cannot go on."""


class BuildError(Exception):
    """A failure that the person at the keyboard can act on; its message is all they are shown."""
