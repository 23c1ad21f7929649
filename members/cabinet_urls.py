from django.urls import path

from members import (
    cabinet_certificate,
    cabinet_confirmation,
    cabinet_departments,
    cabinet_handover,
    cabinet_links,
    cabinet_people,
    cabinet_profile,
    cabinet_views,
)

# Included by members.urls, in its namespace.
urlpatterns = [
    path("", cabinet_views.CabinetChooser.as_view(), name="cabinet"),
    path("<slug:member_slug>/", cabinet_views.CabinetFront.as_view(), name="cabinet_member"),
    path(
        "<slug:member_slug>/profile/", cabinet_profile.ProfileEdit.as_view(), name="cabinet_profile"
    ),
    path(
        "<slug:member_slug>/certificate.pdf",
        cabinet_certificate.CertificateFile.as_view(),
        name="cabinet_certificate",
    ),
    path("<slug:member_slug>/links/", cabinet_links.Links.as_view(), name="cabinet_links"),
    path("<slug:member_slug>/photos/", cabinet_profile.Photos.as_view(), name="cabinet_photos"),
    path(
        "<slug:member_slug>/waiting/<slug:field>/",
        cabinet_profile.WaitingPicture.as_view(),
        name="cabinet_waiting_picture",
    ),
    path(
        "<slug:member_slug>/corrections/",
        cabinet_profile.Corrections.as_view(),
        name="cabinet_corrections",
    ),
    path(
        "<slug:member_slug>/confirmation/",
        cabinet_confirmation.ConfirmPage.as_view(),
        name="cabinet_confirmation",
    ),
    path(
        "<slug:member_slug>/departments/",
        cabinet_departments.Departments.as_view(),
        name="cabinet_departments",
    ),
    path(
        "<slug:member_slug>/departments/new/",
        cabinet_departments.DepartmentEdit.as_view(),
        name="cabinet_new_department",
    ),
    path(
        "<slug:member_slug>/departments/<int:pk>/",
        cabinet_departments.DepartmentEdit.as_view(),
        name="cabinet_department",
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
