from django.urls import path

from news import cabinet_views, feeds, views

CABINET = "cabinet/<slug:member_slug>/stories/"

app_name = "news"
urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/archive/", views.Archive.as_view(), name="archive"),
    path("news/feed/", feeds.NewsFeed(), name="feed"),
    path("news/rss/", feeds.NewsFeed("rss"), name="rss"),
    path("news/<slug:slug>/", views.ArticlePage.as_view(), name="detail"),
    path("news/<slug:slug>/preview/", views.ArticlePreview.as_view(), name="preview"),
    path(CABINET, cabinet_views.MemberStories.as_view(), name="cabinet"),
    path(CABINET + "send/", cabinet_views.SendStory.as_view(), name="cabinet_send"),
    path(CABINET + "<int:pk>/", cabinet_views.OneStory.as_view(), name="cabinet_story"),
]
