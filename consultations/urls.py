"""The pages of this app."""

app_name = "consultations"
urlpatterns = []
