"""One sentence of the live check, and where it is put right."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    ERROR = "error", pgettext_lazy("of a check", "error")
    WARNING = "warning", pgettext_lazy("of a check", "warning")


@dataclass(frozen=True)
class Problem:
    """What is wrong, in the reader's language; `link` leads to the form in the admin."""

    level: str
    text: str
    link: str

    @property
    def is_error(self) -> bool:
        return self.level == Level.ERROR


def error(text: str, about: models.Model) -> Problem:
    """Stops the opening of the questionnaire."""
    return Problem(Level.ERROR.value, text, form_of(about))


def warning(text: str, about: models.Model) -> Problem:
    """Is said, and stops nothing."""
    return Problem(Level.WARNING.value, text, form_of(about))


def form_of(row: models.Model) -> str:
    """The address of a row's form in the admin."""
    return reverse(f"admin:ratings_{row._meta.model_name}_change", args=[row.pk])
