"""What a subscriber agrees to. Another wording is another version."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
TEXT = _("I agree that the association keeps my address to send me its newsletter.")
MEANING = _(
    "The address is used for nothing else and given to nobody. Every letter has a link that ends "
    "the subscription with one click: the address is erased then."
)
