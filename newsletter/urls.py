"""The pages of this app."""

app_name = "newsletter"
urlpatterns = []
