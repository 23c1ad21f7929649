"""Letters of the desk: who is asked for a review, and what became of it, always with the reason."""

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User
from content.languages import in_language
from editorial.models import Review
from mailing import cleaning, outbox

OF_REVIEWER = _("You receive this letter because you may publish texts of this kind.")
OF_AUTHOR = _("You receive this letter because you worked on this text.")


def publishers(record: models.Model) -> models.QuerySet[User]:
    """Staff who may publish a record like this one."""
    options = record._meta
    return roles.staff_who_may(f"{options.app_label}.add_{options.model_name}")


def desk_address(record: models.Model) -> str:
    return reverse("admin:editorial_desk", args=[record._meta.label_lower, record.pk])


def people_of(record: models.Model, besides: User | None) -> set[User]:
    """Who worked on a record: who asked for its reviews, its author and its owner."""
    reviews = Review.objects.about(record).select_related("asked_by")
    people = {review.asked_by for review in reviews}
    people |= {getattr(record, "author", None), getattr(record, "owner", None)}
    return {person for person in people if person and person.is_active} - {besides}


def tell_asked(review: Review) -> None:
    """Tell the reviewer; where nobody is named, everybody who may publish it but who asked."""
    record = review.record
    asked = [review.reviewer] if review.reviewer else publishers(record)
    others = [user for user in asked if user != review.asked_by]
    context = {"who": review.asked_by, "text": review.request, "reason": OF_REVIEWER}
    _write(f"editorial.asked:{review.pk}", others, "asked", record, context)


def tell_decided(review: Review, comments: list[str]) -> None:
    """Tell who asked what was decided and why, with the comments that are open."""
    context = {
        "who": review.decided_by,
        "is_approved": review.state == Review.State.APPROVED,
        "text": review.decision,
        "comments": comments,
        "reason": OF_AUTHOR,
    }
    people = [review.asked_by] if review.asked_by and review.asked_by.is_active else []
    _write(f"editorial.decided:{review.pk}", people, "decided", review.record, context)


def tell_withdrawn(record: models.Model, by: User, reason: str) -> None:
    """Tell those who worked on a record that it is no longer public, and why."""
    occasion = f"editorial.withdrawn:{record._meta.label_lower}:{record.pk}:{record.version}"
    context = {"who": by, "text": reason, "reason": OF_AUTHOR}
    _write(occasion, people_of(record, by), "withdrawn", record, context)


def _write(
    occasion: str, people: Iterable[User], template: str, record: models.Model, context: dict
) -> None:
    words = {
        "title": lambda: in_language(record, record.title_field, get_language())[0],
        "kind": record._meta.verbose_name,
        "link": cleaning.on_site(desk_address(record)),
        **context,
    }
    for user in people:
        outbox.write(
            occasion,
            user.email,
            user.language,
            f"editorial/mail/{template}",
            {**words, "name": user.full_name},
            user=user,
        )
