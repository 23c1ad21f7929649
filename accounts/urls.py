from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
