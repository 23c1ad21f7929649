"""The pictures of a profile on their way to the public: photo, emblem, the member's own photos."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from content import pictures, privatefiles
from content.languages import in_each
from content.models import Picture, PrivateFile
from members.models import Member, MemberPhoto, ProfileChange
from members.profile import EMBLEM, GALLERY, public_value

PURPOSE = "members.profile_photo"
# An emblem is often kept small; it is never shown as wide as a photo.
EMBLEM_SIDE = 128


def smallest(field: str) -> int:
    """The pixels that the shorter side of a picture of this field needs."""
    return EMBLEM_SIDE if field == EMBLEM else pictures.MIN_SIDE


@dataclass(frozen=True)
class ProposedPicture:
    """A new picture; or other words for the one that waits (`checked` is None); or, of one's own
    photos, that it goes (`removes`)."""

    checked: pictures.CheckedPicture | None
    alt_ru: str = ""
    alt_en: str = ""
    removes: bool = False

    @property
    def is_change(self) -> bool:
        """Whether it proposes more than other words."""
        return self.removes or self.checked is not None

    def says_something(self, member: Member, field: str) -> bool:
        """A place that is empty cannot be emptied."""
        return not self.removes or bool(public_value(member, field))

    def kept(self, member: Member, field: str, user: Any) -> PrivateFile | None:
        """The picture as a private file until it is decided on; None for one that goes."""
        if self.checked is None:
            return None
        name = member.slug if field == "photo" else f"{member.slug}-{field.replace('_', '-')}"
        return privatefiles.keep_bytes(
            self.checked.data, f"{name}.jpg", "image/jpeg", PURPOSE, user
        )


def show(member: Member, change: ProfileChange, author: Any) -> None:
    """Make an accepted picture public: set on the member, unsaved, or stored among its photos."""
    if change.field not in GALLERY:
        setattr(member, change.field, _made(member, change, author))
        return
    place = GALLERY.index(change.field) + 1
    for row in MemberPhoto.objects.filter(member=member, position=place):
        row.delete()
    if change.file:
        picture = _made(member, change, author)
        MemberPhoto.objects.create(member=member, picture=picture, position=place)


def _made(member: Member, change: ProfileChange, author: Any) -> Picture:
    words = _emblem_words(member) if change.field == EMBLEM else {
        "alt_ru": change.alt_ru or None, "alt_en": change.alt_en or None,
    }  # fmt: skip
    return pictures.make_picture(_kept(change.file), uploaded_by=author, **words)


def _emblem_words(member: Member) -> dict[str, str]:
    """What an emblem shows is known: nobody has to write it."""
    return in_each("alt", lambda: _("Emblem: %(member)s") % {"member": member.name})


def _kept(file: PrivateFile) -> pictures.CheckedPicture:
    """The bytes that were judged and re-encoded when the picture was proposed."""
    with file.file.open() as opened:
        data = opened.read()
    return pictures.CheckedPicture(data, *Image.open(io.BytesIO(data)).size)
