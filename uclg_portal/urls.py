"""All addresses: under /ru/ and /en/ what people read, without a language what machines read."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from uclg_portal import errors, views

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("files/", include("content.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("news/", include("news.urls")),
        path("events/", include("events.urls")),
        path("members/", include("members.urls")),
        path("cabinet/", include("members.cabinet_urls")),
        path("cabinet/", include("events.cabinet_urls")),
        path("search/", views.search, name="search"),
        path("about/", views.page, {"slug": "about"}, name="about"),
        path("contacts/", views.page, {"slug": "contacts"}, name="contacts"),
        path("pages/<slug:slug>/", views.page, name="page"),
    ),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
