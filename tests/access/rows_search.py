"""Access to search desk."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
