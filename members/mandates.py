"""Who may act for a member today. A stranger learns nothing; the try is written down."""

from typing import Any

from django.http import Http404

from content import audit
from members.models import Member


def editable_member(user: Any, slug: str) -> Member:
    """The member under this address, an earlier one too, if the user represents it today.

    Anybody else gets Http404, whether the member exists or not; the try goes to the audit log.
    Call it outside a transaction: a rollback would take the log entry along.
    """
    own = Member.objects.editable_by(user).select_related("country", "photo")
    member = own.filter(slug=slug).first() or own.filter(old_slugs__slug=slug).first()
    if member is None:
        audit.record(
            "cabinet.refused",
            Member.objects.filter(slug=slug).first(),
            user,
            f"No mandate for this cabinet: {slug}",
        )
        raise Http404
    return member
