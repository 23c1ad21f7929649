"""Access to facts register."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
