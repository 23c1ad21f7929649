from django.urls import include, path

from members import (
    application_views,
    directory_files,
    embed_views,
    map_views,
    passport_views,
    views,
)

app_name = "members"
urlpatterns = [
    path("members/", views.MemberList.as_view(), name="list"),
    path("members/map/", map_views.MembersMap.as_view(), name="map"),
    path("members/anniversaries/", directory_files.Anniversaries.as_view(), name="anniversaries"),
    path("members/export.<str:ending>", directory_files.export, name="export"),
    path("members/how-to-join/", application_views.HowToJoin.as_view(), name="how_to_join"),
    path("members/join/", application_views.apply, name="join"),
    path(
        "members/join/sent/<str:token>/",
        application_views.ApplicationSent.as_view(),
        name="join_sent",
    ),
    path("members/<slug:slug>/", passport_views.MemberPage.as_view(), name="detail"),
    path("members/<slug:slug>/embed/", embed_views.EmbedPage.as_view(), name="embed"),
    path(
        "members/<slug:slug>/passport.json",
        embed_views.PassportData.as_view(),
        name="passport_json",
    ),
    path("cabinet/", include("members.cabinet_urls")),
]
