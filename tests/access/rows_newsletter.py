"""Access to newsletter."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
