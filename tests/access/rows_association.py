"""Access to the association."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
