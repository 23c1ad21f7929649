"""Addresses of questionnaires: in the cabinet of a city, and of the check."""

from questionnaires import cabinet_urls, checking_urls, offer_urls

app_name = "questionnaires"
urlpatterns = [*cabinet_urls.urlpatterns, *offer_urls.urlpatterns, *checking_urls.urlpatterns]
