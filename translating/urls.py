"""The pages of this app."""

app_name = "translating"
urlpatterns = []
