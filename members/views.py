"""The public pages of the members: the directory and the passport of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.generic import ListView, TemplateView

from content import cacheversion
from content.languages import in_language, reading_order, written_in
from members import directory, membership, naming, passport
from members.forms import DirectoryForm
from members.models import Member

PAGE_SIZE = 60


class MemberList(ListView):
    """Members of today in alphabetical order; filters stay in the links to other pages.

    What everybody asks for, the list without filters, is remembered until the content changes.
    """

    paginate_by = PAGE_SIZE
    template_name = "members/member_list.html"

    def get_queryset(self):
        self.choices = directory.choices_of_today()
        self.filters = DirectoryForm(self.request.GET, self.choices)
        self.filters.is_valid()
        chosen = self.filters.cleaned_data
        members = directory.narrowed(Member.objects.members(), chosen, self.choices)
        self.is_narrowed = any(chosen.values())
        return members.in_alphabetical_order().values(*directory.columns())

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        if not self.is_narrowed:
            paginator.count = cacheversion.remembered("members-count", lambda: paginator.count)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["listing"] = self.listing(context["page_obj"])
        context["letters"] = [
            (letter, self.filters.address_of(letter)) for letter in self.choices.letters
        ]
        context["every_letter"] = self.filters.address_of("")
        context["letter"] = self.filters.cleaned_data.get("letter", "").upper()
        context["is_narrowed"] = self.is_narrowed
        return context

    def listing(self, page) -> SafeString:
        """The names of a page under their letters."""

        def written() -> SafeString:
            groups = directory.under_letters(page.object_list, self.choices)
            values = {"groups": groups, "list_url": reverse("members:list")}
            return render_to_string("members/includes/directory.html", values)

        if self.is_narrowed:
            return written()
        name = f"members-list-{reading_order()[0]}-{page.number}-{page.paginator.per_page}"
        return cacheversion.remembered(name, written)


class MemberPage(TemplateView):
    """The passport of a member, also of a former one; an earlier address leads to the present.

    The passport is remembered until the content changes.
    """

    template_name = "members/member_detail.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return super().get(request, slug=slug)
        except Http404:
            moved = Member.objects.filter(old_slugs__slug=slug).only("slug").first()
            if moved is None:
                raise
            return redirect(moved, permanent=True)

    def get_context_data(self, slug: str, **kwargs):
        name = f"passport-{reading_order()[0]}-{slug}"
        written = cacheversion.remembered(name, lambda: written_passport(slug))
        return super().get_context_data(**written, **kwargs)


def written_passport(slug: str) -> dict:
    """The page of a member in the reader's language: `title`, `description`, `passport` (HTML),
    and `is_in_other_language` when its text is a fallback. Raises Http404."""
    members = Member.objects.select_related("country", "photo").prefetch_related(
        "names", "periods", "figures", "photo__renditions"
    )
    member = members.filter(slug=slug).first()
    if member is None:
        raise Http404
    native, native_language = naming.native_name(member)
    belongs = membership.membership_words(member)
    values = {
        "member": member,
        "former_names": naming.former_names(member),
        "native": native,
        "native_language": native_language,
        "membership": belongs,
        "population": passport.population(member),
    }
    about, language = in_language(member, "about")
    return {
        "title": in_language(member, "name")[0],
        "description": in_language(member, "slogan")[0] or belongs,
        "written_in": written_in(member, "name", "about"),
        "is_in_other_language": bool(about) and language != reading_order()[0],
        "passport": render_to_string("members/includes/passport.html", values),
    }
