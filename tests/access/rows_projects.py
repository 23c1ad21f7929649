"""Access to projects and strategies."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
