"""Terms and links for the tests of the translation desk."""

from translating.models import Term


def make_term(ru: str = "Исполнительное бюро", en: str = "Executive Bureau", **fields) -> Term:
    return Term.objects.create(name_ru=ru, name_en=en, **{"kind": "body", **fields})
