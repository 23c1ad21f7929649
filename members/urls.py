from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("", views.MemberList.as_view(), name="list"),
    path("<slug:slug>/", views.MemberPage.as_view(), name="detail"),
]
