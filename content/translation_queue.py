"""The work queue of records that lack a language or are outdated in one, for any app."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.models import TranslationState
from content.workqueue import Queue


def translation_queue(model: type[models.Model], title: str) -> Queue:
    """The queue of one model; its link opens exactly the counted records in the admin.

    The model's admin class must offer `content.record_admin.TranslationFilter`.
    """
    count = TranslationState.objects.of_model(model).open().count()
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return Queue(
        title=title,
        count=count,
        note=ngettext(
            "%(count)d item lacks one language or is outdated in it",
            "%(count)d items lack one language or are outdated in it",
            count,
        )
        % {"count": count},
        url=f"{address}?translation=open",
        link_text=_("Open the list"),
    )
