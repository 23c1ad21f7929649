"""The passport on other sites: a page for a frame, without scripts, and its data."""

import json
from hashlib import blake2b

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic import View

from content import cacheversion
from content.languages import in_language, reading_order
from members import embed, passport
from members.passport_views import with_old_addresses

THEMES = ("light", "dark")
ACHIEVEMENTS = "achievements"
# Other sites show it a few minutes longer than it is true here, and ask with an ETag then.
SECONDS = 300

FRAMED = {
    "frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE],
}  # fmt: skip


def _shown(slug: str) -> passport.Passport:
    member = passport.find(slug)
    if member is None:
        raise Http404
    return passport.of(member)


def _answer(request: HttpRequest, body: str, content_type: str) -> HttpResponse:
    """The body for anybody's site, or 304 where the reader has it already."""
    etag = f'"{blake2b(body.encode(), digest_size=12).hexdigest()}"'
    response = get_conditional_response(
        request, etag=etag, response=HttpResponse(body, content_type=content_type)
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@method_decorator(csp_replace(FRAMED), name="dispatch")
@method_decorator(xframe_options_exempt, name="dispatch")
class EmbedPage(View):
    """A small passport for an `<iframe>`: no script, no cookie, links open in the whole window."""

    http_method_names = ["get", "head"]

    @with_old_addresses
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        asked = request.GET.get("theme", "")
        theme = asked if asked in THEMES else ""
        show = request.GET.get("show") if request.GET.get("show") == ACHIEVEMENTS else ""
        name = f"passport-embed-{reading_order()[0]}-{theme}-{show}-{slug}"
        body = cacheversion.remembered(name, lambda: _written(slug, theme, bool(show)))
        response = _answer(request, body, "text/html; charset=utf-8")
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def _written(slug: str, theme: str, only_achievements: bool) -> str:
    shown = _shown(slug)
    values = {
        "passport": shown, "member": shown.member, "theme": theme,
        "address": f"{settings.SITE_URL}{shown.member.get_absolute_url()}",
        "latest": embed.latest_activities(shown, only_achievements=only_achievements),
        "only_achievements": only_achievements,
        "title": in_language(shown.member, "name")[0],
    }  # fmt: skip
    return render_to_string("members/embed.html", values)


class PassportData(View):
    """The passport as JSON for programs on any site."""

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @with_old_addresses
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        name = f"passport-json-{reading_order()[0]}-{slug}"
        body = cacheversion.remembered(name, lambda: _data(slug))
        return _answer(request, body, "application/json")


def _data(slug: str) -> str:
    return json.dumps(embed.data_of(_shown(slug)), ensure_ascii=False, indent=1)
