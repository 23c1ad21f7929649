"""What a representative should do next about partnerships: answer a city that states one."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from partnerships.models import Partnership


@attention.register
def partnerships_to_confirm(member, user) -> Iterator[Attention]:
    """Partnerships that another member has stated and this one has not answered."""
    for row in Partnership.objects.waiting_for(member).with_sides().order_by("asked_at", "pk"):
        name = in_language(row.stated_by, "name")[0]
        yield Attention(
            title=_("%(city)s states a partnership with your city") % {"city": name},
            note=str(row.get_kind_display()),
            url=reverse("partnerships:cabinet_answer", args=[member.slug, row.pk]),
            action=_("Answer the city"),
        )
