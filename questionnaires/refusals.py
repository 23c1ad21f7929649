"""What a capability of this app says when it does not do what it was asked for."""


class Refused(Exception):
    """The deed is not done; the text says why, in the reader's language."""
