"""The pages of an entrant: the list of its entries and the form of each, for both doors.

A door (`awards.entry_cabinet`, `awards.entrant_views`) says whose entries they are and under which
addresses its pages stand.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import consent_slip, deadlines, drafts, entry_checks, sending
from awards.entry_form import EntryForm, seen_of, values_of
from awards.entry_rows import row_of
from awards.entry_slots import file_name, fingerprint
from awards.models import Entry
from content import privatefiles
from content.keys import as_key
from events.question_form import TOO_LARGE

State = Entry.State


class EntryDoor:
    """What a view of a door gives: its entries, its user, and its addresses."""

    def entries(self):
        """The entries that this visitor may open."""
        raise NotImplementedError

    def visitor(self):
        """The account that acts, None where there is none."""
        raise NotImplementedError

    def address(self, name: str, *args: Any) -> str:
        """The address of "list", "entry" (pk) or "file" (pk, file)."""
        raise NotImplementedError

    def entry(self, pk: int) -> Entry:
        """The entry of this address; 404 for those of others."""
        rows = self.entries().select_related(
            "category", "round__award", "entrant__member", "entrant__home__country"
        )
        entry = get_object_or_404(rows, pk=pk)
        entry.entrant.round = entry.round
        return entry


class EntryPage(EntryDoor):
    """The form of one entry: saved field by field or as a whole, sent, withdrawn, deleted."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page(EntryForm(self.entry(kwargs["pk"])))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        entry = self.entry(kwargs["pk"])
        if request.headers.get("X-Requested-With") == "fetch":
            return self.saved_by_script(entry)
        drop = as_key(request.POST.get("drop"))
        deed = "drop" if drop else request.POST.get("deed", "save")
        deeds = {
            "send": self.send, "withdraw": self.withdraw, "discard": self.discard,
            "drop": self.drop,
        }  # fmt: skip
        return deeds.get(deed, self.save)(entry)

    def saved_by_script(self, entry: Entry) -> JsonResponse:
        """One field, kept without a reload; what the page shows then.

        `refused` names what could not be kept: the browser holds on to it.
        """
        name = self.request.POST.get("field", "")
        found: dict[str, Any] = {"problems": self.kept_files(entry), "refused": []}
        values = values_of(entry, self.request.POST, name)
        try:
            if values:
                outcome = drafts.save(entry, values, seen_of(self.request.POST))
                found["problems"] |= _limits(entry, values) | outcome.problems
                found["refused"] = list(outcome.problems)
                found["seen"] = outcome.seen
                found["conflicts"] = {
                    key: {"text": text, "seen": fingerprint(text)}
                    for key, text in outcome.conflicts.items()
                }
        except sending.EntryRefused as refused:
            found["problems"] |= {name: str(refused)}
            found["refused"] = [name]
        time = f"{timezone.localtime():%H:%M}"
        found["words"] = "" if found["refused"] else _("Saved at %(time)s") % {"time": time}
        if self.request.FILES or self.request.too_large:
            found["files"] = {name: self.files_html(entry, name)}
        return JsonResponse(found)

    def save(self, entry: Entry) -> HttpResponse:
        """The whole draft, for browsers without scripts."""
        try:
            outcome = drafts.save(entry, *self.posted(entry))
            problems = outcome.problems | drafts.conflict_words(outcome)
        except sending.EntryRefused as refused:
            problems = refused.problems
        problems |= self.kept_files(entry)
        if problems:
            return self.refused(entry, problems)
        messages.success(
            self.request,
            _("The draft is saved at %(time)s. Nobody sees it until you send it.")
            % {"time": f"{timezone.localtime():%H:%M}"},
        )
        return redirect(self.address("entry", entry.pk))

    def send(self, entry: Entry) -> HttpResponse:
        problems = self.kept_files(entry)
        try:
            sent = drafts.send(entry, *self.posted(entry), self.visitor())
        except sending.EntryRefused as refused:
            return self.refused(entry, problems | refused.problems)
        if problems:
            return self.refused(entry, problems)
        messages.success(
            self.request,
            _("The entry is sent. Its number is %(number)s.") % {"number": sent.code},
        )
        return redirect(self.address("entry", entry.pk))

    def withdraw(self, entry: Entry) -> HttpResponse:
        try:
            sending.withdraw(entry, self.visitor())
            messages.success(self.request, _("The entry is withdrawn."))
        except sending.EntryRefused as refused:
            messages.error(self.request, str(refused))
        return redirect(self.address("list"))

    def discard(self, entry: Entry) -> HttpResponse:
        try:
            sending.discard(entry)
            messages.success(self.request, _("The draft is deleted."))
        except sending.EntryRefused as refused:
            messages.error(self.request, str(refused))
        return redirect(self.address("list"))

    def drop(self, entry: Entry) -> HttpResponse:
        """A file is taken out; what was typed beside it is kept, too."""
        try:
            if entry.state == State.DRAFT:
                drafts.save(entry, *self.posted(entry))
            drafts.drop_file(entry, as_key(self.request.POST["drop"]))
        except sending.EntryRefused as refused:
            return self.refused(entry, refused.problems)
        return redirect(self.address("entry", entry.pk) + "#files")

    def posted(self, entry: Entry) -> tuple[dict[str, str], dict[str, str]]:
        return values_of(entry, self.request.POST), seen_of(self.request.POST)

    def kept_files(self, entry: Entry) -> dict[str, str]:
        """Keep what was uploaded; sentences for what was not."""
        files = {name: self.request.FILES.getlist(name) for name in self.request.FILES}
        sheet = files.pop(consent_slip.NAME, [])
        problems = drafts.add_files(entry, files, self.visitor()) if files else {}
        for upload in sheet:
            try:
                consent_slip.keep(entry, upload, self.request.POST, self.visitor())
            except ValidationError as error:
                problems[consent_slip.NAME] = " ".join(error.messages)
        return problems | dict.fromkeys(self.request.too_large, str(TOO_LARGE))

    def refused(self, entry: Entry, problems: dict[str, str]) -> HttpResponse:
        """The form with what was typed and a sentence at each problem."""
        entry = self.entry(entry.pk)
        return self.page(EntryForm(entry, self.request.POST, problems))

    def page(self, form: EntryForm) -> HttpResponse:
        entry, now = form.entry, timezone.now()
        closed = sending.why_not_now(entry, now)
        until = deadlines.closing_for(entry.entrant, entry.category)
        is_draft = entry.state == State.DRAFT
        context = {
            "form": form,
            "entry": entry,
            "round": entry.round,
            "closed": closed,
            "until": deadlines.in_words(until, entry.round),
            "is_extended": deadlines.valid_extension(entry.entrant),
            "can_edit": is_draft or (entry.state == State.SUBMITTED and not closed),
            "is_draft": is_draft,
            "row": row_of(entry),
            "parts": form_parts(form, self),
            "work_files": _files_of(self, entry).get(file_name(None), []),
            "consent": consent_slip.state_of(entry),
            "list_url": self.address("list"),
            "State": State,
        }
        return self.render_to_response(self.get_context_data(**context))

    def files_html(self, entry: Entry, name: str) -> str:
        """The list of the files of one question, for the script."""
        files = _files_of(self, entry).get(name, [])
        return render_to_string(
            "awards/includes/entry_files.html", {"files": files, "can_edit": True}, self.request
        )


