"""The public pages: open calls, an award with its rounds, a round with its rules."""

from django.views.generic import DetailView, ListView

from awards.models import Award, Round


class AwardList(ListView):
    """Open calls first, then what cities can win."""

    template_name = "awards/award_list.html"
    context_object_name = "awards"

    def get_queryset(self):
        return Award.objects.published()


class AwardPage(DetailView):
    """An award with its rounds by year."""

    template_name = "awards/award_detail.html"
    context_object_name = "award"

    def get_queryset(self):
        return Award.objects.published()


class RoundPage(DetailView):
    """A round: who may enter what, by when."""

    template_name = "awards/round_detail.html"
    context_object_name = "round"

    def get_queryset(self):
        return Round.objects.published().filter(
            award__in=Award.objects.published(), award__slug=self.kwargs["award"]
        )
