"""Records of which there is one: the contact card, the words of welcome."""

from typing import Self

from django.db import models


class OnlyOne(models.Model):
    """A table with a single row, made when it is first asked for."""

    slot = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def row(cls) -> Self:
        """The row; a new one, unsaved, where nobody has filled it in yet."""
        return cls._default_manager.filter(slot=1).first() or cls()


def only_slot_one(name: str) -> models.CheckConstraint:
    """The constraint that holds the table to its one row."""
    return models.CheckConstraint(condition=models.Q(slot=1), name=name)
