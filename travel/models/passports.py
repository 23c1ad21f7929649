"""Passport data: encrypted field by field, opened through `travel.passports` alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Delegation, Event, Participant


class Passport(models.Model):
    """What one participant gave for a visa. No form of the admin shows it.

    All fields ending in `_sealed` are tokens of `travel.passports.VAULT`. `fingerprint` says
    whether two are the same passport, and nothing else. A trigger erases the row when the
    participant leaves; `travel.passports.purge` does so 14 days after the event.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="passport",
        verbose_name=_("participant"),
    )  # fmt: skip
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    surname_sealed = models.TextField(editable=False)
    given_names_sealed = models.TextField(editable=False)
    nationality_sealed = models.TextField(editable=False)
    number_sealed = models.TextField(editable=False)
    birth_date_sealed = models.TextField(editable=False)
    birth_place_sealed = models.TextField(editable=False)
    issued_on_sealed = models.TextField(editable=False)
    expires_on_sealed = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    # Where the visa is asked for; says nothing about the person.
    consulate = models.CharField(_("city of the consulate"), max_length=120)
    # Empty where participants entered it themselves, through the link of their letter.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("entered by"),
    )  # fmt: skip
    consented_at = models.DateTimeField(_("consent given"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("passport data")
        verbose_name_plural = _("passport data")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "fingerprint"], name="travel_passport_once_in_event"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class VisaLetter(models.Model):
    """A visa support letter was made: for whom, when, by whom. The paper itself is not kept."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="visa_letters",
        verbose_name=_("delegation"),
    )  # fmt: skip
    people = models.ManyToManyField(Participant, related_name="visa_letters")
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("sent by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("visa support letter")
        verbose_name_plural = _("visa support letters")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "number"], name="travel_visaletter_number_once"
            )
        ]

    def __str__(self):
        return f"{self.delegation}: {self.number}"
