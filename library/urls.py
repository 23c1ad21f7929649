"""The pages of this app."""

from django.urls import path

from library import feeds, views

app_name = "library"
urlpatterns = [
    path("cabinet/<slug:member_slug>/library/", views.MembersShelf.as_view(), name="cabinet"),
    path("library/", views.PublicationList.as_view(), name="list"),
    path("library/feed/", feeds.LibraryFeed(), name="feed"),
    path("library/rss/", feeds.LibraryFeed("rss"), name="rss"),
    path("library/<slug:slug>/", views.PublicationPage.as_view(), name="detail"),
    path("library/<slug:slug>/<int:pk>/", views.file, name="file"),
]
