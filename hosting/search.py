"""Makes calls searchable."""

from django.utils.translation import gettext_lazy as _

from content import search
from content.dates import local_day
from hosting.models import HostCall


def texts(call: HostCall) -> dict[str, search.Text]:
    return search.texts_of(
        call, "title", "outcome", "body", dated_on=local_day(call.closes_at, call.zone)
    )


search.register(
    search.Kind(
        model=HostCall,
        label=_("Calls for a host city"),
        texts=texts,
        visible_from=lambda call: call.visible_from,
        queryset=HostCall.objects.all,
    )
)
