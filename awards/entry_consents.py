"""Which works of children lack a guardian's consent, as a condition for queries."""

from django.db.models import Exists, OuterRef, Q

from awards.models import Author, GuardianConsent


def lacking_consent() -> Q:
    """Works of children whose guardian's consent is missing: the jury does not see them."""
    valid = GuardianConsent.objects.filter(
        author=OuterRef("pk"), purpose=GuardianConsent.Purpose.ENTRY, withdrawn_at__isnull=True
    )
    lacking = Author.objects.filter(~Exists(valid), entry=OuterRef("pk"))
    return Q(Exists(lacking), round__is_for_children=True)
