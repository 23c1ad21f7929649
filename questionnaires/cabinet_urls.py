"""Questionnaires in the cabinet of a member; included by questionnaires.urls, in its namespace."""

from django.urls import path, re_path

from questionnaires import cabinet_views as views
from questionnaires.section_views import SectionPage

BASE = r"^cabinet/(?P<member_slug>[-\w]+)/ratings/"
ONE = BASE + r"(?P<pk>\d{1,18})/"

urlpatterns = [
    path("cabinet/<slug:member_slug>/ratings/", views.Questionnaires.as_view(), name="cabinet"),
    re_path(ONE + "$", views.QuestionnairePage.as_view(), name="questionnaire"),
    re_path(ONE + r"sections/(?P<code>[A-Z0-9]{1,12})/$", SectionPage.as_view(), name="section"),
    re_path(ONE + r"empty\.pdf$", views.EmptyPaper.as_view(), name="empty"),
    re_path(ONE + r"sent\.pdf$", views.SentPaper.as_view(), name="sent"),
    re_path(ONE + r"proofs/(?P<proof>\d{1,18})/$", views.ProofFile.as_view(), name="proof"),
]
