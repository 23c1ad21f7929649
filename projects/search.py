"""Makes projects, strategies and recommendations of others searchable."""

from django.utils.translation import gettext_lazy as _

from content import search
from projects.models import Project, Recommendation, Strategy


def texts(record: Project | Strategy) -> dict[str, search.Text]:
    return search.texts_of(record, "title", "summary", "body", dated_on=record.starts_on)


def recommendation_texts(record: Recommendation) -> dict[str, search.Text]:
    return search.texts_of(record, "title", "text", "body", dated_on=record.dated_on)


def _register(model, label, found) -> None:
    search.register(
        search.Kind(
            model=model,
            label=label,
            texts=found,
            visible_from=lambda record: record.visible_from,
            queryset=model.objects.all,
        )
    )


_register(Project, _("Projects"), texts)
_register(Strategy, _("Strategies"), texts)
_register(Recommendation, _("Recommendations of others"), recommendation_texts)
