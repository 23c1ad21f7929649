"""The pages of staff: one dossier with all it lacks, its deeds, the dossiers of a call abreast."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, re_path, reverse
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.downloads import pdf_response
from content.editing import answered, once
from content.models import PrivateFile
from nominations import checks, deeds, paper, schedule, texts
from nominations.models import Dossier, OutsideCall
from nominations.refusals import DossierRefused

VIEW, SEND = "nominations.view_dossier", "nominations.send_dossier"


class DossierDeskMixin:
    """For the admin of `Dossier`."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name, one = "nominations_dossier_", r"^(?P<pk>\d{1,18})/"
        return [
            re_path(one + "desk/$", wrap(self.desk_view), name=f"{name}desk"),
            re_path(one + "draft.pdf$", wrap(self.draft_view), name=f"{name}draft"),
            re_path(one + r"files/(?P<file>\d{1,18})/$", wrap(self.file_view), name=f"{name}file"),
            re_path(one + r"do/(?P<deed>[a-z]+)/$", wrap(self.deed_view), name=f"{name}deed"),
            *super().get_urls(),
        ]

    def dossier(self, request: HttpRequest, pk: str, permission: str = VIEW) -> Dossier:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(Dossier.objects.with_material(), pk=pk)

    def desk_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Everything about one dossier: what it lacks, steps, both languages abreast, papers."""
        dossier = self.dossier(request, pk)
        if dossier.state == Dossier.State.WRITING:
            texts.ensure(dossier)
            dossier = self.dossier(request, pk)
        may_act = request.user.has_perm(SEND)
        return self.page(
            request, dossier, "desk.html", str(dossier),
            lacks=checks.lacks(dossier) if dossier.state == Dossier.State.WRITING else [],
            steps=schedule.steps(dossier),
            days_left=schedule.days_left(dossier.call),
            parts=checks.parts(dossier),
            is_final=checks.is_final(dossier),
            is_approved=checks.is_approved(dossier),
            deeds=deeds.offered(dossier) if may_act else [],
            may_translate=request.user.has_perm("nominations.change_sectiontext"),
        )  # fmt: skip

    def deed_view(self, request: HttpRequest, pk: str, deed: str) -> HttpResponse:
        """One deed: its form, then the capability; a refusal stays beside the form."""
        dossier = self.dossier(request, pk, SEND)
        if deed not in deeds.DEEDS:
            raise Http404
        chosen = deeds.DEEDS[deed]
        if request.method != "POST":
            return self.deed_page(request, dossier, chosen, chosen.form(dossier))
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = chosen.form(dossier, request.POST, request.FILES)
        if form.is_valid():
            try:
                return once(
                    form.cleaned_data["form_key"],
                    lambda: self.carry_out(request, dossier, chosen, form),
                )
            except DossierRefused as refused:
                form.add_error(None, list(refused.reasons))
            except ValidationError as error:
                form.add_error(None, error)
        return self.deed_page(request, dossier, chosen, form)

    def carry_out(self, request, dossier: Dossier, chosen: deeds.Deed, form) -> str:
        chosen.run(dossier, form, request.user)
        self.message_user(request, chosen.done)
        return reverse("admin:nominations_dossier_desk", args=[dossier.pk])

    def deed_page(self, request, dossier: Dossier, chosen: deeds.Deed, form) -> HttpResponse:
        lacks = []
        if chosen.name == "send":
            lacks = checks.lacks(dossier)
        elif chosen.name == "final":
            lacks = checks.text_lacks(dossier)
        return self.page(
            request, dossier, "deed.html", chosen.title, deed=chosen, form=form, lacks=lacks
        )

    def draft_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """The dossier as it would be printed now."""
        dossier = self.dossier(request, pk)
        return pdf_response(paper.make(dossier), f"dossier-{dossier.member.slug}.pdf")

    def file_view(self, request: HttpRequest, pk: str, file: str) -> HttpResponseBase:
        """A letter, the final text or the proof."""
        dossier = self.dossier(request, pk)
        own = [one.file_id for one in dossier.letters.all()]
        own += [dossier.final_file_id, dossier.proof_file_id]
        files = PrivateFile.objects.filter(Q(pk__in=[one for one in own if one]))
        return privatefiles.response_for(get_object_or_404(files, pk=file))

    def page(self, request, dossier: Dossier, template: str, title: str, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "dossier": dossier,
            "opts": self.opts,
            "change": reverse("admin:nominations_dossier_change", args=[dossier.pk]),
            **context,
        }
        return render(request, f"admin/nominations/{template}", context)


class CallDeskMixin:
    """For the admin of `OutsideCall`: the dossiers of one call side by side."""

    def get_urls(self):
        address = path(
            "<int:pk>/dossiers/",
            self.admin_site.admin_view(self.dossiers_view),
            name="nominations_outsidecall_dossiers",
        )
        return [address, *super().get_urls()]

    def dossiers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cities abreast: state, nominator, steps, what is missing; queries do not grow."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        call = get_object_or_404(OutsideCall.objects.select_related("award"), pk=pk)
        dossiers = list(call.dossiers.with_material().order_by("created_at", "pk"))
        columns = [(one, _lacks(one)) for one in dossiers]
        kinds = call.steps.all()
        by_kind = [{step.kind: step for step in schedule.steps(one)} for one in dossiers]
        chosen = sum(
            one.state in Dossier.CHOSEN and one.nominator == Dossier.Nominator.SECRETARIAT
            for one in dossiers
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Dossiers side by side"),
            "opts": self.opts,
            "call": call,
            "days_left": schedule.days_left(call),
            "columns": columns,
            "rows": [(kind, [steps[kind.kind] for steps in by_kind]) for kind in kinds],
            "chosen": chosen,
        }
        return render(request, "admin/nominations/dossiers.html", context)


def _lacks(dossier: Dossier) -> list:
    return checks.lacks(dossier) if dossier.state == Dossier.State.WRITING else []
