"""Access to practices."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
