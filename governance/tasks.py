"""What happens by itself to organisations."""

from celery import shared_task

from governance.models import Organisation


@shared_task
def refresh_current_names() -> int:
    """Let legal names that begin or end with the day take effect; says how many did.

    Two queries however many organisations there are, and a few for each one that changes.
    """
    stale = []
    for organisation in Organisation.objects.prefetch_related("names"):
        before = (organisation.name_ru, organisation.name_en)
        organisation.take_names(organisation.names.all())
        if before != (organisation.name_ru, organisation.name_en):
            stale.append(organisation.pk)
    for pk in stale:
        Organisation.objects.get(pk=pk).save(update_fields={"name_ru", "name_en"})
    return len(stale)
