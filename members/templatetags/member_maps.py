"""`{% map_of_members %}`: every member of today as a dot on the map of the region."""

from django import template
from django.utils.safestring import SafeString

from content.languages import reading_order
from content.maps import Place
from content.templatetags.map_tags import region_map
from members.models import Member

register = template.Library()


@register.simple_tag
def map_of_members() -> SafeString:
    """The map, largest members named; nothing while no member's coordinates are known."""
    first, second = (f"name_{code}" for code in reading_order())
    rows = (
        Member.objects.members()
        .filter(latitude__isnull=False)
        .with_population()
        .values_list(first, second, "longitude", "latitude", "population")
    )
    places = [
        Place(own or other, float(longitude), float(latitude), population or 0)
        for own, other, longitude, latitude, population in rows
    ]
    return region_map(places) if places else SafeString("")
