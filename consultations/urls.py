"""The pages of this app."""

from django.urls import path

from consultations import cabinet_views as cabinet
from consultations import views

app_name = "consultations"
CABINET = "cabinet/<slug:member_slug>/texts/"
urlpatterns = [
    path("consultations/", views.ConsultationList.as_view(), name="list"),
    path("consultations/calls/<slug:slug>/", views.CallPage.as_view(), name="call"),
    path("consultations/<slug:slug>/", views.ConsultationPage.as_view(), name="detail"),
    path(CABINET, cabinet.MemberTexts.as_view(), name="cabinet"),
    path(f"{CABINET}comments/<int:pk>/withdraw/", cabinet.WithdrawComment.as_view(),
         name="withdraw"),
    path(f"{CABINET}drafts/<slug:slug>/", cabinet.CommentPage.as_view(), name="comment"),
    path(f"{CABINET}reports/<slug:slug>/", cabinet.Contribute.as_view(), name="contribute"),
]  # fmt: skip
