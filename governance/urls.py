from django.urls import path

from governance import cabinet_views, views

app_name = "governance"
urlpatterns = [
    path("about/bodies/", views.BodyList.as_view(), name="bodies"),
    path("about/bodies/<slug:slug>/", views.BodyPage.as_view(), name="body"),
    path("about/organisations/", views.OrganisationList.as_view(), name="organisations"),
    path(
        "about/organisations/<slug:slug>/", views.OrganisationPage.as_view(), name="organisation"
    ),
    path("about/people/<slug:slug>/", views.PersonPage.as_view(), name="person"),
    path("cabinet/<slug:member_slug>/seats/", cabinet_views.Seats.as_view(), name="cabinet_seats"),
    path(
        "cabinet/<slug:member_slug>/seats/<int:pk>/", cabinet_views.Propose.as_view(),
        name="propose",
    ),
]  # fmt: skip
