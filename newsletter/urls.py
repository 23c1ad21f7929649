"""The pages of this app."""

from django.urls import path

from newsletter import cabinet_views, views

app_name = "newsletter"
urlpatterns = [
    path("newsletter/", views.archive, name="archive"),
    path("newsletter/<int:number>/", views.issue, name="issue"),
    path("newsletter/subscribe/", views.subscribe, name="subscribe"),
    path("newsletter/subscribe/sent/", views.sent, name="sent"),
    path("newsletter/confirm/<str:token>/", views.confirm, name="confirm"),
    path("newsletter/mine/<str:token>/", views.mine, name="mine"),
    path("newsletter/leave/<str:token>/", views.leave, name="leave"),
    path("newsletter/weekly/<str:token>/", views.weekly, name="weekly"),
    path(
        "cabinet/<slug:member_slug>/digest/",
        cabinet_views.DigestPage.as_view(),
        name="cabinet",
    ),
]
