"""Links for translators without an account: made, sent, returned once, decided by staff."""

import datetime
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit, secretlinks
from content.dates import moment_text
from content.languages import in_language
from content.models import TranslationState
from content.records import PublicRecord
from content.timezones import association_zone
from mailing import cleaning, outbox
from translating.models import TranslationLink
from translating.pairs import Pair, pairs_of, put_together

LONGEST_DAYS = 60
LONGEST_PARAGRAPH = 20_000  # characters
LETTER = "translating/mail/link"


class NotOpen(Exception):
    """The link was used, revoked or has expired."""


@dataclass(frozen=True)
class Comparison:
    """One paragraph of a proposal: `number` from 1 on, what stands there now, what came back.

    `is_source_changed`: the source has another paragraph now than the translator was given.
    """

    number: int
    source: str
    present: str
    proposed: str
    is_source_changed: bool


def make(
    entry: TranslationState, name: str, *, until: datetime.datetime, by, email: str = ""
) -> tuple[TranslationLink, str]:
    """A new link and its address, which is known at this moment alone; mailed where `email` says.

    Raises ValidationError when the record has no text to translate.
    """
    pairs = pairs_of(entry.record, entry.language)
    if not pairs:
        raise ValidationError(_("There is no text to translate."), code="empty")
    token = secretlinks.new_token()
    with transaction.atomic():
        link = TranslationLink.objects.create(
            content_type=entry.content_type, object_id=entry.object_id, language=entry.language,
            name=name, email=email, token_hash=secretlinks.hashed(token),
            pairs=[asdict(pair) for pair in pairs], expires_at=until, made_by=by,
        )  # fmt: skip
        address = _address(token, entry.language)
        audit.record("translation.link_made", entry.record, by, f"{entry.language}: {name}")
        if email:
            _send(link, address)
    return link, address


def _address(token: str, language: str) -> str:
    with translation.override(language):
        return cleaning.on_site(reverse("translating:link", args=[token]))


def _send(link: TranslationLink, address: str) -> None:
    outbox.write(
        f"translating.link:{link.pk}",
        link.email,
        link.language,
        LETTER,
        {
            "name": link.name,
            "title": lambda: title_of(link),
            "url": address,
            "until": lambda: moment_text(link.expires_at, association_zone()),
        },
        is_secret=True,
        expires_at=link.expires_at,
    )


def title_of(link: TranslationLink) -> str:
    """The title of the record a link is about, in the language that is active or another."""
    record = link.record
    return in_language(record, record.title_field)[0] if record else ""


def find(token: str) -> TranslationLink | None:
    """The link of a token, open or not."""
    return TranslationLink.objects.filter(token_hash=secretlinks.hashed(token)).first()


def revoke(link: TranslationLink, by) -> None:
    """Close a link that nothing came back by; does nothing to others."""
    open_ones = TranslationLink.objects.filter(pk=link.pk, returned_at=None, revoked_at=None)
    if open_ones.update(revoked_at=timezone.now()):
        audit.record("translation.link_revoked", link.record, by, f"{link.language}: {link.name}")


def judged(link: TranslationLink, texts: dict[int, str]) -> list[str]:
    """The texts in the order of their numbers. Raises ValidationError naming what is amiss.

    Refused are missing, empty and unknown numbers, and paragraphs of more than 20,000 characters.
    """
    wanted = range(1, len(link.pairs) + 1)
    lacking = [number for number in wanted if not texts.get(number, "").strip()]
    if lacking:
        raise ValidationError(
            ngettext(
                "Paragraph %(numbers)s is missing. Nothing was taken over: add it and send it "
                "again.",
                "Paragraphs %(numbers)s are missing. Nothing was taken over: add them and send it "
                "again.",
                len(lacking),
            ),
            code="missing",
            params={"numbers": ", ".join(map(str, lacking))},
        )
    if unknown := sorted(set(texts) - set(wanted)):
        raise ValidationError(
            _("Paragraph %(number)s does not exist in the text that was sent out."),
            code="unknown",
            params={"number": unknown[0]},
        )
    for number in wanted:
        if len(texts[number]) > LONGEST_PARAGRAPH:
            raise ValidationError(
                _("Paragraph %(number)s is longer than 20,000 characters."),
                code="long",
                params={"number": number},
            )
    return [texts[number].strip() for number in wanted]


