"""A record that is looked through by somebody else before it is published."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.models.about import AboutRecord, AboutRecordQuerySet


def _adding(kind: ContentType) -> str:
    return f"{kind.app_label}.add_{kind.model}"


class ReviewQuerySet(AboutRecordQuerySet):
    def open(self):
        return self.filter(state=Review.State.OPEN)

    def waiting_for(self, user):
        """Open ones that this person is asked for, or that anybody who may publish may take."""
        kinds = ContentType.objects.get_for_id
        taken = self.open().order_by().values_list("content_type", flat=True).distinct()
        of_theirs = [pk for pk in taken if user.has_perm(_adding(kinds(pk)))]
        for_anybody = Q(reviewer=None, content_type__in=of_theirs)
        return self.open().filter(Q(reviewer=user) | for_anybody).exclude(asked_by=user)

    def returned_to(self, user):
        """What this person asked for and got back, as long as nothing newer was asked."""
        newer = Review.objects.filter(
            content_type=models.OuterRef("content_type"),
            object_id=models.OuterRef("object_id"),
            pk__gt=models.OuterRef("pk"),
        )
        returned = self.filter(state=Review.State.RETURNED, asked_by=user)
        return returned.filter(~models.Exists(newer))


class Review(AboutRecord):
    """Somebody was asked to look through a record; one review of a record is open at a time."""

    class State(models.TextChoices):
        OPEN = "open", _("in review")
        APPROVED = "approved", pgettext_lazy("review", "approved")
        RETURNED = "returned", _("returned with comments")
        CLOSED = "closed", _("ended without a decision")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    request = models.TextField(_("what to look at"), blank=True, max_length=2000)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("reviewer"),
    )  # fmt: skip
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="editorial_review_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state="open"),
                name="editorial_review_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | Q(~Q(state="open"), decided_at__isnull=False),
                name="editorial_review_decided_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decision=""),
                name="editorial_review_returned_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ReviewNote(models.Model):
    """A comment of a review: on the whole, on a field or on a passage; answers hang below it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes")
    answers_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("comment"), max_length=2000)
    field = models.CharField(_("field"), max_length=60, blank=True)
    quote = models.CharField(_("passage"), max_length=300, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="editorial_note_says_something"),
            models.CheckConstraint(
                condition=Q(answers_to=None) | Q(resolved_at=None, field="", quote=""),
                name="editorial_answer_hangs_on_its_comment",
            ),
        ]

    def __str__(self):
        return self.text[:60]
