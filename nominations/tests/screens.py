"""What tests of the screens share: addresses, forms that are sent."""

import uuid

from django.urls import reverse

from nominations.tests.factories import row, today


def page(dossier, name="dossier", *args) -> str:
    return reverse(f"nominations:{name}", args=[dossier.member.slug, dossier.pk, *args])


def deed(dossier, name: str) -> str:
    return reverse("admin:nominations_dossier_deed", args=[dossier.pk, name])


def key() -> dict:
    return {"form_key": str(uuid.uuid4())}


def post_english(client, dossier, number: int, text: str):
    english, russian = row(dossier, "en", number), row(dossier, "ru", number)
    return client.post(
        reverse("admin:nominations_sectiontext_change", args=[english.pk]),
        {"text": text, "version": english.version, "source_seen": russian.text_hash},
    )


def content(response) -> bytes:
    """What a download holds."""
    return b"".join(response.streaming_content)


def send(client, dossier, **data):
    return client.post(deed(dossier, "send"), {**key(), "sent_on": today().isoformat(), **data})
