"""Members that have been silent for a year: nobody signed in, sent, wrote or confirmed anything."""

import datetime

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Confirmation, Member, PaperLetter, ProfileUpdate, Representative

SILENCE = datetime.timedelta(days=365)


def quiet_members(now: datetime.datetime | None = None) -> QuerySet[Member]:
    """Members of today without a sign of life in the twelve months before `now`.

    Signs are: a sign-in of a representative, a request about the profile, a letter on paper, an
    answer to the yearly question. Takes one query.
    """
    since = (now or timezone.now()) - SILENCE
    of_member = {"member": OuterRef("pk")}
    signs = (
        Representative.objects.filter(user__last_login__gte=since, **of_member),
        ProfileUpdate.objects.filter(submitted_at__gte=since, **of_member),
        PaperLetter.objects.filter(entered_at__gte=since, **of_member),
        Confirmation.objects.filter(answered_at__gte=since, **of_member),
    )
    return Member.objects.members().filter(*(~Exists(sign) for sign in signs))


class QuietFilter(admin.SimpleListFilter):
    """Whom to call: silent members with a representative, and those without any."""

    title = _("silence")
    parameter_name = "quiet"

    def lookups(self, request, model_admin):
        return [
            ("quiet", _("silent for twelve months")),
            ("alone", _("silent, and nobody represents them: invite somebody")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in ("quiet", "alone"):
            return queryset
        found = queryset.filter(pk__in=quiet_members().values("pk"))
        if self.value() == "quiet":
            return found
        acting = Representative.objects.on().filter(member=OuterRef("pk"), user__is_active=True)
        return found.filter(~Exists(acting))
