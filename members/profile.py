"""The profile of a city: what its representatives may propose, what is public, what waits."""

from dataclasses import dataclass

from django.db.models import Model, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGE_CODES
from content.models import Picture
from members import profile_text
from members.differences import marked
from members.models import Member, MemberPhoto, ProfileChange, ProfileUpdate

PHOTO, EMBLEM = "photo", "emblem"
# The member's own photos beside the first one: each has a place, the position of its row.
GALLERY = tuple(f"gallery_{place}" for place in range(1, 7))
PICTURE_FIELDS = (PHOTO, EMBLEM, *GALLERY)


@dataclass(frozen=True)
class Topic:
    """One thing of the profile: a field, or the pair of fields that holds it in both languages."""

    name: str
    label: Promise
    fields: tuple[str, ...]

    @property
    def is_pair(self) -> bool:
        return len(self.fields) > 1

    @property
    def is_picture(self) -> bool:
        return self.name in PICTURE_FIELDS


def _pair(name: str, label: Promise) -> Topic:
    return Topic(name, label, tuple(f"{name}_{code}" for code in LANGUAGE_CODES))


TOPICS = (
    _pair("slogan", _("Slogan")),
    _pair("about", _("Text about the city")),
    Topic("website", _("Website"), ("website",)),
    Topic("investment_url", _("Investment page"), ("investment_url",)),
    Topic("tourism_url", _("Tourism page"), ("tourism_url",)),
    Topic("email", _("E-mail"), ("email",)),
    Topic("phone", _("Telephone"), ("phone",)),
    Topic(PHOTO, _("Photo"), (PHOTO,)),
    Topic(EMBLEM, _("Emblem"), (EMBLEM,)),
    *(
        Topic(name, format_lazy(_("Own photo {place}"), place=place), (name,))
        for place, name in enumerate(GALLERY, 1)
    ),
)
TEXT_FIELDS = tuple(field for topic in TOPICS if not topic.is_picture for field in topic.fields)
RICH_FIELDS = tuple(field for field in TEXT_FIELDS if field.startswith("about_"))
LABELS = {
    "slogan_ru": _("Slogan, Russian"),
    "slogan_en": _("Slogan, English"),
    "about_ru": _("Text about the city, Russian"),
    "about_en": _("Text about the city, English"),
    **{topic.name: topic.label for topic in TOPICS if not topic.is_pair},
}


def public_value(member: Member, field: str) -> str:
    """The value the public sees; of a picture its number; "" when there is none."""
    if field in GALLERY:
        row = gallery(member).get(field)
        return str(row.picture_id) if row else ""
    if field in PICTURE_FIELDS:
        return str(getattr(member, f"{field}_id") or "")
    return getattr(member, field) or ""


def public_picture(member: Member, field: str) -> Picture | None:
    """The picture of a field that the public sees."""
    if field in GALLERY:
        row = gallery(member).get(field)
        return row.picture if row else None
    return getattr(member, field)


def gallery(member: Member) -> dict[str, MemberPhoto]:
    """The member's own photos by their fields; one query for each member at hand."""
    prefetch_related_objects([member], "photos__picture__renditions")
    return {f"gallery_{row.position}": row for row in member.photos.all()}


def words(field: str, value: str) -> str:
    """A stored value as a form and a comparison show it: rich text as plain text."""
    return profile_text.to_plain(value) if field in RICH_FIELDS else value


def stored(field: str, typed: str) -> str:
    """The value to store for what was typed."""
    return profile_text.to_html(typed) if field in RICH_FIELDS else profile_text.tidy(typed)


@dataclass(frozen=True)
class Standing:
    """A member's profile as its representative finds it: public values and what waits."""

    member: Member
    waiting: ProfileUpdate | None
    changes: dict[str, ProfileChange]

    @property
    def token(self) -> str:
        """Changes with every change of the member or of the request: the guard of the forms.

        It names the member: a form of one city is never taken for another.
        """
        request = f"{self.waiting.pk}.{self.waiting.version}" if self.waiting else "0"
        return f"{self.member.pk}.{self.member.version}-{request}"

    def value(self, field: str) -> str:
        """What the form starts from: the proposed value where one waits, else the public one."""
        change = self.changes.get(field)
        return change.new_value if change else public_value(self.member, field)


def standing_of(member: Member) -> Standing:
    """Public and waiting values in two queries."""
    waiting = ProfileUpdate.objects.waiting().filter(member=member).first()
    changes = waiting.changes.select_related("file") if waiting else []
    return Standing(member, waiting, {change.field: change for change in changes})


@dataclass(frozen=True)
class Difference:
    """A waiting field beside the public one: marked texts; of a picture only what became of it."""

    change: ProfileChange
    label: Promise
    marked: SafeString | str


def differences(standing: Standing) -> list[Difference]:
    """What waits, in the order of the form, each compared with what is public now."""
    return [
        Difference(change, label, difference_of(change))
        for field, label in LABELS.items()
        if (change := standing.changes.get(field))
    ]


def difference_of(change: ProfileChange) -> SafeString | str:
    """The proposed text with what went and what came marked; "" for a picture."""
    if change.field in PICTURE_FIELDS:
        return ""
    return marked(words(change.field, change.old_value), words(change.field, change.new_value))


def returned_changes(member: Member) -> list[ProfileChange]:
    """Fields that staff returned and that nobody corrected since, in the order of the profile."""
    found = ProfileChange.objects.filter(
        update__member=member, status=ProfileChange.Status.RETURNED
    ).select_related("update", "file")
    order = [*TEXT_FIELDS, *PICTURE_FIELDS]
    return sorted(found, key=lambda change: (order.index(change.field), change.pk))


def locked(record: Model) -> Model:
    """The row as it is in the database, locked until the end of the transaction."""
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
