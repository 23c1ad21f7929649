"""The public pages of the library."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from content import privatefiles
from content.languages import in_language, written_in
from content.publishing import public_or_404
from editorial import previews
from library import listing, superseding
from library.filters import LibraryFilterForm
from library.models import Publication, PublicationFile
from members.cabinet import MandateMixin

PAGE_SIZE = 20


class PublicationList(ListView):
    """What is published, by its own date, the latest first; filters narrow it."""

    paginate_by = PAGE_SIZE
    template_name = "library/publication_list.html"

    def get_queryset(self):
        self.filters = LibraryFilterForm(self.request.GET or None)
        return self.filters.narrowed(Publication.objects.published().for_reading())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["rows"] = listing.rows(context["object_list"])
        return context


class PublicationPage(DetailView):
    """A publication: what it is, where it comes from, its files."""

    template_name = "library/publication_detail.html"
    context_object_name = "publication"

    def get_queryset(self):
        rows = Publication.objects.for_reading()
        return rows.select_related("superseded_by", "edition_of").prefetch_related("topics")

    def get_object(self, queryset=None):
        return public_or_404(self.get_queryset(), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        publication = self.object
        _text, language = in_language(publication, "title")
        files = listing.files_for(publication)
        return super().get_context_data(
            files=files,
            cover=listing.cover_of(files),
            volume=listing.volume_words(publication),
            near=listing.neighbours(publication, superseding.valid_text(publication)),
            source_url=f"/{get_language()}{publication.source_path}"
            if publication.source_path
            else "",
            written_in=written_in(publication, "title", "title"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )


class PublicationPreview(PublicationPage):
    """The same page before it is public, for somebody with a preview link."""

    extra_context = {"is_preview": True}

    def get_object(self, queryset=None):
        return get_object_or_404(self.get_queryset(), slug=self.kwargs["slug"])


def publication_preview(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    """The page of a publication as readers will see it."""
    return PublicationPreview.as_view()(request, slug=publication.slug)


previews.register(Publication, publication_preview)


class MembersShelf(MandateMixin, ListView):
    """What the library holds for representatives of members alone."""

    template_name = "library/cabinet_list.html"
    menu_name = "library:cabinet"
    paginate_by = PAGE_SIZE

    def get_queryset(self):
        own = PublicationFile.objects.for_user(self.request.user)
        rows = own.filter(audience=PublicationFile.Audience.MEMBERS)
        return rows.select_related("publication", "file").defer("text").order_by(
            "-publication__dated_on", "publication", "pk"
        )  # fmt: skip


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file of a publication for who may have it; 404 for all others, never kept anywhere."""
    found = get_object_or_404(
        PublicationFile.objects.for_user(request.user).select_related("file"),
        pk=pk,
        publication__slug=slug,
    )
    return privatefiles.response_for(found.file)
