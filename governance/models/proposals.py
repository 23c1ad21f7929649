"""Whom a member proposes for a seat of its own that is to be filled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import given_in_one_language, one_language_required
from governance.models.bodies import SeatFilling, SeatTerm


class DelegateProposal(Versioned):
    """A person named by the lead representative; the secretariat confirms with one click."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    term = models.ForeignKey(
        SeatTerm, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("seat")
    )
    role = models.CharField(
        _("role"), max_length=10, choices=SeatFilling.Role, default=SeatFilling.Role.DELEGATE
    )
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("office"), max_length=200)
    starts_on = models.DateField(_("from"))
    has_mandate = models.BooleanField(_("has a mandate"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("proposed by"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    filling = models.ForeignKey(
        SeatFilling, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("filling of a seat"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("proposed delegate")
        verbose_name_plural = _("proposed delegates")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            one_language_required("full_name", "governance_delegateproposal_name_given"),
            models.UniqueConstraint(
                fields=["term", "role"],
                condition=Q(state="waiting"),
                name="governance_delegateproposal_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | given_in_one_language("reason"),
                name="governance_delegateproposal_refusal_has_reason",
                violation_error_message=_("Say why, in Russian or in English."),
            ),
        ]

    def __str__(self):
        return f"{self.full_name}, {self.term}"
