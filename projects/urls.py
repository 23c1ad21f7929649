"""The pages of this app."""

from django.urls import path

from projects import views

app_name = "projects"
urlpatterns = [
    path("projects/", views.ProjectList.as_view(), name="list"),
    path("projects/<slug:slug>/", views.ProjectPage.as_view(), name="project"),
    path("strategies/", views.StrategyList.as_view(), name="strategies"),
    path("strategies/<slug:slug>/", views.StrategyPage.as_view(), name="strategy"),
    path(
        "recommendations/<slug:slug>/", views.RecommendationPage.as_view(), name="recommendation"
    ),
]  # fmt: skip
