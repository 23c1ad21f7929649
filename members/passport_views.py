"""The public page of each member: its passport."""

import datetime
import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from content import cacheversion
from content.languages import in_language, reading_order, written_in
from members import passport
from members.as_of import AsOfForm
from members.models import Member

HEADING = re.compile(r'<h2[^>]*\bid="([\w-]+)"[^>]*>(.*?)</h2>', re.DOTALL)
# A page with fewer sections needs no list of them; the facts stand beside its beginning, and how to
# use the page at its very end.
FEWEST_SECTIONS = 4
UNLISTED = ("facts", "use")


def with_old_addresses(view):
    """A view of a member's slug: under an earlier address it leads to the present one."""

    def found(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return view(self, request, slug=slug)
        except Http404:
            moved = Member.objects.filter(old_slugs__slug=slug).only("slug").first()
            if moved is None:
                raise
            present = reverse(request.resolver_match.view_name, args=[moved.slug])
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{present}?{query}" if query else present, permanent=True)

    return found


class MemberPage(TemplateView):
    """The passport of a member, also of a former one; an earlier address leads to the present.

    The passport of today is remembered until the content changes.
    """

    template_name = "members/member_detail.html"

    @with_old_addresses
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return super().get(request, slug=slug)

    def get_context_data(self, slug: str, **kwargs):
        form = AsOfForm(self.request.GET)
        if "as_of" in self.request.GET:
            written = written_passport(slug, form.day, form)
        else:
            name = f"passport-{reading_order()[0]}-{slug}"
            written = cacheversion.remembered(name, lambda: written_passport(slug))
        return super().get_context_data(**written, **kwargs)


def written_passport(
    slug: str, day: datetime.date | None = None, form: AsOfForm | None = None
) -> dict:
    """The page of a member in the reader's language, as of a day (today when not given).

    Gives `title`, `description`, `head`, `body` (HTML), `sections` (id and title of each), and
    whether search engines keep away whatever its language: `is_apart`. Raises Http404.
    """
    member = passport.find(slug)
    if member is None:
        raise Http404
    shown = passport.of(member, day)
    values = {
        "passport": shown, "member": member, "day": day, "form": form or AsOfForm(),
        "address": f"{settings.SITE_URL}{member.get_absolute_url()}",
        "embed_address": f"{settings.SITE_URL}{reverse('members:embed', args=[member.slug])}",
    }  # fmt: skip
    body = render_to_string("members/includes/passport_body.html", values)
    return {
        "title": in_language(member, "name")[0],
        "description": in_language(member, "slogan")[0] or shown.membership,
        "written_in": written_in(member, "name", "about"),
        "is_apart": form is not None,
        "head": render_to_string("members/includes/passport_head.html", values),
        "body": body,
        "sections": sections_of(body),
    }


def sections_of(body: str) -> list[tuple[str, SafeString]]:
    """Id and title of the sections of a page, from their headings; none of a short page."""
    # The titles come out of rendered HTML: they are escaped already.
    found = [
        (anchor, SafeString(strip_tags(title)))  # nosec # see above
        for anchor, title in HEADING.findall(body)
        if anchor not in UNLISTED
    ]
    return found if len(found) >= FEWEST_SECTIONS else []
