"""Which works a stage judges: admitted, of its categories, gone on from the stages before."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.models import Category, Entry
from judging.models import Result, Stage


def of(stage: Stage) -> QuerySet[Entry]:
    """The works of a stage: admitted to its categories and gone on from every earlier stage.

    A work without a category is judged where the stage takes all categories.
    """
    categories = category_keys(stage)
    works = Entry.objects.admitted().filter(round=stage.round_id)
    if categories:
        works = works.filter(category__in=categories)
    for earlier in before(stage):
        passed = Result.objects.filter(stage=earlier, entry=OuterRef("pk"), passed=True)
        covered = category_keys(earlier)
        outside = ~Q(category__in=covered) | Q(category__isnull=True) if covered else Q(pk__in=[])
        works = works.filter(outside | Exists(passed))
    return works.select_related("category").order_by("number", "pk")


def before(stage: Stage) -> list[Stage]:
    """The earlier stages of the round, first to last."""
    earlier = Stage.objects.filter(round=stage.round_id, order__lt=stage.order)
    return list(earlier.order_by("order"))


def category_keys(stage: Stage) -> list[int]:
    """The categories a stage is limited to; empty is all of them."""
    return list(stage.categories.values_list("pk", flat=True))


def by_category(works) -> dict[Category | None, list[Entry]]:
    """Works in groups that are counted by themselves, in the order of the categories."""
    groups: dict[Category | None, list[Entry]] = {}
    for work in works:
        groups.setdefault(work.category, []).append(work)
    order = sorted(groups, key=lambda one: (one is None, one and (one.order, one.pk)))
    return {category: groups[category] for category in order}
