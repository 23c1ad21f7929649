"""The pages of this app."""

app_name = "editorial"
urlpatterns = []
