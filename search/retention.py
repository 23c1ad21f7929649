"""Searches without an answer are kept for half a year."""

from django.utils.translation import gettext_lazy as _

from content import retention
from search import unanswered

retention.register(
    "search.empty",
    label=_("Words of searches that found nothing"),
    purpose=_("synonyms and answers for what readers look for"),
    basis=_("legitimate interest; no person is recorded with them"),
    keeps=_("180 days"),
    purge=unanswered.purge,
)
