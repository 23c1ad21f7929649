"""Documents on paper: the PDF, and the register of those with a number.

An app describes a kind of document once (`register`), then `issue`s, `reissue`s and `revoke`s its
documents. What was printed is a copy: renaming a city later changes no paper and no row here.
"""

import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from content import audit, dated
from content.dates import day_text
from content.languages import LANGUAGE_CODES
from content.models import IssuedDocument
from content.privatefiles import discard, keep_bytes, reserve
from content.typesetting import UnfinishedDocument, pdf, qr_svg

__all__ = ["UnfinishedDocument", "pdf", "qr_svg"]

State = IssuedDocument.State
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read for something else
CODE_LENGTH = 16
ERASED = ["holder_ru", "holder_en", "wording_ru", "wording_en"]


@dataclass(frozen=True)
class Wording:
    """What a document says, in each language; `extra` goes to the template as it is."""

    holder_ru: str
    holder_en: str
    wording_ru: str = ""
    wording_en: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    facts: Sequence[Mapping[str, Mapping[str, str]]] = ()


@dataclass(frozen=True)
class Numbering:
    """How the documents of a kind are counted: `series` gives the year and the letters inside it,
    `pattern` writes the number of prefix, year, series and serial."""

    series: Callable[[models.Model, datetime.date], tuple[int, str]] = lambda _target, day: (
        day.year,
        "",
    )
    pattern: str = "{prefix}-{year}-{serial:04d}"


@dataclass(frozen=True)
class Kind:
    """One kind of numbered document.

    code: "members.certificate"; prefix: the letters its numbers begin with; label: its title;
    template: what `pdf` prints (it gets `number`, `day_ru`, `day_en`, `title_ru`, `title_en`, the
    fields of the wording, `qr`, `check_url` and the extra ones); write: the wording for a record
    on a day, a ValidationError refuses; holds: whether what a valid document says is true today;
    is_personal: the holder is a person (always, or of some records), named only to who has the
    code: numbers can be guessed; names_holder: whether the check page may name the holder at all;
    day: the day it bears when that is not the day of issue; permission: who may see the documents
    in the register besides the right to the register.
    """

    code: str
    prefix: str
    label: Any
    template: str
    write: Callable[[models.Model, datetime.date], Wording]
    holds: Callable[[models.Model], bool] = lambda _target: True
    is_personal: bool | Callable[[models.Model], bool] = False
    names_holder: Callable[[models.Model], bool] = lambda _target: True
    numbering: Numbering = Numbering()
    day: Callable[[models.Model], datetime.date | None] = lambda _target: None
    permission: str = ""

    def is_of_a_person(self, target: models.Model) -> bool:
        """Whether the holder of the document for this record is a private person."""
        return self.is_personal(target) if callable(self.is_personal) else self.is_personal


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind of document known to the register and to the check page."""
    _kinds[kind.code] = kind
    if kind.permission:
        reserve(kind.code, kind.permission)
    return kind


def hidden_from(user: Any) -> list[str]:
    """The codes of the kinds whose documents this member of staff does not see."""
    kinds = _kinds.values()
    return [one.code for one in kinds if one.permission and not user.has_perm(one.permission)]


def kind_of(document: IssuedDocument) -> Kind | None:
    """The kind of a document; None when no app knows it any more."""
    return _kinds.get(document.kind)


@transaction.atomic
def issue(
    code: str, target: models.Model, by: Any, *, day: datetime.date | None = None
) -> IssuedDocument:
    """The valid document of this kind for a record; the first call makes it, with its number.

    day: the day printed on it, that of the kind or today by the association's clock unless given.
    Raises what the
    kind's `write` raises, and leaves no gap in the numbers then.
    """
    kind = _kinds[code]
    _lock(kind.code)
    given = IssuedDocument.objects.of(code, target).valid().first()
    return given or _make(kind, target, by, day or kind.day(target) or dated.today())


@transaction.atomic
def reissue(document: IssuedDocument, by: Any, reason: str) -> IssuedDocument:
    """Put a new document, with a number of its own, in place of a valid one.

    It says what is true today. Raises ValidationError without a reason or when the document is
    valid no more.
    """
    kind = _kinds[document.kind]
    _lock(kind.code)
    document = _valid(document)
    document.state = State.REPLACED
    document.save(update_fields=["state"])
    target = document.target
    day = kind.day(target) or dated.today()
    new = _make(kind, target, by, day, replaces=document, reason=_given(reason))
    audit.record("document.reissued", new, by, f"{document.number} → {new.number}: {reason}")
    return new


@transaction.atomic
def revoke(document: IssuedDocument, by: Any, reason: str) -> IssuedDocument:
    """Declare a valid document void. Raises ValidationError as `reissue` does."""
    _lock(document.kind)
    document = _valid(document)
    document.state, document.revoked_at = State.REVOKED, timezone.now()
    document.revoked_by, document.revoked_reason = by, _given(reason)
    document.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    audit.record("document.revoked", document, by, f"{document.number}: {reason}")
    return document


@transaction.atomic
def erase(rows: Iterable[IssuedDocument], now: datetime.datetime) -> int:
    """Keep of these documents the number, the day, the facts and the state: nobody's name, no file.

    Gives how many were erased; those erased before are left alone.
    """
    kept = []
    for document in rows:
        if document.erased_at or document.pdf is None:
            continue
        kept.append(document.pdf)
        document.erased_at, document.pdf = now, None
        for name in ERASED:
            setattr(document, name, "")
        for name in ("reissue_reason", "revoked_reason"):
            setattr(document, name, "—" if getattr(document, name) else "")
        document.save(
            update_fields=["erased_at", "pdf", *ERASED, "reissue_reason", "revoked_reason"]
        )
    for file in kept:
        discard(file)
    return len(kept)


def find(text: str) -> list[IssuedDocument]:
    """Documents with this check code or this number, however it was typed."""
    plain = "".join(text.split())
    if not (3 <= len(plain) <= 40 and plain.isprintable()):
        return []
    wanted = Q(code=plain.lower()) | Q(number__iexact=plain)
    return list(IssuedDocument.objects.filter(wanted).select_related("replaced_by")[:5])


def check_url(code: str) -> str:
    """The full address of the page that says whether a document is valid: for the QR code."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("check:document", args=[code])


