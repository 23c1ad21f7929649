"""The pages of this app."""

app_name = "opendata"
urlpatterns = []
