"""The public page of each member: its passport."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.generic import TemplateView

from content import cacheversion
from content.languages import in_language, reading_order, written_in
from members import membership, naming, passport
from members.models import Member


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
