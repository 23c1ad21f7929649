"""Makes drafts and calls searchable."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Call, Consultation
from content import search


def _draft(draft: Consultation) -> dict[str, search.Text]:
    return search.texts_of(draft, "title", "summary", "body")


def _call(call: Call) -> dict[str, search.Text]:
    return search.texts_of(call, "title", "title", "about")


search.register(
    search.Kind(
        model=Consultation, label=_("Drafts for comment"), texts=_draft,
        visible_from=lambda one: one.visible_from, queryset=Consultation.objects.all,
    )
)  # fmt: skip
search.register(
    search.Kind(
        model=Call, label=_("Calls for contributions"), texts=_call,
        visible_from=lambda one: one.visible_from, queryset=Call.objects.all,
    )
)  # fmt: skip
