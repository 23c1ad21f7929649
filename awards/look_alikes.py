"""Works that look the same: found by the database, decided by people.

Each picture has a hash of 64 bits (`works.look_of`); two hashes are compared by PostgreSQL, which
counts the bits that differ. A picture is compared once, with all that were sent before it.
"""

from django.db import connection, transaction
from django.utils import timezone

from awards.models import Entry, EntryFile, LookAlike
from content import audit

MOST_DIFFERENT = 10  # of 64 bits
AT_ONCE = 200

# Of one award, in the year of the new work or before; a work is not compared with itself.
PAIRS = """
INSERT INTO awards_lookalike (entry_id, other_id, distance, verdict)
SELECT greatest(a.entry_id, b.entry_id), least(a.entry_id, b.entry_id),
       min(bit_count((a.look # b.look)::bit(64))), 'open'
  FROM awards_entryfile a
  JOIN awards_entry ae ON ae.id = a.entry_id
  JOIN awards_round ar ON ar.id = ae.round_id
  JOIN awards_round br ON br.award_id = ar.award_id AND br.year <= ar.year
  JOIN awards_entry be ON be.round_id = br.id AND be.state IN ('submitted', 'refused')
  JOIN awards_entryfile b ON b.entry_id = be.id AND b.field_id IS NULL AND b.look IS NOT NULL
 WHERE a.id = ANY(%s) AND b.entry_id <> a.entry_id
   AND bit_count((a.look # b.look)::bit(64)) <= %s
 GROUP BY 1, 2
ON CONFLICT DO NOTHING
"""


def compare_new() -> int:
    """Compare the pictures of sent entries that were not compared yet; gives how many."""
    compared = 0
    while fresh := list(_fresh()[:AT_ONCE]):
        with transaction.atomic():
            locked = EntryFile.objects.select_for_update(skip_locked=True).filter(
                pk__in=fresh, compared_at=None
            )
            ids = list(locked.values_list("pk", flat=True))
            if not ids:
                break  # another worker has them
            with connection.cursor() as cursor:
                cursor.execute(PAIRS, [ids, MOST_DIFFERENT])
            EntryFile.objects.filter(pk__in=ids).update(compared_at=timezone.now())
        compared += len(ids)
    return compared


def _fresh():
    return (
        EntryFile.objects.filter(
            compared_at=None, look__isnull=False, field=None, entry__state=Entry.State.SUBMITTED
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def decide(pair: LookAlike, verdict: str, by) -> LookAlike:
    """Write what people saw: the same work or different ones. No entry changes by that."""
    pair = LookAlike.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    before, pair.verdict, pair.decided_by = pair.verdict, verdict, by
    pair.save(update_fields=["verdict", "decided_by"])
    audit.record(
        "awards.look_alike", pair.entry, by, "Two works were compared",
        {"verdict": [before, verdict]},
    )  # fmt: skip
    return pair
