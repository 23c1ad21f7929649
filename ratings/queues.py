"""What waits for staff among the ratings: questionnaires to open, texts that lack a language."""

import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from ratings.models import Edition, Rating

SOON = datetime.timedelta(days=14)


def to_open(now: datetime.datetime) -> QuerySet[Edition]:
    """Editions whose window has begun or begins within two weeks, and that nobody opened."""
    return Edition.objects.held().filter(
        opened_at=None, opens_at__lte=now + SOON, closes_at__gt=now
    ).exclude(status=Edition.Status.WITHDRAWN)  # fmt: skip


class OpeningFilter(admin.SimpleListFilter):
    """Editions of the admin's list by their questionnaire."""

    title = _("questionnaire")
    parameter_name = "questionnaire"

    def lookups(self, request, model_admin):
        return [("to-open", _("to be opened")), ("open", _("takes answers"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "to-open":
            return queryset.filter(pk__in=to_open(now).values("pk"))
        if self.value() == "open":
            return queryset.filter(pk__in=Edition.objects.open(now).order_by().values("pk"))
        return queryset


@workqueue.register
def queues(user):
    if user.has_perm("ratings.add_edition"):
        yield _unopened()
    if user.has_perm("ratings.change_edition"):
        yield translation_queue(Rating, _("Ratings without a translation"))
        yield translation_queue(Edition, _("Editions of ratings without a translation"))


def _unopened() -> workqueue.Queue:
    number = to_open(timezone.now()).count()
    return workqueue.Queue(
        title=_("Questionnaires to open"),
        count=number,
        note=ngettext(
            "The window of %(count)d edition has begun or begins within two weeks",
            "The windows of %(count)d editions have begun or begin within two weeks",
            number,
        )
        % {"count": number},
        url=reverse("admin:ratings_edition_changelist") + "?questionnaire=to-open",
        link_text=_("Check and open"),
        is_hot=number > 0,
    )
