"""The yearly work on fee scales."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from content import audit
from dues.models import FeeRate, FeeScale


@transaction.atomic
def copy_to_next_year(scale: FeeScale, by: Any) -> FeeScale:
    """The scale of the year after with the same rates, for staff to change and have approved.

    The years in its title move on by one; who approved it is left empty. Raises ValidationError
    when that year has a scale in this currency.
    """
    year = scale.year + 1
    if FeeScale.objects.filter(year=year, currency=scale.currency).exists():
        raise ValidationError(
            _("%(year)s has a scale in this currency already."), params={"year": year}
        )
    copy = FeeScale.objects.create(
        year=year,
        currency=scale.currency,
        title_ru=(scale.title_ru or "").replace(str(scale.year), str(year)),
        title_en=(scale.title_en or "").replace(str(scale.year), str(year)),
        due_on=scale.due_on.replace(
            year=scale.due_on.year + 1, day=min(scale.due_on.day, _last_day(scale))
        ),
    )
    FeeRate.objects.bulk_create(
        FeeRate(
            scale=copy, kind=rate.kind, size_category_id=rate.size_category_id,
            country_group_id=rate.country_group_id, amount=rate.amount,
        )
        for rate in scale.rates.all()
    )  # fmt: skip
    audit.record("dues.scale_copied", copy, by, f"{scale} -> {copy}")
    return copy


def _last_day(scale: FeeScale) -> int:
    """29 February has no counterpart a year later."""
    return 28 if scale.due_on.month == 2 else 31