def take(link: TranslationLink, texts: dict[int, str], way: str) -> TranslationLink:
    """Keep what came back as a proposal, once. Raises ValidationError and NotOpen."""
    returned = judged(link, texts)
    with transaction.atomic():
        held = TranslationLink.objects.select_for_update().get(pk=link.pk)
        if not held.is_open:
            raise NotOpen
        held.returned, held.returned_at, held.returned_way = returned, timezone.now(), way
        held.save(update_fields=["returned", "returned_at", "returned_way"])
        audit.record("translation.returned", held.record, None, f"{held.language}: {held.name}")
    return held


def pairs_in(link: TranslationLink) -> list[Pair]:
    """The paragraphs that the translator was given."""
    return [Pair(**pair) for pair in link.pairs]


def changed_since(link: TranslationLink) -> list[int]:
    """Numbers of the paragraphs whose source is another one now, or is no longer there."""
    record = link.record
    if record is None:
        return []
    now: dict[str, list[str]] = {}
    for pair in pairs_of(record, link.language):
        now.setdefault(pair.field, []).append(pair.source)
    changed, seen = [], dict.fromkeys(now, 0)
    for number, pair in enumerate(pairs_in(link), start=1):
        place = seen.get(pair.field, 0)
        seen[pair.field] = place + 1
        present = now.get(pair.field, [])
        if place >= len(present) or " ".join(present[place].split()) != " ".join(
            pair.source.split()
        ):
            changed.append(number)
    return changed


def is_longer_now(link: TranslationLink) -> bool:
    """Whether the source has paragraphs now that the translator was not given."""
    record = link.record
    return record is not None and len(pairs_of(record, link.language)) > len(link.pairs)


def compared(link: TranslationLink) -> list[Comparison]:
    """A proposal beside what stands there now, paragraph by paragraph."""
    changed = set(changed_since(link))
    return [
        Comparison(number, pair.source, pair.target, proposed, number in changed)
        for number, (pair, proposed) in enumerate(
            zip(pairs_in(link), link.returned, strict=True), start=1
        )
    ]


def accept(link: TranslationLink, fields: list[str], version: int, by) -> PublicRecord:
    """Write a proposal into the record, through its own save. Raises ValidationError.

    `fields` are those that `by` may change, `version` is that of the record as it was looked at.
    """
    with transaction.atomic():
        held = _waiting(link)
        record = type(held.record)._default_manager.select_for_update(of=("self",)).get(
            pk=held.object_id
        )  # fmt: skip
        if record.version != version:
            raise ValidationError(
                _("Somebody changed the record meanwhile. Look at it again, then accept."),
                code="conflict",
            )
        values = put_together(record, held.language, pairs_in(held), held.returned)
        if shut := set(values) - set(fields):
            raise ValidationError(
                _("You may not change this part of the record: %(field)s."),
                code="shut",
                params={"field": record._meta.get_field(min(shut)).verbose_name},
            )
        for field, value in values.items():
            setattr(record, f"{field}_{held.language}", value)
        columns = {f"{field}_{held.language}" for field in values}
        record.full_clean(exclude={field.name for field in record._meta.fields} - columns)
        record.save(by=by)
        _decide(held, by, was_accepted=True)
    return record


def decline(link: TranslationLink, by) -> None:
    """Put a proposal aside; the record stays as it is. Raises ValidationError."""
    with transaction.atomic():
        _decide(_waiting(link), by, was_accepted=False)


def _waiting(link: TranslationLink) -> TranslationLink:
    held = TranslationLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not held.waits:
        raise ValidationError(_("This proposal was decided already."), code="decided")
    return held


def _decide(link: TranslationLink, by, *, was_accepted: bool) -> None:
    link.decided_at, link.decided_by, link.was_accepted = timezone.now(), by, was_accepted
    link.save(update_fields=["decided_at", "decided_by", "was_accepted"])
    word = "accepted" if was_accepted else "declined"
    audit.record(f"translation.{word}", link.record, by, f"{link.language}: {link.name}")
