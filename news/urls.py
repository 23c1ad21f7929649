from django.urls import path

from news import feeds, views

app_name = "news"
urlpatterns = [
    path("", views.ArticleList.as_view(), name="list"),
    path("feed/", feeds.NewsFeed(), name="feed"),
    path("<slug:slug>/", views.ArticlePage.as_view(), name="detail"),
    path("<slug:slug>/preview/", views.ArticlePreview.as_view(), name="preview"),
]
