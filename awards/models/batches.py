"""Many works of one school at once, longer deadlines for one entrant, copies on paper."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models.calls import Category
from awards.models.entries import Entrant, Entry
from content.models import PrivateFile


class BatchQuerySet(models.QuerySet):
    def for_user(self, user):
        """Batches of the members this person represents today."""
        return self.filter(entrant__in=Entrant.objects.editable_by(user))


class Batch(models.Model):
    """The works of one school: a table with a row per child, archives with the drawings.

    A later upload belongs to the same batch and replaces only what was wrong.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("being read")
        DONE = "done", _("read")
        FAILED = "failed", _("could not be read")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entrant = models.ForeignKey(
        Entrant, on_delete=models.PROTECT, related_name="batches", verbose_name=_("entrant")
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("category"), help_text=_("Empty: by the age of each child."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    archive = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("archive with the works"),
    )  # fmt: skip
    table = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("table of the children"),
    )  # fmt: skip
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of all"), default=0)
    # Why the whole upload could not be read, as a sentence in the language of who sent it.
    error = models.CharField(_("error"), max_length=500, blank=True)
    # Files of the last archive that no row names.
    files_without_row = models.JSONField(default=list, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("sent by"),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("sent"), auto_now_add=True)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    runs = models.PositiveSmallIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(_("read until"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of works")
        verbose_name_plural = _("batches of works")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return f"{self.entrant}: {self.uploaded_at:%d.%m.%Y}"


class BatchRow(models.Model):
    """One child of a batch: what the table says, and what became of it."""

    class State(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("row of a batch", "taken")
        NO_CONSENT = "no_consent", _("waits for the consent of a guardian")
        WRONG = "wrong", _("not taken")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    # What names the row across uploads: the file name of the drawing, folded.
    name = models.CharField(_("file"), max_length=200)
    number = models.PositiveIntegerField(_("row of the table"))
    data = models.JSONField(default=dict, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State)
    # [{"code": "age", "message": …}]: in the language of who sent it.
    errors = models.JSONField(default=list, editable=False)
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="batch_row"
    )

    class Meta:
        verbose_name = _("row of a batch")
        verbose_name_plural = _("rows of batches")
        ordering = ["batch", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "name"], name="awards_batchrow_name_once"),
            models.CheckConstraint(
                condition=Q(state="wrong") | Q(entry__isnull=False),
                name="awards_batchrow_taken_has_entry",
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.name}"


class Extension(models.Model):
    """A later deadline for one entrant; the jury's protocol names it."""

    entrant = models.ForeignKey(
        Entrant, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("entrant")
    )
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    # The hash of the token in the link, which works for this entrant alone until its own time.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("granted by"),
    )  # fmt: skip
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("longer deadline")
        verbose_name_plural = _("longer deadlines")
        ordering = ["entrant", "-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entrant"], condition=Q(ended_at__isnull=True),
                name="awards_extension_one_valid",
                violation_error_message=_("The entrant has a longer deadline already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="awards_extension_says_why"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.entrant}: {self.until}"


class LookAlike(models.Model):
    """Two works that look the same: offered to staff, who decide; nothing is refused by itself."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("to be looked at")
        SAME = "same", _("the same work")
        DIFFERENT = "different", _("different works")

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="look_alikes", verbose_name=_("work")
    )
    other = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("looks like")
    )
    # How many of the 64 bits differ: 0 is the same picture.
    distance = models.PositiveSmallIntegerField(_("difference"))
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("pair of look-alikes")
        verbose_name_plural = _("look-alikes")
        ordering = ["distance", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "other"], name="awards_lookalike_once"),
            models.CheckConstraint(
                condition=Q(distance__lte=64), name="awards_lookalike_distance_to_64"
            ),
        ]

    def __str__(self):
        return f"{self.entry} ~ {self.other}"


class PrintedCopy(models.Model):
    """Where a work was printed or hung: listed when a consent is withdrawn."""

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="printed_copies", verbose_name=_("work")
    )
    what = models.CharField(_("what"), max_length=200, help_text=_("Catalogue, poster, calendar."))
    where = models.CharField(_("where"), max_length=200, blank=True)
    copies = models.PositiveIntegerField(_("copies"), null=True, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy on paper")
        verbose_name_plural = _("copies on paper")
        ordering = ["entry", "printed_on", "pk"]

    def __str__(self):
        return self.what
