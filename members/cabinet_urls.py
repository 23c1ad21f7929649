from django.urls import path

from members import cabinet_handover, cabinet_people, cabinet_views

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
    path(
        "<slug:member_slug>/representatives/",
        cabinet_people.People.as_view(),
        name="cabinet_people",
    ),
    path(
        "<slug:member_slug>/representatives/<int:pk>/end/",
        cabinet_people.EndMandate.as_view(),
        name="cabinet_end_mandate",
    ),
    path(
        "<slug:member_slug>/handover/",
        cabinet_handover.HandoverPage.as_view(),
        name="cabinet_handover",
    ),
]
