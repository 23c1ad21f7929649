"""The public pages of projects, strategies, commitments and recommendations."""

from django.http import HttpRequest, HttpResponse
from django.views.generic import DetailView, TemplateView

from content.languages import in_language, reading_order
from content.publishing import public_or_404
from editorial import previews
from projects import listing
from projects.models import Project, Recommendation, Strategy


class ProjectList(TemplateView):
    """All public projects, the running ones first."""

    template_name = "projects/project_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, rows=listing.projects())


class StrategyList(TemplateView):
    """Strategies with their waves, commitments of cities, what others recommended."""

    template_name = "projects/strategy_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            rows=listing.strategies(),
            commitments=listing.commitments(),
            recommendations=listing.recommendations(),
        )


class RecordPage(DetailView):
    """One public record; what is no longer public says so."""

    context_object_name = "record"

    def get_object(self, queryset=None):
        return public_or_404(self.get_queryset(), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        language = in_language(self.object, "title")[1]
        return super().get_context_data(
            **{"is_preview": False, **self.more(), **kwargs},
            is_in_other_language=language != reading_order()[0],
        )

    def more(self) -> dict:
        """What the page shows beside the record itself."""
        return {}


class ProjectPage(RecordPage):
    """A project: period, participants, results, what is linked with it."""

    template_name = "projects/project_detail.html"

    def get_queryset(self):
        return Project.objects.prefetch_related("topics", "members")

    def more(self):
        return listing.row(self.object)


class StrategyPage(RecordPage):
    """A strategy: period, waves of action, documents."""

    template_name = "projects/strategy_detail.html"

    def get_queryset(self):
        return Strategy.objects.prefetch_related("waves")

    def more(self):
        waves = [listing.row(wave) for wave in self.object.waves.all()]
        documents = listing.public_documents(self.object)
        return {**listing.row(self.object), "waves": waves, "documents": documents}


class RecommendationPage(RecordPage):
    """A recommendation of others, to be cited by its address."""

    template_name = "projects/recommendation_detail.html"

    def get_queryset(self):
        return Recommendation.objects.select_related("document")


def _preview(page: type[RecordPage]):
    def shown(request: HttpRequest, record) -> HttpResponse:
        """The page as readers will see it, whether the record is public or not."""
        view = page()
        view.setup(request, slug=record.slug)
        view.object = view.get_queryset().get(pk=record.pk)
        return view.render_to_response(view.get_context_data(is_preview=True))

    return shown


for model, page in [
    (Project, ProjectPage),
    (Strategy, StrategyPage),
    (Recommendation, RecommendationPage),
]:
    previews.register(model, _preview(page))
