"""`{% place_map … %}` and `{% region_map … %}`: see `content/maps.py`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from content import maps

register = template.Library()


@register.simple_tag
def place_map(name: str, longitude, latitude) -> SafeString:
    """One place in its neighbourhood; nothing where the coordinates are unknown (None)."""
    if longitude is None or latitude is None:
        return SafeString("")
    label = gettext("%(name)s on the map") % {"name": name}
    return maps.place_svg(maps.Place(str(name), float(longitude), float(latitude)), label)


@register.simple_tag
def region_map(places: list[maps.Place]) -> SafeString:
    """All `places` on the map of the region."""
    return maps.region_svg(places, gettext("Map of the members; their list is on the page Members"))
