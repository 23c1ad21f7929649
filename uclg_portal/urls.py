"""All addresses: under /ru/ and /en/ what people read, without a language what machines read."""

from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from association import views as association
from opendata import views as opendata_views
from search import views as search_views
from uclg_portal import errors, health, machines, views

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    # The QR code of the second factor is a `data:` picture: on this page alone it is let through.
    path(
        "accounts/2fa/totp/activate/",
        csp_update({"img-src": ["data:"]})(activate_totp),
        name="mfa_activate_totp",
    ),
    path("accounts/", include("allauth.urls")),
    path("files/", include("content.urls")),
    path("api/", include("opendata.api_urls")),
    path("data/", include("opendata.file_urls")),
    re_path(
        r"^og/(?P<kind>[a-z-]+)/(?P<key>[-\w]{1,120})\.(?P<language>ru|en)\.png$",
        opendata_views.card,
        name="card",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap, name="sitemap_section"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/favicon.ico")),
    *i18n_patterns(
        path("", association.front_page, name="home"),
        path("", include("news.urls")),
        path("", include("events.urls")),
        path("", include("library.urls")),
        path("", include("programme.urls")),
        path("", include("travel.urls")),
        path("", include("hosting.urls")),
        path("", include("awards.urls")),
        path("", include("judging.urls")),
        path("", include("laureates.urls")),
        path("", include("nominations.urls")),
        path("", include("ratings.urls")),
        path("", include("questionnaires.urls")),
        path("", include("standings.urls")),
        path("", include("attendance.urls")),
        path("", include("facts.urls")),
        path("", include("search.urls")),
        path("", include("translating.urls")),
        path("", include("editorial.urls")),
        path("", include("practices.urls")),
        path("", include("projects.urls")),
        path("", include("consultations.urls")),
        path("", include("association.urls")),
        path("", include("newsletter.urls")),
        path("", include("opendata.urls")),
        path("", include("dues.urls")),
        path("", include("governance.urls")),
        path("", include("meetings.urls")),
        path("", include("partnerships.urls")),
        path("", include("members.urls")),  # /members/ and /cabinet/
        path("check/", include("content.check_urls")),
        path("search/", search_views.search, name="search"),
        path("about/", association.page, {"slug": "about"}, name="about"),
        path("contacts/", association.page, {"slug": "contacts"}, name="contacts"),
        path("pages/<slug:slug>/", association.page, name="page"),
    ),
]
if settings.RELAXED:
    # In production the web server in front sends pictures; here the portal does it itself.
    urlpatterns.append(
        re_path(r"^media/(?P<path>(?:pictures|renditions)/[\w.-]+)$", machines.media)
    )

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler429 = errors.too_many_requests  # asked for by allauth
handler500 = errors.server_error
