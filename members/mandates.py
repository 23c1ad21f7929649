"""Who may act for a member today. A stranger learns nothing; the try is written down."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.http import Http404

from content import audit, dated
from content.models import AuditEntry
from members.models import Member

REFUSED = "cabinet.refused"
DAY = 24 * 60 * 60


def editable_member(user: Any, slug: str) -> Member:
    """The member under this address, an earlier one too, if the user represents it today.

    Anybody else gets Http404, whether the member exists or not. If it does, the try goes to the
    audit log. Call it outside a transaction: a rollback would take the log entry along.
    """
    own = Member.objects.editable_by(user).select_related("country", "photo")
    member = own.filter(slug=slug).first() or own.filter(old_slugs__slug=slug).first()
    if member is None:
        _note_try(user, slug)
        raise Http404
    return member


def _note_try(user: Any, slug: str) -> None:
    """Write a try down: once a day for a person and a member, however often they knock."""
    known = Member.objects.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).order_by("pk").first()
    if known is None:
        return
    today = dated.today()
    # The cache keeps two tries of one moment apart; it may have forgotten, the log has not.
    if not cache.add(f"{REFUSED}-{user.pk}-{known.pk}-{today}", 1, timeout=DAY):
        return
    tries = AuditEntry.objects.filter(
        verb=REFUSED,
        actor=user,
        content_type=ContentType.objects.get_for_model(Member),
        object_id=known.pk,
        created_at__date=today,
    )
    if not tries.exists():
        audit.record(REFUSED, known, user, f"No mandate for this cabinet: {slug}")
