"""Access to consultations."""


def add_objects(world) -> None:
    """Adds nothing yet."""


ROWS = []
