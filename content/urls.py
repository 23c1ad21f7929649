from django.urls import path

from content import views

app_name = "content"
urlpatterns = [path("<int:pk>/", views.private_file, name="file")]
