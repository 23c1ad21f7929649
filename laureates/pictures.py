"""Public copies of works: made after the release, under names that nobody guesses, and gone with
the consent. Nothing lists them before the results are out."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ManyToOneRel

from awards.models import EntryFile
from content import wake
from content.languages import LANGUAGE_CODES
from content.models import Picture
from content.pictures import CheckedPicture, make_picture
from laureates import naming
from laureates.models import Laureate

TASK = "laureates.tasks.show_work"


def show_after_commit(laureates: Iterable[Laureate]) -> None:
    """Have a worker make the copy of each work that may be shown."""
    for one in laureates:
        if one.entry_id and one.picture_id is None:
            wake.after_commit(TASK, one.pk)


def without_copies():
    """Released laureates whose work waits for its copy."""
    works = EntryFile.objects.filter(is_picture=True).values("entry")
    return Laureate.objects.filter(
        status=Laureate.Status.PUBLISHED, round__results__released_at__isnull=False,
        picture__isnull=True, entry__in=works,
    )  # fmt: skip


def show_work(pk: int) -> bool:
    """Make the public copy of a laureate's work; says whether it did.

    Not without consent, not for drafts, not twice. The consent is asked for once more under the
    lock that a withdrawal takes.
    """
    laureate = without_copies().select_related("entry__round").filter(pk=pk).first()
    if laureate is None or not naming.is_showable(laureate.entry):
        return False
    files = laureate.entry.files.filter(is_picture=True).select_related("file")
    work = files.order_by("order", "pk")[0]
    with work.file.file.open() as stored:
        # Of our own making already: judged, upright, without metadata.
        checked = CheckedPicture(stored.read(), work.width, work.height)
    with transaction.atomic():
        list(laureate.entry.authors.select_for_update())  # in the order of a withdrawal
        locked = Laureate.objects.select_for_update(of=("self",)).get(pk=pk)
        if locked.picture_id or not naming.is_showable(laureate.entry):
            return False
        locked.picture = make_picture(checked, **_words(laureate))
        locked.save(update_fields=["picture"])
    return True


def hide_work(laureate: Laureate) -> bool:
    """Take the public copy away, from the page at once and from the disk on commit."""
    picture = laureate.picture
    if picture is None:
        return False
    laureate.picture = None
    Laureate.objects.filter(pk=laureate.pk).update(picture=None)
    names = [picture.file.name, *picture.renditions.values_list("file", flat=True)]
    storage = picture.file.storage
    _let_go(picture)
    picture.delete()
    transaction.on_commit(lambda: [storage.delete(name) for name in names])
    return True


def _let_go(picture: Picture) -> None:
    """Take a picture out of all that shows it: an article must not keep a child's work."""
    for relation in Picture._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{name: picture})
        if relation.field.null:
            rows.update(**{name: None})
        else:
            for row in rows:  # one by one: each takes along what is derived from it
                row.delete()


def _words(laureate: Laureate) -> dict[str, str]:
    """What the picture shows, for those who do not see it: the title of the work."""
    return {
        f"alt_{code}": (getattr(laureate, f"work_title_{code}") or "")[:300]
        for code in LANGUAGE_CODES
    }
