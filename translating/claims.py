"""Who looks after a translation: taken by oneself, given by those who share the work out."""

from django.db.models import QuerySet

from accounts.models import Role, User
from content import audit
from content.models import TranslationState
from translating.models import Claim

TRANSLATING_ROLES = (Role.TRANSLATOR, Role.EDITOR, Role.LEAD)


def translators() -> QuerySet[User]:
    """Staff who may look after a translation."""
    return (
        User.objects.filter(is_active=True, is_staff=True, groups__name__in=TRANSLATING_ROLES)
        .distinct()
        .order_by("full_name", "pk")
    )


def claim_of(entry: TranslationState) -> Claim | None:
    """The share that this translation is in."""
    return Claim.objects.filter(**_key(entry)).select_related("translator").first()


def give(entry: TranslationState, translator: User, by: User) -> Claim:
    """Let somebody look after a translation, whoever did before."""
    claim, _is_new = Claim.objects.update_or_create(
        **_key(entry), defaults={"translator": translator}
    )
    audit.record("translation.given", entry.record, by, f"{entry.language}: {translator.full_name}")
    return claim


def release(entry: TranslationState) -> None:
    """Nobody in particular looks after it any more."""
    Claim.objects.filter(**_key(entry)).delete()


def _key(entry: TranslationState) -> dict:
    return {
        "content_type": entry.content_type,
        "object_id": entry.object_id,
        "language": entry.language,
    }
