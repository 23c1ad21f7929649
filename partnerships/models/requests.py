"""What members ask the secretariat for: introductions, consultations, help; wishes for partners."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from members.models import Country, Member


class HelpRequestQuerySet(models.QuerySet):
    def for_user(self, user):
        """Requests of the members this person represents; all for the secretariat."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("partnerships.view_helprequest"):
            return self
        return self.filter(member__in=Member.objects.editable_by(user))

    def open(self):
        """Requests that wait for the secretariat, the longest waiting first."""
        return self.filter(state__in=HelpRequest.OPEN).order_by("created_at", "pk")


class HelpRequest(Versioned):
    """A request of a member, its state and the answer."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("introduction to a city")
        CONSULTATION = "consultation", _("consultation")
        HELP = "help", pgettext_lazy("request", "help")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("request", "received")
        IN_WORK = "in_work", pgettext_lazy("request", "in work")
        ANSWERED = "answered", pgettext_lazy("request", "answered")
        CLOSED = "closed", pgettext_lazy("request", "closed")

    OPEN = (State.RECEIVED, State.IN_WORK)

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="help_requests", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INTRODUCTION)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what you ask for"), max_length=4000)
    wished_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country of the partner"),
    )  # fmt: skip
    wished_city = models.CharField(_("city you have in mind"), max_length=150, blank=True)
    wished_member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="wished_in_requests",
        verbose_name=_("member you have in mind"),
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answer__gt=""),
                name="partnerships_helprequest_answer_given",
                violation_error_message=_("Write the answer."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__gt="", answered_at__isnull=False),
                name="partnerships_helprequest_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(wished_member__isnull=True) | ~Q(wished_member=models.F("member")),
                name="partnerships_helprequest_not_itself",
                violation_error_message=_("A city needs no introduction to itself."),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="partnerships_help_by_state")]

    def __str__(self):
        return f"{self.member}: {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class HelpStep(models.Model):
    """One step in the history of a request."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=HelpRequest.State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("done by"),
    )
    at = models.DateTimeField(_("done on"), auto_now_add=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of a request")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_state_display()}, {self.at:%d.%m.%Y}"


class MatchWish(models.Model):
    """A member looks for partners: only those who say so are proposed to one another."""

    member = models.OneToOneField(
        Member, on_delete=models.CASCADE, related_name="match_wish", verbose_name=_("member")
    )
    opted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("said by"),
    )  # fmt: skip
    opted_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("wish for partners")
        verbose_name_plural = _("wishes for partners")
        ordering = ["-opted_at", "pk"]

    def __str__(self):
        return str(self.member)
