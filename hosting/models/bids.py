"""Bids of cities, what they answer to each criterion, and how each is scored."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.models import PrivateFile
from hosting.models.calls import Criterion, HostCall
from members.models import Member


class BidQuerySet(models.QuerySet):
    def for_user(self, user):
        """Bids of the members this person represents today."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def standing(self):
        """Bids that were not withdrawn."""
        return self.filter(state__in=Bid.STANDING)


class Bid(Versioned):
    """One member offers to host."""

    class State(models.TextChoices):
        SENT = "sent", _("sent")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CHOSEN = "chosen", _("chosen")
        NOT_CHOSEN = "not_chosen", _("not chosen")

    STANDING = ("sent", "chosen", "not_chosen")

    call = models.ForeignKey(
        HostCall, on_delete=models.PROTECT, related_name="bids", verbose_name=_("call")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="host_bids", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    dates = models.CharField(_("proposed dates"), max_length=200)
    summary = models.TextField(_("why our city"), max_length=3000)
    files = models.ManyToManyField(PrivateFile, related_name="+", verbose_name=_("files"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        verbose_name = _("bid of a city")
        verbose_name_plural = _("bids of cities")
        ordering = ["call", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "member"], name="hosting_bid_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="chosen"), name="hosting_bid_one_chosen"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="hosting_bid_withdrawn_when",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.call}"


class BidAnswer(models.Model):
    """What a bid says to one criterion."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=3000)

    class Meta:
        verbose_name = _("answer to a criterion")
        verbose_name_plural = _("answers to criteria")
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion"], name="hosting_bidanswer_once")
        ]

    def __str__(self):
        return f"{self.bid}: {self.criterion}"


class BidScore(models.Model):
    """The points from 0 to 10 that one member of staff or of the committee gives."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("scored by"),
    )  # fmt: skip
    points = models.PositiveSmallIntegerField(_("points"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("score of a bid")
        verbose_name_plural = _("scores of bids")
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "criterion", "judge"], name="hosting_bidscore_once"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=10),
                name="hosting_bidscore_at_most_10",
                violation_error_message=_("Points are a whole number from 0 to 10."),
            ),
        ]

    def __str__(self):
        return f"{self.bid}: {self.points}"
