"""The pages of this app."""

app_name = "facts"
urlpatterns = []
