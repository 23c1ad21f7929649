"""Access to open data."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
