"""The call for a host city: for which event, by which criteria, until when, and how it ended."""

import datetime
import zoneinfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.languages import in_language, one_language_required
from content.models import PrivateFile
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from events.models import Event
from meetings.models import Decision
from members.models import Member


class HostCallQuerySet(PublishableQuerySet):
    def open(self, at: datetime.datetime | None = None):
        """Published calls that take bids at this moment, the first to close first."""
        at = at or timezone.now()
        return (
            self.published(at)
            .filter(opens_at__lte=at, closes_at__gt=at, decided_at__isnull=True)
            .order_by("closes_at", "pk")
        )


class HostCall(Publishable, PublicRecord):
    """Cities offer to host an event; the body that decides chooses one."""

    class Phase(models.TextChoices):
        """Derived from the clock and the decision, never stored."""

        NOT_YET = "not_yet", _("not open yet")
        OPEN = "open", _("open for bids")
        JUDGED = "judged", _("bids are being judged")
        DECIDED = "decided", _("decided")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    body = RichTextField(_("text"), blank=True)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="host_calls",
        verbose_name=_("event"), help_text=_("Gets its host from the decision."),
    )  # fmt: skip
    opens_at = models.DateTimeField(_("bids from"))
    closes_at = models.DateTimeField(_("bids until"))
    terms = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("conditions as a file"), editable=False,
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("recorded by"),
    )  # fmt: skip
    host = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False, verbose_name=_("chosen city"),
    )  # fmt: skip
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False, verbose_name=_("decision of a meeting"),
    )  # fmt: skip
    outcome = models.CharField(_("outcome in words"), max_length=1000, blank=True, editable=False)

    objects = HostCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for a host city")
        verbose_name_plural = _("calls for a host city")
        ordering = ["-closes_at", "pk"]
        constraints = [
            one_language_required("title", "hosting_hostcall_title_given"),
            published_needs_a_moment("hosting_hostcall_public_from"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="hosting_hostcall_closes_after_opening",
                violation_error_message=_("A call closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(host__isnull=True),
                name="hosting_hostcall_host_by_decision",
            ),
        ]

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("hosting:call", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock of the deadlines: the association's."""
        return zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)

    def phase(self, at: datetime.datetime | None = None) -> "HostCall.Phase":
        """How far the call is: by the clock of the server."""
        at = at or timezone.now()
        if self.decided_at is not None:
            return self.Phase.DECIDED
        if at < self.opens_at:
            return self.Phase.NOT_YET
        return self.Phase.OPEN if at < self.closes_at else self.Phase.JUDGED


class Criterion(PublicFact):
    """One thing bids are compared by, and how much it weighs."""

    call = models.ForeignKey(HostCall, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=200)
    hint = models.CharField(_("what to write"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["call", "order", "pk"]
        constraints = [
            one_language_required("name", "hosting_criterion_name_given"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="hosting_criterion_weight_from_1_to_100",
                violation_error_message=_("A weight is a number from 1 to 100."),
            ),
        ]

    def __str__(self):
        return in_language(self, "name")[0]
