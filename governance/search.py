"""Makes people, organisations and bodies searchable, by every spelling and alias."""

from django.utils.translation import gettext_lazy as _

from content import search
from governance.models import Body, Organisation, Person, PersonConsent


def person_texts(person: Person) -> dict[str, search.Text]:
    """Names and spellings; the biography only with the person's consent."""
    found = search.texts_of(
        person, "full_name", "salutation", "biography",
        names={person.full_name_ru, person.full_name_en}
        | {one.text for one in person.spellings.all()},
    )  # fmt: skip
    agreed = person.consents.open().filter(field=PersonConsent.Field.BIOGRAPHY).exists()
    return {
        code: search.Text(
            text.title, text.text if agreed else "", text.names, text.url, text.dated_on
        )
        for code, text in found.items()
    }


def organisation_texts(organisation: Organisation) -> dict[str, search.Text]:
    names = {organisation.short_name_ru, organisation.short_name_en}
    names |= {organisation.name_ru, organisation.name_en}
    for name in organisation.names.all():
        names |= {name.name_ru, name.name_en}
    return search.texts_of(organisation, "name", "short_name", "aims", names=names)


def body_texts(body: Body) -> dict[str, search.Text]:
    names = {body.name_ru, body.name_en}
    for alias in body.aliases.all():
        names |= {alias.name_ru, alias.name_en}
    return search.texts_of(body, "name", "name", "description", names=names)


search.register(
    search.Kind(
        model=Person,
        label=_("Persons"),
        texts=person_texts,
        visible_from=lambda person: person.created_at if person.is_public else None,
        queryset=lambda: Person.objects.prefetch_related("spellings"),
    )
)
search.register(
    search.Kind(
        model=Organisation,
        label=_("Organisations"),
        texts=organisation_texts,
        visible_from=lambda organisation: organisation.created_at,
        queryset=lambda: Organisation.objects.prefetch_related("names"),
    )
)
search.register(
    search.Kind(
        model=Body,
        label=_("Bodies"),
        texts=body_texts,
        visible_from=lambda body: body.created_at,
        queryset=lambda: Body.objects.prefetch_related("aliases"),
    )
)
