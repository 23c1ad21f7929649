"""Under what words others may use what the portal publishes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """The licence of a public record, by the code that SPDX gives it."""

    CC_BY = "CC-BY-4.0", _("CC BY 4.0: free to use, with attribution")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: with attribution, under the same licence")
    CC0 = "CC0-1.0", _("CC0: free to use in any way")
    RESERVED = "reserved", _("all rights reserved: with the consent of the owner")


# Where the words of a licence stand; none for what is reserved.
ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_field(**more) -> models.CharField:
    """The column of a licence: CC BY 4.0 unless somebody says otherwise."""
    return models.CharField(
        _("licence"), max_length=12, choices=Licence, default=Licence.CC_BY, **more
    )
