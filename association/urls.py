"""The pages of this app."""

app_name = "association"
urlpatterns = []
