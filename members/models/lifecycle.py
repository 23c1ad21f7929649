"""How a record comes to be a member and ceases to be one: prospects, applications, statuses."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import dated
from content.dated import Dated, Precision, starts_before_end, validity
from content.editing import Versioned
from content.languages import given_in_one_language, one_language_required
from content.models import PrivateFile
from content.records import PublicFact
from members.models.member import Country, Member


class CountingRule(PublicFact, Dated):
    """When an accepted applicant begins to count as a member: a rule of the association, dated."""

    class CountsFrom(models.TextChoices):
        DECISION = "decision", _("from the decision")
        PAYMENT = "payment", _("from the first payment")

    counts_from = models.CharField(_("a member counts"), max_length=8, choices=CountsFrom)
    note = models.CharField(_("where it is laid down"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rule of counting")
        verbose_name_plural = _("rules of counting")
        ordering = ["starts_on", "pk"]
        constraints = [
            starts_before_end("members_countingrule_starts_before_end"),
            ExclusionConstraint(
                name="members_countingrule_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another rule holds on some of these days."),
            ),
        ]

    def __str__(self):
        return self.get_counts_from_display()


class StatusChange(PublicFact):
    """One step in the life of a member: which status, from which day, decided by whom and why.

    The status of a day is that of the last step up to it. Which days count as membership stands
    in `MembershipPeriod`; `members.lifecycle` writes both in one transaction.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("applied")
        ACCEPTED = "accepted", _("accepted, due not paid")
        MEMBER = "member", _("member")
        SUSPENDED = "suspended", _("suspended")
        FORMER = "former", _("former member")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="status_changes", verbose_name=_("member")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status)
    # The first day of the new status; of "former" the day after the last day of membership.
    happened_on = models.DateField(_("from"))
    precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    document = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        ordering = ["happened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "status", "happened_on"], name="members_statuschange_once"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["suspended", "former"]) | given_in_one_language("reason"),
                name="members_statuschange_ending_needs_reason",
                violation_error_message=_("Say why, in Russian or in English."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_status_display()}"


class ApplicationQuerySet(models.QuerySet):
    def open(self):
        """Applications that nobody has decided yet, the oldest first."""
        return self.filter(state__in=MembershipApplication.OPEN).order_by("received_at", "pk")


class MembershipApplication(Versioned):
    """What a city or an association sent by the public form, and what became of it."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("an application", "received")
        BEFORE_BODY = "before_body", _("put before the body")
        ACCEPTED = "accepted", pgettext_lazy("an application", "accepted")
        REFUSED = "refused", pgettext_lazy("an application", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("an application", "withdrawn")

    OPEN = ("received", "before_body")

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.RECEIVED)
    # The language of the person who applied: their mails begin with it.
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=12, choices=Member.Kind)
    name_ru = models.CharField(_("name in Russian"), max_length=150, blank=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    # The name folded for comparison: an application that waits is not sent twice.
    name_key = models.CharField(max_length=150, editable=False)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    head_name = models.CharField(_("head"), max_length=150)
    head_position = models.CharField(_("office of the head"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150)
    contact_position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    statement = models.TextField(_("why you want to join"), blank=True)
    charter_accepted_at = models.DateTimeField(_("charter accepted"))
    data_consent_at = models.DateTimeField(_("agreed that the data are kept"))
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="applications",
        verbose_name=_("record of the member"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    document = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document of the decision"),
    )  # fmt: skip

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for membership")
        verbose_name_plural = _("applications for membership")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"], name="members_membershipapplication_number"
            ),
            models.UniqueConstraint(
                fields=["name_key", "country"],
                condition=Q(state__in=["received", "before_body"]),
                name="members_membershipapplication_one_open",
            ),
            models.CheckConstraint(
                condition=Q(name_ru__gt="") | Q(name_en__gt=""),
                name="members_membershipapplication_name_given",
                violation_error_message=_("Give it in Russian or in English."),
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__range=(1, 100_000_000)),
                name="members_membershipapplication_population",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_on__isnull=False),
                name="members_membershipapplication_decided_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(member__isnull=False),
                name="members_membershipapplication_accepted_has_member",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name_ru or self.name_en}"

    @property
    def number(self) -> str:
        """The number the applicant is told: 2026-014."""
        return f"{self.year}-{self.serial:03d}"


class ApplicationFile(models.Model):
    """A file that came with an application."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("signed application letter")
        CHARTER = "charter", _("charter of the municipality or association")
        OTHER = "other", _("another document")

    application = models.ForeignKey(
        MembershipApplication, on_delete=models.CASCADE, related_name="files"
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of an application")
        ordering = ["pk"]

    def __str__(self):
        return self.file.name


class ProspectQuerySet(models.QuerySet):
    def step_due(self):
        """Those the secretariat is talking to whose next step is due by today."""
        talking = [Prospect.State.CONTACTED, Prospect.State.INTERESTED]
        return self.filter(state__in=talking, next_step_on__lte=dated.today())


class Prospect(Versioned):
    """Somebody who may apply one day: who they are, who talks to them, what comes next."""

    class State(models.TextChoices):
        CONTACTED = "contacted", _("contacted")
        INTERESTED = "interested", _("interested")
        APPLIED = "applied", _("applied")
        DECLINED = "declined", _("not interested")

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=Member.Kind, default=Member.Kind.CITY)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONTACTED)
    contact = models.TextField(_("contact"), blank=True)
    origin = models.CharField(_("how the contact came about"), max_length=200, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("due on"), null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("in the hands of"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="prospects",
        verbose_name=_("record of the member"),
    )  # fmt: skip
    application = models.ForeignKey(
        MembershipApplication, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="prospects", verbose_name=_("application"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("noted"), auto_now_add=True)

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prospective member")
        verbose_name_plural = _("prospective members")
        ordering = ["next_step_on", "pk"]
        constraints = [one_language_required("name", "members_prospect_name_given")]

    def __str__(self):
        return self.name or f"{self.pk}"
