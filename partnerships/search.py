"""Makes cities outside searchable, by every spelling, once they have a partner among us."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES
from partnerships.models import OutsideCity


def texts(city: OutsideCity) -> dict[str, search.Text]:
    spellings = {city.name_ru, city.name_en}
    for alias in city.aliases.all():
        spellings |= {alias.name_ru, alias.name_en}
    names = " ".join(sorted(name for name in spellings if name))
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=getattr(city, f"name_{code}") or "",
                text=getattr(city.country, f"name_{code}") or "",
                names=names,
                url=city.get_absolute_url(),
            )
    return found


search.register(
    search.Kind(
        model=OutsideCity,
        label=_("Sister cities"),
        texts=texts,
        visible_from=lambda city: city.created_at if city.partnerships.all() else None,
        queryset=lambda: OutsideCity.objects.select_related("country").prefetch_related(
            "aliases", "partnerships"
        ),
    )
)
