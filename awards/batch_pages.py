"""The pages of batches, for both doors: sending one, its report by row, sending it again."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from awards import batch_template, batches, consents, deadlines
from awards.batch_forms import TOO_LARGE, ConsentForm, UploadForm
from awards.batch_report import Report
from awards.batch_uploads import MeasuredUploads
from awards.models import Batch, BatchRow, Entrant, GuardianConsent, Round
from content.editing import answered, once
from content.privatefiles import all_or_nothing
from content.tables import XLSX_TYPE

Purpose = GuardianConsent.Purpose


class BatchDoor:
    """What a view of a door gives: who enters, who acts, and the addresses of its pages."""

    def batch_entrant(self) -> Entrant:
        """Who enters; 404 for strangers and for calls without batches."""
        raise NotImplementedError

    def visitor(self):
        """The account that acts, None where there is none."""
        raise NotImplementedError

    def batch_address(self, name: str, *args: Any) -> str:
        """The address of "list", "batch" (key), "consent" (key, row) or "template"."""
        raise NotImplementedError

    def back_address(self) -> str:
        """The page with all entries."""
        raise NotImplementedError

    def batch(self, key: uuid.UUID) -> Batch:
        """One batch of this entrant; 404 for those of others."""
        entrant = self.batch_entrant()
        batch = get_object_or_404(
            Batch.objects.select_related("archive", "table"), entrant=entrant, key=key
        )
        batch.entrant = entrant
        return batch

    def shared(self, entrant: Entrant) -> dict[str, Any]:
        """What every page of a batch shows."""
        closing = deadlines.closing_for(entrant)
        return {
            "round": entrant.round,
            "closed": deadlines.why_closed(entrant.round, entrant=entrant),
            "until": deadlines.in_words(closing, entrant.round),
            "list_url": self.batch_address("list"),
            "template_url": self.batch_address("template"),
            "back_url": self.back_address(),
        }


class Sending(BatchDoor, MeasuredUploads):
    """A page with the form of an upload."""

    def send(self, form: UploadForm, entrant: Entrant, batch: Batch | None) -> HttpResponse | None:
        """Where a valid upload leads; None when the form has to be shown again."""
        if not form.is_valid():
            return None
        data = form.cleaned_data

        def deed() -> str:
            sent = batches.send(
                entrant, self.visitor(), archive=data["archive"], table=data["table"],
                category=data.get("category"), batch=batch,
            )  # fmt: skip
            return self.batch_address("batch", sent.key)

        try:
            return once(data["form_key"], deed)
        except batches.BatchRefused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            for name, found in error.error_dict.items():
                form.add_error(name, found)
        return None

    def too_much(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        request.too_large = {"archive"}
        messages.error(request, TOO_LARGE["archive"])
        response = self.get(request, *args, **kwargs)
        response.status_code = 413
        return response


class BatchList(Sending):
    """Sending a batch, and those that were sent before."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        entrant = self.batch_entrant()
        return self.page(entrant, UploadForm(round=entrant.round))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        entrant = self.batch_entrant()
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = UploadForm(
            request.POST, request.FILES, round=entrant.round, too_large=request.too_large
        )
        return self.send(form, entrant, None) or self.page(entrant, form)

    def page(self, entrant: Entrant, form: UploadForm) -> HttpResponse:
        sent = [
            {"batch": batch, "url": self.batch_address("batch", batch.key)}
            for batch in entrant.batches.all()
        ]
        context = {**self.shared(entrant), "form": form, "sent": sent}
        return self.render_to_response(self.get_context_data(**context))


class BatchReport(Sending):
    """How far a batch is, what became of every row, and the form that sends it again."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page(self.batch(kwargs["key"]))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        batch = self.batch(kwargs["key"])
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = UploadForm(
            request.POST, request.FILES, round=batch.entrant.round, batch=batch,
            too_large=request.too_large,
        )  # fmt: skip
        return self.send(form, batch.entrant, batch) or self.page(batch, form)

    def page(self, batch: Batch, form: UploadForm | None = None, consent=None) -> HttpResponse:
        """`consent`: the form of one row as it was refused, by the key of the row."""
        report = Report(batch, lambda row: self.batch_address("consent", batch.key, row.pk))
        report.put_forms(consent or {})
        form = form or UploadForm(round=batch.entrant.round, batch=batch)
        context = {
            **self.shared(batch.entrant),
            "batch": batch,
            "report": report,
            "is_busy": batches.is_busy(batch),
            "batch_url": self.batch_address("batch", batch.key),
            "form": form,
            "forms": [form, *report.refused_forms],
        }
        return self.render_to_response(self.get_context_data(**context))


class RowConsent(BatchReport):
    """The signed sheet of one child, after the batch."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect(self.batch_address("batch", kwargs["key"]))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        batch = self.batch(kwargs["key"])
        row = get_object_or_404(batch.rows.exclude(entry=None), pk=kwargs["row"])
        form = ConsentForm(
            request.POST, request.FILES, prefix=f"row{row.pk}",
            too_large={name.removeprefix(f"row{row.pk}-") for name in request.too_large},
        )  # fmt: skip
        if not form.is_valid():
            return self.page(batch, consent={row.pk: form})
        keep_consent(row, form.cleaned_data, self.visitor())
        messages.success(request, _("The consent is written down, and the work takes part."))
        return redirect(self.batch_address("batch", batch.key))


@all_or_nothing()
def keep_consent(row: BatchRow, data: dict[str, Any], by) -> None:
    """Write the consents of a sheet that came later; the row waits no more."""
    author = row.entry.authors.get()
    first = consents.give(author, Purpose.ENTRY, data["given_on"], data["scan"], by)
    if data["is_public"]:
        consents.give(author, Purpose.PUBLIC, data["given_on"], first.scan, by)
    errors = [error for error in row.errors if error["code"] != "sheet"]
    BatchRow.objects.filter(pk=row.pk).update(state=BatchRow.State.TAKEN, errors=errors)


class BatchTemplate(BatchDoor):
    """The table to fill in, in the language of the page."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        entrant = self.batch_entrant()
        return HttpResponse(
            batch_template.workbook(entrant.round),
            content_type=XLSX_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, "works.xlsx")},
        )


def takes_batches(round: Round, entrant: Entrant | None) -> None:
    """404 for a call that never took batches of this entrant."""
    if not round.admits_batches and not (entrant and entrant.batches.exists()):
        raise Http404
