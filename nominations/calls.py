"""A new call takes over what the year before had: headings, and the usual steps."""

from nominations import schedule
from nominations.models import DossierSection, OutsideCall

FIELDS = ("title_ru", "title_en", "hint_ru", "hint_en", "is_required", "max_words",
          "max_characters", "order")  # fmt: skip


def set_up(call: OutsideCall) -> None:
    """The usual steps where none were given, the headings of the award's last call likewise."""
    if not call.steps.exists():
        schedule.set_up(call)
    if call.sections.exists():
        return
    before = OutsideCall.objects.filter(award=call.award, sections__isnull=False)
    if last := before.exclude(pk=call.pk).order_by("-year", "-pk").first():
        for section in last.sections.all():
            values = {name: getattr(section, name) for name in FIELDS}
            DossierSection.objects.create(call=call, **values)
