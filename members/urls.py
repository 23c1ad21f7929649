from django.urls import include, path

from members import passport_views, views

app_name = "members"
urlpatterns = [
    path("members/", views.MemberList.as_view(), name="list"),
    path("members/<slug:slug>/", passport_views.MemberPage.as_view(), name="detail"),
    path("cabinet/", include("members.cabinet_urls")),
]
