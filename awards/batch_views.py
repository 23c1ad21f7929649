"""The two doors of batches: the cabinet of a member, and the link of an institution."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from awards import entering
from awards.batch_pages import (
    BatchList,
    BatchReport,
    BatchTemplate,
    RowConsent,
    takes_batches,
)
from awards.entrant_views import LinkMixin
from awards.entry_cabinet import CabinetDoor
from awards.models import Award, Entrant, Round

# The token of a form is judged by `MeasuredUploads`, once it is known how much there is to read.
PROTECTED = [csrf_exempt, never_cache]


class CabinetBatches(CabinetDoor):
    """Batches of the member whose cabinet this is."""

    def batch_entrant(self) -> Entrant:
        rounds = Round.objects.published().filter(award__in=Award.objects.published())
        round = get_object_or_404(
            rounds.select_related("award"),
            award__slug=self.kwargs["award"],
            slug=self.kwargs["round"],
        )
        found = round.entrants.filter(member=self.member).first()
        takes_batches(round, found)
        return entering.of_member(round, self.member)

    def batch_address(self, name, *args):
        door = [self.member.slug, self.kwargs["award"], self.kwargs["round"]]
        return reverse(f"awards:cabinet_batch_{name}", args=[*door, *args])

    def back_address(self):
        return self.address("list")


class LinkBatches(LinkMixin):
    """Batches of an institution that came by its link."""

    def batch_entrant(self) -> Entrant:
        takes_batches(self.entrant.round, self.entrant)
        return self.entrant

    def batch_address(self, name, *args):
        return reverse(f"awards:link_batch_{name}", args=[self.kwargs["token"], *args])

    def back_address(self):
        return self.address("list")


@method_decorator(PROTECTED, name="dispatch")
class CabinetBatchList(CabinetBatches, BatchList, TemplateView):
    template_name = "awards/cabinet_batches.html"


@method_decorator(PROTECTED, name="dispatch")
class CabinetBatchReport(CabinetBatches, BatchReport, TemplateView):
    template_name = "awards/cabinet_batch.html"


@method_decorator(PROTECTED, name="dispatch")
class CabinetRowConsent(CabinetBatches, RowConsent, TemplateView):
    template_name = "awards/cabinet_batch.html"


class CabinetBatchTemplate(CabinetBatches, BatchTemplate, View):
    """The table to fill in."""


@method_decorator(PROTECTED, name="dispatch")
class LinkBatchList(LinkBatches, BatchList, TemplateView):
    template_name = "awards/link_batches.html"


@method_decorator(PROTECTED, name="dispatch")
class LinkBatchReport(LinkBatches, BatchReport, TemplateView):
    template_name = "awards/link_batch.html"


@method_decorator(PROTECTED, name="dispatch")
class LinkRowConsent(LinkBatches, RowConsent, TemplateView):
    template_name = "awards/link_batch.html"


class LinkBatchTemplate(LinkBatches, BatchTemplate, View):
    """The table to fill in."""
