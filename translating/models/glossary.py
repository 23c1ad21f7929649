"""The glossary: how the association names its offices, bodies and places in each language."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import LANGUAGE_CODES, one_language_required
from content.records import PublicFact


def _once_in(code: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        Lower(f"name_{code}"), "kind",
        condition=Q(**{f"name_{code}__gt": ""}),
        name=f"translating_term_name_{code}_once",
        violation_error_message=_("The glossary has this term already."),
    )  # fmt: skip


class Term(Versioned, PublicFact):
    """One term with its agreed name in each language, and the variants nobody should use."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("office")
        BODY = "body", _("body")
        PLACE = "place", _("place")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("term"), max_length=200, blank=True)
    forbidden = models.TextField(
        _("not to be used"), blank=True, help_text=_("One variant a line.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["kind", "pk"]
        constraints = [
            one_language_required("name", "translating_term_name_given"),
            *(_once_in(code) for code in LANGUAGE_CODES),
        ]

    def __str__(self):
        return self.name or f"{self.pk}"

    def name_in(self, language: str) -> str:
        """The agreed name in this language; empty when there is none."""
        return getattr(self, f"name_{language}", None) or ""

    def forbidden_in(self, language: str) -> list[str]:
        """The variants of this language that are not to be used."""
        lines = (getattr(self, f"forbidden_{language}", None) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]
