"""Addresses of questionnaires: in the cabinet of a city, and of the check."""

from questionnaires import checking_urls

app_name = "questionnaires"
urlpatterns = [*checking_urls.urlpatterns]
