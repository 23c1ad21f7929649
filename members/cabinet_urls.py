from django.urls import path

from members import cabinet_views

# Included by members.urls, in its namespace.
urlpatterns = [
    path("", cabinet_views.CabinetChooser.as_view(), name="cabinet"),
    path("<slug:member_slug>/", cabinet_views.CabinetFront.as_view(), name="cabinet_member"),
    path(
        "<slug:member_slug>/profile/", cabinet_views.ProfileEdit.as_view(), name="cabinet_profile"
    ),
    path(
        "<slug:member_slug>/corrections/",
        cabinet_views.Corrections.as_view(),
        name="cabinet_corrections",
    ),
]
