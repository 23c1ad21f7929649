"""Preview links: made, found by their token, revoked."""

import datetime

from django.db import models
from django.utils import timezone

from accounts.models import User
from content import audit, secretlinks
from content.languages import in_language
from editorial.models import PreviewLink


def make(record: models.Model, by: User, *, days: int, note: str = "") -> str:
    """A link to a record that works for so many days; gives its token, which is not kept."""
    token = secretlinks.new_token()
    PreviewLink.objects.create(
        record=record,
        token_hash=secretlinks.hashed(token),
        note=note,
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    title = in_language(record, record.title_field)[0]
    audit.record("editorial.preview.made", record, by, f"{title}: {note}" if note else title)
    return token


def found(token: str) -> PreviewLink | None:
    """The link of a token, whether it still works or not."""
    return PreviewLink.objects.filter(token_hash=secretlinks.hashed(token)).first()


def revoke(link: PreviewLink, by: User) -> None:
    """End a link before its time."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.record("editorial.preview.revoked", link.record, by, link.note)


def revoke_all(record: models.Model) -> None:
    """End every link to a record."""
    PreviewLink.objects.about(record).filter(revoked_at=None).update(revoked_at=timezone.now())
