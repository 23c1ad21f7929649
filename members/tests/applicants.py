"""What an applicant types, and applications for tests."""

import uuid

from members import applications
from members.models import MembershipApplication
from members.tests.factories import make_country


def typed(**changed) -> dict:
    """A whole application as a browser sends it."""
    country = make_country("KG", "Киргизия", "Kyrgyzstan")
    return {
        "form_key": str(uuid.uuid4()), "kind": "city", "name_ru": "Джалал-Абад",
        "name_en": "Jalal-Abad", "country": str(country.pk), "population": "123 000",
        "website": "jalal-abad.example.org", "head_name": "Person One",
        "head_position": "Mayor", "contact_name": "Person Two", "contact_position": "Adviser",
        "email": "mayor@jalal-abad.example.org", "phone": "+996 3722 0-00-00",
        "statement": "We want to work together.", "charter_consent": "on", "data_consent": "on",
        "company": "",
    } | changed  # fmt: skip


def make_application(name_en="Jalal-Abad", **changed) -> MembershipApplication:
    """An application as the capability takes it."""
    values = {
        "kind": "city", "name_ru": "", "name_en": name_en, "population": 123_000,
        "country": make_country("KG", "Киргизия", "Kyrgyzstan"), "website": "https://city.example",
        "head_name": "Person One", "contact_name": "Person Two", "email": "mayor@city.example",
    }  # fmt: skip
    language = changed.pop("language", "en")
    files = changed.pop("files", {})
    return applications.apply(values | changed, files, language)
