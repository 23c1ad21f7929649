"""Addresses of the check: /checking/ for experts, the questions in a city's cabinet."""

from django.urls import path

from questionnaires import asked_views, checking_views

urlpatterns = [
    path("checking/", checking_views.Front.as_view(), name="checking"),
    path("checking/<int:edition>/", checking_views.Overview.as_view(), name="queue"),
    path("checking/<int:edition>/answers/", checking_views.Queue.as_view(), name="queue_all"),
    path(
        "checking/<int:edition>/question/<str:code>/",
        checking_views.QueueOfIndicator.as_view(),
        name="queue_indicator",
    ),
    path(
        "checking/<int:edition>/city/<int:response>/",
        checking_views.QueueOfCity.as_view(),
        name="queue_city",
    ),
    path(
        "checking/<int:edition>/history/<int:answer>/",
        checking_views.History.as_view(),
        name="answer_history",
    ),
    path(
        "checking/<int:edition>/proof/<int:evidence>/",
        checking_views.EvidenceFile.as_view(),
        name="evidence_file",
    ),
    path(
        "cabinet/<slug:member_slug>/ratings/<int:response>/questions/",
        asked_views.Asked.as_view(),
        name="asked",
    ),
]
