"""The public pages of the library."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from content import privatefiles
from content.languages import in_language, written_in
from library import listing
from library.models import Publication, PublicationFile

PAGE_SIZE = 20


class PublicationList(ListView):
    """What is published, by its own date, the latest first; kind and year narrow it."""

    paginate_by = PAGE_SIZE
    template_name = "library/publication_list.html"

    def get_queryset(self):
        self.filters = listing.LibraryFilterForm(self.request.GET or None)
        return self.filters.narrowed(Publication.objects.published().with_files())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["rows"] = listing.rows(context["object_list"])
        return context


class PublicationPage(DetailView):
    """A publication: what it is, where it comes from, its files."""

    template_name = "library/publication_detail.html"
    context_object_name = "publication"

    def get_queryset(self):
        return Publication.objects.published().with_files()

    def get_context_data(self, **kwargs):
        publication = self.object
        _text, language = in_language(publication, "title")
        return super().get_context_data(
            files=listing.files_for(publication),
            source_url=f"/{get_language()}{publication.source_path}"
            if publication.source_path
            else "",
            written_in=written_in(publication, "title", "title"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file of a publication that the public may see; 404 for all others."""
    found = get_object_or_404(
        PublicationFile.objects.public().select_related("file"), pk=pk, publication__slug=slug
    )
    return privatefiles.response_for(found.file)
