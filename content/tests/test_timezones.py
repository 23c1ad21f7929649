"""Time zones: only those that this machine knows are stored."""

import pytest
from django.core.exceptions import ValidationError

from content.timezones import CITIES, validate_time_zone


@pytest.mark.parametrize("name", ["", "Europe/Kazan", "MSK+1", "../etc/passwd", "europe/moscow"])
def test_unknown_zone_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        validate_time_zone(name)

    assert refused.value.code == "time_zone"


def test_zones_on_offer_are_known():
    for name in CITIES:
        validate_time_zone(name)
