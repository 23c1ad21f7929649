"""What the public may see, and from when."""

import datetime

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HIDDEN = ("draft", "withdrawn")


class PublishableQuerySet(models.QuerySet):
    def published(self, at: datetime.datetime | None = None):
        """Rows the public may see at the moment `at` (now when not given)."""
        return self.filter(published_at__lte=at or timezone.now()).exclude(status__in=HIDDEN)

    def scheduled(self, at: datetime.datetime | None = None):
        """Rows that become public later by themselves."""
        return self.filter(published_at__gt=at or timezone.now()).exclude(status__in=HIDDEN)


class Publishable(models.Model):
    """A record with a publishing state. "Scheduled" is derived, so no job flips states."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_public(self, at: datetime.datetime | None = None) -> bool:
        return (
            self.status not in HIDDEN
            and self.published_at is not None
            and self.published_at <= (at or timezone.now())
        )

    def is_scheduled(self, at: datetime.datetime | None = None) -> bool:
        return (
            self.status not in HIDDEN
            and self.published_at is not None
            and self.published_at > (at or timezone.now())
        )

    @property
    def visible_from(self) -> datetime.datetime | None:
        """The moment from which the public sees the record; None when it never does."""
        return None if self.status in HIDDEN else self.published_at


class Withdrawn(Http404):
    """The record was public and was withdrawn: its address answers 410 and tells nothing of it."""


def public_or_404(records: PublishableQuerySet, **lookup):
    """The one of `records` that the lookup names and the public sees.

    Raises Withdrawn for one that was public once, Http404 for any other.
    """
    if (found := records.published().filter(**lookup).first()) is not None:
        return found
    was_public = {"status": "withdrawn", "published_at__lte": timezone.now()}
    if records.model._default_manager.filter(**lookup, **was_public).exists():
        raise Withdrawn
    raise Http404


def published_needs_a_moment(name: str) -> models.CheckConstraint:
    """The constraint that whatever is neither draft nor withdrawn says from when."""
    return models.CheckConstraint(
        condition=models.Q(status__in=HIDDEN) | models.Q(published_at__isnull=False),
        name=name,
        violation_error_message=_("Say from when it is public."),
    )


class PublishNowMixin:
    """For forms of what is published: a public state without a moment means from now on."""

    def clean(self):
        cleaned = super().clean()
        is_public = cleaned.get("status") not in (None, *HIDDEN)
        if is_public and "published_at" in cleaned and cleaned["published_at"] is None:
            cleaned["published_at"] = timezone.now()
        return cleaned
