"""A kind of document for the tests of the register: the certificate of a topic."""

from django.utils.translation import gettext_lazy as _

from content import documents

CODE = "test.certificate"


def register() -> None:
    documents.register(
        documents.Kind(
            code=CODE,
            prefix="T",
            label=_("Certificate of membership"),
            template="content/pdf/certificate.typ",
            write=_write,
            holds=lambda topic: topic.slug != "gone",
        )
    )


def _write(topic, _day) -> documents.Wording:
    return documents.Wording(
        holder_ru=topic.title_ru, holder_en=topic.title_en, wording_ru="о том", wording_en="that",
        extra={"office_ru": "", "office_en": ""},
    )  # fmt: skip
