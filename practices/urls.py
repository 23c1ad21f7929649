"""The pages of this app."""

from django.urls import path

from practices import cabinet_views as cabinet
from practices import feeds, views

app_name = "practices"
CABINET = "cabinet/<slug:member_slug>/practices/"
urlpatterns = [
    path("practices/", views.PracticeList.as_view(), name="list"),
    path("practices/feed/", feeds.PracticeFeed(), name="feed"),
    path("practices/rss/", feeds.PracticeFeed("rss"), name="rss"),
    path("practices/<slug:slug>/", views.PracticePage.as_view(), name="detail"),
    path("practices/<slug:slug>/<int:pk>/", views.file, name="file"),
    path(CABINET, cabinet.MemberPractices.as_view(), name="cabinet"),
    path(f"{CABINET}new/", cabinet.WritePractice.as_view(), name="new"),
    path(f"{CABINET}<int:pk>/", cabinet.OwnPractice.as_view(), name="cabinet_practice"),
    path(f"{CABINET}<int:pk>/change/", cabinet.ChangePractice.as_view(), name="change"),
    path(f"{CABINET}<int:pk>/send/", cabinet.SendPractice.as_view(), name="send"),
    path(f"{CABINET}<int:pk>/take-back/", cabinet.TakeBackPractice.as_view(), name="take_back"),
    path(f"{CABINET}adopt/<slug:slug>/", cabinet.AdoptPractice.as_view(), name="adopt"),
]
