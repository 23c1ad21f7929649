"""What may be done to the rows of a model, as tuples of Django's words."""

LOOK = ("view",)
WRITE = ("view", "add", "change")
KEEP = ("view", "add", "change", "delete")
CORRECT = ("view", "change")
