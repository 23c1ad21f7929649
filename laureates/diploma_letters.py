"""Letters about diplomas: "the diplomas of your city", and one diploma sent again (PDF-5).

A letter carries no paper and no child's name: it leads to the cabinet of the member that entered,
or by a signed link to the one paper.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit, documents
from content.keys import as_key
from content.languages import in_language
from content.models import IssuedDocument
from events.contacts import contacts_of_members
from laureates import diplomas
from laureates.models import Diploma, DiplomaRun
from mailing import cleaning, outbox
from members.models import Member

SALT = "laureates.diploma"


class NothingToSend(Exception):
    """No letter was written; the text says why."""


def token(diploma: Diploma) -> str:
    """The last part of the link to one paper: the key and a signature of it and of the address.

    When the entrant's address is corrected, the link in the wrong mailbox leads nowhere.
    """
    return _signer(diploma).sign(diploma.pk)


def find(text: str) -> Diploma | None:
    """The diploma whose link this is; None for any other text."""
    key = as_key(text.partition(":")[0])
    known = Diploma.objects.deliverable().with_words()
    diploma = known.filter(pk=key).first() if key else None
    if diploma is None or not address_of(diploma):
        return None
    try:
        _signer(diploma).unsign(text)
    except BadSignature:
        return None
    return diploma


def address_of(diploma: Diploma) -> str:
    """The mail address of who entered without a cabinet; empty for members."""
    return diploma.entry.entrant.email if diploma.entry else ""


@transaction.atomic
def send(diploma: Diploma, by, key: uuid.UUID | None = None) -> int:
    """Write to who entered, or to the city's representatives, where the paper is; how many.

    The number is the one that was issued. The same key writes once. Raises NothingToSend without
    a valid paper or without an address.
    """
    document = diplomas.current(diploma)
    if document is None:
        raise NothingToSend(_("This diploma was not issued, or it is not valid."))
    mark = f"{document.pk}:{key or uuid.uuid4()}"
    letters = list(_letters(diploma, document, mark))
    if not letters:
        raise NothingToSend(_("There is no address to write to."))
    written = outbox.write_many(letters)
    audit.record("laureates.diploma.sent", document, by, document.number)
    return written


@transaction.atomic
def tell_cities(run: DiplomaRun, by, key: uuid.UUID) -> int:
    """Tell the representatives of every member how many papers of a run wait in its cabinet."""
    counts = _counts(run)
    members = {member.pk: member for member in Member.objects.filter(pk__in=counts)}
    readers = contacts_of_members(members.values())
    written = outbox.write_many(
        _of_city(run, members[pk], number, user, key)
        for pk, number in counts.items()
        for user in readers.get(pk, [])
    )
    audit.record("laureates.diplomas.told", run, by, str(run))
    return written


def _counts(run: DiplomaRun) -> dict[int, int]:
    """Issued papers of a run by the member in whose cabinet they are."""
    issued = diplomas.papers(run.diplomas.all())
    counts: dict[int, int] = defaultdict(int)
    for diploma in run.diplomas.deliverable().with_words():
        if diploma.pk in issued and (member := member_of(diploma)):
            counts[member] += 1
    return counts


def member_of(diploma: Diploma) -> int | None:
    """The key of the member in whose cabinet a diploma is; see `DiplomaQuerySet.of_member`."""
    if diploma.entry and diploma.entry.entrant.member_id:
        return diploma.entry.entrant.member_id
    if diploma.laureate and not diploma.is_personal:
        return diploma.laureate.member_id
    return None


def _letters(diploma: Diploma, document: IssuedDocument, mark: str) -> Iterable[outbox.Letter]:
    if email := address_of(diploma):
        entrant = diploma.entry.entrant

        def paper():
            return cleaning.on_site(reverse("laureates:diploma_by_link", args=[token(diploma)]))

        name = entrant.contact_name or entrant.name_in(entrant.language)
        yield _letter(diploma, document, mark, email, entrant.language, name, paper)
        return
    member = Member.objects.filter(pk=member_of(diploma)).first()
    if member is None:
        return

    def cabinet():
        return cleaning.on_site(
            reverse("laureates:cabinet_diploma", args=[member.slug, diploma.pk])
        )

    for user in contacts_of_members([member])[member.pk]:
        yield _letter(
            diploma, document, mark, user.email, user.language, user.full_name, cabinet, user
        )


def _letter(diploma, document, mark, email, language, name, link, user=None) -> outbox.Letter:
    about = (diploma.round and diploma.round.award) or diploma.laureate.award
    return outbox.Letter(
        occasion=f"laureates.diploma:{mark}",
        email=email,
        language=language,
        template="laureates/mail/diploma",
        context={
            "name": lambda: name,
            "number": document.number,
            "award": lambda: in_language(about, "title")[0],
            "link": link,
            "check_link": documents.check_url(document.code),
            "reason": lambda: _("You receive this letter because of your entry."),
        },
        is_secret=user is None,  # the link opens the paper, and the paper names a child
        user=user,
        about=document,
    )


def _of_city(run: DiplomaRun, member: Member, number: int, user, key) -> outbox.Letter:
    return outbox.Letter(
        occasion=f"laureates.diplomas:{run.pk}:{member.pk}:{key}",
        email=user.email,
        language=user.language,
        template="laureates/mail/diplomas",
        context={
            "name": lambda: user.full_name,
            "city": lambda: in_language(member, "name")[0],
            "award": lambda: in_language(run.round.award, "title")[0],
            "papers": lambda: (
                ngettext("%(number)d diploma", "%(number)d diplomas", number) % {"number": number}
            ),
            "link": lambda: cleaning.on_site(
                reverse("laureates:cabinet_diplomas", args=[member.slug])
            ),
            "reason": lambda: _("You receive this letter because of your city’s entries."),
        },
        user=user,
        about=run,
    )


def _signer(diploma: Diploma) -> Signer:
    return Signer(salt=f"{SALT}:{address_of(diploma).lower()}")
