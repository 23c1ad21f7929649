"""Rows for the tests of the association's own pages."""

import datetime

from django.contrib.contenttypes.models import ContentType

from association.models import ContactCard, Featured, OfficeHours, Partner, StaffMember
from content.languages import in_language


def make_card(**fields) -> ContactCard:
    """The contact card with hours from Monday to Friday; a lunch break each day."""
    values = {
        "name_ru": "Секретариат", "name_en": "Secretariat", "address_ru": "Казань, ул. Миславского",
        "address_en": "Mislavsky street, Kazan", "phone": "+7 (843) 292-09-34",
        "email": "office@example.org",
    }  # fmt: skip
    card = ContactCard.objects.create(**{**values, **fields})
    for weekday in range(5):
        for opens, closes in ((9, 12), (13, 18)):
            OfficeHours.objects.create(
                card=card, weekday=weekday, opens_at=datetime.time(opens),
                closes_at=datetime.time(closes),
            )  # fmt: skip
    return card


def make_partner(name: str = "UN-Habitat", **fields) -> Partner:
    return Partner.objects.create(**{"name_ru": "ООН-Хабитат", "name_en": name, **fields})


def make_staff_member(name: str = "Vera Solodova", **fields) -> StaffMember:
    values = {
        "name_ru": "Вера Солодова", "name_en": name, "position_ru": "Рейтинг",
        "position_en": "Rating", "languages": ["ru", "fr"], "email": "rating@example.org",
    }  # fmt: skip
    return StaffMember.objects.create(**{**values, **fields})


def make_featured(record, **fields) -> Featured:
    """A public record on the front page."""
    values = {
        "content_type": ContentType.objects.get_for_model(record),
        "object_id": record.pk,
        "label": in_language(record, "title", "ru")[0],
    }
    return Featured.objects.create(**{**values, **fields})
