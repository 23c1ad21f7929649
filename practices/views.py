"""The public pages of practices."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from content import privatefiles
from content.languages import in_language, written_in
from content.publishing import public_or_404
from editorial import previews
from practices.filters import PracticeFilterForm
from practices.models import Practice, PracticeFile
from practices.models.practices import TEXTS

PAGE_SIZE = 20


class PracticeList(ListView):
    """What cities shared, the latest first; filters narrow it."""

    paginate_by = PAGE_SIZE
    template_name = "practices/practice_list.html"
    context_object_name = "practices"

    def get_queryset(self):
        self.filters = PracticeFilterForm(self.request.GET or None)
        return self.filters.narrowed(Practice.objects.published().for_reading())

    def get_context_data(self, **kwargs):
        return super().get_context_data(filters=self.filters, **kwargs)


class PracticePage(DetailView):
    """One practice: what was done, who recommended it, who took it over, whether it runs."""

    template_name = "practices/practice_detail.html"
    context_object_name = "practice"

    def get_queryset(self):
        return Practice.objects.for_reading().prefetch_related(
            "files__file", "recommendations__meeting", "answers"
        )

    def get_object(self, queryset=None):
        return public_or_404(self.get_queryset(), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        practice = self.object
        _text, language = in_language(practice, "title")
        for one in practice.files.all():
            one.practice = practice
        return super().get_context_data(
            parts=parts(practice),
            adoptions=practice.adoptions.select_related("member"),
            latest=practice.answers.first(),
            written_in=written_in(practice, "title", "problem"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )


class PracticePreview(PracticePage):
    """The same page before it is public, for somebody with a preview link."""

    extra_context = {"is_preview": True}

    def get_object(self, queryset=None):
        return get_object_or_404(self.get_queryset(), slug=self.kwargs["slug"])


def practice_preview(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """The page of a practice as readers will see it."""
    return PracticePreview.as_view()(request, slug=practice.slug)


previews.register(Practice, practice_preview)


def parts(practice: Practice) -> list[dict[str, str]]:
    """The texts of a practice with their headings, in the order a reader asks for them."""
    shown = []
    for name in TEXTS:
        text, language = in_language(practice, name)
        if text:
            heading = capfirst(str(Practice._meta.get_field(name).verbose_name))
            shown.append({"name": name, "heading": heading, "text": text, "lang": language})
    return shown


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file of a practice for who may have it; 404 for all others."""
    rows = PracticeFile.objects.for_user(request.user).select_related("file")
    return privatefiles.response_for(get_object_or_404(rows, pk=pk, practice__slug=slug).file)