def _make(
    kind: Kind,
    target: models.Model,
    by: Any,
    day: datetime.date,
    *,
    replaces: IssuedDocument | None = None,
    reason: str = "",
) -> IssuedDocument:
    wording = kind.write(target, day)
    document = IssuedDocument(
        kind=kind.code, **_next_number(kind, target, day), code=_new_code(), target=target,
        **_titles(kind), holder_ru=wording.holder_ru, holder_en=wording.holder_en,
        wording_ru=wording.wording_ru, wording_en=wording.wording_en,
        facts=[dict(fact) for fact in wording.facts], issued_on=day,
        issued_by=by, replaces=replaces, reissue_reason=reason,
    )  # fmt: skip
    made = pdf(
        kind.template, _printed(document, wording.extra), day=day,
        title=f"{document.title_ru} {document.number}", language="ru",
    )  # fmt: skip
    name = f"{document.number}.pdf"
    # Of kinds with a right of their own the file is nobody's: it goes with that right.
    keeper = None if kind.permission else by
    document.pdf = keep_bytes(made, name, "application/pdf", kind.code, keeper)
    document.save()
    audit.record("document.issued", document, by, f"{document.number}: {target}")
    return document


def _next_number(kind: Kind, target: models.Model, day: datetime.date) -> dict[str, Any]:
    """Year, series, serial and number of the next document; under the lock of its kind."""
    year, series = kind.numbering.series(target, day)
    earlier = IssuedDocument.objects.filter(kind=kind.code, year=year, series=series)
    serial = (earlier.aggregate(last=Max("serial"))["last"] or 0) + 1
    parts = {"year": year, "series": series, "serial": serial}
    return {**parts, "number": kind.numbering.pattern.format(prefix=kind.prefix, **parts)}


def _printed(document: IssuedDocument, extra: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of a document reads."""
    address = check_url(document.code)
    names = [f"{part}_{code}" for part in ("title", "holder", "wording") for code in LANGUAGE_CODES]
    return {
        **{name: getattr(document, name) for name in names},
        **{f"day_{code}": day_text(document.issued_on, code) for code in LANGUAGE_CODES},
        "number": document.number,
        "check_url": address,
        "qr": qr_svg(address),
        **extra,
    }


def _titles(kind: Kind) -> dict[str, str]:
    titles = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            titles[f"title_{code}"] = str(kind.label)
    return titles


def _valid(document: IssuedDocument) -> IssuedDocument:
    current = IssuedDocument.objects.get(pk=document.pk)
    if current.state != State.VALID:
        words = {"number": current.number, "state": current.get_state_display()}
        raise ValidationError(_("Document %(number)s is %(state)s."), code="state", params=words)
    return current


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Say why."), code="reason")
    return reason.strip()


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def _lock(code: str) -> None:
    """Documents of one kind are made one after another until the transaction ends."""
    key = hashlib.blake2b(f"document {code}".encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key, signed=True)])