class EntryFileView(EntryDoor):
    """A file of an entry, for whoever entered it."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        entry = self.entry(kwargs["pk"])
        file = entry.files.select_related("file").filter(pk=kwargs["file"]).first()
        if file is None:
            raise Http404
        return privatefiles.response_for(file.file)


def form_parts(form: EntryForm, door: EntryDoor) -> list[dict[str, Any]]:
    """The questions in their order: a pair of languages, one field, or files.

    `only` is the key of the category in which it is asked, `is_hidden` whether that is another one.
    """
    files = _files_of(door, form.entry)
    names = list(form.fields)
    parts = []
    for question in form.entry.round.entry_questions:
        names_here = [n for n in names if n in _names(question)]
        parts.append(
            {
                "fields": [form[name] for name in names_here],
                "files": files.get(names_here[0], []) if names_here else [],
                "is_file": names_here[:1] == [file_name(question)],
                "required": question.is_required,
                "only": question.category_id,
                "is_hidden": not entry_checks.concerns(question, form.entry),
                "category": question.category,
            }
        )
    return parts


def _names(question) -> tuple[str, ...]:
    return (
        f"q{question.pk}", f"q{question.pk}_ru", f"q{question.pk}_en", file_name(question)
    )  # fmt: skip


def _files_of(door: EntryDoor, entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """The files of an entry by the names of their inputs."""
    found: dict[str, list] = {}
    for file in entry.files.select_related("file", "field").order_by("order", "pk"):
        found.setdefault(file_name(file.field), []).append(
            {"pk": file.pk, "name": file.file.name, "size": file.file.size,
             "url": door.address("file", entry.pk, file.pk),
             "is_unclean": file.clean_id is None}
        )  # fmt: skip
    return found


def _limits(entry: Entry, values: dict[str, str]) -> dict[str, str]:
    """Texts that are longer than asked: kept, and said so."""
    slots = {slot.name: slot for slot in drafts.entry_slots.slots_of(entry.round)}
    found = {name: entry_checks.too_long(slots[name], text) for name, text in values.items()}
    return {name: words for name, words in found.items() if words}
