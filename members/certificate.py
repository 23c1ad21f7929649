"""The certificate of membership: one valid paper for each membership, in both languages."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import audit, dated, documents
from content.dates import day_text, since_text
from content.languages import LANGUAGE_CODES, in_language
from content.models import IssuedDocument
from members import lifecycle
from members.models import Member, MembershipPeriod, StatusChange

CODE = "members.certificate"
Status = StatusChange.Status
ENTITLED = (Status.ACCEPTED, Status.MEMBER)
# Suspension takes rights away, not the membership itself.
IN_FORCE = (*ENTITLED, Status.SUSPENDED)


def may_have(member: Member) -> bool:
    """Whether a certificate may be issued today: to the accepted and to members."""
    return lifecycle.status_on(member) in ENTITLED


def current(member: Member) -> IssuedDocument | None:
    """The valid certificate of this membership; None when none was issued."""
    given = IssuedDocument.objects.of(CODE, member).valid().select_related("pdf").first()
    return None if given is None or _has_left_since(member, given) else given


def issue(member: Member, by: Any) -> IssuedDocument:
    """The certificate of this membership: made by the first call, the same one ever after.

    That of an earlier membership is revoked. Raises ValidationError unless the member is accepted
    or a member today.
    """
    given = IssuedDocument.objects.of(CODE, member).valid().first()
    if given and _has_left_since(member, given):
        with translation.override("ru"):
            reason = gettext("The membership ended.")
        documents.revoke(given, by, reason)
    return documents.issue(CODE, member, by)


def write(target: Any, day: datetime.date) -> documents.Wording:
    """What the certificate says of a member on a day, by the name it bears on that day."""
    member = Member.objects.with_name_on(day).select_related("country").get(pk=target.pk)
    status, step = lifecycle.step_on(member, day)
    if status not in ENTITLED:
        raise ValidationError(
            _("A certificate is issued to accepted applicants and to members only."), code="status"
        )
    texts: dict[str, str] = {}
    extra: dict[str, str] = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            texts[f"holder_{code}"] = _holder(member, code)
            texts[f"wording_{code}"] = _sentence(member, status, step, day, code)
            extra[f"office_{code}"] = gettext("Secretary General")
    return documents.Wording(**texts, extra=extra)


def holds(member: Any) -> bool:
    """Whether what a valid certificate says is still so."""
    return lifecycle.status_on(member) in IN_FORCE


def _holder(member: Any, code: str) -> str:
    other = next(one for one in LANGUAGE_CODES if one != code)
    name = getattr(member, f"dated_name_{code}") or getattr(member, f"dated_name_{other}")
    return f"{name}, {in_language(member.country, 'name', code)[0]}"


def _sentence(member: Any, status: str, step: Any, day: datetime.date, code: str) -> str:
    if status == Status.ACCEPTED:
        body = in_language(step, "decided_by", code)[0]
        words = {"day": day_text(step.happened_on, code), "body": body}
        if body:
            return gettext("is accepted as a member by the decision of %(day)s: %(body)s.") % words
        return gettext("is accepted as a member by the decision of %(day)s.") % words
    period = MembershipPeriod.objects.on(day).filter(member=member).first()
    if period is None or period.starts_on is None:
        return gettext("is a member of the association.")
    since = since_text(period.starts_on, period.starts_precision, code)
    return gettext("is a member of the association since %(day)s.") % {"day": since}


def _has_left_since(member: Member, given: IssuedDocument) -> bool:
    """Whether the membership that a certificate speaks of is over."""
    ended = MembershipPeriod.objects.filter(
        member=member, ends_on__gte=given.issued_on, ends_on__lt=dated.today()
    )
    return ended.exists()


def note_download(document: IssuedDocument, by: Any) -> None:
    """Write down that a representative fetched the certificate."""
    audit.record("document.downloaded", document, by, document.number)


documents.register(
    documents.Kind(
        code=CODE,
        prefix="M",
        label=_("Certificate of membership"),
        template="content/pdf/certificate.typ",
        write=write,
        holds=holds,
    )
)
