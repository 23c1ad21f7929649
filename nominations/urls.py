"""Nominations in the cabinet of a city. Nothing of a dossier is public."""

from django.urls import path, re_path

from nominations import cabinet_views as views

BASE = r"^cabinet/(?P<member_slug>[-\w]+)/nominations/"
ONE = BASE + r"(?P<pk>\d{1,18})/"

app_name = "nominations"
urlpatterns = [
    path("cabinet/<slug:member_slug>/nominations/", views.Nominations.as_view(), name="cabinet"),
    re_path(BASE + r"calls/(?P<pk>\d{1,18})/$", views.AskForNomination.as_view(), name="interest"),
    re_path(ONE + "$", views.DossierPage.as_view(), name="dossier"),
    re_path(ONE + r"sections/(?P<section>\d{1,18})/$", views.SectionPage.as_view(), name="section"),
    re_path(ONE + r"letters/(?P<letter>\d{1,18})/$", views.LetterFile.as_view(), name="letter"),
    re_path(
        ONE + r"letters/(?P<letter>\d{1,18})/remove/$",
        views.RemoveLetter.as_view(),
        name="remove_letter",
    ),
    re_path(ONE + "draft.pdf$", views.DraftPaper.as_view(), name="draft"),
    re_path(ONE + "final.pdf$", views.FinalPaper.as_view(), name="final"),
    re_path(ONE + "approve/$", views.Approve.as_view(), name="approve"),
    re_path(ONE + "withdraw/$", views.Withdraw.as_view(), name="withdraw"),
]
