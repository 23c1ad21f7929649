"""The people of an event for the staff: filtered, in an order, exported with every answer."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import CheckIn
from attendance.protocol import Order, ordered_keys
from content import jobs, tables
from content.keys import as_key
from content.languages import in_language
from content.models import Job
from events import columns
from events.models import Event, Participant
from events.models.registration import ACTIVE

PERMISSION = "events.view_participant"
ON_A_PAGE = 100
SHOWN = ["state", "mode", "rank", "came"]


@dataclass(frozen=True)
class Filters:
    """What the page is asked for; empty means all. State "active" leaves out who has left."""

    order: str = Order.CITY
    state: str = "active"
    mode: str = ""
    part: int | None = None
    came: str = ""
    text: str = ""

    @classmethod
    def read(cls, data) -> "Filters":
        """From a query or from the parameters of a job; what is no filter is left out."""
        state = data.get("state", "active")
        return cls(
            order=data.get("order") if data.get("order") in Order.values else Order.CITY,
            state=state if state in ("", *Participant.Status.values) else "active",
            mode=data.get("mode") if data.get("mode") in Participant.Mode.values else "",
            part=as_key(data.get("part")),
            came=data.get("came") if data.get("came") in ("yes", "no") else "",
            text=(data.get("text") or "").strip()[:80],
        )


def people(event: Event, filters: Filters) -> QuerySet[Participant]:
    """The participants of an event that the filters let through, in no order."""
    rows = event.participants.all()
    if filters.state:
        states = ACTIVE if filters.state == "active" else [filters.state]
        rows = rows.filter(status__in=states)
    if filters.mode:
        rows = rows.filter(mode=filters.mode)
    if filters.part:
        rows = rows.filter(
            Exists(Participant.objects.active().filter(whole=OuterRef("pk"), event=filters.part))
        )
    for word in filters.text.split()[:4]:
        rows = rows.filter(
            Q(name_cyrillic__icontains=word) | Q(name_latin__icontains=word)
            | Q(delegation__member__name_search__icontains=word)
            | Q(delegation__guest_of__icontains=word) | Q(email__icontains=word)
        )  # fmt: skip
    came = Exists(CheckIn.objects.filter(participant=OuterRef("pk"), undone_at__isnull=True))
    return rows.filter(came if filters.came == "yes" else ~came) if filters.came else rows


def page_of(keys: list[int]) -> list[Participant]:
    """These participants with all that a row shows, in this order."""
    found = {one.pk: one for one in columns.loaded(Participant.objects.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def ask(event: Event, filters: Filters, by, key) -> Job:
    """A job that writes the people of an event, in an order, with every answer, as XLSX."""
    title = _("Participants: %(event)s") % {"event": in_language(event, "title")[0]}
    params = {"event": event.pk, **filters.__dict__, "order": str(filters.order)}
    return jobs.ask("attendance.roster", title, params, by, key=key)


def make(job: Job, progress: jobs.Progress) -> jobs.Made:
    """The workbook; the columns are those that who asked may read now.

    Column by column, each for everybody at once: as many queries for ten people as for 10,000.
    """
    event = Event.objects.get(pk=job.params["event"])
    filters = Filters.read(job.params)
    chosen = columns.columns_of(event, job.asked_by)
    keys = ordered_keys(people(event, filters), filters.order, job.language)
    progress.start(len(keys))
    everybody = page_of(keys)
    cells: list[list] = [[] for _person in everybody]
    for number, column in enumerate(chosen, 1):
        for row, (cell,) in zip(
            cells, columns.rows([column], everybody, job.language), strict=True
        ):
            row.append(cell)
        progress.step(len(keys) * number // len(chosen) - progress.done)
    made = tables.xlsx(_("Participants"), [column.heading for column in chosen], cells)
    return jobs.Made(made, f"{event.slug}-participants.xlsx", tables.XLSX_TYPE)


def _came(event: Event) -> list[columns.Column]:
    """When somebody came through the door of this event, by its clock."""

    def values(chosen, _language):
        found = CheckIn.objects.filter(event=event, undone_at__isnull=True)
        rows = found.filter(participant__in=[one.pk for one in chosen])
        moments = rows.values_list("participant", "at")
        return {pk: at.astimezone(event.zone).replace(tzinfo=None) for pk, at in moments}

    return [columns.Column("came", gettext_lazy("came at"), values)]


def shown_columns(event: Event, user) -> list[columns.Column]:
    """The narrow columns of the table on the screen; names and city stand before them."""
    return [one for one in columns.columns_of(event, user) if one.code in SHOWN]


columns.register(_came)
jobs.register(jobs.Kind("attendance.roster", PERMISSION, make))
