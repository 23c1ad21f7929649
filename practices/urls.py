"""The pages of this app."""

app_name = "practices"
urlpatterns = []
