"""Entering a call in the cabinet of a member: open calls, own entries, the form of each.

Whoever represents the member today edits and sends its entries.
"""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from awards import deadlines, eligibility, entering, sending
from awards.entry_pages import EntryDoor, EntryFileView, EntryPage
from awards.entry_rows import rows_of
from awards.models import Batch, Entry, Round
from awards.start_form import StartForm
from content.editing import answered, once
from events.question_form import guarded_uploads
from members.cabinet import MandateMixin

MENU = "awards:cabinet"
SUBPAGES = {"list": MENU, "entry": "awards:cabinet_entry", "file": "awards:cabinet_entry_file"}


class CabinetDoor(MandateMixin, EntryDoor):
    """Entries of the member whose cabinet this is."""

    menu_name = MENU

    def entries(self):
        return Entry.objects.for_user(self.request.user).filter(entrant__member=self.member)

    def visitor(self):
        return self.request.user

    def address(self, name, *args):
        return reverse(SUBPAGES[name], args=[self.member.slug, *args])


@method_decorator(never_cache, name="dispatch")
class CabinetAwards(CabinetDoor, TemplateView):
    """Open calls with what the member can do, and its entries with their states."""

    template_name = "awards/cabinet_awards.html"

    def get_context_data(self, **kwargs):
        # What came in a batch has the pages of its batch.
        entries = (
            self.entries()
            .filter(batch_row=None)
            .select_related("round__award", "category", "entrant__member", "entrant__home")
        )
        entries = entries.order_by("-round__year", "-saved_at", "-pk")
        rows = rows_of(entries, lambda pk: self.address("entry", pk))
        calls = [call_of(round, self.member) for round in open_rounds(self.member)]
        batched = rounds_with_batches(self.member)
        return super().get_context_data(rows=rows, calls=calls, batched=batched, **kwargs)


def rounds_with_batches(member) -> list[Round]:
    """Rounds to which the member sent batches: their reports stay after the close. One query."""
    sent = Round.objects.filter(Exists(
        Batch.objects.filter(entrant__round=OuterRef("pk"), entrant__member=member)
    ))  # fmt: skip
    return list(sent.select_related("award").order_by("-year", "-pk"))


def open_rounds(member) -> list[Round]:
    """Public rounds that take entries now, the member's own longer deadlines included."""
    rounds = Round.objects.published().select_related("award").prefetch_related("categories")
    own = {one.round_id: one for one in member.award_entrants.all()}
    found = [
        one for one in rounds.exclude(award__giver="others")
        if deadlines.is_open(one, entrant=_with_round(own.get(one.pk), one))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (deadlines.closing(one), one.pk))


def _with_round(entrant, round: Round):
    if entrant is not None:
        entrant.round = round
    return entrant


def call_of(round: Round, member) -> dict:
    """An open call with the way in, or why there is none."""
    entrant = round.entrants.filter(member=member).first()
    if entrant is not None:
        entrant.round = round
    until = deadlines.closing_for(entrant) if entrant else deadlines.closing(round)
    refusal = eligibility.of_member(round, member)
    full = "" if refusal or entrant is None else eligibility.over_limit(entrant, None)
    return {
        "round": round, "until": deadlines.in_words(until, round),
        "refusal": refusal, "full": full, "form": StartForm(round=round),
    }  # fmt: skip


class CabinetStart(CabinetDoor, View):
    """A new draft of the member."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if done := answered(request.POST.get("form_key", "")):
            return done
        round = get_object_or_404(
            Round.objects.published(), slug=kwargs["round"], award__slug=kwargs["award"]
        )
        form = StartForm(request.POST, round=round)
        if not form.is_valid():
            messages.error(request, _("Choose the language of the entry."))
            return redirect(self.address("list"))
        try:
            return once(form.cleaned_data["form_key"], lambda: self.begin(round, form))
        except sending.EntryRefused as refused:
            messages.error(request, str(refused))
            return redirect(self.address("list"))

    def begin(self, round: Round, form: StartForm) -> str:
        entrant = entering.of_member(round, self.member)
        entry = sending.begin(
            entrant, self.request.user, language=form.cleaned_data.get("language", "")
        )
        return self.address("entry", entry.pk)


@method_decorator([guarded_uploads, never_cache], name="dispatch")
class CabinetEntry(CabinetDoor, EntryPage, TemplateView):
    """The form of one entry of the member."""

    template_name = "awards/cabinet_entry.html"


@method_decorator(never_cache, name="dispatch")
class CabinetEntryFile(CabinetDoor, EntryFileView, View):
    """A file of one entry of the member."""
